"""Pairs of records as they come: who is asked about, by which fields, and who is not."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readmodel.identity import Identity, asked_tokens, name_parts, tokens
from readmodel.matching import POINTS, PROBABLE, Agrees, is_one_slip, likeness

BORN, DUE = date(2015, 3, 4), date(2026, 6, 1)
ADA = Identity(name="Ada Byron", born_on=BORN, postcode="NS1 1AA")
UNBORN = Identity(name="Unborn Byron", due_on=DUE, mother="Anne Byron")
A = Agrees


def ada(**changes: object) -> Identity:
    return replace(ADA, **changes)  # type: ignore[arg-type] # fields of an identity


def unborn(**changes: object) -> Identity:
    return replace(UNBORN, **changes)  # type: ignore[arg-type]


PROBABLY = {
    "the same": (ADA, ADA, {A.NAME, A.BIRTH_DATE, A.POSTCODE}),
    "names swapped": (ADA, ada(name="BYRON, Ada"), {A.NAME, A.BIRTH_DATE, A.POSTCODE}),
    "moved house": (ADA, ada(postcode="NS9 9ZZ"), {A.NAME, A.BIRTH_DATE}),
    "accents": (ada(name="Zoë Brontë"), ada(name="Zoe Bronte"), {A.NAME, A.BIRTH_DATE, A.POSTCODE}),
    "a hyphen": (
        ada(name="Mary-Ann Byron", postcode=""), ada(name="Maryann Byron"), {A.NAME, A.BIRTH_DATE},
    ),
    "an apostrophe": (
        ada(name="Ada O'Neill"), ada(name="ada oneill", postcode=""), {A.NAME, A.BIRTH_DATE},
    ),
    "one letter mistyped": (
        ADA, ada(name="Ada Byrom", postcode=""), {A.NAME_CLOSE, A.BIRTH_DATE},
    ),
    "two letters exchanged": (
        ADA, ada(name="Ada Bryon", postcode=""), {A.NAME_CLOSE, A.BIRTH_DATE},
    ),
    "a letter left out": (
        ada(name="Charlotte Byron"), ada(name="Charlote Byron", postcode=""),
        {A.NAME_CLOSE, A.BIRTH_DATE},
    ),
    "an initial": (
        ADA, ada(name="A Byron", postcode=""), {A.NAME_CLOSE, A.BIRTH_DATE},
    ),
    "a middle name": (
        ADA, ada(name="Ada Augusta Byron", postcode=""), {A.NAME_CLOSE, A.BIRTH_DATE},
    ),
    "day and month exchanged": (
        ADA, ada(born_on=date(2015, 4, 3), postcode=""), {A.NAME, A.BIRTH_DATE_TURNED},
    ),
    "one part of the date mistyped, one home": (
        ADA, ada(born_on=date(2016, 3, 4)), {A.NAME, A.BIRTH_DATE_CLOSE, A.POSTCODE},
    ),
    "no date known": (ADA, ada(born_on=None), {A.NAME, A.POSTCODE}),
    "no first name yet": (ADA, ada(name="Baby Byron"), {A.BIRTH_DATE, A.POSTCODE}),
    "a number elsewhere alone": (
        Identity(ids=("ehm:123",)), ada(ids=("EHM:123",)), {A.OUTSIDE_ID},
    ),
    "a number elsewhere, whatever else differs": (
        ada(ids=("upn:A1",)),
        Identity(name="Leo Frost", born_on=date(2010, 9, 9), ids=("upn:A1",)),
        {A.OUTSIDE_ID},
    ),
    "unborn, mother and due date": (UNBORN, unborn(name=""), {A.MOTHER, A.DUE_DATE}),
    "unborn, another scan": (
        UNBORN, unborn(due_on=date(2026, 6, 12)), {A.MOTHER, A.DUE_DATE_CLOSE},
    ),
    "unborn, mother mistyped": (
        UNBORN, unborn(mother="Anne Byrom"), {A.MOTHER_CLOSE, A.DUE_DATE},
    ),
    "unborn, and born since": (
        UNBORN,
        Identity(name="Leo Byron", born_on=date(2026, 5, 20), mother="Anne Byron"),
        {A.MOTHER, A.BORN_WHEN_DUE},
    ),
    "twins a letter apart": (
        ada(name="Anna Byron"), ada(name="Hanna Byron"), {A.NAME_CLOSE, A.BIRTH_DATE, A.POSTCODE},
    ),
}  # fmt: skip

PROBABLY_NOT = {
    "twins": (ADA, ada(name="Leo Byron")),
    "twins, two letters apart": (ada(name="Ellen Byron"), ada(name="Helen Byron")),
    "the same name, another birth date": (ADA, ada(born_on=date(2012, 11, 20), postcode="")),
    "the same name and home, another birth date": (ADA, ada(born_on=date(1985, 11, 20))),
    "the same name, one part of the date mistyped": (
        ADA, ada(born_on=date(2016, 3, 4), postcode=""),
    ),
    "a name alone": (ada(born_on=None, postcode=""), ADA),
    "a birth date alone": (ada(name="", postcode=""), ADA),
    "a home alone": (ada(name="", born_on=None), ADA),
    "neighbours born on one day": (ADA, ada(name="Leo Frost")),
    "two slips in one name": (ADA, ada(name="Adah Byrom", postcode="")),
    "short names a letter apart": (ada(name="Al Byron"), ada(name="Jo Byron")),
    "brother and sister, with their mother named": (
        ada(mother="Anne Byron"),
        Identity(name="Leo Byron", born_on=DUE, mother="Anne Byron", postcode="NS1 1AA"),
    ),
    "an unborn child and its elder sister": (
        unborn(postcode="NS1 1AA"), ada(mother="Anne Byron"),
    ),
    "the next pregnancy": (UNBORN, unborn(due_on=date(2028, 1, 1))),
    "due on one day, of other mothers": (UNBORN, unborn(mother="Jane Frost")),
    "numbers that a child has one of differ, moved": (
        ada(ids=("nhs:1",)), ada(ids=("nhs:2",), postcode=""),
    ),
    "nothing known": (Identity(), Identity()),
}  # fmt: skip


@pytest.mark.parametrize("pair", PROBABLY)
def test_a_pair_that_is_asked_about_says_by_which_fields(pair: str) -> None:
    one, other, agrees = PROBABLY[pair]
    found = likeness(one, other)
    assert found.is_probable, found
    assert set(found.agrees) == agrees


@pytest.mark.parametrize("pair", PROBABLY_NOT)
def test_a_pair_that_is_nobody_twice_is_left_in_peace(pair: str) -> None:
    found = likeness(*PROBABLY_NOT[pair])
    assert not found.is_probable, found


@pytest.mark.parametrize("pair", [*PROBABLY.values(), *PROBABLY_NOT.values()])
def test_it_is_the_same_whichever_is_asked_first(pair: tuple[Identity, ...]) -> None:
    assert likeness(pair[0], pair[1]) == likeness(pair[1], pair[0])


def test_another_number_in_a_system_that_gives_many_says_nothing() -> None:
    assert likeness(ada(ids=("ehm:1",)), ada(ids=("ehm:2",))) == likeness(ADA, ADA)
    assert likeness(ada(ids=("nhs:1",)), ada(ids=("upn:2",))) == likeness(ADA, ADA)


def test_no_field_but_a_number_elsewhere_is_enough_alone() -> None:
    enough = [one for one, points in POINTS.items() if points >= PROBABLE]
    assert enough == [Agrees.OUTSIDE_ID]
    assert set(POINTS) == set(Agrees)


WORD = st.text("abcde", min_size=1, max_size=8)


@given(WORD, st.integers(0, 7), st.sampled_from("xyz"))
def test_a_letter_added_mistaken_or_left_out_is_one_slip(word: str, at: int, letter: str) -> None:
    at = min(at, len(word) - 1)
    assert is_one_slip(word, word[:at] + letter + word[at:])
    assert is_one_slip(word[:at] + letter + word[at:], word)
    assert is_one_slip(word, word[:at] + letter + word[at + 1 :])


@given(WORD, st.integers(0, 6))
def test_neighbours_exchanged_are_one_slip_and_nothing_at_all_is_none(word: str, at: int) -> None:
    pair = word[at : at + 2]
    other = word[:at] + pair[::-1] + word[at + 2 :]
    assert is_one_slip(word, other) is (word != other)


@given(WORD)
def test_two_letters_mistaken_apart_are_more_than_one_slip(word: str) -> None:
    assert not is_one_slip(f"x{word}y", f"p{word}q")
    assert not is_one_slip(word, f"x{word}y")


DAYS = st.sampled_from([BORN, date(2015, 4, 3), date(2016, 3, 4), DUE, date(2026, 6, 12), None])
NAMES = st.lists(
    st.sampled_from(["Ada", "Adah", "A", "Byron", "Byrom", "Mary-Ann", "Maryann", "Baby"]),
    max_size=3,
).map(" ".join)
ANYBODY = st.builds(
    Identity,
    name=NAMES,
    born_on=DAYS,
    due_on=DAYS,
    mother=NAMES,
    postcode=st.sampled_from(["", "NS1 1AA", "NS9 9ZZ"]),
    ids=st.lists(st.sampled_from(["ehm:1", "nhs:1", "nhs:2"]), max_size=2).map(tuple),
)


@given(ANYBODY, ANYBODY)
def test_whoever_would_be_asked_about_shares_a_token_and_so_is_found(
    one: Identity, other: Identity
) -> None:
    if likeness(one, other).is_probable:
        assert asked_tokens(one) & tokens(other)


@given(ANYBODY, ANYBODY)
def test_points_are_the_same_both_ways_and_explained_by_what_agrees(
    one: Identity, other: Identity
) -> None:
    found = likeness(one, other)
    assert found == likeness(other, one)
    assert found.points <= sum(POINTS[each] for each in found.agrees)
    assert found.agrees or not found.is_probable


@given(ANYBODY)
def test_a_record_that_says_two_things_is_like_itself(one: Identity) -> None:
    who = one.own_name or name_parts(one.mother)
    said = [bool(who), bool(one.born_on or one.due_on), bool(one.postcode)]
    assert likeness(one, one).is_probable is (bool(one.ids) or sum(said) >= 2)
