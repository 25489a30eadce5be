"""Facts about the people a submission mentions, looked up afresh and kept in the entry (16)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from readmodel.away import times_away
from readmodel.directory import approvers_of, facts_for
from readmodel.engine import Store
from statemodel import Facts, PersonFacts, Role
from statemodel.commands import AnyCommand, ProposeLead
from statemodel.people import Away
from wire import encode

LONGEST_ID: Final = 64
AHEAD: Final = timedelta(days=60)  # further than any policy gives a manager to answer
People = dict[str, PersonFacts]


async def look_up(store: Store, by: str, command: AnyCommand, now: datetime) -> Facts:
    """Return what the directory knows of the actor, of everybody named, and of their managers.

    Where a practitioner has no manager who works here still, the agency's approver is the one
    (D37). When managers are away is known where one is about to be asked, and nowhere else (D36).
    """
    named = {by, *_words(encode(command))}
    people = {one.id: one for one in await facts_for(store, sorted(named))}
    known = people | await _managers(store, people)
    people |= await _approved(store, people, known)
    managers = {one.line_manager for one in people.values() if one.line_manager}
    strangers = await facts_for(store, sorted(managers - known.keys()))
    known |= {one.id: one for one in strangers}
    others = {id_: known[id_] for id_ in sorted(managers - people.keys()) if id_ in known}
    if isinstance(command, ProposeLead):
        times = await times_away(store, managers, now.date(), now.date() + AHEAD)
        return Facts(now, tuple(_when_away(one, times) for one in (people | others).values()))
    return Facts(now, (*people.values(), *others.values()))


async def _managers(store: Store, people: People) -> People:
    wanted = {one.line_manager for one in people.values() if one.line_manager} - people.keys()
    return {one.id: one for one in await facts_for(store, sorted(wanted))} if wanted else {}


async def _approved(store: Store, people: People, known: People) -> People:
    """Return those practitioners for whom their agency's approver answers, with that said."""
    alone = [one for one in people.values() if _has_no_manager(one, known)]
    if not alone:
        return {}
    approvers = await approvers_of(store, {one.agency for one in alone})
    here = await facts_for(store, sorted(set(approvers.values())))
    active = {one.id for one in here if one.active}
    found = ((one, approvers.get(one.agency)) for one in alone)
    return {
        one.id: replace(one, line_manager=approver)
        for one, approver in found
        if approver in active and approver != one.id
    }


def _has_no_manager(one: PersonFacts, known: People) -> bool:
    manager = known.get(one.line_manager or "")
    return Role.PRACTITIONER in one.roles and (manager is None or not manager.active)


def _when_away(one: PersonFacts, times: Mapping[str, tuple[Away, ...]]) -> PersonFacts:
    return replace(one, away=times[one.id]) if one.id in times else one


def _words(value: Any) -> Iterator[str]:
    """Every short text of a form: the directory knows which of them are people."""
    if isinstance(value, str):
        if 0 < len(value) <= LONGEST_ID:
            yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _words(item)
