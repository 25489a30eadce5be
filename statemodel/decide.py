"""May this happen, and what follows if it does?"""

from datetime import timedelta
from typing import Any

from statemodel.attempt import Asked, Context
from statemodel.authority import may
from statemodel.case import Case
from statemodel.command import AnyCommand, Command
from statemodel.entry import Entry, Move, seal
from statemodel.law import MachineName
from statemodel.machine import fire
from statemodel.machines import KINDS
from statemodel.pathway.concern import RaiseConcern
from statemodel.pathway.departure import departs
from statemodel.people import Hat
from statemodel.plain import utc_text
from statemodel.refusal import Authority, Refused, Strength, Unmet
from statemodel.table import HAPPENS, rows
from statemodel.things import Nomination, Thing

FRESH = timedelta(minutes=2)
AHEAD, BEHIND = timedelta(seconds=5), timedelta(hours=72)
OLD_FACTS = Unmet("facts_stale", ("R352",), Authority.BATON, Strength.SENSE)
ODD_RECEIPT = Unmet("received_at_implausible", ("R103",), Authority.BATON, Strength.SENSE)
IN_FUTURE = Unmet("happens_in_the_future", ("R352",), Authority.BATON, Strength.SENSE)
NO_SUCH_THING = Unmet("no_such_thing", ("R352",), Authority.BATON, Strength.SENSE)
MOVED_ON = Unmet("moved_on", ("R298",), Authority.BATON, Strength.SENSE)
WRONG_STATE = Unmet("not_from_here", ("R8",), Authority.NATIONAL_GUIDANCE, Strength.SENSE)
FIRST_ONE_WINS = Unmet("answered_already", ("R298",), Authority.LOCAL_POLICY, Strength.SENSE)


def decide(case: Case, command: AnyCommand, context: Context) -> Entry | Refused:
    """Return the entry `command` would add to the history, or every reason why not.

    Nonsense (who, which thing, when) is answered first and alone; then every guard at once.

    `context.now` orders; timeliness is judged by `received_at`, or by when a recorded fact happened
    (decision 7). A concern is judged by nothing (practice D1).
    """
    asked, name = _asked(case, command, context)
    first = _sense(asked)
    if first:
        return Refused(first)
    source = asked.state
    try:
        taken = fire(asked, name)
    except LookupError:
        return Refused((wrong_state(asked),))
    asked.state = source  # what follows reads where the case came from; the row says where to
    if not taken:
        assert asked.unmet, f"no row chosen for {command.kind} from {source}"
        return Refused(asked.unmet)
    return _entry(asked, name, source)


def machine_of(command: type[AnyCommand], edition: int) -> MachineName:
    """Return the machine a command moves; the stage's for one the case's edition does not know."""
    law = rows(command, edition)
    return law[0].machine if law else MachineName.STAGE


def _asked(case: Case, command: AnyCommand, context: Context) -> tuple[Asked[Any], MachineName]:
    name = machine_of(type(command), case.edition)
    thing: Any = thing_of(case, command)
    stage = name is MachineName.STAGE
    state = case.stage.value if stage else thing.state.value if thing else "none"
    return Asked(case, command, context, state, thing), name


def thing_of(case: Case, command: AnyCommand) -> Thing | None:
    """Return the thing of the case that the command names, if it names one that exists."""
    if command.thing is None:
        return None
    kind: Any = KINDS[MachineName(command.thing)].thing
    found: Thing | None = case.thing(kind, getattr(command, command.thing))
    return found


def _sense(asked: Asked[Any]) -> tuple[Unmet, ...]:
    if isinstance(asked.command, RaiseConcern):
        return ()
    checks = (may(asked, type(asked.command)), _thing(asked), *_times(asked))
    return tuple(reason for reason in checks if reason)


def _thing(asked: Asked[Any]) -> Unmet | None:
    """A command about a thing names it and the version of it the person saw (decision 5)."""
    command = asked.command
    if command.thing is None:
        return None
    name = getattr(command, command.thing)
    if asked.thing is None:
        return NO_SUCH_THING.about(thing=name)
    seen, held = getattr(command, "seen", None), getattr(asked.thing, "version", None)
    if seen is None or seen == held:
        return None
    return _answered(asked.thing) or MOVED_ON.about(thing=name, version=str(held))


def _answered(thing: Thing) -> Unmet | None:
    """Somebody else was first: say who, and when (I14)."""
    if not isinstance(thing, Nomination) or not thing.agreed_by or not thing.agreed_at:
        return None
    return FIRST_ONE_WINS.about(by=thing.agreed_by, at=utc_text(thing.agreed_at), thing=thing.id)


def _times(asked: Asked[Any]) -> tuple[Unmet | None, ...]:
    context = asked.context
    if context.by.hat is not Hat.PERSON:
        return ()
    old = context.now - context.facts.as_of > FRESH
    lead = context.received_at - context.now
    odd = lead > AHEAD or -lead > BEHIND
    future = asked.happened_at > context.now + AHEAD
    return OLD_FACTS if old else None, ODD_RECEIPT if odd else None, IN_FUTURE if future else None


def wrong_state(asked: Asked[Any]) -> Unmet:
    """Return why no row starts here: somebody answered already, or the state itself."""
    answered = _answered(asked.thing) if asked.thing else None
    return answered or WRONG_STATE.about(state=asked.state)


def _entry(asked: Asked[Any], name: MachineName, source: str) -> Entry:
    case, context = asked.case, asked.context
    events = HAPPENS[type(asked.command)](asked)
    recorded = isinstance(asked.command, Command) and asked.command.recorded is not None
    if asked.departures and recorded:
        events = (*events, *departs(asked, asked.departures))
    entry = Entry(
        case_id=case.id,
        version=asked.version,
        episode=case.episode,
        edition=case.edition,
        at=context.now,
        received_at=context.received_at,
        by=context.by,
        command_id=context.command_id,
        command=asked.command,
        facts=context.facts,
        pack=f"{case.pack.id}@{case.pack.hash[:12]}",
        moves=_moves(asked, name, source),
        events=events,
        departures=asked.departures,
        prev=case.head,
    )
    return seal(entry, context.secret)


def _moves(asked: Asked[Any], name: MachineName, source: str) -> tuple[Move, ...]:
    """Return the row's own step, and the stage's where it moves along."""
    letter = KINDS[name].letter
    born = f"{letter}{asked.version}" if letter else ""
    thing = asked.thing.id if asked.thing else born
    own = (Move(name, thing, source, asked.row.to),) if asked.row.to is not None else ()
    stage = asked.case.stage
    also = (
        Move(MachineName.STAGE, "", stage, step.to)
        for step in asked.row.also
        if stage in step.source
    )
    return *own, *also
