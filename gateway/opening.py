"""Trying an opening out: whoever may not open a case is told so before anything is made for it."""

from gateway.answers import refused
from statemodel import Actor, Case, Context, Facts, Hat, Refused, decide
from statemodel.commands import IdentifyNeed


def try_out(case: Case, command: IdentifyNeed, by: str, facts: Facts) -> None:
    """Raise the refusal that the case's first entry would meet."""
    context = Context(facts.as_of, facts.as_of, Actor(Hat.PERSON, by), facts)
    answer = decide(case, command, context)
    if isinstance(answer, Refused):
        raise refused(answer.reasons)
