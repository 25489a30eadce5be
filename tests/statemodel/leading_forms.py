"""Forms about who leads, filled in as well as they can be for what `available` offers."""

from dataclasses import replace
from datetime import timedelta

from statemodel import Option
from statemodel.commands import (
    AcceptNomination,
    AgreeNomination,
    AskAnotherManager,
    AskQuestion,
    Command,
    ContestAnswer,
    CoverLead,
    DecideReferral,
    DeclareDeadlock,
    DeclineNomination,
    EndLead,
    ManagersAgree,
    OpenReview,
    Outcome,
    RaiseNominationConcern,
    Reason,
    RecordChildsView,
    RecordFamilyDecision,
    RecordOversight,
    RecordReview,
    ReferAgain,
    RequestChange,
    WhyAnother,
)
from statemodel.tenure import Nomination
from tests.builders import PARENT, World, recorded
from tests.statemodel.planning_forms import forms_about_planning

MANAGERS = ("p-lee", "p-head", "p-eve")


def forms_about_leading(world: World, asked: Option) -> list[Command]:
    known = {**_about_proposals(world, asked), **_about_leads(world, asked), **_about_help(world)}
    known |= forms_about_planning(world, asked)
    return known[asked.command]


def _about_proposals(world: World, asked: Option) -> dict[str, list[Command]]:
    thing, seen = asked.thing, asked.seen
    held = world.case.thing(Nomination, thing)
    nominee = held.nominee if held else "p-sam"
    in_time = recorded(held.asked, held.proposed_at) if held else None
    confer = ManagersAgree(nomination=thing, seen=seen, nominee=nominee, conferred=MANAGERS)
    family = [
        RecordFamilyDecision(nomination=thing, seen=seen, agrees=agrees, asked=(PARENT,))
        for agrees in (True, False)
    ]
    return {
        "agree_nomination": [AgreeNomination(nomination=thing, seen=seen)],
        "raise_nomination_concern": [
            RaiseNominationConcern(nomination=thing, seen=seen, concern="No hours")
        ],
        "ask_another_manager": [
            AskAnotherManager(
                nomination=thing, seen=seen, manager=manager, reason=WhyAnother.NOT_HERS
            )
            for manager in ("p-dee", "p-lee", "p-head", "p-eve")
        ],
        "ask_question": [AskQuestion(nomination=thing, seen=seen, question="How many hours?")],
        "contest_answer": [ContestAnswer(nomination=thing)],
        "accept_nomination": [AcceptNomination(nomination=thing)],
        "decline_nomination": [DeclineNomination(nomination=thing, why="No time")],
        "managers_agree": [confer]
        if asked.why_not
        else [replace(confer, recorded=in_time), confer],
        "declare_deadlock": [
            DeclareDeadlock(nomination=thing, seen=seen, positions="Neither has hours")
        ],
        "decide_referral": [
            DecideReferral(nomination=thing, seen=seen, nominee="p-own", reasons="Hours are found")
        ],
        "record_family_decision": list(family),
    }


def _about_leads(world: World, asked: Option) -> dict[str, list[Command]]:
    until = world.now + timedelta(days=9)
    covers = [
        CoverLead(lead=asked.thing, seen=asked.seen, cover=cover, until=until)
        for cover in ("p-jo", "p-own")
    ]
    return {
        "end_lead": [EndLead(lead=asked.thing, seen=asked.seen, reason=Reason.ROLE_CHANGE)],
        "cover_lead": list(covers),
        "request_change": [RequestChange(by_whom=PARENT)],
    }


def _about_help(world: World) -> dict[str, list[Command]]:
    return {
        "open_review": [OpenReview()],
        "record_review": [
            RecordReview(
                outcome=Outcome.CONTINUE,
                next_review=world.now + timedelta(days=40),
                family_experience="It helps",
                childs_view="School is better",
            )
        ],
        "record_oversight": [RecordOversight(looked_at="The plan")],
        "record_childs_view": [
            RecordChildsView(child=child, view="Likes the club")
            for child in world.case.children or ("k-9f2c",)
        ],
        "refer_again": [ReferAgain(why="School reports a change")],
    }
