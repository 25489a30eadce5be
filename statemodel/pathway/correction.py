"""Entered in error: struck, not edited; state and clocks follow (practice D22, R352)."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from statemodel.attempt import Asked
from statemodel.case import Case, Stage, Undo
from statemodel.command import Command, about
from statemodel.discretion import MOST_MEANT, TRUSTED
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import Chapter, MachineName, Row, Tell
from statemodel.pathway.concern import RaiseConcern
from statemodel.pathway.leading import RequestChange
from statemodel.pathway.tasks import leads_now
from statemodel.people import Hat, Holder, Person, Role
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.things import Task
from statemodel.unwinding import changed, falling, leaves_a_gap, led_twice, since, without


class Mistake(StrEnum):
    """What kind of mistake it was."""

    WRONG_CASE = "wrong_case"
    WRONG_PERSON = "wrong_person"
    MISTYPED = "mistyped"
    ENTERED_TWICE = "entered_twice"
    DID_NOT_HAPPEN = "did_not_happen"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterInError(Command):
    """Strike an entry that should never have been made."""

    kind = "enter_in_error"
    entry: int = about("The number of the entry", 4)
    mistake: Mistake = about("What kind of mistake", "mistyped")
    note: str = about("What happened", "Meant the other family", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class EntryStruck(Event):
    """The case stands as though the entry had never been; audit keeps it.

    `fell` are the clock's own entries that go with it, each by its version.
    """

    kind = "entry_struck"
    entry: int
    told: tuple[Holder, ...]
    not_to: tuple[str, ...] = ()
    fell: tuple[int, ...] | None = None


BATON = Authority.BATON
NO_SUCH_ENTRY = Unmet("no_such_entry", ("R352",), BATON, Strength.SENSE)
TOO_OLD = Unmet("entry_too_old_to_strike", ("R352",), BATON, Strength.SENSE)
FIRST_ENTRY = Unmet("first_entry_opens_the_case", ("R16",), BATON, Strength.SENSE)
STRUCK_ALREADY = Unmet("entry_struck_already", ("R352",), BATON, Strength.SENSE)
NOT_YOURS = Unmet("not_yours_to_strike", ("R28", "R352"), BATON, Strength.SENSE)
REQUEST_STAYS = Unmet("request_is_about_you", ("R152", "R352"), BATON, Strength.SENSE)
RESTED_ON = Unmet("later_entry_rests_on_it", ("R352",), BATON, Strength.SENSE)
A_GAP = Unmet("strike_leaves_a_gap", ("R161", "R352"), BATON, Strength.SENSE)


def undo_of(asked: Asked[EnterInError]) -> Undo | None:
    wanted = asked.command.entry
    return next((undo for undo in asked.case.undos if undo.version == wanted), None)


def something_can_be_struck(asked: Asked[Any]) -> Unmet | None:
    """Asked before there is a form; a form names its entry, and is judged by that."""
    if asked.command is not None:
        return None
    checks = (_kept, _not_theirs, _not_rested_on, _gap)
    for undo in reversed(asked.case.undos):  # the newest is the likeliest
        if not any(check(asked, undo) for check in checks):
            return None
    return NO_SUCH_ENTRY


def the_entry_can_be_struck(asked: Asked[EnterInError]) -> Unmet | None:
    entry, undo = asked.command.entry, undo_of(asked)
    if not 1 <= entry <= asked.case.version:
        return NO_SUCH_ENTRY.about(entry=str(entry))
    if undo is None:
        return FIRST_ENTRY if entry == 1 else TOO_OLD.about(entry=str(entry))
    return _kept(asked, undo)


def a_concern_stays_until_duty_says_so(asked: Asked[EnterInError]) -> Unmet | None:
    undo = undo_of(asked)
    return _not_theirs(asked, undo) if undo else None


def nothing_rests_on_it(asked: Asked[EnterInError]) -> Unmet | None:
    undo = undo_of(asked)
    return _not_rested_on(asked, undo) if undo else None


def nobody_is_left_without_it(asked: Asked[EnterInError]) -> Unmet | None:
    """What cannot be taken back without a gap is put right by what is recorded now (I1, D20)."""
    undo = undo_of(asked)
    if undo is None or _kept(asked, undo) or _not_rested_on(asked, undo):
        return None
    return _gap(asked, undo)


def _kept(asked: Asked[Any], undo: Undo) -> Unmet | None:
    if undo.version == 1:
        return FIRST_ENTRY
    if undo.command == EnterInError.kind:
        return TOO_OLD.about(entry=str(undo.version))
    return STRUCK_ALREADY.about(entry=str(undo.version)) if undo.struck else None


def _not_theirs(asked: Asked[Any], undo: Undo) -> Unmet | None:
    """Whoever it is about must not be able to strike it, nor what was done about it (D1, D3)."""
    if undo.command == RequestChange.kind and leads_now(asked):
        return REQUEST_STAYS
    if {asked.context.by.id, asked.answers_for} & set(undo.not_to):
        return NOT_YOURS
    roles = asked.actor.roles if asked.actor else ()
    return None if _strikers(undo).intersection(roles) else NOT_YOURS


def _strikers(undo: Undo) -> frozenset[Role]:
    """A concern is the duty manager's to strike; what came of a private one, of whoever sees it."""
    if undo.command == RaiseConcern.kind:
        return frozenset({Role.DUTY_MANAGER})
    private = any(type(thing) is Task and thing.private for thing in undo.things)
    return TRUSTED if private else frozenset(Role)


def _not_rested_on(asked: Asked[Any], undo: Undo) -> Unmet | None:
    """A later entry of a person that touched the same things must be struck first."""
    falls = falling(asked.case, undo)
    for later in since(asked.case, undo):
        if later not in falls and _rests(later, falls):
            return RESTED_ON.about(entry=str(later.version))
    twice = led_twice(without(asked.case, undo))
    return RESTED_ON.about(lead=twice) if twice else None


def _gap(asked: Asked[Any], undo: Undo) -> Unmet | None:
    return A_GAP if leaves_a_gap(without(asked.case, undo)) else None


def _rests(later: Undo, falls: tuple[Undo, ...]) -> bool:
    """Who was not told stays untold: the post's word about what is gone rests on nothing."""
    both_moved = later.standing is not None and any(fallen.standing for fallen in falls)
    gone = {name for fallen in falls for name in fallen.born}
    touched = {name for fallen in falls for name in changed(fallen)} - gone
    on_it = later.hat != Hat.POST and bool(changed(later) & gone)
    return both_moved or on_it or bool(changed(later) & touched)


def _happens(asked: Asked[EnterInError]) -> tuple[Event, ...]:
    undo = undo_of(asked)
    falls = falling(asked.case, undo) if undo else ()
    told = dict.fromkeys(holder for fallen in falls for holder in fallen.told)
    kept = dict.fromkeys(name for fallen in falls for name in fallen.not_to)
    fell = tuple(fallen.version for fallen in falls[1:]) or None
    return (EntryStruck(asked.command.entry, tuple(told), tuple(kept)[:MOST_MEANT], fell),)


def _fold(case: Case, event: EntryStruck, entry: Entry) -> Case:
    undo = next((held for held in case.undos if held.version == event.entry), None)
    if undo is None:
        return case
    case = without(case, undo)
    gone = {event.entry, *(event.fell or ())}
    undos = tuple(replace(u, struck=True) if u.version in gone else u for u in case.undos)
    return replace(case, undos=undos)


def _tells(case: Case, event: EntryStruck, entry: Entry) -> tuple[Tell, ...]:
    told = dict.fromkeys((*event.told, Person(entry.by.id)))
    entry_told = str(event.entry)
    return tuple(
        Tell(holder, "entered_in_error", entry_told, not_to=event.not_to) for holder in told
    )


EVERY_STAGE = tuple(stage for stage in Stage if stage is not Stage.NONE)
CHAPTER = Chapter(
    rows=(
        Row(
            EnterInError,
            MachineName.STAGE,
            EVERY_STAGE,
            None,
            ("R352",),
            asks=(something_can_be_struck,),
            needs=(
                the_entry_can_be_struck,
                a_concern_stays_until_duty_says_so,
                nothing_rests_on_it,
                nobody_is_left_without_it,
            ),
        ),
    ),
    happens={EnterInError: _happens},
    folds={EntryStruck: _fold},
    tells={EntryStruck: _tells},
)
