"""Each limit at one less, just there, and one more; and bodies that mean one thing only."""

from typing import Any

import pytest

import wire
from readmodel.identity import Identity
from statemodel import Case, Entry
from statemodel.plain import canonical
from tests.builders import World, proposal
from wire.limits import BODY_BYTES, COMMAND_BYTES, check_shape

DECOMPOSED = "e\u0301"  # two characters, one after NFC
GROWS = "\u0958"  # one character, two after NFC


def command(**changes: Any) -> dict[str, Any]:
    return wire.encode(proposal()) | changes  # type: ignore[no-any-return]


def codes(document: Any) -> list[str]:
    """The codes of what is wrong, or none."""
    try:
        wire.decode_command(document)
    except wire.Invalid as error:
        return [problem.code for problem in error.problems]
    return []


def nested(levels: int) -> Any:
    document: Any = "leaf"
    for _ in range(levels):
        document = [document]
    return document


@pytest.mark.parametrize(
    ("field", "letter", "most"),
    [
        ("because", "x", 500),
        ("because", "é", 500),
        ("because", DECOMPOSED, 500),
        ("because", "😀", 500),
        ("because", GROWS, 250),
        ("why", "x", 10_000),
        ("why", "\n", 10_000),
        ("why", DECOMPOSED, 10_000),
        ("why", GROWS, 5_000),
        ("nominee", "x", 64),
    ],
)
def test_text_is_counted_after_nfc(field: str, letter: str, most: int) -> None:
    assert codes(command(**{field: letter * (most - 1)})) == []
    assert codes(command(**{field: letter * most})) == []
    assert codes(command(**{field: letter * (most + 1)})) == ["too_long"]


def test_text_inside_a_commands_values_is_limited_too() -> None:
    wish = {"answer": "could_not_be_asked", "reason": "x" * 500}
    assert codes(command(wish=wish)) == []
    assert codes(command(wish=wish | {"reason": "x" * 501})) == ["too_long"]
    assert codes(command(wish=wish | {"named": "x" * 65})) == ["too_long"]


@pytest.mark.parametrize(("number", "found"), [(199, []), (200, []), (201, ["too_many"])])
def test_a_list_in_a_command_holds_two_hundred(number: int, found: list[str]) -> None:
    assert codes(command(children=["k-1"] * number)) == found


@pytest.mark.parametrize("number", [199, 200, 201])
def test_an_object_has_at_most_two_hundred_fields(number: int) -> None:
    document = {"kind": "remind", "deadline": "d1"}
    document |= {f"x{at}": "" for at in range(number - len(document))}
    found = codes(document)
    assert set(found) == ({"unknown_field"} if number <= 200 else {"too_many_fields"})
    assert len(found) <= 50


def test_a_document_is_twenty_levels_deep_at_most() -> None:
    check_shape(nested(19))
    check_shape(nested(20))
    with pytest.raises(wire.Invalid, match="too_deep"):
        check_shape(nested(21))


def test_a_command_has_at_most_64_kib_once_encoded() -> None:
    document = {"kind": "raise_concern", "what": "😀" * 10_000, "because": ""}
    base = len(canonical(wire.encode(wire.decode_command(document))))
    left = COMMAND_BYTES - base
    fill = "😀" * (left // 4)
    for extra, found in ((left % 4 - 1, []), (left % 4, []), (left % 4 + 1, ["too_large"])):
        text = fill[:-1] + "x" * (4 + extra)
        assert codes(document | {"done": text}) == found


def test_a_body_has_at_most_256_kib() -> None:
    wire.check_size(b"x" * (BODY_BYTES - 1))
    wire.check_size(b"x" * BODY_BYTES)
    with pytest.raises(wire.Invalid, match="too_large"):
        wire.check_size(b"x" * (BODY_BYTES + 1))
    with pytest.raises(wire.Invalid, match="too_large"):
        wire.parse(b'"' + b"x" * BODY_BYTES + b'"')


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"[" * 10_000 + b"]" * 10_000, "too_deep"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "too_deep"),
        (b'{"kind": "remind", "kind": "close_case"}', "duplicate_field"),
        (b'{"a": {"b": 1, "b": 1}}', "duplicate_field"),
        (b'{"a": NaN}', "not_json"),
        (b'{"a": -Infinity}', "not_json"),
        (b"9" * 5_000, "not_json"),
        (b"", "not_json"),
        (b"{", "not_json"),
        (b'{"a": 1} x', "not_json"),
        (b'\xff\xfe{"a": 1}', "not_json"),
        ('{"a": 1}'.encode("utf-16"), "not_json"),
        (b'\xef\xbb\xbf{"a": 1}', "not_json"),
    ],
)
def test_a_body_that_is_no_one_thing_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(wire.Invalid) as caught:
        wire.parse(body)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert caught.value.__context__ is None  # which would quote the body


def test_a_number_too_great_for_a_double_is_no_whole_number() -> None:
    document = wire.parse(b'{"kind": "enter_in_error", "mistake": "mistyped", "entry": 1e999}')
    assert codes(document) == ["wrong_type"]


def test_ten_thousand_levels_already_read_are_refused_before_anything_descends() -> None:
    assert codes(command(wish=nested(10_000))) == ["too_deep"]


def test_a_pile_of_marks_is_refused_and_kept_of_a_concern() -> None:
    pile = "a" + "\u0301\u0316" * 60_000
    assert codes(command(why=pile)) == ["too_long"]
    assert codes(command(why=pile[:39_000])) == ["bad_character"]
    assert wire.decode_concern({"what": pile, "done": pile, "because": pile}).what


def test_what_the_history_holds_is_not_held_to_the_limits_of_a_command() -> None:
    world = World()
    opening = wire.encode(world.opened().entries[0])
    opening["command"]["indicators"] = "x" * 20_000
    opening["command"]["children"] = ["a child of old"] * 300
    assert len(wire.decode(Entry, opening).command.children) == 300  # type: ignore[union-attr]
    case = wire.encode(world.case)
    case["ledger"] = case["ledger"] * 256
    case["pack"]["safety"]["front_door"] = "by day\nby night"
    assert len(wire.decode(Case, case).ledger) == 256


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"name": "x" * 201}, "too_long"),
        ({"name": "two\nlines"}, "bad_character"),
        ({"ids": ["a:1"] * 201}, "too_many"),
        ({"ids": ["not an id"]}, "not_an_id"),
        ({"shoe": 43}, "unknown_field"),
        ({"name": nested(30)}, "too_deep"),
    ],
)
def test_what_comes_beside_a_command_is_limited_as_a_command_is(document: Any, code: str) -> None:
    with pytest.raises(wire.Invalid) as caught:
        wire.decode_asked(Identity, document)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_what_comes_beside_a_command_may_be_as_long_as_its_field_says() -> None:
    assert wire.decode_asked(Identity, {"name": "x" * 200}) == Identity(name="x" * 200)
