"""The newest talks of every rep can be heard: a real file for each side, as long as the talk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from tuoke.demo.book import Book, Row
from tuoke.kit.database import Connection
from tuoke.kit.storage import Files
from tuoke.records.files import File, add_file
from tuoke.telephony.recording import pieces
from tuoke.telephony.speech import Voice, conversation, write_wav

CALLS = 100
"""At most; each has two files."""
_TOTAL_S = 3600.0
_LONGEST_S = 240.0
_LIMIT = 64_000_000


async def record(db: Connection, book: Book, files: Files, keys: list[str]) -> None:
    """Recordings of the newest calls. `keys` gets every stored file, for whoever must take them away again."""
    voices = Voice(118.0, 1), Voice(205.0, 2)
    with tempfile.TemporaryDirectory(prefix="tuoke-demo-") as folder:
        for call in newest(book):
            seconds = float(call["talk_seconds"])
            legs = conversation(seconds, *voices, seed=round(call.at))
            for side, samples in zip(("agent", "customer"), legs, strict=True):
                path = Path(folder) / f"{side}.wav"
                write_wav(path, samples)
                stored = await files.save(pieces(path), limit=_LIMIT)
                keys.append(stored.key)
                name = f"{call['number'][-4:]}-{round(call.at)}-{side}.wav"
                file = await add_file(db, name, stored.size, "audio/wav", stored.key, call["owner"].id)
                _row(book, call, side, seconds, file)


def newest(book: Book) -> Iterator[Row]:
    """The talks to record: everybody's newest in turn, until there is an hour of them."""
    of: dict[int, list[Row]] = {}
    for call in sorted(book.rows.get("call", []), key=lambda call: -call.at):
        if call["outcome"] == "connected" and call["talk_seconds"] <= _LONGEST_S:
            of.setdefault(id(call["owner"]), []).append(call)
    left, total = CALLS, _TOTAL_S
    for round_ in zip_longest(*of.values()):
        for call in filter(None, round_):
            total -= call["talk_seconds"]
            if left == 0 or total < 0:
                return
            left -= 1
            yield call


def _row(book: Book, call: Row, side: str, seconds: float, file: File) -> None:
    owner = call["owner"]
    book.create(
        "recording", call.touched, owner, call=call, activity=call["activity"], side=side, audio=[file], seconds=round(seconds, 1), owner=owner,
        department=owner.department,
    )  # fmt: skip
