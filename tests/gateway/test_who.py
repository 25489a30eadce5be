"""What an opening says of its children makes sense, or every problem of it is told by its path."""

from datetime import date
from typing import Any

import pytest

from gateway.who import MOST, NOBODY, Said, Who, check, check_enough, who_in
from readmodel.identity import Identity
from statemodel.commands import IdentifyNeed, Source
from wire import Invalid

OPENING = IdentifyNeed(children=("k-1", "k-2"), source=Source.OBSERVATION)
ADA = {"child": "k-1", "name": "Ada Byron"}
LEO = {"child": "k-2", "name": "Leo Byron"}
SAME = {"child": "k-old", "answer": "same"}
OTHER = {"child": "k-old", "answer": "dismissed", "reason": "A cousin of that name"}


def who(*identities: dict[str, Any], matches: tuple[dict[str, Any], ...] = ()) -> Who:
    return who_in({"identities": list(identities), "matches": list(matches)})[1]


def problems(asked: Who) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        check(asked, OPENING)
    return [(one.path, one.code) for one in caught.value.problems]


def test_an_opening_without_identities_is_as_it_always_was() -> None:
    document = {"children": ["k-1"], "source": "observation"}
    assert who_in(document) == (document, NOBODY)
    assert who_in("not even a document") == ("not even a document", NOBODY)
    check(NOBODY, OPENING)
    assert NOBODY.linked(OPENING) == ("k-1", "k-2")


def test_what_stands_beside_the_command_is_taken_from_it() -> None:
    document = {"children": ["k-1"], "identities": [{**ADA, "born_on": "2015-03-04"}]}
    rest, told = who_in(document)
    assert rest == {"children": ["k-1"]}
    assert told.identities[0].born_on == date(2015, 3, 4)
    assert "identities" in document, "what was given is left as it was"


@pytest.mark.parametrize(
    ("beside", "path", "code"),
    [
        ({"identities": [{**ADA, "born_on": "4 March"}]}, "identities[0].born_on", "not_a_date"),
        ({"identities": [{"name": "Ada"}]}, "identities[0].child", "missing"),
        ({"identities": [{**ADA, "shoe": 43}]}, "identities[0].{3}", "unknown_field"),
        ({"identities": [{**ADA, "name": "x" * 201}]}, "identities[0].name", "too_long"),
        ({"identities": [{**ADA, "child": "Ada Byron"}]}, "identities[0].child", "not_an_id"),
        ({"identities": {}}, "identities", "wrong_type"),
        ({"matches": [{**SAME, "answer": "perhaps"}]}, "matches[0].answer", "unknown_value"),
        ({"matches": [{**OTHER, "reason": "x" * 501}]}, "matches[0].reason", "too_long"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_path_and_never_quoted(
    beside: dict[str, Any], path: str, code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        who_in(beside)
    (one,) = caught.value.problems
    assert (one.path, one.code) == (path, code)
    assert "Ada" not in str(caught.value)
    assert "March" not in str(caught.value)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (who({"child": "k-9", "name": "Zoe"}), [("identities[0].child", "unknown_value")]),
        (who({"child": "k-1"}), [("identities[0]", "too_little")]),
        (who({"child": "k-1", "name": "Baby"}), [("identities[0]", "too_little")]),
        (who({**ADA, "ids": ["ehm"]}), [("identities[0].ids[0]", "bad_form")]),
        (who({**ADA, "ids": ["a:1", ":7"]}), [("identities[0].ids[1]", "bad_form")]),
        (who(ADA, ADA), [("identities[1]", "repeated")]),
        (
            who({**ADA, "ids": ["ehm:12"]}, {**LEO, "ids": ["EHM:1-2"]}),
            [("identities[1]", "repeated")],
        ),
        (who(matches=(SAME,)), [("matches[0].of", "unknown_value")]),
        (who(ADA, LEO, matches=(SAME,)), [("matches[0].of", "unknown_value")]),
        (who(ADA, matches=({**SAME, "of": "k-2"},)), [("matches[0].of", "unknown_value")]),
        (who(ADA, matches=({**OTHER, "reason": " "},)), [("matches[0].reason", "missing")]),
        (
            who(ADA, matches=(SAME, {**SAME, "child": "k-older"})),
            [("matches[1].answer", "repeated")],
        ),
    ],
)
def test_what_makes_no_sense_is_told_by_its_path(asked: Who, told: list[tuple[str, str]]) -> None:
    assert problems(asked) == told


def test_only_so_many_children_and_numbers_are_asked_about_at_once() -> None:
    many = [{"child": "k-1", "name": f"Ada {number}"} for number in range(MOST + 1)]
    assert ("identities", "too_many") in problems(who(*many))
    numbers = [f"a:{number}" for number in range(MOST + 1)]
    assert problems(who({**ADA, "ids": numbers})) == [("identities[0].ids", "too_many")]


def test_an_answer_belongs_to_its_child_and_to_the_only_one_without_saying() -> None:
    alone = who(ADA, matches=(SAME,))
    check(alone, OPENING)
    assert alone.same == {"k-1": "k-old"}
    assert alone.linked(OPENING) == ("k-old", "k-2")
    both = who(ADA, LEO, matches=({**SAME, "of": "k-2"}, {**OTHER, "of": "k-1"}))
    check(both, OPENING)
    assert both.same == {"k-2": "k-old"}
    assert both.answers_of("k-1")["k-old"].answer is Said.DISMISSED
    assert both.linked(OPENING) == ("k-1", "k-old")


def test_two_children_who_are_one_child_known_already_are_one_in_the_case() -> None:
    both = who(ADA, LEO, matches=({**SAME, "of": "k-1"}, {**SAME, "of": "k-2"}))
    assert both.linked(OPENING) == ("k-old",)


@pytest.mark.parametrize(
    "enough",
    [
        Identity(ids=("ehm:1",)),
        Identity(name="Ada Byron", postcode="NS1 1AA"),
        Identity(mother="Anne Byron", due_on=date(2026, 6, 1)),
    ],
)
def test_a_number_elsewhere_or_two_other_things_are_enough_to_look_for(enough: Identity) -> None:
    check_enough(enough)


@pytest.mark.parametrize(
    "little", [Identity(), Identity(name="Ada Byron"), Identity(ids=("ehm",), name="Ada Byron")]
)
def test_less_than_that_is_not_looked_for(little: Identity) -> None:
    with pytest.raises(Invalid):
        check_enough(little)
