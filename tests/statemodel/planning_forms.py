"""Forms about the plan, filled in as well as they can be for what `available` offers."""

from datetime import timedelta

from statemodel import Option
from statemodel.commands import (
    Aside,
    BeginAction,
    Command,
    CompleteAction,
    NameTrustedPerson,
    SetActionAside,
    TakeInterimLead,
)
from tests.builders import CHILD, PARENT, World, meeting


def forms_about_planning(world: World, asked: Option) -> dict[str, list[Command]]:
    thing, seen = asked.thing, asked.seen
    children = world.case.children or (CHILD,)
    until = world.now + timedelta(minutes=1)
    by = world.now.date() + timedelta(days=30)
    return {
        "record_meeting": [meeting(world)],
        "begin_action": [BeginAction(action=thing, seen=seen, wished_by=PARENT, by=by)],
        "complete_action": [CompleteAction(action=thing, seen=seen)],
        "set_action_aside": [SetActionAside(action=thing, seen=seen, reason=Aside.NOT_NEEDED)],
        "take_interim_lead": [TakeInterimLead(children=world.case.vacant or children, until=until)],
        "name_trusted_person": [
            NameTrustedPerson(child=child, person="f-carer", sharing="By phone")
            for child in children
        ],
    }
