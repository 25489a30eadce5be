"""What an opening says beside its command: who the children are, and what was said of matches."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import wire
from readmodel.identity import Identified, Identity, tokens
from statemodel.command import about
from statemodel.commands import IdentifyNeed
from wire import Invalid, Problem

BESIDE = ("identities", "matches")
LONGEST_REASON = 500
MOST = 20  # children of one opening, and numbers of one child


class Said(StrEnum):
    """What somebody said of a probable match."""

    SAME = "same"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchAnswer:
    """One probable match answered for: the same child, or another, with the reason."""

    child: str = about("The child known already, as the match named it", "k-7a10")
    answer: Said = about("Whether it is the same child", "dismissed")
    of: str = about(
        "Which child of this opening; may be left out where it has one", "k-9f2c", default=""
    )
    reason: str = about(
        "Why it is another child; needed to dismiss a match",
        "A cousin of that name",
        default="",
        limit=LONGEST_REASON,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who the children of an opening are; a child without an identity is known by its id alone."""

    identities: tuple[Identified, ...] = ()
    matches: tuple[MatchAnswer, ...] = ()

    def answers_of(self, child: str) -> dict[str, MatchAnswer]:
        """Return what was said of each match of one child, by the match's id."""
        alone = len(self.identities) == 1
        mine = (one for one in self.matches if one.of == child or (alone and not one.of))
        return {one.child: one for one in mine}

    @property
    def same(self) -> dict[str, str]:
        """Return the children of the opening who are known already, and as whom."""
        return {
            who.child: match
            for who in self.identities
            for match, one in self.answers_of(who.child).items()
            if one.answer is Said.SAME
        }

    def linked(self, command: IdentifyNeed) -> tuple[str, ...]:
        """Return the opening's children, each once, those known already by their known id."""
        same = self.same
        return tuple(dict.fromkeys(same.get(child, child) for child in command.children))


NOBODY = Who()


def who_in(document: Any) -> tuple[Any, Who]:
    """Return an opening's document without what stands beside its command, and that.

    Raises Invalid, with every problem of it.
    """
    if not isinstance(document, dict):
        return document, NOBODY
    beside = {name: document[name] for name in BESIDE if name in document}
    rest = {name: value for name, value in document.items() if name not in BESIDE}
    return rest, wire.decode_asked(Who, beside)


def check(who: Who, command: IdentifyNeed) -> None:
    """Raise Invalid where what is said of the children makes no sense, or says nothing."""
    problems = (*_identities(who, command), *_repeated(who), *_matches(who))
    if problems:
        raise Invalid(problems)


def check_enough(identity: Identity) -> None:
    """Raise Invalid for a search by less than a number elsewhere or two other things (D25)."""
    if not identity.outside_ids and len(identity.given) < 2:
        raise Invalid((Problem("", "too_little", "an outside id, or two of the other fields"),))
    if problems := tuple(_ids("ids", identity)):
        raise Invalid(problems)


def _identities(who: Who, command: IdentifyNeed) -> Iterator[Problem]:
    if len(who.identities) > MOST:
        yield Problem("identities", "too_many", f"at most {MOST}")
    for number, one in enumerate(who.identities):
        path = f"identities[{number}]"
        if one.child not in command.children:
            yield Problem(f"{path}.child", "unknown_value", "one of `children`")
        if not tokens(one):
            yield Problem(path, "too_little", "a name, a date, a postcode or an outside id")
        yield from _ids(f"{path}.ids", one)


def _ids(path: str, identity: Identity) -> Iterator[Problem]:
    if len(identity.ids) > MOST:
        yield Problem(path, "too_many", f"at most {MOST}")
    for number, one in enumerate(identity.ids):
        system, _, rest = one.partition(":")
        if not (system and any(letter.isalnum() for letter in rest)):
            yield Problem(f"{path}[{number}]", "bad_form", "system:number, such as ehm:123")


def _repeated(who: Who) -> Iterator[Problem]:
    """Two children of one opening are two: neither one id twice, nor one number for both."""
    seen: set[str] = set()
    for number, one in enumerate(who.identities):
        mine = {one.child, *one.outside_ids}
        if seen & mine:
            yield Problem(f"identities[{number}]", "repeated", "another child, another number")
        seen |= mine


def _matches(who: Who) -> Iterator[Problem]:
    ours = {one.child for one in who.identities}
    same: set[str] = set()
    for number, one in enumerate(who.matches):
        path = f"matches[{number}]"
        if one.of not in (ours if len(ours) != 1 else ours | {""}):
            yield Problem(f"{path}.of", "unknown_value", "a child of `identities`")
        if one.answer is Said.DISMISSED and not one.reason.strip():
            yield Problem(f"{path}.reason", "missing", "why it is another child")
        if one.answer is Said.SAME:
            of = one.of or next(iter(ours), "")
            if of in same:
                yield Problem(f"{path}.answer", "repeated", "a child can be one other only")
            same.add(of)
