"""Who is this child? An opening asks first, and a person answers for each probable match (D31)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from gateway.answers import AskFirst, Busy, CaseTold, ChildHasOpenCase, Match, ProbableMatch
from gateway.viewing import may_see_case
from gateway.who import Said, Who, check, check_enough
from readmodel.children import Answer, Children, Looked, Opened
from readmodel.directory import facts_for
from readmodel.engine import Store
from readmodel.identity import Identified, Identity
from readmodel.matching import Likeness, likeness
from readmodel.open_cases import OpenCase, children_of, open_cases
from readmodel.vault import Vault
from statemodel import Case, Desk, PersonFacts, Role
from statemodel.commands import IdentifyNeed
from wire import Invalid, Problem

MOST_SHOWN = 20  # of probable matches at once, the most alike first
TRIES = 4  # somebody was first; after so many times others are at it
OPENING, SEARCH = "opening", "search"


@dataclass(frozen=True, slots=True)
class Found:
    """One probable match: for which child of the opening, who it is, and how alike they are."""

    of: str
    child: str
    likeness: Likeness

    @property
    def agrees(self) -> tuple[str, ...]:
        return tuple(one.value for one in self.likeness.agrees)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and when (UTC)."""

    by: str
    at: datetime


class Matching:
    """The question of one authority; everything raises StoreUnavailable and its kinds."""

    def __init__(self, store: Store, vault: Vault, authority: str, asker: Asker) -> None:
        self._store, self._authority, self.asker = store, authority, asker
        self._children = Children(store, vault, authority)

    async def settled(self, case: Case, command: IdentifyNeed, who: Who) -> IdentifyNeed:
        """Return the command with each child known already under its known id.

        Raises ProbableMatch until each match is answered for, ChildHasOpenCase unless the command
        says `because`, and Invalid. A case that was claimed for these children is not asked again.
        """
        check(who, command)
        linked = replace(command, children=who.linked(command))
        if who.identities and await children_of(self._store, case.id) == set(linked.children):
            return linked
        for _ in range(TRIES):
            opened = await self._answered(case, who)
            await self._prove_free(case, linked)
            if not who.identities or await self._children.take_in(opened):
                return linked
        raise Busy("others are opening cases for the same children")

    async def search(self, identity: Identity) -> tuple[Match, ...]:
        """Return who is probably meant; too little to go by is Invalid, and each look is kept."""
        check_enough(identity)
        found = _probable("", identity, await self._children.near(identity))
        await self._note(SEARCH, identity.given, found)
        return await self._told(found)

    async def _answered(self, case: Case, who: Who) -> Opened:
        """Return what the opening leaves, once every probable match has its answer."""
        new = await self._new(who)
        found, considered = list[Found](), set[str]()
        for one in new:
            near = await self._children.near(one)
            found += _probable(one.child, one, near)
            considered |= set(near)
        if new:
            given = {field for one in new for field in one.given}
            await self._note(OPENING, sorted(given), found)
        _prove_links(who, found)
        open_ones = [one for one in found if one.child not in who.answers_of(one.of)]
        if open_ones:
            raise ProbableMatch(await self._told(open_ones))
        kept = tuple(one for one in new if one.child not in who.same)
        said = tuple(_answer(who, one) for one in found)
        asker = self.asker
        return Opened(case.id, asker.by, asker.at, kept, said, frozenset(considered))

    async def _new(self, who: Who) -> tuple[Identified, ...]:
        """Return the children not kept yet; raises Invalid for another's id given to one."""
        known = await self._children.known(one.child for one in who.identities)
        for number, one in enumerate(who.identities):
            if known.get(one.child, one) != one:
                allowed = "an id of its own; or leave out the identity of a child known already"
                raise Invalid((Problem(f"identities[{number}].child", "known_already", allowed),))
        return tuple(one for one in who.identities if one.child not in known)

    async def _prove_free(self, case: Case, linked: IdentifyNeed) -> None:
        """Raise ChildHasOpenCase where a known child is helped already, and nobody says why twice.

        R28: whoever leads is told of the new need in the case there is. Whoever may not see that
        is sent to ask about any known child: AskFirst.
        """
        if linked.because:
            return
        known = await self._children.known(linked.children)
        told = await self._cases(linked.children, tuple(known), but=case.id)
        if told:
            sees_one = any(one.case_id for one in told)
            raise ChildHasOpenCase(told) if sees_one else AskFirst(told)

    async def _note(self, purpose: str, asked: Sequence[str], found: Iterable[Found]) -> None:
        ids = tuple(dict.fromkeys(one.child for one in found))
        asker = self.asker
        await self._children.note(Looked(asker.by, asker.at, purpose, tuple(asked), ids))

    async def _told(self, found: Sequence[Found]) -> tuple[Match, ...]:
        """Return matches as the asker may know of them: ids and codes, and whose case it is."""
        shown = sorted(found, key=lambda one: (-one.likeness.points, one.of, one.child))[
            :MOST_SHOWN
        ]
        children = tuple(dict.fromkeys(one.child for one in shown))
        cases = await self._cases(children, children)
        return tuple(
            Match(one.child, one.of, one.agrees, tuple(c for c in cases if c.child == one.child))
            for one in shown
        )

    async def _cases(
        self, children: Sequence[str], known: Sequence[str], but: str = ""
    ) -> tuple[CaseTold, ...]:
        """Return the open cases the asker may see.

        Who is not the authority's own is told of each other known child whom to ask: the same
        whether there is a case, was one, or never was, so that asking gives nothing away.
        """
        held = await open_cases(self._store, self._authority, children, but=but)
        people = await facts_for(self._store, [self.asker.by, *(one.responsible for one in held)])
        facts = {one.id: one for one in people}
        seen = [one for one in held if self._may_see(_agency(one, facts), facts)]
        told = tuple(CaseTold(one.child, one.case_id, one.reference) for one in seen)
        if self._may_see("", facts):
            return told
        hub, shown = Desk(Role.COORDINATOR, self._authority), {one.child for one in seen}
        return told + tuple(CaseTold(child, ask=hub) for child in known if child not in shown)

    def _may_see(self, agency: str, facts: dict[str, PersonFacts]) -> bool:
        return may_see_case(facts.get(self.asker.by), agency, self._authority)


def _agency(one: OpenCase, facts: dict[str, PersonFacts]) -> str:
    """Return where whoever has the case works; empty where nobody knows."""
    desk = one.responsible.partition(".")[2] if one.responsible_kind == "desk" else ""
    return facts[one.responsible].agency if one.responsible in facts else desk


def _probable(of: str, who: Identity, near: dict[str, Identified]) -> list[Found]:
    alike = (Found(of, child, likeness(who, other)) for child, other in near.items())
    return [one for one in alike if one.likeness.is_probable]


def _prove_links(who: Who, found: Iterable[Found]) -> None:
    """Raise Invalid where somebody joins a child to one that is no probable match."""
    pairs = {(one.of, one.child) for one in found}
    for child, match in who.same.items():
        if (child, match) not in pairs:
            _not_a_match(who, match)


def _not_a_match(who: Who, match: str) -> NoReturn:
    number = next(n for n, one in enumerate(who.matches) if one.child == match)
    raise Invalid((Problem(f"matches[{number}].child", "unknown_value", "a probable match"),))


def _answer(who: Who, found: Found) -> Answer:
    said = who.answers_of(found.of)[found.child]
    child = who.same.get(found.of, found.of) if said.answer is Said.DISMISSED else found.of
    return Answer(child, found.child, said.answer.value, found.agrees, said.reason)
