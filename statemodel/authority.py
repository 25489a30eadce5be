"""Who may ask what, by role; who may *agree* is a guard of the table: nothing is judged twice."""

from typing import Any

from statemodel.attempt import Asked
from statemodel.command import Automatic
from statemodel.law import ANYBODY_AT_WORK
from statemodel.pathway.concern import RaiseConcern
from statemodel.pathway.tasks import ReportUndelivered
from statemodel.people import Hat
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.table import ROLES

NOT_BY_HAND = Unmet("only_baton_does_this", ("R352",), Authority.BATON, Strength.SENSE)
NOT_BY_MACHINE = Unmet("only_a_person_does_this", ("R101",), Authority.LAW, Strength.SENSE)
UNKNOWN_ACTOR = Unmet("person_not_known", ("R352",), Authority.BATON, Strength.SENSE)
LEFT = Unmet("actor_has_left", ("R352",), Authority.BATON, Strength.SENSE)
NOT_YOUR_ROLE = Unmet("not_for_your_role", ("R326", "R352"), Authority.BATON, Strength.SENSE)


def may(asked: Asked[Any], command: type[Any]) -> Unmet | None:
    """Return why this actor may not ask this command, or None; a concern anybody may raise."""
    if command is RaiseConcern:
        return None
    if issubclass(command, Automatic):
        return _may_automatic(asked, command)
    if asked.context.by.hat is not Hat.PERSON:
        return NOT_BY_MACHINE
    return _may_person(asked, command)


def _may_automatic(asked: Asked[Any], command: type[Any]) -> Unmet | None:
    hat = Hat.POST if command is ReportUndelivered else Hat.CLOCK
    return None if asked.context.by.hat is hat else NOT_BY_HAND


def _may_person(asked: Asked[Any], command: type[Any]) -> Unmet | None:
    actor = asked.actor
    if actor is None:
        return UNKNOWN_ACTOR.about(person=asked.context.by.id)
    if not actor.active:
        return LEFT
    allowed = ROLES.get(command, ANYBODY_AT_WORK)
    return None if allowed & set(actor.roles) else NOT_YOUR_ROLE
