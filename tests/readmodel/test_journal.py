"""What is acknowledged is in the journal once, in order, and nothing that contradicts it is."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from readmodel.bodies import Place, open_body
from readmodel.desks import desk_incident, desk_message, desk_seen, desk_unsealed
from readmodel.journal import (
    Diverged,
    Pulse,
    Recorded,
    fold_case,
    read_entries,
    record,
    seen,
    version_of,
)
from readmodel.tables import record_body, record_entry, record_opening, view_case, view_deadline
from readmodel.vault import NoKey, Unreadable
from statemodel.commands import RaiseConcern
from statemodel.plain import plain
from tests.builders import MONDAY
from tests.readmodel.office import NOW, Kept, Office


async def test_what_was_recorded_can_be_read_as_it_was(office: Office) -> None:
    case = await office.recorded()
    kept = await read_entries(office.store, office.vault, "c1")
    assert kept == [item["entry"] for item in case.batch()]
    assert await fold_case(office.store, office.vault, "c1", case.start) == case.case


async def test_an_entry_is_recorded_with_its_messages_and_its_pages(office: Office) -> None:
    case = await office.recorded()
    told = await office.rows(desk_message)
    assert [row["id"] for row in told] == sorted(message.id for message in case.messages)
    assert {row["state"] for row in told} == {"waiting"}
    [page] = await office.rows(view_case)
    assert (page["version"], page["head"]) == (3, case.case.head)
    assert page["responsible"] == "p-ana"
    owed = await office.rows(view_deadline)
    assert {row["id"] for row in owed} == {deadline.id for deadline in case.case.running}


async def test_whose_case_it_is_stands_with_the_entry_its_messages_and_its_pages(
    office: Office,
) -> None:
    await office.recorded()
    for table in (record_entry, record_opening, desk_message, view_case, view_deadline):
        assert {row["authority"] for row in await office.rows(table)} == {"northshire"}


@pytest.mark.proves("I39")
async def test_a_batch_recorded_twice_changes_nothing(office: Office) -> None:
    case = await office.recorded()
    tables = (record_entry, record_body, desk_message, desk_unsealed, view_case, desk_incident)
    before = [await office.rows(table) for table in tables]
    again = await office.record(case, now=NOW + timedelta(minutes=1))
    assert again == Recorded("c1", 3, 0)
    assert [await office.rows(table) for table in tables] == before


async def test_a_batch_that_overlaps_what_is_known_adds_only_the_rest(office: Office) -> None:
    case = await office.case()
    case.proposed()
    assert await office.record(case, 1, 2) == Recorded("c1", 2, 2)
    assert await office.record(case, 2, 3) == Recorded("c1", 3, 1)
    assert await office.count(record_entry) == 3


async def test_a_gap_is_refused_whole_and_noted_once(office: Office) -> None:
    case = await office.case()
    case.proposed()
    await office.record(case, 1, 1)
    for _ in range(2):
        assert await office.record(case, 3, 3) == Diverged("c1", 3, "gap")
    assert await office.count(record_entry) == 1
    [incident] = await office.rows(desk_incident)
    assert (incident["kind"], incident["version"]) == ("diverged", 3)
    assert incident["detail"]["journal_version"] == 1


async def test_another_entry_for_a_known_version_is_refused(office: Office) -> None:
    case = await office.recorded()
    other = Kept("c1", case.secret, MONDAY + timedelta(hours=1))
    other.proposed()
    assert await office.record(other) == Diverged("c1", 1, "other_digest")
    assert (await office.rows(view_case))[0]["head"] == case.case.head


@pytest.mark.proves("I39")
async def test_of_two_runs_that_forked_the_second_writes_nothing_of_its_batch(
    office: Office,
) -> None:
    case = await office.recorded()
    fork = Kept("c1", case.secret, MONDAY + timedelta(hours=1))
    fork.proposed().do(fork.agreeing(), "p-lee")
    assert await office.record(fork, 4, 4) == Diverged("c1", 4, "other_head")
    assert await office.count(record_entry) == 3
    assert await office.count(desk_message) == len(case.messages)


async def test_an_entry_of_an_older_episode_is_refused(office: Office) -> None:
    case = await office.case()
    case.opened()
    first = case.batch()
    for item in first:
        item["entry"]["episode"] = 2
    await record(office.store, office.vault, first, case.summary(), NOW)
    case.do(RaiseConcern())
    assert await office.record(case, 2) == Diverged("c1", 2, "older_episode")


async def test_a_batch_of_two_cases_is_refused(office: Office) -> None:
    one, other = await office.case("c1"), await office.case("c2")
    one.opened()
    other.opened().do(RaiseConcern())
    mixed = [*one.batch(), *other.batch(2)]
    answer = await record(office.store, office.vault, mixed, one.summary(), NOW)
    assert answer == Diverged("c1", 2, "other_case")
    assert await office.count(record_entry) == 0


async def test_a_case_without_a_key_is_not_recorded(office: Office) -> None:
    case = Kept("c9", "no secret")
    case.opened()
    with pytest.raises(NoKey):
        await office.record(case)
    assert await office.count(record_entry) == 0


async def test_sixteen_writers_on_different_cases_all_get_through(office: Office) -> None:
    cases = [await office.case(f"c{number}") for number in range(16)]
    for case in cases:
        case.proposed()
    steps = [[office.record(case, n, n) for case in cases] for n in (1, 2, 3)]
    for step in steps:
        assert all(isinstance(one, Recorded) for one in await asyncio.gather(*step))
    assert await office.count(record_entry) == 48
    assert await office.count(view_case) == 16
    assert await office.count(desk_incident) == 0


async def test_sixteen_writers_of_the_same_entries_leave_them_once(office: Office) -> None:
    case = await office.case()
    case.proposed()
    answers = await asyncio.gather(*(office.record(case) for _ in range(16)))
    assert sorted(one.new for one in answers if isinstance(one, Recorded)) == [0] * 15 + [3]
    assert await office.count(record_entry) == 3


async def test_of_two_forks_at_once_one_is_kept_and_the_other_noted(office: Office) -> None:
    key = await office.vault.make("c1")
    forks = [Kept("c1", key.secret, MONDAY + timedelta(minutes=n)) for n in range(8)]
    for fork in forks:
        fork.opened()
    answers = await asyncio.gather(*(office.record(fork) for fork in forks))
    assert sum(isinstance(one, Recorded) for one in answers) == 1
    assert await office.count(record_entry) == 1
    assert await office.count(desk_incident) == 7


async def test_a_page_that_cannot_be_written_keeps_no_entry_out(office: Office) -> None:
    case = await office.case()
    case.proposed()
    await office.sql("ALTER TABLE view_case RENAME TO view_lost")
    assert await office.record(case) == Recorded("c1", 3, 3)
    await office.sql("ALTER TABLE view_lost RENAME TO view_case")
    assert await office.count(record_entry) == 3
    assert await office.count(desk_message) == len(case.messages)
    assert await office.count(view_deadline) == 0
    [incident] = await office.rows(desk_incident)
    assert (incident["kind"], incident["case_id"]) == ("projection_behind", "c1")


async def test_a_summary_nobody_can_read_keeps_no_entry_out_either(office: Office) -> None:
    case = await office.case()
    case.opened()
    broken = case.summary() | {"deadlines": [{"id": "d1"}]}
    assert await record(office.store, office.vault, case.batch(), broken, NOW) == Recorded(
        "c1", 1, 1
    )
    assert await office.count(view_case) == 0
    assert await office.count(desk_incident) == 1


async def test_an_older_summary_never_overwrites_a_newer_one(office: Office) -> None:
    case = await office.recorded()
    old = await record(office.store, office.vault, case.batch(1, 2), case.summary(2), NOW)
    assert old == Recorded("c1", 2, 0)
    assert (await office.rows(view_case))[0]["version"] == 3


async def test_a_message_that_has_moved_on_is_not_made_to_wait_again(office: Office) -> None:
    case = await office.recorded()
    await office.sql("UPDATE desk_message SET state = 'sent'")
    await office.record(case)
    assert {row["state"] for row in await office.rows(desk_message)} == {"sent"}


async def test_the_store_holds_no_word_of_a_body_in_clear(office: Office) -> None:
    case = await office.case()
    case.opened().do(RaiseConcern(what="CANARY afraid to go home"))
    await office.record(case)
    tables = (record_entry, record_body, record_opening, view_case, view_deadline, desk_message)
    everything = repr([await office.rows(table) for table in tables])
    assert "CANARY" not in everything
    assert "k-9f2c" not in everything


async def test_a_body_moved_to_another_place_cannot_be_read(office: Office) -> None:
    await office.recorded()
    key = await office.vault.make("c1")
    bodies = await office.rows(record_body)
    here, body = Place("northshire", "c1", 2), bodies[1]["body"]
    assert open_body(key, here, body)["version"] == 2
    for place in (
        Place("northshire", "c1", 3),
        Place("southshire", "c1", 2),
        Place("northshire", "c1"),
        Place("northshire", "c2", 2),
    ):
        with pytest.raises(Unreadable):
            open_body(key, place, body)
    with pytest.raises(Unreadable):
        open_body(await office.vault.make("c2"), here, body)


async def test_an_old_command_is_found_by_its_id(office: Office) -> None:
    case = await office.recorded()
    assert await version_of(office.store, "c1", case.entries[1].command_id) == 2
    assert await version_of(office.store, "c1", "never-asked") is None
    assert await version_of(office.store, "c2", case.entries[1].command_id) is None


async def test_an_old_command_is_found_in_an_index_alone(office: Office) -> None:
    await office.recorded()
    asked = "SELECT version FROM record_entry WHERE case_id = 'c1' AND command_id = 'x' LIMIT 1"
    async with office.store.reading() as connection:
        explain = "EXPLAIN QUERY PLAN"
        if office.store.dialect == "postgresql":
            explain = "EXPLAIN"
            await connection.execute(text("SET LOCAL enable_seqscan = off"))  # of three it would
        plan = str((await connection.execute(text(f"{explain} {asked}"))).all())
    assert "record_entry_command" in plan


async def test_a_pulse_is_kept_and_an_older_one_changes_nothing(office: Office) -> None:
    await seen(office.store, Pulse("c1", 3, "head", 1, "b2"), NOW)
    await seen(office.store, Pulse("c1", 2, "older", 1, "b1"), NOW - timedelta(minutes=1))
    [row] = await office.rows(desk_seen)
    assert (row["version"], row["head"], row["build"], row["seen_at"]) == (3, "head", "b2", NOW)


async def test_the_opening_is_kept_once_and_encrypted(office: Office) -> None:
    case = await office.recorded()
    [row] = await office.rows(record_opening)
    assert row["case_id"] == "c1"
    assert plain(case.start)["pack"]["id"].encode() not in row["body"]
