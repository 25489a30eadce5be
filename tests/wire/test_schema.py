"""The published schema takes what the decoder takes, and refuses what it refuses."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import wire
from statemodel import Case, Entry, describe
from statemodel.commands import COMMANDS
from tests.builders import World, proposal, recorded
from tests.strategies import commands

VALIDATORS = {name: Draft202012Validator(wire.schema(kind)) for name, kind in COMMANDS.items()}


def takes(document: Any) -> bool:
    return bool(VALIDATORS["propose_lead"].is_valid(document))


def decodes(document: Any) -> bool:
    try:
        wire.decode_command(document)
    except wire.Invalid:
        return False
    return True


@pytest.mark.parametrize("kind", [*COMMANDS.values(), Case, Entry])
def test_each_schema_is_one(kind: type[Any]) -> None:
    Draft202012Validator.check_schema(wire.schema(kind))


@pytest.mark.parametrize("kind", COMMANDS)
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_can_be_sent_fits_its_schema(kind: str, data: st.DataObject) -> None:
    VALIDATORS[kind].validate(wire.encode(data.draw(commands(kind))))


@pytest.mark.parametrize("kind", COMMANDS)
def test_the_example_in_each_description_fits_schema_and_decoder(kind: str) -> None:
    example = describe(COMMANDS[kind]).example
    VALIDATORS[kind].validate(example)
    assert decodes(example | {"kind": kind})


@pytest.mark.parametrize(
    "change",
    [
        {"x": 1},
        {"kind": "close_case"},
        {"v": 2},
        {"nominee": ""},
        {"nominee": 3},
        {"nominee": "x" * 65},
        {"nominee": None},
        {"children": ["k"] * 201},
        {"children": "k"},
        {"wish": {"answer": "perhaps"}},
        {"wish": {}},
        {"because": "x" * 501},
        {"recorded": {"how": "phone"}},
    ],
)
def test_schema_and_decoder_refuse_alike(change: dict[str, Any]) -> None:
    good = wire.encode(proposal(recorded=recorded()))
    assert takes(good)
    assert decodes(good)
    assert not takes(good | change)
    assert not decodes(good | change)


def test_a_lived_case_and_its_entries_fit_theirs() -> None:
    world = World().proposed().wait(days=9)
    Draft202012Validator(wire.schema(Case)).validate(wire.encode(world.case))
    validator = Draft202012Validator(wire.schema(Entry))
    for entry in world.entries:
        validator.validate(wire.encode(entry))


def test_what_stands_for_several_must_say_which() -> None:
    owner = wire.schema(Case)["properties"]["standing"]["properties"]["responsible"]
    choices = owner["anyOf"][0]["oneOf"]
    assert [choice["properties"]["kind"]["const"] for choice in choices] == ["desk", "person"]
    assert all("kind" in choice["required"] for choice in choices)


def test_words_example_and_default_are_told() -> None:
    fields = wire.schema(COMMANDS["raise_concern"])["properties"]
    assert fields["what"]["description"] == "What worries you"
    assert fields["what"]["examples"] == ["Afraid to go home"]
    assert fields["about_a_professional"]["default"] is False
