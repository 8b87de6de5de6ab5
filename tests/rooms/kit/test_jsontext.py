"""JSON for statements."""

from __future__ import annotations

import pytest

from tuoke.kit.errors import Invalid
from tuoke.kit.jsontext import to_json


def test_what_browsers_send_is_written():
    assert to_json({"a": [1, None, "云"]}) == '{"a":[1,null,"云"]}'


@pytest.mark.parametrize("number", [2**64, -(2**63) - 1])
def test_a_number_of_more_than_64_bits_is_the_askers_mistake(number: int):
    with pytest.raises(Invalid):
        to_json({"a": number})
