"""Whatever the state model can say has words, no words are left over, and none is an engineer's."""

import re
from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest

from config.raised import MAY_BE_RAISED
from config.statement import TERMS_TOLD
from config.wording import catalogue, label, say
from statemodel.refusal import Authority, Strength
from tests.architecture.words import (
    ENUMS,
    choices_in_forms,
    clock_commands,
    codes,
    facts,
    form_fields,
    purposes,
    reasons,
    reasons_in_passing,
    terms,
)

NUMBER = re.compile(r"\b[RTCDI]\d+\b")
NOT_OUR_WORDS = re.compile(
    r"\b(lapse|breach|stuck|holder|handshake|timeout|workflow|payload|guard|refus|overdue|invalid)",
    re.IGNORECASE,
)
AN_ARTICLE = re.compile(r"\b[Aa]n? \{")


def sentences(table: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence there is, with where it stands."""
    if isinstance(table, str):
        yield path, table
        return
    for key, value in table.items():
        yield from sentences(value, f"{path}.{key}" if path else key)


@pytest.mark.parametrize("group", sorted(codes()))
def test_every_code_has_words_and_no_words_are_left_over(group: str) -> None:
    assert set(catalogue()[group]) == codes()[group]


def test_no_group_of_words_is_left_over() -> None:
    assert set(catalogue()) == set(codes())


def test_every_field_of_every_form_has_words_and_no_field_is_left_over() -> None:
    held = {(table, name) for table, names in catalogue()["field"].items() for name in names}
    needed = set(form_fields())
    shared = {name for table, name in held if table == "every"}
    assert {(t, n) for t, n in needed if (t, n) not in held and n not in shared} == set()
    assert {(t, n) for t, n in held if t != "every" and (t, n) not in needed} == set()
    assert shared <= {name for _, name in needed}


def test_everything_a_form_lets_somebody_choose_has_words() -> None:
    assert choices_in_forms() <= set(ENUMS.values())


def test_every_reason_can_be_found_by_its_name() -> None:
    assert reasons_in_passing() == []
    assert len(reasons()) > 40


@pytest.mark.parametrize("reason", reasons(), ids=lambda reason: reason.code)
def test_every_reason_has_a_rule_and_says_whose_it_is(reason: Any) -> None:
    words = catalogue()["reason"][reason.code]
    said = say(reason)
    assert reason.rules
    assert said.says[0].islower() or said.says.startswith("“"), "it follows 'because'"
    assert said.remedy.endswith(".")
    assert said.because_of.startswith(label("authority", reason.authority))
    assert reason.authority is Authority.BATON or words["source"] in said.because_of


def test_a_source_is_given_only_where_somebody_elses_rule_is_meant() -> None:
    theirs = {reason.code for reason in reasons() if reason.authority is not Authority.BATON}
    assert {code for code, words in catalogue()["reason"].items() if "source" in words} == theirs


@pytest.mark.proves("R407")
def test_what_a_pack_may_raise_to_a_stop_is_what_only_asks_why() -> None:
    asks_why = {reason.code for reason in reasons() if reason.strength is Strength.ASK_WHY}
    assert set(MAY_BE_RAISED) == asks_why


def test_no_sentence_gives_a_bare_rule_number() -> None:
    assert [path for path, text in sentences(catalogue()) if NUMBER.search(text)] == []


def test_no_sentence_uses_words_that_are_not_the_services() -> None:
    assert [path for path, text in sentences(catalogue()) if NOT_OUR_WORDS.search(text)] == []


def test_a_local_word_follows_no_article_since_nobody_knows_how_it_begins() -> None:
    assert [path for path, text in sentences(catalogue()) if AN_ARTICLE.search(text)] == []


def test_every_brace_is_a_local_word_or_a_fact_of_that_sentence() -> None:
    local = terms() | {term.capitalize() for term in terms()}
    for path, text in sentences(catalogue()):
        named = {name for _, name, _, _ in Formatter().parse(text) if name}
        known = local | (facts() if path.startswith("reason.") else set())
        assert path.startswith("phrase.") or named <= known, path


def test_every_local_word_is_explained_to_those_who_choose_it() -> None:
    assert set(TERMS_TOLD) == terms()


@pytest.mark.proves("R101", "R302")
def test_whatever_the_clock_says_it_says_that_no_decision_has_been_made() -> None:
    told = {f"purpose.{p}.body" for p, by in purposes().items() if by & {"clock", "lapse"}}
    told |= {f"command.{kind}.says" for kind in clock_commands()}
    told |= {f"event.{kind}" for kind in ("nomination_referred", "nomination_asked_late")}
    told |= {"event.owner_reminded"}
    assert len(told) >= 11
    silent = [p for p, text in sentences(catalogue()) if p in told and "No decision" not in text]
    assert silent == []


def test_a_letter_names_nobody_and_nothing_in_its_subject() -> None:
    for path, text in sentences(catalogue()["purpose"]):
        if path.endswith(".subject"):
            assert "{" not in text, path
            assert not re.search(r"child|family|concern|lead|help", text, re.IGNORECASE), path
