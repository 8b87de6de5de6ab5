"""The command line: serve, backup, restore, users, demo, version."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from tuoke import __version__
from tuoke.kit.errors import AppError
from tuoke.kit.settings import Settings

ROLES = ("all", "web", "worker", "telephone")


def main(words: list[str] | None = None) -> None:
    chosen = _parser().parse_args(words)
    # Whatever we write — files, dumps, the database's log — holds customers' data.
    os.umask(0o077)
    try:
        chosen.run(chosen)
    except AppError as error:
        print(f"\n{error.detail.in_('zh')}\n{error.detail.in_('en')}\n", file=sys.stderr)
        raise SystemExit(1) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tuoke", description="拓客: the sales workbench with a telephone in it."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands.add_parser("serve", help="start the product"))
    _add_backup(
        commands.add_parser("backup", help="write database and files into one file; works while it runs")
    )
    _add_restore(commands.add_parser("restore", help="put a backup into an empty data folder"))
    _add_users(commands.add_parser("users", help="list the users, or give one a new one-time password"))
    _add_demo(commands.add_parser("demo", help="fill an empty workspace with an invented firm and its year"))
    version = commands.add_parser("version", help="say the version")
    version.set_defaults(run=_version)
    return parser


def _add_serve(parser: argparse.ArgumentParser) -> None:
    _add_place(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8765, help="0: any free one (default: %(default)s)")
    parser.add_argument(
        "--role", choices=ROLES, default="all", help="which processes run here (default: all)"
    )
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate chain, PEM")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="its key, PEM")
    parser.add_argument(
        "--webhooks-local", action="store_true", help="let webhooks address programs on this machine"
    )
    parser.add_argument(
        "--twin-pace",
        type=float,
        default=1.0,
        metavar="N",
        help="let the simulated line live N times faster, for training (default: 1)",
    )
    parser.add_argument("--supervised", metavar="ROLE", help=argparse.SUPPRESS)
    parser.set_defaults(run=_serve)


def _add_backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the .tar to write")
    _add_place(parser)
    parser.set_defaults(run=_backup)


def _add_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a .tar of tuoke backup")
    _add_place(parser)
    parser.set_defaults(run=_restore)


def _add_users(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reset", metavar="EMAIL", help="print a new one-time password for this user")
    _add_place(parser)
    parser.set_defaults(run=_users)


def _add_demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--leads", type=int, default=24_000, help="how many (default: %(default)s)")
    parser.add_argument(
        "--seed", type=int, default=7, help="another number, another year (default: %(default)s)"
    )
    parser.add_argument(
        "--now",
        type=datetime.fromisoformat,
        metavar="TIME",
        help="the moment the story ends, such as 2026-11-20T15:00+08:00 (default: now)",
    )
    _add_place(parser)
    parser.set_defaults(run=_demo)


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=Path("data"), metavar="DIR", help="data folder (default: data)"
    )
    parser.add_argument(
        "--database",
        default=os.environ.get("TUOKE_DATABASE", ""),
        metavar="URL",
        help="postgresql://… of your own server instead of the embedded one; also TUOKE_DATABASE, "
        "which keeps the password out of the list of processes",
    )


def _serve(chosen: argparse.Namespace) -> None:
    from tuoke.kit import log

    log.set_up()
    if chosen.supervised:
        from tuoke.main.child import run_supervised

        run_supervised(chosen.supervised)
        return
    from tuoke.main.serve import serve

    serve(_settings(chosen))


def _demo(chosen: argparse.Namespace) -> None:
    from tuoke.demo.fill import Order, fill
    from tuoke.kit import log

    log.set_up()
    print(
        "正在写一家公司的一年，约一两分钟 writing a firm's year, a minute or two …",
        file=sys.stderr,
        flush=True,
    )
    order = Order(chosen.leads, chosen.seed, chosen.now or datetime.now(UTC))
    print(fill(chosen.data.absolute(), chosen.database, order).said())


def _version(_: argparse.Namespace) -> None:
    print(f"tuoke {__version__}")


def _settings(chosen: argparse.Namespace) -> Settings:
    if bool(chosen.tls_cert) != bool(chosen.tls_key):
        raise SystemExit("tuoke: --tls-cert and --tls-key go together")
    return Settings(
        data=chosen.data.absolute(),
        database=chosen.database,
        host=chosen.host,
        port=chosen.port,
        role=chosen.role,
        tls_cert=chosen.tls_cert,
        tls_key=chosen.tls_key,
        secure_cookies=bool(chosen.tls_cert),
        webhooks_local=chosen.webhooks_local,
        twin_pace=chosen.twin_pace,
    )


def _backup(chosen: argparse.Namespace) -> None:
    from tuoke.main.backup import backup

    files = backup(chosen.file, chosen.data, chosen.database)
    size = chosen.file.stat().st_size / 1_000_000
    print(f"已备份 backed up: {chosen.file} ({size:.1f} MB, database + {files} files)")


def _restore(chosen: argparse.Namespace) -> None:
    from tuoke.main.restore import restore

    manifest = restore(chosen.file, chosen.data, chosen.database)
    print(f"已恢复 restored: {chosen.data} (made {manifest.made_at} by Tuoke {manifest.version})")


def _users(chosen: argparse.Namespace) -> None:
    from tuoke.main import users

    if chosen.reset:
        password = users.reset(chosen.reset, chosen.data, chosen.database)
        print(f"一次性密码 one-time password:  {password}")
        return
    for user in users.everybody(chosen.data, chosen.database):
        state = "" if user.active else "  (停用 inactive)"
        print(f"{user.id:>6}  {user.email}  {user.name}  {','.join(user.roles)}{state}")
