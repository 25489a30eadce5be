"""Fold one entry into what we know. Never refuses, never asks why."""

import hashlib
from collections import defaultdict
from dataclasses import replace
from typing import Any

from statemodel.case import (
    KEPT_APART,
    KEPT_CHANGED,
    KEPT_DEADLINES,
    KEPT_LEADS,
    KEPT_RECEIPTS,
    KEPT_SETTLED,
    KEPT_UNDOS,
    Case,
    Receipt,
    Stage,
    Undo,
)
from statemodel.command import AnyCommand
from statemodel.deadlines import put
from statemodel.discretion import MOST_MEANT, kept_from
from statemodel.entry import Entry, Move
from statemodel.law import MachineName, Tell
from statemodel.machines import KINDS
from statemodel.messages import tells
from statemodel.people import Hat
from statemodel.plain import canonical, plain
from statemodel.table import FOLDS
from statemodel.tenure import Agreement, Lead
from statemodel.things import Assessment, Deadline, Sharing, Thing

APART: dict[type[Thing], int] = {
    Lead: KEPT_LEADS,
    Sharing: KEPT_APART,
    Assessment: KEPT_APART,
    Deadline: KEPT_DEADLINES,
}


def evolve(case: Case, entry: Entry) -> Case:
    """Return the case as it is after `entry`; its state stays bounded (decision 6)."""
    after = case
    for event in entry.events:
        after = FOLDS[type(event)](after, event, entry)
    for move in entry.moves:
        after = _moved(after, move, entry)
    undo = _undo(case, after, entry)
    return replace(
        after,
        version=entry.version,
        head=entry.digest,
        episode=entry.episode,
        edition=entry.edition,
        departures=after.departures + len(entry.departures),
        things=_bounded(after.things),
        undos=_strikeable((*after.undos, undo)),
        ledger=_ledger(case, entry),
    )


def _ledger(case: Case, entry: Entry) -> tuple[Receipt, ...]:
    """The clock's commands take no room: their ids are derived, and nobody asks them again."""
    if entry.by.hat is Hat.CLOCK:
        return case.ledger
    receipt = Receipt(entry.command_id, payload_hash(entry.command), entry.version, entry.at)
    return (*case.ledger, receipt)[-KEPT_RECEIPTS:]


def payload_hash(command: AnyCommand) -> str:
    """Return 32 hexadecimal characters that tell one command's content from another's."""
    return hashlib.sha256(canonical(plain(command))).hexdigest()[:32]


def _moved(case: Case, move: Move, entry: Entry) -> Case:
    """Only people make a newer version: an answer under way meets the clock's step, not a wall."""
    if move.machine == MachineName.STAGE:
        return replace(case, standing=replace(case.standing, stage=Stage(move.to)))
    kind = KINDS[MachineName(move.machine)]
    held: Any = case.thing(kind.thing or object, move.thing)
    if held is None:
        return case
    version = entry.version if entry.by.hat is Hat.PERSON else held.version
    return put(case, replace(held, state=kind.states(move.to), version=version))


def _undo(before: Case, after: Case, entry: Entry) -> Undo:
    held = {thing.id: thing for thing in before.things}
    changed = tuple(  # what was said again, word for word, was touched all the same
        held[thing.id] for thing in after.things if thing.id in held and held[thing.id] is not thing
    )
    born = tuple(thing.id for thing in after.things if thing.id not in held)
    moved = before.standing != after.standing
    told = tells(after, entry)
    return Undo(
        version=entry.version,
        command=entry.command.kind,
        hat=entry.by.hat,
        standing=before.standing if moved else None,
        things=changed,
        born=born,
        told=tuple(dict.fromkeys(tell.to for tell in told)),
        not_to=_kept_from(after, told, (*born, *(move.thing for move in entry.moves))),
        departures=len(entry.departures),
        about=_due(entry.command) if entry.by.hat is Hat.CLOCK else "",
    )


def _kept_from(after: Case, told: tuple[Tell, ...], things: tuple[str, ...]) -> tuple[str, ...]:
    """Whom an entry is kept from: those its messages are, and what it made or moved."""
    names = [name for tell in told for name in tell.not_to]
    names.extend(name for thing in things for name in kept_from(after, thing))
    return tuple(dict.fromkeys(names))[:MOST_MEANT]


def _strikeable(undos: tuple[Undo, ...]) -> tuple[Undo, ...]:
    """The newest entries, and however much the last one moved, it can be struck (decision 6)."""
    kept, changed = 0, 0
    for undo in reversed(undos[-KEPT_UNDOS:]):
        changed += len(undo.things)
        if kept and changed > KEPT_CHANGED:
            break
        kept += 1
    return undos[-kept:]


def _due(command: AnyCommand) -> str:
    """Return what the clock came for: the thing it names, or the deadline itself."""
    name: str = getattr(command, command.thing or "deadline", "")
    return name


def _bounded(things: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """Everything live is kept, each person's latest answers, and the newest of what is settled.

    Who has led, what was decided to share and what was assessed are kept apart, so that a year of
    reminders does not make the case forget them (R38, R187).
    """
    if len(things) <= KEPT_SETTLED:
        return things
    said = sorted((one for one in things if type(one) is Agreement), key=lambda one: one.at)
    latest = {(one.giver, one.form): one.id for one in said}
    current = frozenset(latest.values())
    settled: defaultdict[Any, list[str]] = defaultdict(list)
    for thing in things:
        if not thing.live and thing.id not in current:
            settled[type(thing) if type(thing) in APART else Thing].append(thing.id)
    forgotten = {
        name for kind in settled for name in settled[kind][: -APART.get(kind, KEPT_SETTLED)]
    }
    return tuple(thing for thing in things if thing.id not in forgotten) if forgotten else things
