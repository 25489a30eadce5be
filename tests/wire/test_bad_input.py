"""Whatever is wrong is refused with its place and what would do, and none of it is quoted."""

import contextlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wire
from statemodel import Case, Deadline, Entry, Holder
from statemodel.case import Standing
from statemodel.commands import COMMANDS, ProposeLead
from statemodel.working_days import Period
from tests.builders import World, identify, proposal, recorded
from tests.strategies import commands

CANARY = "zyqcanary"
NOW = "2026-11-23T10:00:00Z"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


def good(**changes: Any) -> dict[str, Any]:
    """A proposal's document with some fields changed."""
    return wire.encode(proposal(recorded=recorded("p-lee"))) | changes  # type: ignore[no-any-return]


def at(moment: Any) -> dict[str, Any]:
    return good(recorded={"happened_at": moment})


def told(document: Any, kind: type[Any] | None = None) -> list[tuple[str, str]]:
    """Where and what, for each problem."""
    with pytest.raises(wire.Invalid) as caught:
        wire.decode(kind, document) if kind else wire.decode_command(document)
    return [(problem.path, problem.code) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        (good(kind="propose_leader"), "kind", "unknown_kind"),
        (good(kind=None), "kind", "unknown_kind"),
        (good(kind=["propose_lead"]), "kind", "unknown_kind"),
        (good(extra=1), "{8}", "unknown_field"),
        (good(wish={"answer": "named", "x": 1}), "wish.{2}", "unknown_field"),
        (good(nominee=7), "nominee", "wrong_type"),
        (good(nominee=None), "nominee", "wrong_type"),
        (good(nominee=""), "nominee", "not_an_id"),
        (good(nominee="Sam Smith"), "nominee", "not_an_id"),
        (good(nominee="p-sam\n"), "nominee", "not_an_id"),
        (good(nominee="p-såm"), "nominee", "not_an_id"),
        (good(children="k-9f2c"), "children", "wrong_type"),
        (good(children=["k-1", None]), "children[1]", "wrong_type"),
        (good(children={"0": "k-1"}), "children", "wrong_type"),
        (good(wish={"answer": "perhaps"}), "wish.answer", "unknown_value"),
        (good(wish={"answer": ["named"]}), "wish.answer", "unknown_value"),
        (good(wish="no_preference"), "wish", "wrong_type"),
        (good(recorded={}), "recorded.happened_at", "missing"),
        (good(recorded=[NOW]), "recorded", "wrong_type"),
        (good(v=2), "v", "future_version"),
        (good(v=0), "v", "unknown_version"),
        (good(v="1"), "v", "wrong_type"),
        (good(v=True), "v", "wrong_type"),
        (good(because="two\nlines"), "because", "bad_character"),
        (good(why="nul\x00"), "why", "bad_character"),
        (good(why="half \ud83d"), "why", "bad_character"),
        (good(why="bell\x07"), "why", "bad_character"),
        (good(why="return\r\n"), "why", "bad_character"),
        (good(why="c1 \x85"), "why", "bad_character"),
        (good(why="e" + "\u0301" * 31), "why", "bad_character"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(document: Any, path: str, code: str) -> None:
    assert told(document) == [(path, code)]


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (0, "wrong_type"),
        (1_700_000_000.5, "wrong_type"),
        (None, "wrong_type"),
        ("2026-11-23T10:00:00", "no_zone"),
        ("2026-11-23", "not_an_instant"),
        ("", "not_an_instant"),
        ("yesterday", "not_an_instant"),
        ("2026-02-30T10:00:00Z", "not_an_instant"),
        ("2026-11-23T25:00:00Z", "not_an_instant"),
        ("2026-11-23 10:00:00Z", "not_an_instant"),
        ("2026-W48-1T10:00:00Z", "not_an_instant"),
        ("20261123T100000Z", "not_an_instant"),
        ("2026-11-23T10:00:00Z\n", "not_an_instant"),
        ("２０２６-11-23T10:00:00Z", "not_an_instant"),
        ("1899-12-31T23:59:59Z", "out_of_range"),
        ("2201-01-01T00:00:00Z", "out_of_range"),
        ("0001-01-01T00:00:00+14:00", "not_an_instant"),
    ],
)
def test_an_instant_is_text_with_a_zone_in_our_centuries(moment: Any, code: str) -> None:
    assert told(at(moment)) == [("recorded.happened_at", code)]


@pytest.mark.parametrize("edge", ["1900-01-01T00:00:00Z", "2200-12-31T23:59:59.999999Z", NOW])
def test_instants_at_the_edges_of_our_centuries_are_read(edge: str) -> None:
    assert wire.decode_command(at(edge)) is not None


@dataclass(frozen=True, slots=True)
class Odd:
    """One field of each type that no command has."""

    number: int = 0
    yes: bool = False
    choice: Literal[0, "one", True] = 0
    pair: tuple[str, int] = ("a", 1)
    day: date | None = None
    period: Period | None = None
    owner: Holder | None = None


@pytest.mark.parametrize(
    ("document", "path", "code"),
    [
        ({"number": "0"}, "number", "wrong_type"),
        ({"number": True}, "number", "wrong_type"),
        ({"number": 1.0}, "number", "wrong_type"),
        ({"number": 2**53}, "number", "out_of_range"),
        ({"number": -(10**400)}, "number", "out_of_range"),
        ({"yes": 1}, "yes", "wrong_type"),
        ({"yes": "true"}, "yes", "wrong_type"),
        ({"choice": False}, "choice", "unknown_value"),
        ({"choice": 1}, "choice", "unknown_value"),
        ({"choice": "0"}, "choice", "unknown_value"),
        ({"pair": ["a"]}, "pair", "wrong_type"),
        ({"pair": ["a", "b"]}, "pair[1]", "wrong_type"),
        ({"day": 0}, "day", "wrong_type"),
        ({"day": "2026-11-23T00:00:00Z"}, "day", "not_a_date"),
        ({"day": "2026-W48-1"}, "day", "not_a_date"),
        ({"day": "2026-02-29"}, "day", "not_a_date"),
        ({"day": "1899-12-31"}, "day", "out_of_range"),
        ({"day": "2201-01-01"}, "day", "out_of_range"),
        ({f"x{n}": n for n in range(201)}, "", "too_many_fields"),
        ({"period": {"amount": -1, "unit": "hours"}}, "period", "out_of_range"),
        ({"owner": {"id": "p-sam"}}, "owner.kind", "missing"),
        ({"owner": {"kind": "team", "id": "x"}}, "owner.kind", "unknown_kind"),
        ({"owner": {"kind": "person", "role": "arbiter", "id": "x"}}, "owner.{2}", "unknown_field"),
        ({"owner": "p-sam"}, "owner", "wrong_type"),
        ([], "", "wrong_type"),
        (None, "", "wrong_type"),
        ({1: 2}, "{1}", "unknown_field"),
    ],
)
def test_types_are_exact(document: Any, path: str, code: str) -> None:
    assert told(document, Odd) == [(path, code)]


@dataclass(frozen=True, slots=True)
class Fraction:
    share: float


@dataclass(frozen=True, slots=True)
class Loses:
    """None is left out of its document, and "x" would come back."""

    name: str | None = "x"


@dataclass(frozen=True, slots=True)
class Either:
    """Two classes that nothing tells apart."""

    one: Period | Standing


@dataclass(frozen=True, slots=True)
class Titled:
    """A field may be called kind; it is a field then."""

    v: ClassVar[int] = 1
    kind: str


@pytest.mark.parametrize("kind", [Fraction, Loses, Either])
def test_a_class_that_could_not_come_back_the_same_has_no_reader(kind: type[Any]) -> None:
    with pytest.raises(TypeError):
        wire.decode(kind, {})


def test_a_field_called_kind_is_a_field() -> None:
    assert wire.decode(Titled, {"kind": "x", "v": 1}) == Titled("x")


def test_every_problem_is_told_at_once() -> None:
    document = good(nominee=1, children=[2, "a b"], v=1, wish={"answer": 3}, more=4)
    assert told(document) == [
        ("{8}", "unknown_field"),
        ("children[0]", "wrong_type"),
        ("children[1]", "not_an_id"),
        ("nominee", "wrong_type"),
        ("wish.answer", "unknown_value"),
    ]


def test_a_document_for_one_class_that_says_it_is_another_is_refused() -> None:
    assert told(good(kind="close_case"), ProposeLead) == [("kind", "unknown_kind")]


def test_missing_fields_are_named() -> None:
    assert told({"kind": "propose_lead"}) == [
        ("children", "missing"), ("nominee", "missing"), ("wish", "missing"),
    ]  # fmt: skip
    assert told({}) == [("kind", "missing")]


def test_a_fault_deep_in_a_case_is_told_with_its_whole_path() -> None:
    document = json.loads(json.dumps(wire.encode(World().proposed().case)))
    at_ = next(i for i, one in enumerate(document["things"]) if one["kind"] == "deadline")
    document["things"][at_]["due"]["at"] = "2026-11-23T10:00:00"
    assert told(document, Case) == [(f"things[{at_}].due.at", "no_zone")]
    assert told(document["things"][at_], Deadline) == [("due.at", "no_zone")]


def test_an_entry_holds_only_commands_and_events_that_are_known() -> None:
    document = wire.encode(World().do(identify()))
    document["events"][0]["kind"] = "dreamt"
    document["command"]["kind"] = "need_identified"
    assert told(document, Entry) == [
        ("command.kind", "unknown_kind"),
        ("events[0].kind", "unknown_kind"),
    ]


def spoilt(document: Any) -> Any:
    """The same document with every leaf made a canary."""
    if isinstance(document, dict):
        return {name: spoilt(value) for name, value in document.items()} | {CANARY: CANARY}
    return [spoilt(item) for item in document] if isinstance(document, list) else f"{CANARY}\x00 é"


@pytest.mark.proves("B11")
@pytest.mark.parametrize("kind", COMMANDS)
@settings(max_examples=10, deadline=None)
@given(st.data())
def test_the_error_holds_no_part_of_the_input(kind: str, data: st.DataObject) -> None:
    document = spoilt(wire.encode(data.draw(commands(kind)))) | {"kind": kind, "v": 1}
    for given_ in (
        document,
        document | {"kind": CANARY},
        document | {"v": CANARY},
        CANARY,
        [CANARY],
    ):
        with pytest.raises(wire.Invalid) as caught:
            wire.decode_command(given_)
        error = caught.value
        chain = (error, error.__cause__, error.__context__, *error.args)
        assert CANARY not in f"{error} {error!r} {error.problems} {chain}"
        assert all(problem.code and problem.allowed for problem in error.problems)


@settings(max_examples=150, deadline=None)
@given(JSON, st.sampled_from(sorted(COMMANDS)))
def test_no_document_at_all_does_anything_but_decode_or_be_invalid(inner: Any, kind: str) -> None:
    whole = inner if isinstance(inner, dict) else {"recorded": inner, "nomination": inner}
    for document in (inner, whole | {"kind": kind}):
        command = None
        with contextlib.suppress(wire.Invalid):
            command = wire.decode_command(document)
        assert command is None or wire.decode_command(wire.encode(command)) == command
