"""The import as a job: chunk by chunk, each one short transaction that also says how far it is.

A worker that dies loses the chunk it was at and nothing else; the next one reads the file again, skips what is
done and goes on. Two imports into one table take turns chunk by chunk, so each match key stays once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tuoke.access.sight import Sight
from tuoke.access.world import World
from tuoke.bus import jobs
from tuoke.bus.change_sets import note_facts
from tuoke.bus.jobs import Job
from tuoke.bus.log import open_change_set
from tuoke.kit.database import Connection, begin
from tuoke.kit.errors import Invalid
from tuoke.kit.storage import Files, pieces_of
from tuoke.kit.words import Words, say
from tuoke.records.bulk import Way, bring_in, foresee
from tuoke.records.files import File, add_file, read_file
from tuoke.records.lookup import Named, look_up
from tuoke.records.transaction import transaction
from tuoke.records.values import check_references
from tuoke.schema.grow import add_choices
from tuoke.schema.model import Table
from tuoke.transfer import reading
from tuoke.transfer.acting import acting_sight, kept_narrowing
from tuoke.transfer.fates import Counts, Note, Seen, Sorted, counted, noted
from tuoke.transfer.fault_book import reasons, write_fault_book
from tuoke.transfer.new_options import NewOptions
from tuoke.transfer.options import ImportOptions, constants_of, options_from, plan_of, way_of
from tuoke.transfer.preview import Preview
from tuoke.transfer.reading import FileReader, Known, Wanted
from tuoke.transfer.rows import Chunk, Plan, settle
from tuoke.transfer.spool import Spool

KIND = "import"
LARGEST_BOOK = 2**32
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def put_import(
    db: Connection,
    sight: Sight,
    table: Table,
    file: int,
    options: Mapping[str, Any],
    *,
    key: str | None = None,
) -> int:
    """Queue an import of a stored file; returns the job. Raises Forbidden, NotFound or Invalid at once."""
    told = options_from(options)
    way_of(table, sight, told)
    await _check_constants(db, sight, table, told)
    await read_file(db, sight, file)
    payload = {
        "table": table.key,
        "file": file,
        "options": told.model_dump(mode="json", exclude_defaults=True),
        **kept_narrowing(sight.policy),
    }
    return await jobs.put(db, KIND, payload, by=sight.actor.user_id, key=key)


async def _check_constants(db: Connection, sight: Sight, table: Table, told: ImportOptions) -> None:
    constants = constants_of(table, sight, told)
    [faults] = await check_references(db, table, sight, [constants])
    if faults:
        raise Invalid(say("导入选项「set」填写有误", "The import option 'set' is not valid"), fields=faults)


async def run_import(world: World, job: Job) -> dict[str, Any]:
    """The handler of import jobs. Raises Invalid where the file or the options make no import."""
    sight = await acting_sight(world, job)
    table = sight.catalog.table(job.payload["table"])
    options = options_from(job.payload["options"])
    async with begin(world.engine) as db:
        file = await read_file(db, sight, job.payload["file"])
    async with reading.reading(Files(world.settings.files).path(file.key), options.sheet) as reader:
        plan, way = plan_of(table, sight, options, reader.opened)
        source = _Source(reader, plan, way, constants_of(table, sight, options))
        if options.dry_run:
            return await _rehearse(world, job, file, source)
        return await _carry_out(world, job, file, source)


@dataclass(frozen=True)
class _Source:
    reader: FileReader
    plan: Plan
    way: Way
    constants: Mapping[str, Any]

    def seen(self) -> Seen:
        return Seen(self.way.match, self.constants)

    async def chunks(self, after: int, seen: Seen) -> AsyncIterator[Chunk]:
        """What is to be done; the keys of what was done before come into `seen`."""
        wanted = Wanted(self.plan, self.constants, after, self.way.match, reading.CHUNK)
        async for part in self.reader.parts(wanted):
            if isinstance(part, Known):
                seen.learn(part.keys)
            else:
                yield part

    def share(self, line: int) -> float:
        """How much of the file lies above `line`. Never 1: the end comes with the result."""
        return min(line / (self.reader.opened.approximate_rows + self.reader.opened.heading_line), 0.99)


@dataclass(frozen=True)
class _Checkpoint:
    counts: Counts
    line: int = 0
    """Everything up to this line of the file is done."""
    change_set: int | None = None
    spool: str = ""
    spooled: int = 0
    """Bytes of the spool that belong to what is done."""
    options: Mapping[str, list[str]] | None = None
    """Field -> keys of the options added."""

    @classmethod
    def of(cls, stored: Mapping[str, Any], heading_line: int) -> _Checkpoint:
        if not stored:
            return cls(Counts(), heading_line)
        known = {f.name for f in fields(Counts)}
        counts = Counts(**{name: n for name, n in stored["counts"].items() if name in known})
        return cls(counts, *(stored[name] for name in ("line", "change_set", "spool", "spooled", "options")))


# --- for real -------------------------------------------------------------------------------------


async def _carry_out(world: World, job: Job, file: File, source: _Source) -> dict[str, Any]:
    at = _Checkpoint.of(job.checkpoint, source.reader.opened.heading_line)
    spool = await asyncio.to_thread(_open_spool, world, job, at)
    try:
        seen, options = source.seen(), NewOptions()
        async for chunk in source.chunks(at.line if job.checkpoint else 0, seen):
            options.met(chunk.added)
            at = await _store(world, job, file, source, _Step(chunk, seen, options, spool, at))
        result = await _result(world, job, file, source, spool, at)
    except BaseException:
        spool.close()
        raise
    spool.remove()
    return result


def _open_spool(world: World, job: Job, at: _Checkpoint) -> Spool:
    spool = Spool(world.settings.data / "spool", job.id, job.taken)
    spool.take_over(at.spool, at.spooled)
    return spool


@dataclass(frozen=True)
class _Step:
    chunk: Chunk
    seen: Seen
    options: NewOptions
    spool: Spool
    at: _Checkpoint


async def _store(world: World, job: Job, file: File, source: _Source, step: _Step) -> _Checkpoint:
    """One chunk: records, options, log, checkpoint, all or nothing."""
    # Asked anew for each chunk: who loses the right while his import runs stops there.
    sight = await acting_sight(world, job)
    table, way = sight.catalog.table(source.plan.table.key), source.way
    async with begin(world.engine) as db:
        await _settle(db, sight, table, source.plan, step.chunk)
        rows = step.seen.sort(step.chunk.rows)
        at = step.at
        if at.change_set is None and rows.good:
            at = replace(at, change_set=await _open_change_set(db, job, file, table, way))
        at, sight = await _add_options(db, sight, table, step, rows, at)
        table = sight.catalog.table(table.key)
        async with transaction(db, sight, at.change_set) as tx:
            fates = await bring_in(tx, table, rows.values, way)
            counts = counted(at.counts, at.line, step.chunk, rows, fates)
            spooled = await _tell(step.spool, table, noted(rows, fates), sight.actor.language)
            at = replace(
                at, counts=counts, line=step.chunk.rows[-1].line, spool=step.spool.name, spooled=spooled
            )
            await jobs.progress(db, job, source.share(at.line), asdict(at))
    step.seen.remember(rows, fates)
    return at


async def _tell(spool: Spool, table: Table, notes: Sequence[Note], language: str) -> int:
    for kind, row, why in notes:
        spool.add(kind, row.line, row.cells, reasons(table, why, language))
    return await asyncio.to_thread(spool.flush)


async def _add_options(
    db: Connection, sight: Sight, table: Table, step: _Step, rows: Sorted, at: _Checkpoint
) -> tuple[_Checkpoint, Sight]:
    """Before the records: who adds options locks the model first, and so do those who change it."""
    needed = step.options.take_needed(table, rows.values)
    if not needed or at.change_set is None:
        return at, sight
    catalog, added = await add_choices(db, table.key, needed)
    before = at.options or {}
    options = {key: [*before.get(key, []), *added.get(key, [])] for key in {**before, **added}}
    choices = [
        {"table": table.key, "field": field, "key": key} for field, keys in options.items() for key in keys
    ]
    await note_facts(db, at.change_set, {"choices": choices})
    return replace(at, options=options), sight.with_catalog(catalog)


async def _open_change_set(db: Connection, job: Job, file: File, table: Table, way: Way) -> int:
    label = {"file": file.name, "mode": way.mode.value}
    return await open_change_set(db, KIND, job.by, label, table.key, {"job": job.id, "file": file.id})


async def _settle(db: Connection, sight: Sight, table: Table, plan: Plan, chunk: Chunk) -> None:
    found: dict[str, Named] = {}
    for key, names in chunk.references.items():
        found[key] = await look_up(db, sight, table.field(key), names)
    settle(chunk, plan, found)


async def _result(
    world: World, job: Job, file: File, source: _Source, spool: Spool, at: _Checkpoint
) -> dict[str, Any]:
    counts = at.counts
    told = counts.faulty or counts.duplicates or counts.warnings
    book = await _keep_book(world, job, file, source, spool) if told else None
    return {
        **asdict(counts),
        "file_name": file.name,
        "change_set": at.change_set,
        "options_added": at.options or {},
        "errors": book,
        "errors_url": None if book is None else f"/api/v1/files/{book}",
    }


async def _keep_book(world: World, job: Job, file: File, source: _Source, spool: Spool) -> int:
    """The error workbook, stored as a file of whoever imports; returns its id."""
    sight = await acting_sight(world, job)
    language = sight.actor.language
    await asyncio.to_thread(spool.flush)
    with TemporaryDirectory(prefix="tuoke-") as folder:
        path = Path(folder) / "faults.xlsx"
        headings = source.reader.opened.headings
        await asyncio.to_thread(write_fault_book, path, headings, spool.entries(), language)
        stored = await Files(world.settings.files).save(pieces_of(path), limit=LARGEST_BOOK)
    name = f"{Path(file.name).stem}-{_BOOK.in_(language)}.xlsx"
    async with begin(world.engine) as db:
        kept = await add_file(db, name, stored.size, _XLSX, stored.key, sight.actor.user_id)
    return kept.id


_BOOK: Words = say("问题行", "problems")


# --- for show -------------------------------------------------------------------------------------


async def _rehearse(world: World, job: Job, file: File, source: _Source) -> dict[str, Any]:
    """What would happen, without writing anything."""
    at = _Checkpoint(Counts(), source.reader.opened.heading_line)
    seen = source.seen()
    sight = await acting_sight(world, job)
    table = sight.catalog.table(source.plan.table.key)
    preview = Preview(table, source.reader.opened, source.plan)
    async for chunk in source.chunks(0, seen):
        async with begin(world.engine) as db:
            await _settle(db, sight, table, source.plan, chunk)
            rows = seen.sort(chunk.rows)
            fates = await foresee(db, sight, table, rows.values, source.way)
            counts = counted(at.counts, at.line, chunk, rows, fates)
            at = replace(at, counts=counts, line=chunk.rows[-1].line)
            await jobs.progress(db, job, source.share(at.line), {})
        preview.add(rows, fates)
        preview.add_options(chunk.added)
        seen.remember(rows, fates)
    return {**preview.shown(), "counts": asdict(at.counts), "file": file.id, "file_name": file.name}


__all__ = ["KIND", "ImportOptions", "put_import", "run_import"]
