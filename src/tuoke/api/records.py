"""The door to records: parse, call one verb, shape the answer."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from time import perf_counter
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from tuoke.access.hidden import tell_of_hidden
from tuoke.access.policy import Action
from tuoke.api.answers import answer
from tuoke.api.door import Door, enter
from tuoke.bus import change_sets, idempotency
from tuoke.bus.log import open_change_set
from tuoke.kit.errors import Duplicate, Invalid
from tuoke.kit.words import say
from tuoke.query.advise import shape_of
from tuoke.query.ast import Leaf, Page, condition_from, listed
from tuoke.query.page import fetch_page, fetch_record
from tuoke.query.slow import SLOW_MS, note_slow
from tuoke.records import duplicates as duplicate_check
from tuoke.records import pool
from tuoke.records.explain import explain
from tuoke.records.history import history
from tuoke.records.timeline import timeline
from tuoke.records.transaction import Transaction, transaction
from tuoke.records.verbs import (
    Patch,
    changeable,
    create_records,
    delete_records,
    foresee_matching,
    restore_records,
    update_matching,
    update_records,
)
from tuoke.records.view import shown
from tuoke.schema.model import Table

router = APIRouter(prefix="/tables/{table}", tags=["records"])

Known = Annotated[Door, Depends(enter)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ListParameters(BaseModel):
    """What list and export share."""

    model_config = ConfigDict(extra="ignore")
    filter: str = ""
    sort: str = ""
    fields: str = ""
    limit: int = Field(default=50, ge=1, le=1000)
    offset: int = Field(default=0, ge=0, le=1_000_000)
    cursor: str | None = None
    count: str = Field(default="exact", pattern="^(exact|none)$")
    search: str = Field(default="", max_length=200)
    deleted: bool = False

    def page(self) -> Page:
        page = listed(
            filter=self.filter,
            sort=self.sort,
            fields=self.fields,
            search=self.search,
            deleted=self.deleted,
        )
        return replace(page, limit=self.limit, offset=self.offset, cursor=self.cursor)


@asynccontextmanager
async def writing(door: Door, note: str | None = None) -> AsyncGenerator[Transaction]:
    try:
        async with door.begin() as db, transaction(db, door.sight, note=note) as tx:
            yield tx
    except Duplicate as error:
        await leash(door, error)
        raise


async def leash(door: Door, error: Duplicate) -> None:
    """A refused duplicate tells that a record exists, perhaps one the asker may not see."""
    if not door.is_administrator:
        async with door.begin() as db:
            await tell_of_hidden(db, door.actor.user_id, str(error.facts["field"]), door.ip, door.now)


@router.get("/records")
async def list_records(table: str, door: Known, asked: Annotated[ListParameters, Query()]) -> Response:
    """A page of records with their exact number."""
    found_table = door.catalog.table(table)
    page = asked.page()
    if page.deleted:
        door.policy.grants(door.actor, table, Action.DELETE)
    began = perf_counter()
    async with door.begin() as db:
        found = await fetch_page(db, found_table, door.sight, page, counted=asked.count == "exact")
        records = await shown(db, found_table, door.sight, found.rows, found.fields)
    await _note_if_slow(door, found_table, page, (perf_counter() - began) * 1000)
    return answer({"records": records, "next": found.next, "count": found.count})


async def _note_if_slow(door: Door, table: Table, page: Page, ms: float) -> None:
    shape = shape_of(table, page) if ms > SLOW_MS else None
    if shape is not None:
        async with door.begin() as db:
            await note_slow(db, table, shape, round(ms))


@router.post("/records")
async def create(table: str, request: Request, door: Known) -> Response:
    """One record or `{"records": […]}`: all or nothing."""
    raw = await request.body()
    rows = _rows(_json(raw))
    key = request.headers.get("idempotency-key")
    async with writing(door) as tx:
        if key is not None:
            told = await idempotency.earlier(tx.db, door.actor.user_id, _key(key), _hash(request, raw))
            if told is not None:
                return answer(told[1], told[0])
        ids = await create_records(tx, door.catalog.table(table), rows)
        if key is not None:
            await idempotency.keep(tx.db, door.actor.user_id, _key(key), 201, {"ids": ids})
    return answer({"ids": ids}, 201)


def _key(key: str) -> str:
    if not 1 <= len(key) <= 200:
        raise Invalid(say("Idempotency-Key 最长 200 个字符", "An Idempotency-Key has 1 to 200 characters"))
    return key


def _hash(request: Request, raw: bytes) -> str:
    return hashlib.sha256(request.url.path.encode() + b"\0" + raw).hexdigest()


def _json(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Invalid(say("请求内容不是合法的 JSON", "The request is not valid JSON")) from error


def _rows(body: Any) -> list[dict[str, Any]]:
    if isinstance(body, dict) and set(body) == {"records"}:
        rows: Any = body["records"]
    else:
        rows = [body]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Invalid(
            say(
                '要一条记录（JSON 对象）或 {{"records": […]}}',
                'Expected one record (a JSON object) or {{"records": […]}}',
            )
        )
    return rows


@router.patch("/records")
async def patch(table: str, request: Request, door: Known, dry_run: bool = False) -> Response:
    """`{"records": [{"id", "version"?, …}]}` or `{"filter": …, "set": …}`."""
    body = _json(await request.body())
    if not isinstance(body, dict):
        raise Invalid(say("请求格式不对", "Expected a JSON object"))
    if "records" in body and set(body) == {"records"}:
        return await _patch_each(door, door.catalog.table(table), _rows(body), dry_run)
    if set(body) <= {"filter", "set", "search"} and isinstance(body.get("set"), dict):
        return await _patch_matching(door, door.catalog.table(table), body, dry_run)
    raise Invalid(
        say(
            '要 {{"records": […]}} 或 {{"filter": …, "set": …}}',
            'Expected {{"records": […]}} or {{"filter": …, "set": …}}',
        )
    )


async def _patch_each(door: Door, table: Table, rows: list[dict[str, Any]], dry_run: bool) -> Response:
    patches = [_patch(row) for row in rows]
    if dry_run:
        async with door.begin() as db:
            page = Page(where=_among([p.id for p in patches]))
            async with transaction(db, door.sight) as tx:
                ids = await changeable(tx, table, page, Action.UPDATE)
        return answer({"count": len(ids), "dry_run": True})
    async with writing(door) as tx:
        changed = await update_records(tx, table, patches)
        seen = Page(fields=(), where=_among([p.id for p in patches]), limit=1000)
        found = await fetch_page(tx.db, table, door.sight, seen)
        versions = {row["id"]: row["version"] for row in found.rows}
    return answer({"ids": changed, "count": len(changed), "versions": versions})


def _among(ids: list[int]) -> Leaf:
    return Leaf(("id",), "in", ids)


def _patch(row: dict[str, Any]) -> Patch:
    values = dict(row)
    id, version = values.pop("id", None), values.pop("version", None)
    if not _is_id(id) or not (version is None or _is_id(version)):
        raise Invalid(say("每条记录要有 id（整数）", "Every record needs its id, a whole number"))
    return Patch(id, values, version)


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63


async def _patch_matching(door: Door, table: Table, body: dict[str, Any], dry_run: bool) -> Response:
    """A bulk edit is a change set of its own, so that it can be undone.

    `count`: records the asker may change; dry: `matched` are found, `changing` are not yet as they shall be.
    """
    page = Page(where=condition_from(body.get("filter")), search=str(body.get("search") or ""))
    async with door.begin() as db:
        if dry_run:
            async with transaction(db, door.sight) as tx:
                seen = await foresee_matching(tx, table, page, body["set"])
            told = {"count": seen.allowed, "matched": seen.matched, "changing": seen.changing}
            return answer({**told, "dry_run": True})
        change_set = await open_change_set(
            db, "bulk_edit", door.actor.user_id, {"fields": sorted(body["set"])}, table.key
        )
        async with transaction(db, door.sight, change_set) as tx:
            changed = await update_matching(tx, table, page, body["set"])
        if changed == 0:
            await change_sets.discard(db, change_set)
            return answer({"count": 0, "change_set": None})
        await change_sets.note_facts(db, change_set, {"records": changed})
    return answer({"count": changed, "change_set": change_set})


class Ids(Body):
    ids: list[int] = Field(max_length=1000)


@router.delete("/records")
async def delete(table: str, body: Ids, door: Known, dry_run: bool = False) -> Response:
    """Into the recycle bin."""
    async with writing(door) as tx:
        found = door.catalog.table(table)
        if dry_run:
            page = Page(where=_among(body.ids))
            return answer({"count": len(await changeable(tx, found, page, Action.DELETE)), "dry_run": True})
        ids = await delete_records(tx, found, body.ids)
    return answer({"ids": ids, "count": len(ids)})


@router.post("/records/restore")
async def restore(table: str, body: Ids, door: Known) -> Response:
    """Out of the recycle bin."""
    async with writing(door) as tx:
        ids = await restore_records(tx, door.catalog.table(table), body.ids)
    return answer({"ids": ids, "count": len(ids)})


class Assignment(Ids):
    owner: int


class Return(Ids):
    reason: str = Field(max_length=1000)


@router.post("/records/claim")
async def claim(table: str, body: Ids, door: Known) -> Response:
    """Take records out of the pool for oneself. Of two who claim at once one wins; the other finds it
    under `refused`."""
    async with writing(door) as tx:
        return _moved(await pool.claim(tx, door.catalog.table(table), body.ids), door)


@router.post("/records/return")
async def give_back(table: str, body: Return, door: Known) -> Response:
    """Give records back to their department's pool, with the reason the next one will want to know."""
    async with writing(door, note=body.reason) as tx:
        return _moved(await pool.give_back(tx, door.catalog.table(table), body.ids, body.reason), door)


@router.post("/records/assign")
async def assign(table: str, body: Assignment, door: Known) -> Response:
    """Give records within one's reach to somebody. His department comes along."""
    async with writing(door) as tx:
        return _moved(await pool.assign(tx, door.catalog.table(table), body.ids, body.owner), door)


@router.post("/records/transfer")
async def transfer(table: str, body: Assignment, door: Known) -> Response:
    """Hand records of one's own to somebody else."""
    async with writing(door) as tx:
        moved = await pool.assign(tx, door.catalog.table(table), body.ids, body.owner, Action.TRANSFER)
        return _moved(moved, door)


def _moved(moved: pool.Moved, door: Door) -> Response:
    refused = [{"id": id, "detail": why.in_(door.language)} for id, why in moved.refused.items()]
    return answer({"done": moved.done, "refused": refused})


class Lookup(Body):
    values: dict[str, Any]
    except_: int | None = Field(default=None, alias="except")


@router.post("/duplicates")
async def duplicates(table: str, body: Lookup, door: Known) -> Response:
    """Whether somebody with this phone is here already."""
    door.policy.grants(door.actor, table, Action.CREATE)
    async with door.begin() as db:
        found = await duplicate_check.duplicates(
            db, door.catalog.table(table), door.sight, body.values, body.except_
        )
        if any(not one["visible"] for one in found):
            await tell_of_hidden(db, door.actor.user_id, table, door.ip, door.now)
    return answer({"duplicates": found})


@router.get("/records/{id}")
async def read(table: str, id: int, door: Known) -> Response:
    """One record with all the fields one may see; 404 for a hidden, a missing and a foreign one alike."""
    found_table = door.catalog.table(table)
    async with door.begin() as db:
        row = await fetch_record(db, found_table, door.sight, sane(id))
        fields = [key for key in row if key not in ("id", "version")]
        [record] = await shown(db, found_table, door.sight, [row], fields)
    return answer(record)


@router.get("/records/{id}/timeline")
async def read_timeline(
    table: str, id: int, door: Known, limit: int = 50, before: datetime | None = None
) -> Response:
    """Its 360° story, newest first: what is about it, and how its tracked fields moved. `next` goes into
    `before`."""
    async with door.begin() as db:
        entries, more = await timeline(db, door.catalog.table(table), door.sight, sane(id), limit, before)
    return answer({"entries": entries, "next": more})


@router.get("/records/{id}/history")
async def read_history(table: str, id: int, door: Known) -> Response:
    """Who changed which field from what to what, newest first."""
    async with door.begin() as db:
        return answer({"entries": await history(db, door.catalog.table(table), door.sight, sane(id))})


@router.get("/records/{id}/explain")
async def read_explain(table: str, id: int, door: Known) -> Response:
    """Why one sees it and may do what to it: per action the roles and scopes that cover it."""
    async with door.begin() as db:
        return answer(await explain(db, door.catalog.table(table), door.sight, sane(id)))


def sane(id: int) -> int:
    """Numbers beyond bigint are no record's."""
    return id if 0 < id < 2**63 else 0
