"""A child known already, in words: what agrees, and its open case or whom to ask."""

import pytest

from config.matching import agrees_words, case_words
from readmodel.matching import Agrees
from statemodel.people import Desk, Role


def test_what_agrees_is_said_in_the_order_it_was_found() -> None:
    told = agrees_words(("outside_id", "name_close", "postcode"))
    assert told == "the same number elsewhere, nearly the same name, the same postcode"
    assert agrees_words(()) == ""


@pytest.mark.parametrize("code", Agrees)
def test_each_code_has_words_that_are_not_the_code(code: Agrees) -> None:
    assert agrees_words((code.value,)) != code.value.replace("_", " ")


def test_an_open_case_is_told_by_reference_or_by_whom_to_ask() -> None:
    assert case_words("7Q4M2X9KD", None) == "There is an open case, 7Q4M2X9KD"
    words = {"coordinator": "family hub", "lead": "lead practitioner"}
    told = case_words("7Q4M2X9KD", Desk(Role.COORDINATOR, "northshire"))
    assert "7Q4M2X9KD" not in told
    assert told.startswith("Speak with the ")
    assert "case" not in told
    assert told.endswith("who can say what help there is")
    local = case_words("", Desk(Role.COORDINATOR, "northshire"), words)
    assert "northshire" not in local
