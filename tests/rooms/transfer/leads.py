"""A table of leads as an import meets it, without a database."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from tuoke.schema.model import FIELD_TYPES, Field, Label, Table
from tuoke.transfer.rows import Plan, UnknownOption

ZONE, TODAY = ZoneInfo("Asia/Shanghai"), date(2026, 11, 20)


def field(
    key: str, type: str, zh: str, en: str, *aliases: str, required: bool = False, **options: Any
) -> Field:
    chosen = FIELD_TYPES.get(type).Options.model_validate(options)
    return Field(key, type, Label(zh=zh, en=en), chosen, required=required, aliases=aliases)


STATUS = [
    {"key": "new", "label": {"zh": "新线索", "en": "New"}},
    {"key": "won", "label": {"zh": "已成交", "en": "Won"}},
]
LEAD = Table(
    "lead",
    Label(zh="线索", en="Lead"),
    (
        field("id", "id", "编号", "ID"),
        field("name", "text", "姓名", "Name", "联系人", "客户姓名"),
        field("company", "text", "公司", "Company", "公司名称", "单位"),
        field("phone", "phone", "手机", "Phone", "电话", "联系方式", required=True),
        field("status", "dropdown", "状态", "Status", choices=STATUS),
        field("tags", "multi_select", "标签", "Tags", choices=[]),
        field("amount", "currency", "预计金额", "Expected amount", "金额"),
        field("signed_on", "date", "签约日", "Signed on"),
        field("next_follow_at", "datetime", "下次跟进时间", "Next follow-up", "下次跟进"),
        field("owner", "user", "负责人", "Owner", "销售"),
        field("account", "link", "客户", "Account", table="account"),
        field("products", "links", "产品", "Products", table="product"),
        field("remark", "long_text", "备注", "Remark"),
        field("score", "number", "意向分", "Score", decimals=0),
    ),
)
WRITABLE = [f for f in LEAD.fields if not f.is_automatic]


def plan(*keys: str, unknown_option: UnknownOption = UnknownOption.ADD, needed: tuple[str, ...] = ()) -> Plan:
    """The columns of a sheet that fill `keys`, from the left."""
    columns = dict(enumerate(keys))
    return Plan(LEAD, columns, ZONE, TODAY, unknown_option, frozenset(needed), width=len(keys))
