"""JSON as statements take it: text behind `$n::text::jsonb`. What comes back is decoded by the driver."""

from __future__ import annotations

from typing import Any

import orjson

from tuoke.kit.errors import Invalid
from tuoke.kit.words import say


def to_json(value: Any) -> str:
    """Raises Invalid for a whole number of more than 64 bits: browsers could not read it back."""
    try:
        return orjson.dumps(value, default=str).decode()
    except TypeError as error:
        if "64-bit" not in str(error):
            raise
        raise Invalid(say("数值太大", "A number is too large")) from error
