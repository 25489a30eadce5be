"""What travels: each command described once, each kind named once, each value in one plain form."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import ClassVar

import pytest

from statemodel import commands, describe, events
from statemodel.command import LINE, TEXT, Command
from statemodel.plain import canonical, plain, utc_text
from statemodel.table import COMMANDS, EVENTS
from tests.builders import World, identify, recorded


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_every_command_says_in_words_what_it_does_and_what_each_field_is(kind: str) -> None:
    told = describe(COMMANDS[kind])
    assert told.kind == kind
    assert told.says.endswith(".")
    assert told.rules
    for field in told.fields:
        assert field.says, field.name
        assert field.limit in (LINE, TEXT)
        assert field.example is not None or not field.required


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_an_example_fills_in_every_required_field_and_only_those(kind: str) -> None:
    told = describe(COMMANDS[kind])
    assert set(told.example) == {field.name for field in told.fields if field.required}


def test_what_a_person_asks_can_always_be_recorded_or_given_a_reason() -> None:
    for kind, command in COMMANDS.items():
        names = {field.name for field in fields(command)}
        assert ({"recorded", "because"} <= names) == issubclass(command, Command), kind


def test_every_command_and_event_is_re_exported_by_its_name() -> None:
    assert {command.__name__ for command in COMMANDS.values()} <= set(commands.__all__)
    assert {event.__name__ for event in EVENTS.values()} <= set(events.__all__)
    assert EVENTS.keys().isdisjoint(COMMANDS.keys())


ABOUT_ONESELF = {
    "accept_nomination",
    "contest_answer",
    "decline_nomination",
}  # holds whatever else has moved


def test_a_command_about_a_thing_names_it_and_people_say_which_version_they_saw() -> None:
    for command in COMMANDS.values():
        if command.thing:
            names = {field.name for field in fields(command)}
            assert command.thing in names
            unseen = command.kind in ABOUT_ONESELF or not issubclass(command, Command)
            assert ("seen" in names) != unseen, command.kind


def test_a_plain_document_begins_with_kind_and_version_and_leaves_nothing_empty() -> None:
    document = plain(identify())
    assert list(document)[:2] == ["kind", "v"]
    assert "because" not in document
    assert plain(identify(recorded=recorded()))["recorded"]["how"] == "in_person"


def test_the_same_value_has_one_text_whatever_the_order_it_was_written_in() -> None:
    assert canonical({"b": 1, "a": [True, "é"]}) == canonical({"a": [True, "é"], "b": 1})
    assert canonical({"a": "é"}) == '{"a":"é"}'.encode()


def test_instants_are_written_in_utc_to_one_width_so_that_text_order_is_time_order() -> None:
    paris = timezone(timedelta(hours=2))
    moments = [
        datetime(2026, 7, 1, 12, tzinfo=paris),
        datetime(2026, 7, 1, 10, 0, 0, 1, tzinfo=UTC),
        datetime(2026, 7, 1, 11, tzinfo=UTC),
    ]
    texts = [utc_text(moment) for moment in moments]
    assert texts == sorted(texts)
    assert texts[0] == "2026-07-01T10:00:00.000000Z"
    assert len({len(text) for text in texts}) == 1


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Holding:
    """One of everything."""

    v: ClassVar[int] = 7
    colour: Colour
    day: date
    lasting: timedelta
    some: tuple[int, ...]
    either: frozenset[str]
    absent: str | None = None


def test_every_type_that_a_case_holds_has_its_plain_form() -> None:
    held = Holding(Colour.RED, date(2026, 1, 5), timedelta(milliseconds=1), (1, 2), frozenset("ba"))
    assert plain(held) == {
        "v": 7,
        "colour": "red",
        "day": "2026-01-05",
        "lasting": 1000,
        "some": [1, 2],
        "either": ["a", "b"],
    }
    assert type(plain(held)["colour"]) is str


@pytest.mark.parametrize("value", [1.5, {1, 2}, object(), b"bytes"])
def test_what_has_no_settled_text_is_refused_rather_than_guessed(value: object) -> None:
    with pytest.raises(TypeError, match="no plain form"):
        plain(value)


def test_a_case_its_entries_and_its_messages_are_all_plain() -> None:
    world = World().proposed().wait(days=20)
    for value in (world.case, *world.entries, *world.messages):
        assert canonical(plain(value))
