"""What Pydantic found wrong, as sentences for people in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from tuoke.kit.words import Words, say

_SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], Words]] = {
    "missing": lambda c: say("必填", "This is required"),
    "extra_forbidden": lambda c: say("不认识的项", "This is not known here"),
    "string_type": lambda c: say("应为文字", "Expected text"),
    "string_too_short": lambda c: say("至少 {n} 个字", "At least {n} characters", n=c["min_length"]),
    "string_too_long": lambda c: say("最多 {n} 个字", "At most {n} characters", n=c["max_length"]),
    "string_pattern_mismatch": lambda c: say("格式不对", "Not in the expected form"),
    "int_type": lambda c: say("应为整数", "Expected a whole number"),
    "int_parsing": lambda c: say("应为整数", "Expected a whole number"),
    "int_from_float": lambda c: say("应为整数", "Expected a whole number"),
    "float_parsing": lambda c: say("应为数字", "Expected a number"),
    "decimal_parsing": lambda c: say("应为数字", "Expected a number"),
    "bool_type": lambda c: say("应为是或否", "Expected true or false"),
    "bool_parsing": lambda c: say("应为是或否", "Expected true or false"),
    "list_type": lambda c: say("应为列表", "Expected a list"),
    "dict_type": lambda c: say("应为对象", "Expected an object"),
    "model_type": lambda c: say("应为对象", "Expected an object"),
    "model_attributes_type": lambda c: say("应为对象", "Expected an object"),
    "too_short": lambda c: say("至少 {n} 项", "At least {n} entries", n=c["min_length"]),
    "too_long": lambda c: say("最多 {n} 项", "At most {n} entries", n=c["max_length"]),
    "greater_than_equal": lambda c: say("不能小于 {n}", "At least {n}", n=c["ge"]),
    "greater_than": lambda c: say("必须大于 {n}", "More than {n}", n=c["gt"]),
    "less_than_equal": lambda c: say("不能大于 {n}", "At most {n}", n=c["le"]),
    "less_than": lambda c: say("必须小于 {n}", "Less than {n}", n=c["lt"]),
    "literal_error": lambda c: say("只能是 {known}", "Must be {known}", known=c["expected"]),
    "enum": lambda c: say("只能是 {known}", "Must be {known}", known=c["expected"]),
    "json_invalid": lambda c: say("不是有效的 JSON", "Not valid JSON"),
}


def faults_of(error: ValidationError) -> dict[str, Words]:
    """One sentence for each place that is wrong; a place inside is written `grants.0.read`."""
    return sentences(error.errors(include_url=False, include_input=False))


def sentences(faults: Iterable[Any], *, skip: int = 0) -> dict[str, Words]:
    """`faults`: dictionaries as Pydantic lists them; `skip`: leading parts of the place to leave out."""
    return {".".join(str(part) for part in fault["loc"][skip:]): _sentence(fault) for fault in faults}


def _sentence(fault: Mapping[str, Any]) -> Words:
    make = _SENTENCES.get(fault["type"])
    if make is not None:
        return make(fault.get("ctx", {}))
    message = str(fault["msg"]).removeprefix("Value error, ")
    return say("填写有误：{message}", "{message}", message=message)
