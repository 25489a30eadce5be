"""The example of each command is a form that is really taken: pages and help may be copied from."""

import json
from typing import Any

import pytest

import wire
from cli.law import who_may
from config.wording import catalogue, label
from statemodel import CURRENT_EDITION, describe
from statemodel.command import Automatic
from statemodel.commands import COMMANDS
from statemodel.reasons import reasons_of
from statemodel.refusal import Authority
from statemodel.table import rows

KINDS = sorted(COMMANDS)


def sent(document: dict[str, Any]) -> Any:
    """As a client sends it: the text of a JSON document."""
    return wire.decode_command(wire.parse(json.dumps(document).encode()))


@pytest.mark.parametrize("kind", KINDS)
def test_the_smallest_example_of_each_command_is_taken_and_means_what_it_says(kind: str) -> None:
    example = describe(COMMANDS[kind]).example
    command = sent({"kind": kind, **example})
    assert type(command) is COMMANDS[kind]
    assert sent(wire.encode(command)) == command
    assert set(example) <= set(wire.encode(command))


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_every_field_is_taken_too_so_that_none_misleads(kind: str) -> None:
    shown = {field.name: field.example for field in describe(COMMANDS[kind]).fields}
    filled = {name: example for name, example in shown.items() if example is not None}
    command = sent({"kind": kind, **filled})
    assert sent(wire.encode(command)) == command
    assert set(filled) <= set(wire.encode(command))


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_without_a_field_that_is_needed_is_not_taken(kind: str) -> None:
    example = describe(COMMANDS[kind]).example
    for name in example:
        less = {other: value for other, value in example.items() if other != name}
        if kind == "raise_concern":
            sent({"kind": kind, **less})  # taken whatever is missing (practice D1)
            continue
        with pytest.raises(wire.Invalid) as refused:
            sent({"kind": kind, **less})
        assert name in str(refused.value)


@pytest.mark.proves("R8", "R352")
@pytest.mark.parametrize("kind", KINDS)
def test_every_command_is_described_once_and_wholly(kind: str) -> None:
    told = describe(COMMANDS[kind])
    assert told.kind == kind
    assert told.rules
    assert told.automatic == issubclass(COMMANDS[kind], Automatic)
    assert who_may(COMMANDS[kind])
    assert [code for code in COMMANDS if label("command", code) == label("command", kind)] == [kind]
    for field in told.fields:
        own, shared = catalogue()["field"].get(kind, {}), catalogue()["field"]["every"]
        assert field.name in own or field.name in shared


@pytest.mark.proves("R8", "R11")
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_command_is_answered_names_its_rule_and_whose_it_is(kind: str) -> None:
    for row in rows(COMMANDS[kind], CURRENT_EDITION):
        for guard in (*row.asks, *row.needs):
            answers = reasons_of(guard)
            assert answers, f"{guard.__name__} never says why"
            assert [one.code for one in answers if not one.rules] == []
            assert {one.authority for one in answers} <= set(Authority)
            assert {one.code for one in answers} <= set(catalogue()["reason"])
