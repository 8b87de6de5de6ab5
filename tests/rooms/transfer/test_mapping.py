"""Which column fills which field: by name as people write names, and never by guess."""

from __future__ import annotations

import pytest

from tests.rooms.transfer.leads import WRITABLE, field
from tuoke.kit.errors import Invalid
from tuoke.transfer.mapping import match_columns, told_columns


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        *(("手机", "phone"), ("Phone", "phone"), ("PHONE", "phone"), ("phone", "phone"), ("电话", "phone")),
        *(
            ("*手机号（必填）", "phone"),
            ("手机号码 (required)", "phone"),
            ("联系方式：", "phone"),
            ("手 机", "phone"),
        ),
        *(
            ("Ｐｈｏｎｅ", "phone"),
            ("联系人", "name"),
            ("公司名称【全称】", "company"),
            ("预计金额(元)", "amount"),
        ),
        *(
            ("next_follow_at", "next_follow_at"),
            ("Next Follow-up", "next_follow_at"),
            ("下次跟进", "next_follow_at"),
        ),
    ],
)
def test_a_heading_names_a_field(heading: str, key: str) -> None:
    assert match_columns([heading], WRITABLE) == {0: key}


@pytest.mark.parametrize(
    "heading", ["手机归属地", "负责人手机", "编号", "序号", "[C]", "", "***", "公司电话"]
)
def test_what_only_resembles_a_name_is_left_out(heading: str) -> None:
    assert match_columns([heading], WRITABLE) == {}


def test_a_field_is_filled_by_the_column_with_the_strongest_claim() -> None:
    assert match_columns(["联系方式", "姓名", "手机", "电话"], WRITABLE) == {1: "name", 2: "phone"}


def test_of_two_equal_claims_the_left_column_has_it() -> None:
    assert match_columns(["电话", "联系方式"], WRITABLE) == {0: "phone"}


def test_a_heading_that_names_two_fields_is_left_out() -> None:
    fields = [field("home", "phone", "家庭", "Home"), field("work", "phone", "办公", "Work")]

    assert match_columns(["电话", "家庭"], fields) == {1: "home"}


def test_a_label_goes_before_another_fields_alias() -> None:
    fields = [field("a", "text", "甲", "A", "客户"), field("b", "text", "客户", "B")]

    assert match_columns(["客户"], fields) == {0: "b"}


def test_a_told_mapping_is_taken_as_it_is() -> None:
    headings = ["随便", "手机", "备注"]

    assert told_columns({"随便": "name", "手机": None, "备 注": "remark"}, headings, WRITABLE) == {
        0: "name",
        2: "remark",
    }


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"没有": "name"}, "没有"),
        ({"甲": "id"}, "id"),
        ({"甲": "nothing"}, "nothing"),
        ({"甲": "name", "乙": "name"}, "name"),
    ],
)
def test_a_told_mapping_that_cannot_be_is_refused(told: dict[str, str], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        told_columns(told, ["甲", "乙"], WRITABLE)
