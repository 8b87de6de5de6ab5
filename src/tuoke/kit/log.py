"""Log lines: JSON for machines, `key=value` for a person at a terminal; never a secret."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET = re.compile(r"pass(word|wd)?|secret|token|cookie|authorization|csrf|api_?key|credential", re.I)
# The password inside postgresql://user:password@host, wherever such an address is quoted.
_IN_URL = re.compile(r"(://[^/\s:@]*:)[^/\s@]+@")
_HIDDEN = "***"


def set_up(level: str = "INFO") -> None:
    """One format for our lines and for those of the libraries, to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer()],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # A line for every request is a reverse proxy's business; SQL with its values would be full of personal data.
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "sqlalchemy.engine"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _renderer() -> structlog.typing.Processor:
    if sys.stderr.isatty():
        return structlog.processors.LogfmtRenderer(
            key_order=["timestamp", "level", "event"], bool_as_flag=False
        )
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def hide_secrets(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank whatever is called like a secret, and passwords inside addresses."""
    for name, value in line.items():
        if _SECRET.search(name):
            line[name] = _HIDDEN
        elif isinstance(value, str) and "://" in value:
            line[name] = _IN_URL.sub(rf"\1{_HIDDEN}@", value)
    return line
