"""What goes out comes back the same: every kind by chance, and cases that were really lived."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wire
from statemodel import Case, Entry, Message, Option, Refused, Summary, summary
from statemodel.commands import COMMANDS, EnterInError, Mistake, RaiseConcern
from statemodel.entry import digest_of
from statemodel.events import EVENTS
from statemodel.plain import canonical
from tests.builders import SECRET, World, calendar, proposal, recorded, refusal
from tests.strategies import anything, commands

FEW = settings(max_examples=25, deadline=None)


def there_and_back(kind: type[Any], value: Any) -> Any:
    """As it really travels: through the text of a JSON document."""
    return wire.decode(kind, wire.parse(canonical(wire.encode(value))))


def lived() -> World:
    """A family's case with a lapse, a concern, a late yes, a departure, and a mistake struck."""
    world = World().proposed()
    world.do(RaiseConcern(what="Afraid to go home", people=("p-sam",)), "p-jo")
    world.wait(days=6).do(world.agreeing(recorded=recorded("p-lee")), "p-art")
    world.do(proposal("p-jo", recorded=recorded()))
    world.do(EnterInError(entry=world.case.version, mistake=Mistake.MISTYPED))
    return world.wait(days=20)


@pytest.mark.parametrize("kind", COMMANDS)
@FEW
@given(st.data())
def test_every_command_comes_back_the_same(kind: str, data: st.DataObject) -> None:
    command = data.draw(commands(kind))
    assert wire.decode_command(wire.parse(canonical(wire.encode(command)))) == command
    assert there_and_back(COMMANDS[kind], command) == command


@pytest.mark.parametrize("kind", EVENTS)
@FEW
@given(st.data())
def test_every_event_comes_back_the_same(kind: str, data: st.DataObject) -> None:
    event = data.draw(anything(EVENTS[kind]))
    assert there_and_back(EVENTS[kind], event) == event


@pytest.mark.parametrize("kind", [Entry, Summary, Message, Option, Refused])
@FEW
@given(st.data())
def test_what_the_state_holds_comes_back_the_same(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(anything(kind))
    assert there_and_back(kind, value) == value


def test_every_entry_of_a_life_comes_back_with_the_digest_it_was_sealed_with() -> None:
    world = lived()
    kinds = {entry.command.kind for entry in world.entries}
    assert {"lapse_nomination", "raise_concern", "enter_in_error", "remind"} <= kinds
    for entry in world.entries:
        back = there_and_back(Entry, entry)
        assert back == entry
        assert digest_of(wire.encode(back), SECRET) == entry.digest


def test_a_lived_case_its_summary_and_its_messages_come_back_the_same() -> None:
    world = lived()
    assert there_and_back(Case, world.case) == world.case
    assert there_and_back(Summary, summary(world.case)) == summary(world.case)
    for message in world.messages:
        assert there_and_back(Message, message) == message
    for option in world.options():
        assert there_and_back(Option, option) == option


def test_a_rehearsals_pace_and_shifted_clock_come_back_the_same() -> None:
    world = World(case=replace(World().case, calendar=calendar(3), ahead=timedelta(days=-400)))
    case = world.opened().case
    assert there_and_back(Case, case) == case


def test_a_refusal_comes_back_with_all_its_particulars() -> None:
    refused = World().opened().ask(proposal("p-nobody"))
    assert isinstance(refused, Refused)
    assert there_and_back(Refused, refused) == refused


def test_an_instant_comes_back_in_utc_whatever_its_zone() -> None:
    document = wire.encode(refusal(recorded=recorded()))
    document["recorded"]["happened_at"] = "2026-07-01T10:00:00+01:00"
    back = wire.decode_command(document)
    assert wire.encode(back)["recorded"]["happened_at"] == "2026-07-01T09:00:00.000000Z"


def test_reading_leaves_the_document_as_it_was() -> None:
    document = wire.encode(lived().case)
    before = json.dumps(document)
    wire.decode(Case, document)
    assert json.dumps(document) == before
