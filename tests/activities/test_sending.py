"""Sending resolves whom it reaches in the last moment; a desk is somebody, or nobody was told."""

from dataclasses import dataclass, field, replace

import pytest
from temporalio.exceptions import ApplicationError

import wire
from activities.sending import Sending, Stationery
from config.letters import Letter
from config.policies import words_of
from readmodel.directory import Listed, put_on_duty, put_people
from readmodel.messages import MessageState, messages_of
from statemodel import Message, PersonFacts, Role
from statemodel.commands import RaiseConcern
from statemodel.people import Desk, Person
from tests import builders as b
from tests.readmodel.office import NOW, Office

DUTY = Desk(Role.DUTY_MANAGER, b.AUTHORITY)
COORDINATORS = Desk(Role.COORDINATOR, b.AUTHORITY)


@dataclass
class Remembering:
    """A channel and a reporter that remember whom they reached and what they were told."""

    reached: dict[str, str] = field(default_factory=dict)
    reported: dict[str, str] = field(default_factory=dict)

    async def send(self, message_id: str, recipient: str, letter: Letter) -> None:
        self.reached[message_id] = recipient

    async def undelivered(self, message: Message, why: str) -> None:
        self.reported[message.id] = why


def sending(office: Office, memory: Remembering) -> Sending:
    stationery = Stationery("http://here", "Ring 999.", words_of("demonstration"))
    return Sending(office.store, memory, memory, lambda: NOW, stationery)


def told(to: Person | Desk, *not_to: str, safety: bool = False) -> Message:
    return Message("m1", "c1", 4, to, "concern_raised", "t4", safety, not_to)


async def reaches(office: Office, message: Message) -> str:
    memory = Remembering()
    await sending(office, memory).send(wire.encode(message))
    return memory.reached[message.id]


async def dead(office: Office, message: Message) -> str | None:
    with pytest.raises(ApplicationError) as never:
        await reaches(office, message)
    assert never.value.non_retryable
    return never.value.type


async def leaves(office: Office, person: str, *roles: Role) -> None:
    gone = PersonFacts(person, b.AUTHORITY, roles, active=False)
    await put_people(office.store, [Listed(gone, person)])


async def another(office: Office, person: str, role: Role) -> None:
    await put_people(office.store, [Listed(PersonFacts(person, b.AUTHORITY, (role,)), person)])


@pytest.mark.proves("R374")
async def test_a_desk_is_whoever_sits_there_when_it_is_sent(office: Office) -> None:
    assert await reaches(office, told(DUTY)) == "p-dut"
    await another(office, "p-new", Role.DUTY_MANAGER)
    await put_on_duty(office.store, DUTY, "p-new")
    assert await reaches(office, told(DUTY)) == "p-new"


async def test_those_a_concern_is_about_are_not_told_of_it_wherever_they_sit(
    office: Office,
) -> None:
    await put_on_duty(office.store, DUTY, "p-dut")
    await another(office, "p-new", Role.DUTY_MANAGER)
    assert await reaches(office, told(DUTY, "p-dut", safety=True)) == "p-new"
    assert await reaches(office, told(DUTY, "p-dut", "p-new", safety=True)) == "p-eve"


async def test_a_safety_message_to_an_empty_desk_goes_one_desk_further(office: Office) -> None:
    await leaves(office, "p-dut", Role.DUTY_MANAGER)
    assert await reaches(office, told(DUTY, safety=True)) == "p-eve"
    assert await dead(office, told(DUTY)) == "desk_empty"
    await leaves(office, "p-eve", Role.EARLY_HELP_MANAGER)
    assert await dead(office, told(DUTY, safety=True)) == "desk_empty"


async def test_where_nobody_sits_nobody_was_told_and_nothing_is_marked_as_sent(
    office: Office,
) -> None:
    case = await office.recorded()
    copy = next(m for m in case.messages if m.to == COORDINATORS)
    await leaves(office, "p-cat", Role.COORDINATOR)
    assert await dead(office, copy) == "desk_empty"
    states = {one.message.id: one.state for one in await messages_of(office.store, "c1")}
    assert states[copy.id] is MessageState.WAITING


@pytest.mark.parametrize(
    ("person", "why"), [("p-gone", "person_has_left"), ("p-nobody", "person_not_known")]
)
async def test_somebody_who_has_left_or_never_was_is_never_written_to(
    office: Office, person: str, why: str
) -> None:
    assert await dead(office, told(Person(person))) == why


async def test_what_is_sent_or_dead_is_marked_so_and_the_case_hears_of_the_dead(
    office: Office,
) -> None:
    case = await office.case()
    case.proposed()
    case.do(RaiseConcern(what="Afraid"))
    await office.record(case)
    memory = Remembering()
    desk = sending(office, memory)
    first, second, *_ = case.messages
    await desk.send(wire.encode(first))
    await desk.report_dead({"message": wire.encode(second), "why": "gave_up"})
    stands = {one.message.id: (one.state, one.why) for one in await messages_of(office.store, "c1")}
    assert stands[first.id] == (MessageState.SENT, None)
    assert stands[second.id] == (MessageState.DEAD, "gave_up")
    assert memory.reported == {second.id: "gave_up"}


async def test_a_message_the_store_does_not_have_is_sent_all_the_same(office: Office) -> None:
    """As of a case whose journal refuses it."""
    apart = replace(told(DUTY, safety=True), id="m1-0123abcd")
    assert await reaches(office, apart) == "p-dut"
