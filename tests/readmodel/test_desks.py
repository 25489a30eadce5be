"""Claims, receipts, messages and the directory: each step once, nothing lost."""

import asyncio
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readmodel import claims, directory, messages
from readmodel.claims import Claim, ReferenceTaken, check_reference, new_reference
from readmodel.desks import desk_claim
from readmodel.directory import Agency, Listed
from readmodel.journal import Pulse, seen
from readmodel.messages import MessageState
from readmodel.receipts import first_received, forget_receipts
from readmodel.reference import ALPHABET
from statemodel.commands import RaiseConcern
from statemodel.people import Desk, PersonFacts, Role
from tests.builders import PEOPLE
from tests.readmodel.office import NOW, Office

ID = attrgetter("id")
LATER = NOW + timedelta(minutes=5)
CLOCK = timedelta(minutes=11)
ONE, OTHER = new_reference(b"\x00\x01\x02\x03\x04"), new_reference(b"other")


@given(st.binary(min_size=5, max_size=5))
def test_a_reference_is_understood_as_it_is_said(chance: bytes) -> None:
    reference = new_reference(chance)
    assert len(reference) == 9
    said = f"{reference[:4]}-{reference[4:8]} {reference[8]}".lower()
    assert check_reference(said.replace("0", "o").replace("1", "l")) == reference


@given(st.binary(min_size=5, max_size=5), st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(chance: bytes, place: int, letter: str) -> None:
    reference = new_reference(chance)
    wrong = reference[:place] + letter + reference[place + 1 :]
    assert check_reference(wrong) == (reference if wrong == reference else None)


@given(st.binary(min_size=5, max_size=5), st.integers(0, 6))
def test_two_neighbours_swapped_are_noticed(chance: bytes, place: int) -> None:
    reference = new_reference(chance)
    pair = reference[place : place + 2]
    swapped = reference[:place] + pair[::-1] + reference[place + 2 :]
    assert check_reference(swapped) == (reference if swapped == reference else None)


@pytest.mark.parametrize("said", ["", "123", "UUUUUUUU0", "0" * 40, "00000000é", "0000000 0"])
def test_what_is_no_reference_is_none(said: str) -> None:
    assert check_reference(said) is None


def claimed(case_id: str, reference: str = ONE, at: datetime = NOW) -> Claim:
    return Claim(case_id, "northshire", reference, "p-ana", at)


async def test_a_case_is_claimed_once_and_the_first_claim_stands(office: Office) -> None:
    store = office.store
    first = await claims.claim(store, claimed("c1"))
    assert await claims.claim(store, claimed("c1", OTHER, LATER)) == first
    assert first == claimed("c1")
    assert await claims.case_of(store, ONE.lower()) == "c1"
    assert await claims.reference_of(store, "c1") == ONE
    with pytest.raises(ReferenceTaken):
        await claims.claim(store, claimed("c2"))


async def test_a_claim_is_listed_until_the_journal_has_its_first_entry(office: Office) -> None:
    store = office.store
    first = await claims.claim(store, claimed("c1"))
    await claims.claim(store, claimed("c2", OTHER, LATER))
    assert await claims.unstarted(store, LATER) == (first,)
    await claims.mark_started(store, "c1", LATER)
    assert await claims.unstarted(store, LATER) == (first,)
    await office.recorded("c1")
    assert await claims.unstarted(store, LATER) == ()


async def test_what_no_run_took_up_within_ten_minutes_is_swept_and_kept(office: Office) -> None:
    store = office.store
    await claims.claim(store, claimed("c1"))
    assert await claims.sweep(store, NOW + timedelta(minutes=10)) == 0
    assert await claims.sweep(store, NOW + CLOCK) == 1
    assert await claims.sweep(store, NOW + CLOCK) == 0
    assert await claims.unstarted(store, NOW + CLOCK) == ()
    [row] = await office.rows(desk_claim)
    assert (row["swept_at"], row["reference"]) == (NOW + CLOCK, ONE)


@pytest.mark.parametrize("known_by", ["start", "pulse"])
async def test_a_claim_with_a_run_and_no_entry_stays_listed(office: Office, known_by: str) -> None:
    first = await claims.claim(office.store, claimed("c1"))
    if known_by == "start":
        await claims.mark_started(office.store, "c1", NOW)
    else:
        await seen(office.store, Pulse("c1", 0, "", 1, "b1"), NOW)
    assert await claims.sweep(office.store, NOW + CLOCK) == 0
    assert await claims.unstarted(office.store, NOW + CLOCK) == (first,)


async def test_a_swept_claim_that_is_pressed_again_is_taken_up_again(office: Office) -> None:
    first = await claims.claim(office.store, claimed("c1"))
    await claims.sweep(office.store, NOW + CLOCK)
    await claims.mark_started(office.store, "c1", NOW + CLOCK)
    assert await claims.unstarted(office.store, NOW + CLOCK) == (first,)
    await office.recorded("c1")
    assert await claims.sweep(office.store, NOW + 2 * CLOCK) == 0
    [row] = await office.rows(desk_claim)
    assert (row["begun_at"], row["swept_at"]) == (NOW + 2 * CLOCK, None)


@pytest.mark.proves("F23")
async def test_the_first_receipt_counts_and_another_payload_is_told(office: Office) -> None:
    store = office.store
    assert await first_received(store, "id-1", "c1", "hash", NOW) == (NOW, True)
    assert await first_received(store, "id-1", "c1", "hash", LATER) == (NOW, True)
    assert await first_received(store, "id-1", "c1", "other", LATER) == (NOW, False)
    assert await first_received(store, "id-1", "c2", "hash", LATER) == (NOW, False)
    assert await forget_receipts(store, NOW + timedelta(days=30)) == 0
    assert await forget_receipts(store, LATER + timedelta(days=30)) == 1
    assert await first_received(store, "id-1", "c1", "hash", LATER) == (LATER, True)


async def test_of_receipts_at_once_all_tell_the_same_instant(office: Office) -> None:
    times = [NOW + timedelta(seconds=n) for n in range(8)]
    asked = (first_received(office.store, "id-1", "c1", "hash", at) for at in times)
    assert len({received for received, _ in await asyncio.gather(*asked)}) == 1


async def test_messages_wait_until_they_are_sent_or_dead(office: Office) -> None:
    case = await office.recorded()
    ids = [message.id for message in case.messages]
    assert await messages.waiting(office.store, ids[::-1]) == tuple(case.messages[::-1])
    assert await messages.mark(office.store, ids[0], MessageState.SENT, LATER)
    assert ids[0] not in [one.id for one in await messages.waiting(office.store, ids)]
    counted = await messages.counts(office.store)
    assert (counted[MessageState.SENT], counted[MessageState.DEAD]) == (1, 0)


async def test_what_has_waited_too_long_is_told_for_another_try_safety_first(
    office: Office,
) -> None:
    case = await office.recorded()
    case.do(RaiseConcern(people=("p-sam",), about_a_professional=True))
    await office.record(case, 4)
    urgent = [message for message in case.messages if message.safety]
    plain = [message for message in case.messages if not message.safety]
    assert plain
    assert any(message.not_to for message in urgent), "and whom it must not reach goes with it"
    overdue = partial(messages.overdue, office.store)
    assert await overdue(NOW + timedelta(minutes=2)) == ()
    late = NOW + timedelta(minutes=2, seconds=1)
    assert sorted(await overdue(late), key=ID) == sorted(urgent, key=ID)
    assert await overdue(NOW + timedelta(minutes=10)) == await overdue(late)
    everything = await overdue(NOW + CLOCK)
    assert {message.id for message in everything} == {message.id for message in case.messages}
    assert all(message.safety for message in everything[: len(urgent)])
    for message in case.messages:
        await messages.mark(office.store, message.id, MessageState.SENT, LATER)
    assert await overdue(NOW + CLOCK) == ()


async def test_a_dead_message_stays_dead_and_says_why(office: Office) -> None:
    case = await office.recorded()
    one = case.messages[0].id
    assert await messages.mark(office.store, one, MessageState.DEAD, LATER, "address_refused")
    assert not await messages.mark(office.store, one, MessageState.SENT, LATER)
    assert not await messages.mark(office.store, "nobody's", MessageState.SENT, LATER)
    [dead] = [m for m in await messages.messages_of(office.store, "c1") if m.message.id == one]
    assert (dead.state, dead.why, dead.changed_at) == (MessageState.DEAD, "address_refused", LATER)


async def filled(office: Office) -> None:
    people = [Listed(facts, f"Name of {facts.id}") for facts in PEOPLE]
    await directory.put_people(office.store, people)


async def test_the_law_is_told_facts_and_screens_are_told_names(office: Office) -> None:
    await filled(office)
    await directory.put_agencies(office.store, [Agency("a-trust", "The Trust")])
    facts = await directory.facts_for(office.store, ["p-lee", "p-ana", "p-nobody"])
    known = {person.id: person for person in PEOPLE}
    assert facts == (known["p-ana"], known["p-lee"])
    found = await directory.names(office.store, ["p-lee", "a-trust", "p-nobody"])
    assert found == {"p-lee": "Name of p-lee", "a-trust": "The Trust"}
    assert {one.facts for one in await directory.everybody(office.store)} == set(PEOPLE)


async def test_a_person_written_again_takes_their_own_place(office: Office) -> None:
    await filled(office)
    gone = PersonFacts("p-lee", "a-trust", (Role.LINE_MANAGER,), active=False)
    await directory.put_people(office.store, [Listed(gone, "Lee")])
    assert await directory.facts_for(office.store, ["p-lee"]) == (gone,)


async def test_somebody_sits_at_a_desk_unless_they_have_left(office: Office) -> None:
    await filled(office)
    desk = Desk(Role.DUTY_MANAGER, "northshire")
    assert await directory.who_sits(office.store, desk) == "p-dut"
    await directory.put_on_duty(office.store, desk, "p-eve")
    assert await directory.who_sits(office.store, desk) == "p-eve"
    left = PersonFacts("p-eve", "northshire", (Role.EARLY_HELP_MANAGER,), active=False)
    await directory.put_people(office.store, [Listed(left, "Eve")])
    assert await directory.who_sits(office.store, desk) == "p-dut"
    assert await directory.who_sits(office.store, Desk(Role.ARBITER, "elsewhere")) is None
