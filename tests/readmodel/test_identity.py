"""Two spellings of one name, date, postcode or number come to the same form, and keep apart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readmodel.identity import (
    Identified,
    Identity,
    asked_tokens,
    name_parts,
    normal_id,
    normal_postcode,
    tokens,
    turned,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ada Byron", ("ada", "byron")),
        ("BYRON, Ada", ("byron", "ada")),
        ("Zoë  Brontë", ("zoe", "bronte")),
        ("Anne-Marie O'Neill", ("anne", "marie", "oneill")),
        ("Anne Marie O’Neill", ("anne", "marie", "oneill")),
        ("Łukasz Bjørn Groß", ("lukasz", "bjorn", "gross")),
        ("İpek Yıldız", ("ipek", "yildiz")),
        ("Æthel Œdipe", ("aethel", "oedipe")),
        ("Baby Byron", ("byron",)),
        ("Анна Каренина", ("анна", "каренина")),
        ("ﬁona", ("fiona",)),
        ("  ", ()),
        ("--", ()),
    ],
)
def test_a_name_is_taken_apart_without_accents_capitals_and_marks(
    text: str, parts: tuple[str, ...]
) -> None:
    assert name_parts(text) == parts


@given(st.text(max_size=80))
def test_a_name_in_its_plain_form_stays_as_it_is(text: str) -> None:
    once = name_parts(text)
    assert name_parts(" ".join(once)) == once


@pytest.mark.parametrize(
    ("text", "plain"), [("NS1 1AA", "ns11aa"), (" ns11aa ", "ns11aa"), ("NS1-1AA", "ns11aa")]
)
def test_a_postcode_is_one_however_it_is_spaced(text: str, plain: str) -> None:
    assert normal_postcode(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [("NHS:943-476-5919", "nhs:9434765919"), ("ehm:A.12", "ehm:a12"), ("upn:A1", "upn:a1")],
)
def test_a_number_elsewhere_is_one_however_it_is_grouped(text: str, plain: str) -> None:
    assert normal_id(text) == plain


def test_a_date_is_turned_where_its_day_could_be_a_month() -> None:
    assert turned(date(2015, 3, 4)) == date(2015, 4, 3)
    assert turned(date(2015, 3, 13)) is None
    assert turned(date(2015, 3, 3)) == date(2015, 3, 3)


def test_tokens_are_of_what_was_given_and_of_nothing_else() -> None:
    assert tokens(Identity()) == frozenset()
    who = Identity(name="Ada Byron", born_on=date(2015, 3, 14), postcode="NS1 1AA", ids=("EHM:1",))
    assert tokens(who) == {
        "name ada byron", "name adabyron", "born 2015-03-14", "postcode ns11aa", "id ehm:1",
    }  # fmt: skip
    assert asked_tokens(who) == tokens(who)


def test_a_search_looks_for_the_date_of_birth_as_it_is_often_mistaken() -> None:
    who = Identity(born_on=date(2015, 3, 4))
    assert asked_tokens(who) - tokens(who) == {"born 2015-04-03"}


def test_an_unborn_child_is_known_by_mother_and_due_date_and_by_no_name_of_its_own() -> None:
    who = Identity(name="Unborn Byron", due_on=date(2026, 6, 1), mother="Byron, Anne")
    assert who.is_unborn
    assert who.own_name == ()
    assert tokens(who) == {"due 2026-06-01", "mother anne byron", "mother byronanne"}
    born = Identity(name="Ada Byron", due_on=date(2026, 6, 1), born_on=date(2026, 6, 4))
    assert not born.is_unborn
    assert born.own_name == ("ada", "byron")


def test_what_was_given_is_told_by_field_and_never_by_content() -> None:
    who = Identified(child="k-1", name="Ada Byron", postcode="NS1 1AA")
    assert who.given == ("name", "postcode")
    assert Identity().given == ()
