"""A concern is kept whatever state it arrives in, and nothing of it is lost up to the limit."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import wire
from statemodel.commands import RaiseConcern
from statemodel.plain import canonical
from tests.strategies import commands
from wire.concern import CUT
from wire.limits import COMMAND_BYTES

WHEN = "2026-11-23T10:00:00Z"
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
FIELDS = ("kind", "v", "what", "done", "people", "about_a_professional", "recorded", "because")
FORMS = st.dictionaries(
    st.sampled_from(FIELDS), JSON | st.fixed_dictionaries({"happened_at": JSON})
)


@pytest.mark.proves("R28", "D1")
@settings(max_examples=150, deadline=None)
@given(JSON | FORMS | st.binary(max_size=60))
@example({"what": "\ud800\x00", "people": ["\ud800"], "because": "\n\n", "x\ud800": 1})
@example(10**5000)
@example({"people": 10**5000, "v": 10**5000})
def test_any_document_at_all_becomes_a_concern_that_can_be_sent(document: Any) -> None:
    concern = wire.decode_concern(document)
    assert wire.decode_command(wire.encode(concern)) == concern


@settings(max_examples=50, deadline=None)
@given(commands(RaiseConcern))
def test_a_concern_without_fault_is_read_as_it_is(concern: RaiseConcern) -> None:
    assert wire.decode_concern(wire.encode(concern)) == concern


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text("abcdef", min_size=1), JSON, max_size=4))
@example({"a": 447_700_900_123_456})
def test_every_word_that_has_no_place_stands_in_what(document: dict[str, Any]) -> None:
    said = wire.decode_concern(document).what
    for name, value in document.items():
        assert name in said
        if isinstance(value, int) and not isinstance(value, bool):
            assert str(value) in said


def test_what_fits_is_kept_and_the_rest_is_told_in_words() -> None:
    concern = wire.decode_concern({
        "kind": "raise_concern",
        "v": 1,
        "what": "Afraid to go home",
        "people": ["p-jo", "Jo Smith", 3],
        "when": {"day": "Monday", "seen": True},
        "recorded": {"happened_at": WHEN, "how": "by pigeon", "on_behalf_of": "p-ann"},
    })  # fmt: skip
    assert concern.people == ("p-jo",)
    assert concern.recorded is not None
    assert concern.recorded.on_behalf_of == "p-ann"
    assert concern.what.splitlines() == [
        "Afraid to go home",
        "people: Jo Smith 3",
        "recorded: how: by pigeon",
        "when: day: Monday seen: yes",
    ]


def test_a_time_nobody_understands_is_told_in_words() -> None:
    concern = wire.decode_concern({"recorded": {"happened_at": "last night"}})
    assert concern.recorded is None
    assert concern.what == "recorded: happened_at: last night"


@pytest.mark.parametrize(
    "body", [b"He hit her", b"\xffHe hit her", b'{"what": He hit her', b'"He hit her"']
)
def test_a_body_that_is_no_json_is_the_concern_itself(body: bytes) -> None:
    assert "He hit her" in wire.decode_concern(body).what


def test_a_form_that_says_one_thing_twice_is_kept_as_it_stands() -> None:
    body = b'{"what": "one", "what": "two", "about_a_professional": true}'
    concern = wire.decode_concern(body)
    assert concern.what == body.decode()
    assert concern.about_a_professional


@pytest.mark.parametrize(
    "said", [True, "true", "Yes", "on", 1, "1", "perhaps", ["yes"], {"a": "b"}]
)
def test_whether_it_is_about_a_professional_is_yes_unless_plainly_no(said: Any) -> None:
    assert wire.decode_concern({"about_a_professional": said}).about_a_professional


@pytest.mark.parametrize("said", [False, None, "", "no", "False", 0, "off", []])
def test_a_plain_no_is_no(said: Any) -> None:
    concern = wire.decode_concern({"about_a_professional": said})
    assert not concern.about_a_professional
    assert concern.what == ""


@pytest.mark.parametrize("field", ["what", "done"])
@pytest.mark.parametrize("letter", ["x", "é", "e\u0301", "😀", "\u0958"])
def test_a_text_over_its_limit_is_cut_there_with_a_mark(field: str, letter: str) -> None:
    size = len(unicodedata.normalize("NFC", letter))
    fits = letter * (10_000 // size)
    assert getattr(wire.decode_concern({field: fits}), field) == fits
    kept = getattr(wire.decode_concern({field: fits + letter}), field)
    assert kept.endswith(CUT)
    body = unicodedata.normalize("NFC", kept.removesuffix(CUT))
    assert len(body) == 10_000 - len(CUT)
    assert unicodedata.normalize("NFC", fits).startswith(body)


def test_a_reason_over_a_line_is_cut_into_one() -> None:
    kept = wire.decode_concern({"because": "because\nof " * 100}).because
    assert kept is not None
    assert len(kept) == 500
    assert "\n" not in kept
    assert kept.endswith(CUT.strip())


def test_controls_are_shown_as_unreadable_and_lines_end_one_way() -> None:
    concern = wire.decode_concern({"what": "one\r\ntwo\rthree\x00\ud800four"})
    assert concern.what == "one\ntwo\nthree\ufffd\ufffdfour"


def test_piled_marks_are_all_kept() -> None:
    pile = "a" + "\u0301" * 100
    kept = wire.decode_concern({"what": pile}).what
    assert kept.count("\u0301") == 100


def test_more_people_than_a_list_holds_are_told_in_words() -> None:
    concern = wire.decode_concern({"people": [f"p-{number}" for number in range(250)]})
    assert len(concern.people) == 200
    assert concern.what.split() == ["people:", *(f"p-{number}" for number in range(200, 250))]


def test_one_person_needs_no_list() -> None:
    assert wire.decode_concern({"people": "p-jo"}).people == ("p-jo",)


def test_the_fullest_concern_there_is_still_fits_a_command() -> None:
    full = {
        "what": "😀" * 10_000,
        "done": "😀" * 10_000,
        "because": "😀" * 500,
        "people": ["p" * 64] * 200,
        "recorded": {"happened_at": WHEN, "on_behalf_of": "p" * 64},
    }
    concern = wire.decode_concern(full)
    assert len(canonical(wire.encode(concern))) <= COMMAND_BYTES
    assert concern.what == full["what"]
    assert concern.done.endswith(CUT)
    assert len(canonical(wire.encode(concern))) > COMMAND_BYTES - 50


def test_a_form_from_tomorrow_is_kept() -> None:
    concern = wire.decode_concern({"kind": "raise_concern", "v": 7, "what": "x", "where": "home"})
    assert concern.what.splitlines() == ["x", "v: 7", "where: home"]


def test_ten_thousand_levels_are_kept_as_words() -> None:
    deep: Any = "Afraid to go home"
    for _ in range(10_000):
        deep = {"said": [deep]}
    assert wire.decode_concern({"x": deep}).what.startswith("x: said: said:")
    round_and_round: list[Any] = []
    round_and_round.append(round_and_round)
    assert wire.decode_concern({"x": round_and_round}).what.endswith(CUT)
    body = b"[" * 10_000 + json.dumps("Afraid").encode() + b"]" * 10_000
    assert wire.decode_concern(body).what.endswith(CUT)
