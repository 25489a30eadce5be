"""Whatever is done to the record behind Baton's back is found, and its place is named."""

from datetime import timedelta

import pytest

from readmodel.erasure import erase
from readmodel.journal import Pulse, seen
from readmodel.sealer import seal, sign_heads
from readmodel.vault import Vault
from readmodel.verify import verify
from tests.readmodel.office import NOW, Office

TOMORROW = NOW + timedelta(days=1)


async def faults(office: Office) -> set[tuple[str, str]]:
    report = await verify(office.store, Vault(b"m" * 32, office.store))
    return {(fault.place, fault.code) for fault in report.faults}


async def a_sealed_record(office: Office) -> None:
    """Two cases of three entries, all sealed, with the day's head signed."""
    for case_id in ("c1", "c2"):
        await office.recorded(case_id)
    assert await seal(office.store, NOW) == 6
    assert await sign_heads(office.store, office.vault, TOMORROW) == 1


async def tamper(office: Office, *statements: str) -> None:
    """What the database's owner can do: take the triggers away, change, and put them back."""
    if office.store.dialect == "postgresql":
        await office.sql("SET LOCAL session_replication_role = replica", *statements)
        return
    kept = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    async with office.store.writing() as connection:
        found = (await connection.exec_driver_sql(kept)).mappings()
        triggers = [(row["name"], row["sql"]) for row in found]
        for name, _ in triggers:
            await connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            await connection.exec_driver_sql(statement)
        for _, made in triggers:
            await connection.exec_driver_sql(made)


@pytest.mark.proves("I43")
async def test_an_untouched_record_is_whole(office: Office) -> None:
    await a_sealed_record(office)
    report = await verify(office.store, office.vault)
    assert report.faults == ()
    assert (report.cases, report.entries, report.erased, report.waiting) == (2, 6, 0, 0)


async def test_entries_not_sealed_yet_are_counted_and_no_fault(office: Office) -> None:
    await office.recorded()
    report = await verify(office.store, office.vault)
    assert (report.waiting, report.faults) == (3, ())


COPIED = "(SELECT body FROM record_body WHERE case_id = 'c2' AND version = 2)"
COLUMNS = (
    "version, authority, episode, edition, at_utc, recorded_at_utc, kind, v, hat, command_id,"
    " digest, prev"
)
INSERTED = (
    f"INSERT INTO record_entry (case_id, {COLUMNS}) SELECT 'c3', {COLUMNS} FROM record_entry"
    " WHERE case_id = 'c2' AND version = 1"
)


@pytest.mark.proves("F52", "I43")
@pytest.mark.parametrize(
    ("statements", "found"),
    [
        pytest.param(
            ["UPDATE record_entry SET kind = 'close_case' WHERE case_id = 'c1' AND version = 2"],
            {("c1/2", "columns_differ")},
            id="edit_a_column",
        ),
        pytest.param(
            ["UPDATE record_entry SET digest = 'x' WHERE case_id = 'c1' AND version = 3"],
            {("c1/3", "altered"), ("c1/3", "sealed_otherwise")},
            id="edit_a_digest",
        ),
        pytest.param(
            [f"UPDATE record_body SET body = {COPIED} WHERE case_id = 'c1' AND version = 2"],
            {("c1/2", "unreadable")},
            id="copy_a_body_between_cases",
        ),
        pytest.param(
            ["DELETE FROM record_body WHERE case_id = 'c1' AND version = 2"],
            {("c1/2", "no_body")},
            id="delete_a_body",
        ),
        pytest.param(
            ["UPDATE record_entry SET authority = 'x' WHERE case_id = 'c1' AND version = 2"],
            {("c1/2", "unreadable"), ("c1/2", "other_authority")},
            id="give_an_entry_to_another_authority",
        ),
        pytest.param(
            ["UPDATE record_opening SET authority = 'x' WHERE case_id = 'c1'"],
            {("c1", "opening_unreadable")},
            id="give_an_opening_to_another_authority",
        ),
        pytest.param(
            ["DELETE FROM record_opening WHERE case_id = 'c1'"],
            {("c1", "no_opening")},
            id="delete_an_opening",
        ),
        pytest.param(
            [
                "DELETE FROM record_entry WHERE case_id = 'c1' AND version = 2",
                "DELETE FROM record_body WHERE case_id = 'c1' AND version = 2",
            ],
            {("c1/2", "missing"), ("c1/2", "sealed_but_gone")},
            id="delete_an_entry",
        ),
        pytest.param(
            [INSERTED],
            {("c3", "no_key"), ("c3/1", "never_sealed")},
            id="insert_a_case",
        ),
        pytest.param(
            [
                "UPDATE record_body SET version = 9 WHERE case_id = 'c1' AND version = 2",
                "UPDATE record_body SET version = 2 WHERE case_id = 'c1' AND version = 3",
                "UPDATE record_body SET version = 3 WHERE case_id = 'c1' AND version = 9",
            ],
            {("c1/2", "unreadable"), ("c1/3", "unreadable")},
            id="swap_two_bodies",
        ),
        pytest.param(
            [
                "UPDATE record_entry SET version = 9 WHERE case_id = 'c1' AND version = 2",
                "UPDATE record_entry SET version = 2 WHERE case_id = 'c1' AND version = 3",
                "UPDATE record_entry SET version = 3 WHERE case_id = 'c1' AND version = 9",
            ],
            {
                ("c1/2", "broken_link"),
                ("c1/3", "broken_link"),
                ("c1/2", "altered"),
                ("c1/3", "altered"),
                ("c1/2", "sealed_otherwise"),
                ("c1/3", "sealed_otherwise"),
            },
            id="swap_two_entries",
        ),
        pytest.param(
            [
                "DELETE FROM record_entry WHERE version = 3",
                "DELETE FROM record_body WHERE version = 3",
            ],
            {
                ("c1/3", "sealed_but_gone"),
                ("c2/3", "sealed_but_gone"),
                ("c1/3", "shorter_than_shown"),
                ("c2/3", "shorter_than_shown"),
            },
            id="truncate_the_entries",
        ),
        pytest.param(
            ["DELETE FROM record_seal WHERE position > 4"],
            {("head/2026-01-05", "truncated"), ("c2/2", "never_sealed"), ("c2/3", "never_sealed")},
            id="truncate_the_seals",
        ),
        pytest.param(
            ["DELETE FROM record_seal WHERE position = 2"],
            {("seal/2", "missing"), ("c1/2", "never_sealed")},
            id="delete_a_seal",
        ),
        pytest.param(
            ["UPDATE record_seal SET number = 9 WHERE position = 6"],
            {("seal/6", "broken_chain"), ("c2/9", "sealed_but_gone"), ("c2/3", "never_sealed")},
            id="edit_a_seal",
        ),
        pytest.param(
            ["UPDATE record_head SET chain = 'x'"],
            {("head/2026-01-05", "forged"), ("head/2026-01-05", "contradicted")},
            id="edit_a_head",
        ),
        pytest.param(
            ["DELETE FROM desk_case_key WHERE case_id = 'c1'"],
            {("c1", "no_key")},
            id="lose_a_key",
        ),
    ],
)
async def test_tampering_is_found(
    office: Office, statements: list[str], found: set[tuple[str, str]]
) -> None:
    await a_sealed_record(office)
    await tamper(office, *statements)
    assert await faults(office) == found


async def test_a_chain_rewritten_without_the_secret_is_found(office: Office) -> None:
    """Seals made again over a changed digest hang together; the body and the head tell."""
    await a_sealed_record(office)
    await tamper(
        office,
        "DELETE FROM record_seal",
        "UPDATE record_entry SET digest = 'f00d' WHERE case_id = 'c2' AND version = 3",
        "INSERT INTO desk_unsealed (series, case_id, number, digest)"
        " SELECT 'entry', case_id, version, digest FROM record_entry ORDER BY case_id, version",
    )
    assert await seal(office.store, NOW) == 6
    assert await faults(office) == {("c2/3", "altered"), ("head/2026-01-05", "contradicted")}


async def test_a_whole_case_that_disappears_is_missed(office: Office) -> None:
    await a_sealed_record(office)
    tables = ("record_entry", "record_body", "record_opening", "desk_case_key")
    await tamper(office, *(f"DELETE FROM {table} WHERE case_id = 'c2'" for table in tables))
    found = await faults(office)
    assert ("c2/1", "shorter_than_shown") in found
    assert {("c2/1", "sealed_but_gone"), ("c2/3", "sealed_but_gone")} <= found


async def test_a_run_that_holds_another_entry_than_the_journal_is_told(office: Office) -> None:
    await office.recorded()
    await seen(office.store, Pulse("c1", 2, "another head", 1, "b1"), NOW)
    assert await faults(office) == {("c1/2", "other_than_the_run_holds")}


async def test_an_erased_case_is_no_fault_and_its_links_are_still_judged(office: Office) -> None:
    await a_sealed_record(office)
    await erase(office.store, office.vault, "c1", "order-7", NOW)
    report = await verify(office.store, office.vault)
    assert (report.erased, report.faults) == (1, ())
    await tamper(office, "DELETE FROM record_entry WHERE case_id = 'c1' AND version = 2")
    assert ("c1/2", "missing") in await faults(office)


async def test_an_erasure_that_was_interrupted_is_told(office: Office) -> None:
    await a_sealed_record(office)
    order = (
        f"INSERT INTO record_erasure VALUES ('c1', 'northshire', 'order-7', '{NOW.isoformat()}')"
    )
    await office.sql(order, "DELETE FROM record_body WHERE case_id = 'c1'")
    assert await faults(office) == {("c1", "erasure_unfinished")}


async def test_a_head_signed_with_another_key_is_told(office: Office) -> None:
    await a_sealed_record(office)
    await tamper(office, "UPDATE record_head SET key_id = '0000'")
    assert await faults(office) == {("head/2026-01-05", "other_signing_key")}
