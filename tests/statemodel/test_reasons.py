"""What a guard is said to answer is what it answers: pages are made from it, proofs lean on it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from statemodel.burden import MOST_ALIKE
from statemodel.commands import EnterInError, Mistake, RequestChange
from statemodel.law import Guard
from statemodel.reasons import reasons_of
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.table import TABLE
from tests.builders import PARENT, Tried, World, proposal, recorded
from tests.statemodel.test_table import asked, chosen, everything_tried

ONE = Unmet("one", ("R1",), Authority.BATON)
TWO = Unmet("two", ("R2",), Authority.LAW, Strength.SENSE)
SEVERAL = (ONE, TWO)
BY_NAME = {"one": ONE}


@cache
def answered() -> dict[Guard, set[Unmet]]:
    """Every reason each guard gave in many histories, its particulars left out."""
    found: dict[Guard, set[Unmet]] = defaultdict(set)
    for made in [*everything_tried(), *rarely_tried()]:
        for row in chosen(made):
            for guard in (*row.asks, *row.needs):
                found[guard].update(_answer(guard(asked(made))))
            for guard in row.asks:
                found[guard].update(_answer(guard(replace(asked(made), command=None))))
    return found


def rarely_tried() -> list[Tried]:
    """What no walk comes upon: a lead strikes what is asked of her, and one proposal too many."""
    asked_for, crowded = World().delivered(), World().proposed()
    entry = asked_for.do(RequestChange(by_whom=PARENT), "p-jo")
    asked_for.ask(EnterInError(entry=entry.version, mistake=Mistake.DID_NOT_HAPPEN), "p-sam")
    for _ in range(MOST_ALIKE):
        crowded.ask(proposal(recorded=recorded(at=crowded.now)))
    return [*asked_for.tried, *crowded.tried]


def _answer(reason: Unmet | None) -> Iterator[Unmet]:
    if reason is not None:
        yield replace(reason, facts=())


def guards() -> list[Guard]:
    return list(dict.fromkeys(guard for row in TABLE for guard in (*row.asks, *row.needs)))


@pytest.mark.proves("R8", "R352")
def test_every_guard_is_tied_to_reasons_that_have_rules_and_say_whose_they_are() -> None:
    assert guards()
    for guard in guards():
        assert reasons_of(guard), guard.__name__
        for reason in reasons_of(guard):
            assert reason.rules, reason.code
            assert isinstance(reason.authority, Authority)


@pytest.mark.proves("R8")
def test_no_guard_ever_answers_what_is_not_said_of_it() -> None:
    untold = {
        f"{guard.__name__}: {reason.code}, {reason.strength}"
        for guard, reasons in answered().items()
        for reason in reasons - set(reasons_of(guard))
    }
    assert untold == set()


@pytest.mark.proves("R8")
def test_nothing_is_said_of_a_command_that_nobody_is_ever_answered() -> None:
    """By command: a guard that tries another's checks may keep their reasons to itself."""
    said, heard = defaultdict[str, set[Unmet]](set), defaultdict[str, set[Unmet]](set)
    for row in TABLE:
        for guard in (*row.asks, *row.needs):
            said[row.command.kind] |= set(reasons_of(guard))
            heard[row.command.kind] |= answered()[guard]
    unheard = {kind: said[kind] - heard[kind] for kind in said}
    assert {kind: {one.code for one in left} for kind, left in unheard.items() if left} == {}


def straight(of: Any) -> Unmet | None:
    return ONE if of else None


def by_way_of_another(of: Any) -> Unmet | None:
    return straight(of) or (TWO if of else None)


def from_several(of: int) -> Unmet | None:
    return next(reason for reason in SEVERAL if reason.code)


def by_its_name(of: str) -> Unmet | None:
    return BY_NAME.get(of)


def inside(of: Any) -> Unmet | None:
    return next((TWO for _ in of), None)


@cache
def kept(of: int) -> Unmet | None:
    return TWO if of else None


def made(reason: Unmet) -> Callable[[Any], Unmet | None]:
    return lambda of: reason if of else None


def round_and_round(of: int) -> Unmet | None:
    return round_and_round(of - 1) if of else ONE


def none_of_its_own(of: int) -> int:
    return max(of, len(SEVERAL[0].code.upper()))


@pytest.mark.parametrize(
    ("guard", "reasons"),
    [
        (straight, (ONE,)),
        (by_way_of_another, (TWO,)),
        (from_several, SEVERAL),
        (by_its_name, (ONE,)),
        (inside, (TWO,)),
        (kept, (TWO,)),
        (made(ONE), (ONE,)),
        (round_and_round, (ONE,)),
        (len, ()),
    ],
)
def test_a_reason_is_found_however_a_guard_holds_it(
    guard: Callable[..., Any], reasons: tuple[Unmet, ...]
) -> None:
    assert reasons_of(guard) == reasons


def test_functions_of_others_are_not_followed_for_they_answer_something_else() -> None:
    assert straight.__module__.startswith("tests.")
    assert ONE not in reasons_of(by_way_of_another)
    assert set(reasons_of(none_of_its_own)) == set(SEVERAL)
