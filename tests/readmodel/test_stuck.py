"""Each condition that needs a person is planted and found, with its remedy; the sound are left."""

from datetime import datetime, timedelta

import pytest

from readmodel import claims, directory, messages
from readmodel.claims import Claim
from readmodel.conditions import REMEDIES, Condition, Stuck
from readmodel.directory import Listed
from readmodel.journal import Pulse, seen
from readmodel.messages import MessageState
from readmodel.rebuild import rebuild
from readmodel.stuck import needs_a_person
from statemodel.commands import AnswerTask, RaiseConcern
from statemodel.people import PersonFacts, Role
from tests.builders import MONDAY, PEOPLE
from tests.readmodel.office import NOW, Kept, Office

SOON = NOW + timedelta(seconds=61)


async def staffed(office: Office, case_id: str = "c1") -> Kept:
    """A case in the journal, everybody told and in the directory: nothing is wrong."""
    people = [Listed(facts, f"Name of {facts.id}") for facts in PEOPLE]
    await directory.put_people(office.store, people)
    case = await office.recorded(case_id)
    await told(office)
    return case


async def told(office: Office) -> None:
    """Every message so far has reached somebody."""
    await office.sql("UPDATE desk_message SET state = 'sent'")


async def found(office: Office, now: datetime = NOW) -> list[Condition]:
    return [one.condition for one in await needs_a_person(office.store, now)]


async def only(office: Office, condition: Condition, now: datetime = NOW) -> Stuck:
    [one] = await needs_a_person(office.store, now)
    assert one.condition is condition
    assert one.remedy == REMEDIES[condition]
    return one


def test_every_condition_has_a_remedy() -> None:
    assert set(REMEDIES) == set(Condition)


async def test_a_case_that_is_in_hand_needs_nobody(office: Office) -> None:
    case = await staffed(office)
    await seen(office.store, Pulse("c1", 3, case.case.head, 1, "b1"), NOW)
    assert await found(office, SOON) == []


async def test_an_open_concern_is_shown_until_it_is_answered(office: Office) -> None:
    case = await staffed(office)
    case.do(RaiseConcern())
    await office.record(case, 4)
    one = await only(office, Condition.OPEN_CONCERN)
    assert (one.case_id, one.since) == ("c1", MONDAY)
    task = case.case.open_tasks[0]
    case.do(AnswerTask(task=task.id, seen=task.version, done="Front door told"), "p-dut")
    await office.record(case, 5)
    assert await found(office) == []


async def test_a_deadline_that_has_passed_is_shown_with_who_owes_it(office: Office) -> None:
    case = await staffed(office)
    first = case.case.running[0]
    one = await only(office, Condition.OVERDUE, first.due.at)
    assert (one.since, one.detail) == (first.due.at, (first.what, first.about, first.owner.id))


@pytest.mark.parametrize(
    ("change", "condition"),
    [
        ("UPDATE view_case SET accepted_at = NULL", Condition.NOBODY_ACCEPTED),
        ("UPDATE view_case SET next_due = NULL", Condition.NO_RUNNING_DEADLINE),
        (
            "UPDATE desk_person SET active = FALSE WHERE id = 'p-ana'",
            Condition.RESPONSIBLE_INACTIVE,
        ),
        ("DELETE FROM desk_person WHERE id = 'p-ana'", Condition.RESPONSIBLE_INACTIVE),
        ("UPDATE view_case SET calendar_until = '2026-12-31'", Condition.CALENDAR_RUNS_OUT),
    ],
)
async def test_what_a_case_lacks_is_shown_while_it_is_open(
    office: Office, change: str, condition: Condition
) -> None:
    await staffed(office)
    await office.sql(change)
    assert await found(office) == [condition]
    await office.sql("UPDATE view_case SET stage = 'closed'")
    assert await found(office) == []


async def test_a_desk_that_nobody_sits_at_is_shown_before_a_concern_reaches_it(
    office: Office,
) -> None:
    await staffed(office)
    gone = PersonFacts("p-dut", "northshire", (Role.DUTY_MANAGER,), active=False)
    await directory.put_people(office.store, [Listed(gone, "Gone")])
    one = await only(office, Condition.DESK_EMPTY)
    assert one.detail == ("duty_manager.northshire",)


async def test_a_claim_without_a_run_is_shown_after_ten_minutes(office: Office) -> None:
    reference = claims.new_reference(b"12345")
    await claims.claim(office.store, Claim("c7", "northshire", reference, "p-ana", NOW))
    assert await found(office, NOW + timedelta(minutes=10)) == []
    one = await only(office, Condition.UNSTARTED_CLAIM, NOW + timedelta(minutes=11))
    assert (one.case_id, one.since, one.detail) == ("c7", NOW, (reference,))
    await claims.sweep(office.store, NOW + timedelta(minutes=11))
    assert await found(office, NOW + timedelta(minutes=11)) == []


async def test_a_run_without_a_first_entry_is_shown_however_often_claims_are_swept(
    office: Office,
) -> None:
    reference = claims.new_reference(b"12345")
    await claims.claim(office.store, Claim("c7", "northshire", reference, "p-ana", NOW))
    await claims.mark_started(office.store, "c7", SOON)
    await claims.sweep(office.store, NOW + timedelta(minutes=11))
    assert (await only(office, Condition.UNSTARTED_CLAIM, NOW + timedelta(hours=1))).since == NOW


async def test_a_dead_message_is_shown_until_somebody_has_told_them(office: Office) -> None:
    case = await staffed(office)
    dead = case.messages[0]
    await messages.mark(office.store, dead.id, MessageState.DEAD, NOW, "address_refused")
    one = await only(office, Condition.MESSAGE_DEAD)
    assert one.detail == (dead.purpose, dead.to.id, "address_refused")
    from statemodel.commands import ReportUndelivered
    from statemodel.people import POST

    report = ReportUndelivered(message=dead.id, purpose=dead.purpose, why="address_refused")
    case.do(report, POST, command_id=dead.id)
    await office.record(case, 4)
    assert await found(office) == [Condition.MESSAGE_DEAD]
    task = case.case.open_tasks[0]
    case.do(AnswerTask(task=task.id, seen=task.version, done="Rang her"), "p-cat")
    await office.record(case, 5)
    assert await found(office) == []


async def test_a_message_that_waits_too_long_is_shown_until_it_is_sent(office: Office) -> None:
    case = await staffed(office)
    late = case.messages[0]
    await office.sql(f"UPDATE desk_message SET state = 'waiting' WHERE id = '{late.id}'")
    assert await found(office, NOW + timedelta(minutes=10)) == []
    one = await only(office, Condition.MESSAGE_WAITING, NOW + timedelta(minutes=11))
    assert (one.case_id, one.since, one.detail) == ("c1", NOW, (late.purpose, late.to.id))
    await messages.mark(office.store, late.id, MessageState.SENT, SOON)
    assert await found(office, NOW + timedelta(minutes=11)) == []


async def test_a_safety_message_is_shown_after_two_minutes(office: Office) -> None:
    case = await staffed(office)
    case.do(RaiseConcern())
    await office.record(case, 4)
    assert await found(office, NOW + timedelta(minutes=2)) == [Condition.OPEN_CONCERN]
    late = set(await found(office, NOW + timedelta(seconds=121)))
    assert late == {Condition.OPEN_CONCERN, Condition.MESSAGE_WAITING}


async def test_a_page_that_fell_behind_is_shown_until_it_is_rebuilt(office: Office) -> None:
    case = await staffed(office)
    case.do(RaiseConcern())
    await office.sql("ALTER TABLE view_deadline RENAME TO view_lost")
    await office.record(case, 4)
    await office.sql("ALTER TABLE view_lost RENAME TO view_deadline")
    one = await only(office, Condition.PROJECTION_BEHIND)
    assert (one.case_id, one.since, one.detail[0]) == ("c1", NOW, "4")
    await rebuild(office.store, office.vault, "c1")
    assert await found(office) == [Condition.OPEN_CONCERN]


async def test_a_journal_that_lags_a_minute_behind_its_run_is_shown(office: Office) -> None:
    case = await staffed(office)
    case.do(RaiseConcern())
    await seen(office.store, Pulse("c1", 4, case.case.head, 1, "b1"), NOW)
    assert await found(office, NOW + timedelta(seconds=60)) == []
    one = await only(office, Condition.JOURNAL_LAG, SOON)
    assert (one.case_id, one.detail) == ("c1", ("4",))
    await office.record(case, 4)
    assert Condition.JOURNAL_LAG not in await found(office, SOON)


async def test_entries_a_silent_journal_lacks_are_shown_as_soon_as_the_run_says_so(
    office: Office,
) -> None:
    case = await staffed(office)
    case.do(RaiseConcern())
    pulse = Pulse("c1", 4, case.case.head, 1, "b1", unrecorded=1)
    await seen(office.store, pulse, NOW + timedelta(seconds=60))
    assert await found(office, NOW + timedelta(seconds=60)) == []
    await seen(office.store, pulse, SOON)
    one = await only(office, Condition.JOURNAL_LAG, SOON)
    assert (one.since, one.detail) == (SOON, ("4", "1"))
    await office.record(case, 4)
    assert Condition.JOURNAL_LAG not in await found(office, SOON)


async def test_a_case_whose_first_entry_is_never_recorded_is_shown_as_soon_as_its_run_says_so(
    office: Office,
) -> None:
    await staffed(office, "c2")
    await seen(office.store, Pulse("c1", 1, "h1", 1, "b1", unrecorded=1), NOW)
    one = await only(office, Condition.JOURNAL_LAG, NOW)
    assert (one.case_id, one.detail) == ("c1", ("1", "1"))


async def test_a_run_and_a_journal_that_disagree_are_shown(office: Office) -> None:
    case = await staffed(office)
    fork = Kept("c1", case.secret, MONDAY + timedelta(hours=1))
    fork.opened()
    await office.record(fork)
    one = await only(office, Condition.DIVERGED)
    assert (one.case_id, one.detail) == ("c1", ("1", "other_digest"))
    other = await staffed(office, "c2")
    assert other.case.version == 3
    await seen(office.store, Pulse("c2", 3, "restored from another night", 1, "b1"), NOW)
    assert await found(office) == [Condition.DIVERGED, Condition.DIVERGED]


async def test_concerns_come_first_and_then_whatever_has_lasted_longest(office: Office) -> None:
    case = await staffed(office)
    case.do(RaiseConcern())
    await office.record(case, 4)
    await told(office)
    reference = claims.new_reference(b"12345")
    await claims.claim(office.store, Claim("c7", "northshire", reference, "p-ana", MONDAY))
    late = MONDAY + timedelta(days=3)
    order = await found(office, late)
    assert order[0] is Condition.OPEN_CONCERN
    assert order[1] is Condition.UNSTARTED_CLAIM
    assert set(order[2:]) == {Condition.OVERDUE}
