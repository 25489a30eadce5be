"""The page of somebody without an account: who and what is asked, and nothing about the family."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.explain import due_text, why_then
from console.given import Given
from console.looking import Look
from console.timeline import history
from gateway.viewing import Viewer
from readmodel.contacts import Channel, contacts_of
from readmodel.directory import everybody, names, who_sits
from readmodel.engine import StoreUnavailable
from statemodel import Case, Desk, Role
from statemodel.commands import AnswerTask, AskQuestion
from statemodel.tenure import Nomination
from statemodel.things import Task, TaskKind

MANAGERS = frozenset({Role.LINE_MANAGER, Role.EARLY_HELP_MANAGER})


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the page says of a proposal, in words."""

    who: str
    agency: str
    proposer: str
    proposers_agency: str
    day: str
    because: str
    since: str
    until: str
    contact: str
    is_over: bool
    asked: str
    agreed_by: str
    agreed_at: str
    exchange: tuple[tuple[str, str], ...] = ()


async def stranger(given: Given) -> Look:
    """A look without a person: no cookie is read, and with the store down nobody has a name."""
    now = given.gateway.clock()
    try:
        return Look(given, "", Viewer(), await everybody(given.gateway.store), now)
    except StoreUnavailable:
        return Look(given, "", Viewer(), (), now)


async def told(look: Look, case: Case, held: Nomination, reader: str) -> Told:
    agencies = await _agencies(look, held)
    return Told(
        who=look.who(held.nominee),
        agency=agencies[held.nominee],
        proposer=look.who(held.proposer),
        proposers_agency=agencies[held.proposer],
        day=due_text(held.due, clock=True),
        because=why_then(held.due),
        since=look.at(held.since) if held.since else "",
        until=look.at(held.until) if held.until else "",
        contact=await look.holder(case.standing.responsible),
        is_over=look.now > held.due.at,
        asked=look.who(held.asked),
        agreed_by=look.who(held.agreed_by) if held.agreed_by else "",
        agreed_at=look.at(held.agreed_at) if held.agreed_at else "",
        exchange=await _exchange(look, case, held, reader),
    )


async def whom_to_ring(look: Look) -> str:
    """Return who is on duty for early help, with a number where the directory has one."""
    store, pack = look.given.gateway.store, look.given.opening.pack
    try:
        sitting = await who_sits(store, Desk(Role.COORDINATOR, pack.authority))
        reached = await contacts_of(store, sitting) if sitting else {}
    except StoreUnavailable:
        return ""
    phone = reached.get(Channel.PHONE)
    return f"{look.who(sitting)}, {phone.address}" if sitting and phone else look.who(sitting or "")


def managers(look: Look, held: Nomination) -> tuple[tuple[str, str], ...]:
    """Return who might be the right one: managers where the practitioner works, nobody further."""
    people = {one.facts.id: one.facts for one in look.people}
    near = {people[one].agency for one in (held.nominee, held.asked) if one in people}
    not_these = (held.asked, held.nominee, held.proposer)
    found = (
        (one.facts.id, one.name)
        for one in look.people
        if one.facts.active and one.facts.agency in near and MANAGERS & set(one.facts.roles)
    )
    return tuple(sorted((one for one in found if one[0] not in not_these), key=lambda one: one[1]))


async def _agencies(look: Look, held: Nomination) -> Mapping[str, str]:
    people = {one.facts.id: one.facts.agency for one in look.people}
    named = await names(look.given.gateway.store, list(people.values()))
    both = (held.nominee, held.proposer)
    return {one: named.get(people.get(one, ""), people.get(one, "")) for one in both}


async def _exchange(
    look: Look, case: Case, held: Nomination, reader: str
) -> tuple[tuple[str, str], ...]:
    """Return what this reader asked before and what was replied, the oldest first."""
    mine = {
        task.id
        for task in case.every(Task)
        if task.what is TaskKind.MANAGER_ASKS and {held.id, reader} <= set(task.about)
    }
    if not mine:
        return ()
    said = []
    for line in await history(look, case.id):
        command, by = line.entry.command, line.entry.by.id
        if not line.spoken:
            continue
        if isinstance(command, AskQuestion) and by == reader and command.nomination == held.id:
            said.append(("You asked", command.question))
        if isinstance(command, AnswerTask) and command.task in mine:
            said.append(("Reply", command.done))
    return tuple(said)
