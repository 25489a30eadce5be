"""What `verify`, `rebuild` and `nudge` do; the first two on the store itself, engine or none."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, select

from cli.failing import FOUND, REFUSED, Answered, Misused
from cli.gate import counter
from cli.options import Options
from cli.output import Listing, show, show_document
from cli.place import settings_of
from cli.stores import opened
from readmodel.claims import case_of, check_reference
from readmodel.engine import Store
from readmodel.rebuild import rebuild
from readmodel.tables import record_entry
from readmodel.vault import Vault, load_master_key
from readmodel.verify import verify

RUNNING = "WorkflowType = 'Case' AND ExecutionStatus = 'Running'"


@asynccontextmanager
async def _record(options: Options) -> AsyncIterator[tuple[Store, Vault]]:
    settings = settings_of(options.data)
    store = await opened(settings)
    try:
        yield store, Vault(load_master_key(settings.master_key_file), store)
    finally:
        await store.close()


async def verified(options: Options) -> int:
    """Verify the record and print what is wrong, each with its place."""
    async with _record(options) as (store, vault):
        report = await verify(store, vault)
    fine = (
        f"The record is whole: {report.cases} cases, {report.entries} entries, "
        f"{report.erased} erased, {report.waiting} waiting for their place in the order."
    )
    rows = [(fault.place, fault.code.replace("_", " ")) for fault in report.faults]
    show(Listing(("place", "fault"), rows, empty=fine), options.output)
    return FOUND if rows else 0


async def rebuilt(options: Options, said: str | None, *, dry_run: bool) -> int:
    """Make pages again and print how many; a case that cannot be folded keeps its pages."""
    async with _record(options) as (store, vault):
        case_id = await _meant(store, said)
        if dry_run:
            show_document({"would_be_rebuilt": await _count(store, case_id)}, options.output)
            return 0
        done = await rebuild(store, vault, case_id)
    failed = [{"case": case, "why": why} for case, why in done.failed]
    report = {"rebuilt": done.cases, "erased": done.erased, "failed": failed or 0}
    show_document(report, options.output)
    return FOUND if done.failed else 0


async def _meant(store: Store, said: str | None) -> str | None:
    case_id = await case_of(store, said) if said and check_reference(said) else said
    if said is not None and not (case_id and await _count(store, case_id)):
        raise Answered("The journal knows no such case; look it up with `baton cases`.", REFUSED)
    return case_id


async def _count(store: Store, case_id: str | None) -> int:
    question = select(func.count(func.distinct(record_entry.c.case_id)))
    if case_id is not None:
        question = question.where(record_entry.c.case_id == case_id)
    async with store.reading() as connection:
        return int((await connection.execute(question)).scalar_one())


async def nudged(options: Options, said: str | None, rate: float, *, dry_run: bool) -> int:
    """Signal running cases, `rate` a second; each hands over to a new run between two errands."""
    async with counter(settings_of(options.data)) as at:
        client, query = at.gateway.engine.client, RUNNING
        if said is not None:
            case_id = await at.case_id(said)
            if not case_id.isalnum():
                raise Misused("That is neither a case's id nor its reference.")
            query = f"{RUNNING} AND WorkflowId STARTS_WITH '{case_id}.'"
        found = 0
        async for run in client.list_workflows(query):
            found += 1
            if not dry_run:
                await client.get_workflow_handle(run.id).signal("nudge")
                await asyncio.sleep(1 / rate)
    show_document({"would_be_nudged" if dry_run else "nudged": found}, options.output)
    return 0
