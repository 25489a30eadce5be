"""What must be known of an action when a meeting agrees it (R65–R67)."""

from typing import Protocol

from statemodel.attempt import Asked
from statemodel.pathway.action_clocks import a_sound_day
from statemodel.planning import Action, AgreedAction, OwnerKind
from statemodel.refusal import Authority, Strength, Unmet

MOST_AT_ONCE, MOST_LIVE, MOST_WEEKS = 20, 40, 52
NATIONAL, BATON = Authority.NATIONAL_GUIDANCE, Authority.BATON
INCOMPLETE = Unmet("action_incomplete", ("R65",), NATIONAL, Strength.ASK_WHY)
ODD_ACTION = Unmet("action_makes_no_sense", ("R65", "R66"), BATON, Strength.SENSE)
STRANGE_CHILD = Unmet("child_not_in_case", ("R1", "R67"), BATON, Strength.SENSE)
UNKNOWN_OWNER = Unmet("person_not_known", ("R65",), BATON)
TOO_MANY = Unmet("too_many_actions", ("R65",), BATON, Strength.SENSE)


class Agreeing(Protocol):
    """Whatever agrees actions."""

    @property
    def actions(self) -> tuple[AgreedAction, ...]: ...


def every_action_is_somebodys_and_timed(asked: Asked[Agreeing]) -> Unmet | None:
    """Each says what, whose, and by when or on what condition (R65)."""
    complete = all(one.what.strip() and one.owner and _timed(one) for one in asked.command.actions)
    return None if complete else INCOMPLETE


def _timed(form: AgreedAction) -> bool:
    return bool(form.by or form.since or form.every_weeks or form.only_if.strip())


def the_actions_make_sense(asked: Asked[Agreeing]) -> Unmet | None:
    """Days that lie ahead, in order; weeks that can be counted; children of this case."""
    for form in asked.command.actions:
        if not set(form.children) <= set(asked.case.children):
            return STRANGE_CHILD
        if _is_odd(asked, form):
            return ODD_ACTION
    return None


def _is_odd(asked: Asked[Agreeing], form: AgreedAction) -> bool:
    days = [day for day in (form.since, form.by) if day]
    ahead = all(a_sound_day(asked, day) for day in days)
    weeks = form.every_weeks is None or 1 <= form.every_weeks <= MOST_WEEKS
    return not ahead or not weeks or days != sorted(days)


def their_owners_are_known(asked: Asked[Agreeing]) -> Unmet | None:
    """To ask for; once agreed, it is recorded, and the desk has the clock of a stranger's (R65)."""
    strange = [one.owner for one in asked.command.actions if one.owner != owner_of(asked, one)]
    return UNKNOWN_OWNER.about(person=strange[0]) if strange else None


def owner_of(asked: Asked[Agreeing], form: AgreedAction) -> str:
    """Return whose an action is; nobody's, while no directory knows the practitioner named."""
    theirs = form.owner_kind is OwnerKind.PRACTITIONER
    strange = theirs and asked.context.facts.of(form.owner) is None
    return "" if strange else form.owner


def the_actions_can_be_kept(asked: Asked[Agreeing]) -> Unmet | None:
    """A case holds what people can oversee, and stays small (decision 6)."""
    more = len(asked.command.actions)
    live = sum(action.live for action in asked.case.every(Action))
    kept = more <= MOST_AT_ONCE and live + more <= MOST_LIVE
    return None if kept else TOO_MANY.about(number=str(live + more))
