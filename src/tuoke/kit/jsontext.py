"""JSON as statements take it: text behind `$n::text::jsonb`. What comes back is decoded by the driver."""

from __future__ import annotations

from typing import Any

import orjson


def to_json(value: Any) -> str:
    return orjson.dumps(value, default=str).decode()
