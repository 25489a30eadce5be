"""Claims, receipts, refused attempts, messages and the directory: each step once, nothing lost."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readmodel import claims, directory, messages
from readmodel.claims import Claim, ReferenceTaken, check_reference, new_reference
from readmodel.desks import desk_attempts_left_out
from readmodel.directory import Listed
from readmodel.messages import MessageState
from readmodel.receipts import (
    MOST_ATTEMPTS,
    Attempt,
    attempt_refused,
    first_received,
    forget_receipts,
)
from readmodel.reference import ALPHABET
from readmodel.tables import record_attempt
from statemodel.people import Desk, PersonFacts, Role
from tests.builders import PEOPLE
from tests.readmodel.office import NOW, Office

LATER = NOW + timedelta(minutes=5)
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


async def test_a_case_is_claimed_once_and_the_first_claim_stands(office: Office) -> None:
    store = office.store
    first = await claims.claim(store, "c1", ONE, "p-ana", NOW)
    assert await claims.claim(store, "c1", OTHER, "p-jo", LATER) == first
    assert first == Claim("c1", ONE, "p-ana", NOW)
    assert await claims.case_of(store, ONE.lower()) == "c1"
    assert await claims.reference_of(store, "c1") == ONE
    with pytest.raises(ReferenceTaken):
        await claims.claim(store, "c2", ONE, "p-ana", NOW)


async def test_a_claim_without_a_run_is_listed_until_it_has_one(office: Office) -> None:
    store = office.store
    first = await claims.claim(store, "c1", ONE, "p-ana", NOW)
    await claims.claim(store, "c2", OTHER, "p-ana", LATER)
    assert await claims.unstarted(store, LATER) == (first,)
    await claims.mark_started(store, "c1", LATER)
    assert await claims.unstarted(store, LATER) == ()


@pytest.mark.proves("F23")
async def test_the_first_receipt_counts_and_another_payload_is_told(office: Office) -> None:
    store = office.store
    assert await first_received(store, "id-1", "c1", "hash", NOW) == (NOW, True)
    assert await first_received(store, "id-1", "c1", "hash", LATER) == (NOW, True)
    assert await first_received(store, "id-1", "c1", "other", LATER) == (NOW, False)
    assert await first_received(store, "id-1", "c2", "hash", LATER) == (NOW, False)
    assert await forget_receipts(store, LATER) == 1
    assert await first_received(store, "id-1", "c1", "hash", LATER) == (LATER, True)


async def test_of_receipts_at_once_all_tell_the_same_instant(office: Office) -> None:
    times = [NOW + timedelta(seconds=n) for n in range(8)]
    asked = (first_received(office.store, "id-1", "c1", "hash", at) for at in times)
    assert len({received for received, _ in await asyncio.gather(*asked)}) == 1


@pytest.mark.proves("I45")
async def test_refused_attempts_are_kept_and_a_flood_of_them_is_counted(office: Office) -> None:
    attempt = Attempt(NOW, "p-jo", "c1", "close_case", ("not_from_here",))
    kept = [await attempt_refused(office.store, attempt) for _ in range(MOST_ATTEMPTS + 3)]
    assert kept.count(True) == MOST_ATTEMPTS
    rows = await office.rows(record_attempt)
    assert len(rows) == MOST_ATTEMPTS
    assert (rows[0]["by_id"], rows[0]["codes"]) == ("p-jo", ["not_from_here"])
    [left_out] = await office.rows(desk_attempts_left_out)
    assert left_out["number"] == 3
    another = Attempt(NOW + timedelta(hours=1), "p-jo", "c1", "close_case", ())
    assert await attempt_refused(office.store, another)


async def test_messages_wait_until_they_are_sent_or_dead(office: Office) -> None:
    case = await office.recorded()
    ids = [message.id for message in case.messages]
    assert await messages.waiting(office.store, ids[::-1]) == tuple(case.messages[::-1])
    assert await messages.mark(office.store, ids[0], MessageState.SENT, LATER)
    assert ids[0] not in [one.id for one in await messages.waiting(office.store, ids)]
    counted = await messages.counts(office.store)
    assert (counted[MessageState.SENT], counted[MessageState.DEAD]) == (1, 0)


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
    await directory.put_agencies(office.store, {"a-trust": "The Trust"})
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
