"""A small firm with one table of customers: two departments, a lead, two reps, an administrator."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest_asyncio

from tuoke.access.org import Department, Org, Person
from tuoke.access.policy import Role
from tuoke.access.roles import role_from
from tuoke.access.sight import Sight
from tuoke.kit.database import Connection
from tuoke.schema.change import create_tables
from tuoke.schema.definitions import TableDefinition
from tuoke.schema.model import Catalog

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
NORTH, NORTH_EAST, SOUTH = 1, 2, 3
ADMIN, LEADER, ANN, BOB, EVE = 1, 2, 3, 4, 5


def label(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


CUSTOMER = TableDefinition.model_validate(
    {
        "key": "customer",
        "label": label("customer"),
        "fields": [
            {"key": "name", "type": "text", "label": label("name"), "required": True},
            {"key": "phone", "type": "phone", "label": label("phone"), "unique": True},
            {"key": "city", "type": "text", "label": label("city")},
            {"key": "amount", "type": "currency", "label": label("amount")},
            {
                "key": "tags",
                "type": "multi_select",
                "label": label("tags"),
                "options": {
                    "choices": [{"key": "vip", "label": label("VIP")}, {"key": "new", "label": label("New")}]
                },
            },
            {"key": "next_at", "type": "datetime", "label": label("next")},
            {"key": "owner", "type": "user", "label": label("owner")},
            {"key": "department", "type": "department", "label": label("department")},
            {"key": "reason", "type": "text", "label": label("reason")},
        ],
        "settings": {
            "title": "name",
            "owner": "owner",
            "department": "department",
            "pool": True,
            "return_reason": "reason",
            "match": ["phone"],
        },
    }
)
NOTE = TableDefinition.model_validate(
    {
        "key": "note",
        "label": label("note"),
        "fields": [
            {"key": "said", "type": "long_text", "label": label("said"), "required": True},
            {"key": "next_at", "type": "datetime", "label": label("next")},
            {
                "key": "number",
                "type": "auto_number",
                "label": label("number"),
                "options": {"prefix": "N", "digits": 3},
            },
            {"key": "customer", "type": "link", "label": label("customer"), "options": {"table": "customer"}},
            {
                "key": "customers",
                "type": "links",
                "label": label("customers"),
                "options": {"table": "customer"},
            },
            {"key": "owner", "type": "user", "label": label("owner"), "default": "@me"},
        ],
        "settings": {
            "title": "said",
            "owner": "owner",
            "timeline": "created_at",
            "summary": ["said"],
            "effects": [
                {
                    "when": {"field": "next_at", "op": "not_empty"},
                    "update": "customer",
                    "set": {"next_at": "$next_at"},
                },
                {
                    "when": {"field": "next_at", "op": "is_empty"},
                    "update": "customer",
                    "only_if": {"field": "next_at", "op": "lte", "value": "@end_of_today"},
                    "set": {"next_at": None},
                },
            ],
        },
    }
)
ROLES = [
    {"key": "admin", "label": label("admin"), "superuser": True},
    {
        "key": "team_lead",
        "label": label("lead"),
        "grants": [
            {
                "tables": ["customer", "note"],
                "read": ["department_below"],
                "create": ["department_below"],
                "update": ["department_below"],
                "delete": ["department_below"],
                "actions": {
                    "assign": ["department_below"],
                    "return": ["department_below"],
                    "export": ["department_below"],
                },
            }
        ],
    },
    {
        "key": "rep",
        "label": label("rep"),
        "grants": [
            {
                "tables": ["customer"],
                "read": ["own", "pool"],
                "create": ["own"],
                "update": ["own"],
                "actions": {"claim": ["pool"], "return": ["own"]},
                "hide": ["reason"],
            },
            {"tables": ["note"], "read": ["own", {"via": "customer"}], "create": ["own"], "update": ["own"]},
        ],
    },
]


def roles() -> list[Role]:
    return [role_from(role).as_role() for role in ROLES]


ORG = Org(
    [
        Department(NORTH, "North", None, (NORTH,)),
        Department(NORTH_EAST, "North East", NORTH, (NORTH, NORTH_EAST)),
        Department(SOUTH, "South", None, (SOUTH,)),
    ],
    [
        Person(ADMIN, "Admin", "admin@x.cn", None, frozenset({"admin"})),
        Person(LEADER, "Leader", "lead@x.cn", NORTH, frozenset({"team_lead"})),
        Person(ANN, "Ann", "ann@x.cn", NORTH_EAST, frozenset({"rep"})),
        Person(BOB, "Bob", "bob@x.cn", NORTH_EAST, frozenset({"rep"})),
        Person(EVE, "Eve", "eve@x.cn", SOUTH, frozenset({"rep"})),
    ],
    roles(),
    1,
)


class Firm:
    """The catalog and what each person sees of it."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.customer = catalog.table("customer")
        self.note = catalog.table("note")

    def sees(self, user: int, now: datetime = NOON) -> Sight:
        return Sight(ORG.actor(user), ORG.policy, ORG, self.catalog, ZoneInfo("Asia/Shanghai"), now)


@pytest_asyncio.fixture
async def firm(db: Connection) -> Firm:
    return Firm(await create_tables(db, [CUSTOMER, NOTE]))
