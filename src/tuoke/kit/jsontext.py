"""JSON as the raw driver speaks it: text in both directions."""

from __future__ import annotations

from typing import Any

import orjson


def to_json(value: Any) -> str:
    return orjson.dumps(value, default=str).decode()


def from_json(value: Any) -> Any:
    """jsonb as the raw driver hands it back is still text; anything else passes through."""
    return orjson.loads(value) if isinstance(value, str | bytes) else value
