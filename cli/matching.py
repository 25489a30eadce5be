"""Children known already: looked up by a document, told in words and codes, and never by a name."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cli.failing import Misused
from config.matching import agrees_words, case_words
from config.wording import Phrase, phrase
from gateway.answers import AskFirst, CaseTold, ChildHasOpenCase, Match, No, ProbableMatch
from gateway.who import BESIDE

Words = Mapping[str, str]
IN_A_DOCUMENT: Final = (
    "Give who a child is as JSON: --json FILE, or --json - for input. What is typed on a command "
    "line can be read by whoever lists this machine's processes."
)


def prove_private(words: tuple[str, ...]) -> None:
    """Raise Misused where who a child is was typed on the command line."""
    if any(word.lstrip().startswith(BESIDE) for word in words):
        raise Misused(IN_A_DOCUMENT)


def head(no: No, words: Words) -> str:
    """Return what to do about it; empty for any other no."""
    if isinstance(no, ProbableMatch):
        return phrase(Phrase.PROBABLE_MATCH, words)
    if isinstance(no, AskFirst):
        return phrase(Phrase.ASK_FIRST, words)
    return phrase(Phrase.HAS_OPEN_CASE, words) if isinstance(no, ChildHasOpenCase) else ""


def lines(no: No, words: Words) -> Iterator[str]:
    """Yield a line for each match, or each open case."""
    for match in no.matches if isinstance(no, ProbableMatch) else ():
        told = [agrees_words(match.agrees, words), *(_case(one, words) for one in match.cases)]
        yield f"  - {match.of} may be {match.child}: {'. '.join(told)}"
    for case in no.cases if isinstance(no, ChildHasOpenCase) else ():
        yield f"  - {case.child}: {_case(case, words)}"


def plain(no: No, words: Words) -> dict[str, Any]:
    """Return the same for programs; empty for any other no."""
    if isinstance(no, ProbableMatch):
        return {"matches": [match_row(one, words) for one in no.matches]}
    if isinstance(no, ChildHasOpenCase):
        return {"cases": [_case_row(one, words) for one in no.cases]}
    return {}


def match_row(match: Match, words: Words) -> dict[str, Any]:
    return {
        "child": match.child,
        "of": match.of,
        "agrees": list(match.agrees),
        "says": agrees_words(match.agrees, words),
        "cases": [_case_row(one, words) for one in match.cases],
    }


def _case_row(told: CaseTold, words: Words) -> dict[str, Any]:
    return {
        "child": told.child,
        "case": told.case_id or None,
        "reference": told.reference or None,
        "ask": told.ask.id if told.ask else None,
        "says": _case(told, words),
    }


def _case(told: CaseTold, words: Words) -> str:
    return case_words(told.reference, told.ask, words)
