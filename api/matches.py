"""Children known already: a probable match as the API shows it, in codes and words, no names."""

from dataclasses import dataclass

from config.matching import agrees_words, case_words
from config.wording import Phrase, Words, phrase
from gateway.answers import AskFirst, CaseTold, ChildHasOpenCase, Match, ProbableMatch


@dataclass(frozen=True, slots=True)
class CaseOfChild:
    """An open case: which one, for those who may see it; for others whom to ask."""

    child: str
    case_id: str | None
    reference: str | None
    ask: str | None
    words: str


@dataclass(frozen=True, slots=True)
class MatchShown:
    """A child known already who may be the one meant: `of` is the child of the opening."""

    child: str
    of: str
    agrees: tuple[str, ...]
    words: str
    cases: tuple[CaseOfChild, ...]


@dataclass(frozen=True, slots=True)
class MatchesShown:
    """Who may be meant, the most alike first; at most twenty."""

    matches: tuple[MatchShown, ...]
    safety: str


def matches_shown(words: Words, error: Exception) -> tuple[MatchShown, ...]:
    """Return the matches that stand in the way of an opening; none for any other error."""
    found = error.matches if isinstance(error, ProbableMatch) else ()
    return tuple(match_shown(words, one) for one in found)


def cases_shown(words: Words, error: Exception) -> tuple[CaseOfChild, ...]:
    """Return the open cases that stand in the way of an opening; none for any other error."""
    found = error.cases if isinstance(error, ChildHasOpenCase) else ()
    return tuple(_case(words, one) for one in found)


def match_shown(words: Words, match: Match) -> MatchShown:
    cases = tuple(_case(words, one) for one in match.cases)
    says = agrees_words(match.agrees, words)
    return MatchShown(match.child, match.of, match.agrees, says, cases)


def detail(words: Words, error: Exception) -> str:
    """Return what to do about it; empty for any other error."""
    if isinstance(error, ProbableMatch):
        return phrase(Phrase.PROBABLE_MATCH, words)
    if isinstance(error, AskFirst):
        return phrase(Phrase.ASK_FIRST, words)
    return phrase(Phrase.HAS_OPEN_CASE, words) if isinstance(error, ChildHasOpenCase) else ""


def _case(words: Words, told: CaseTold) -> CaseOfChild:
    says = case_words(told.reference, told.ask, words)
    asks = told.ask.id if told.ask else None
    return CaseOfChild(told.child, told.case_id or None, told.reference or None, asks, says)
