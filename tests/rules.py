"""A rule for tests and benches beside the shipped ones: every new lead is dealt out and its owner told."""

from __future__ import annotations

from typing import Any


def label(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def deal_out(source: str | None = None, cap: int | None = None) -> dict[str, Any]:
    """Five nodes: branch, owner in turn, a field, a notice a lead, and a wait for the first follow-up.

    `source`: only leads from there. `cap`: at most so many of them a person; who comes too late goes without owner.
    """
    concerned = None if source is None else {"field": "source", "op": "eq", "value": source}
    nobody = {"field": "owner", "op": "is_empty"}
    return {
        "key": "deal_out",
        "label": label("新线索分配", "Deal out new leads"),
        "table": "lead",
        "trigger": {
            "type": "record_created",
            "when": nobody if concerned is None else {"all": [nobody, concerned]},
        },
        "nodes": [
            {
                "key": "known",
                "type": "branch",
                "config": {"ways": [{"port": "yes", "when": {"field": "source", "op": "not_empty"}}]},
                "next": {"yes": "give", "else": None},
            },
            {
                "key": "give",
                "type": "assign",
                "config": {"to": {"who": "role", "role": "rep"}, "cap": cap, "counting": concerned},
                "next": {"next": "mark", "nobody": None},
            },
            {"key": "mark", "type": "update", "config": {"set": {"status": "following"}}, "next": "tell"},
            {
                "key": "tell",
                "type": "notify",
                "config": {"to": [{"who": "owner"}], "title": label("新线索 {name}", "New lead {name}")},
                "next": "wait",
            },
            {
                "key": "wait",
                "type": "wait",
                "config": {
                    "length": 3,
                    "unit": "working_days",
                    "or_when": {"field": "last_follow_at", "op": "not_empty"},
                },
            },
        ],
    }
