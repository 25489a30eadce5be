"""What anybody might try next about who leads: the half of `moves` that is a lead's life."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from statemodel.commands import (
    AcceptNomination,
    AnyCommand,
    AskAnotherManager,
    AskQuestion,
    Code,
    ContestAnswer,
    CoverLead,
    DecideReferral,
    DeclareDeadlock,
    DeclineNomination,
    EndCover,
    EndLead,
    ManagersAgree,
    OpenReview,
    Outcome,
    Reason,
    RecordChildsView,
    RecordFamilyDecision,
    RecordOversight,
    RecordReview,
    ReferAgain,
    RequestChange,
    RiskAnswer,
    StartPlannedLead,
    WhyAnother,
)
from statemodel.people import CLOCK, Actor
from statemodel.tenure import Lead, Nomination
from tests.builders import CHILD, PARENT, World, proposal, recorded


@dataclass(frozen=True)
class Attempt:
    """Something somebody tries; `more` goes to `context`."""

    command: AnyCommand
    by: str | Actor = "p-ana"
    more: dict[str, Any] = field(default_factory=dict)


def about_leading(world: World) -> list[Attempt]:
    return [
        *_planning_ahead(world),
        *(made for held in world.case.nominations[-3:] for made in _settling(world, held)),
        *(made for lead in _leads(world)[-3:] for made in _leading(world, lead)),
        *_reviewing(world),
        *_seeing(world),
    ]


def _leads(world: World) -> list[Lead]:
    return [lead for lead in world.case.every(Lead) if lead.live]


def _planning_ahead(world: World) -> Iterator[Attempt]:
    day = timedelta(days=1)
    soon, later = world.now + 10 * day, world.now + 30 * day
    everybody = world.case.children or (CHILD,)
    yield Attempt(proposal("p-own"))
    yield Attempt(proposal("p-own", children=everybody, change=Reason.NEEDS_CHANGED))
    yield Attempt(proposal("p-sam", until=soon))
    summer = proposal("p-jo", since=soon, until=later, change=Reason.PLANNED_INTERIM)
    yield Attempt(summer)
    yield Attempt(replace(summer, children=everybody[-1:]))
    yield Attempt(replace(summer, recorded=recorded()))
    yield Attempt(proposal("p-solo", since=later, change=Reason.KEY_TRANSITION))
    yield Attempt(proposal("p-sam", since=later, until=soon))


def _settling(world: World, held: Nomination) -> Iterator[Attempt]:
    yield from _saying_yes_or_no(world, held)
    yield from _passing_the_question_on(world, held)
    yield from _conferring(world, held)
    yield from _asking_the_family(world, held)


def _saying_yes_or_no(world: World, held: Nomination) -> Iterator[Attempt]:
    accept = AcceptNomination(nomination=held.id, doubt="Time", support="Help with the plan")
    for _ in range(3):  # as often as the managers' answers are tried
        yield Attempt(accept, held.nominee)
    yield Attempt(accept, "p-cat")
    yield Attempt(replace(accept, recorded=recorded(held.nominee, world.now)), "p-cat")
    yield Attempt(DeclineNomination(nomination=held.id, why="No time"), held.nominee)


def _passing_the_question_on(world: World, held: Nomination) -> Iterator[Attempt]:
    other = AskAnotherManager(
        nomination=held.id, seen=held.version, manager="p-dee", reason=WhyAnother.NOT_HERS
    )
    yield Attempt(other, held.asked)
    yield Attempt(replace(other, manager="p-head", reason=WhyAnother.OTHER), "p-cat")
    yield Attempt(replace(other, manager="p-lee"), "p-dee")
    for nobody in (held.asked, held.proposer, "p-nobody", "p-jo", "p-gone"):
        yield Attempt(replace(other, manager=nobody), "p-cat")
    yield Attempt(other, "p-jo")
    yield Attempt(replace(other, recorded=recorded(held.asked, held.proposed_at)), held.nominee)
    question = AskQuestion(nomination=held.id, seen=held.version, question="How many hours?")
    yield Attempt(question, held.asked)
    yield Attempt(replace(question, question=" "), held.asked)
    for by in (held.asked, held.nominee, "p-jo"):
        yield Attempt(ContestAnswer(nomination=held.id, note="On leave"), by)


def _conferring(world: World, held: Nomination) -> Iterator[Attempt]:
    plain = ManagersAgree(
        nomination=held.id, seen=held.version, nominee=held.nominee, conferred=("p-head",)
    )
    yield Attempt(plain, held.asked)
    yield Attempt(plain, "p-cat")
    yield Attempt(replace(plain, nominee="p-jo"), held.asked)
    yield Attempt(replace(plain, nominee="p-own"), held.asked)
    yield Attempt(replace(plain, nominee="p-own", conferred=("p-eve",)), held.asked)
    yield Attempt(replace(plain, conferred=(), nominee="p-gone"), held.asked)
    spoken = recorded(held.asked, max(held.proposed_at, world.now - timedelta(days=3)))
    yield Attempt(replace(plain, recorded=spoken), "p-cat")
    deadlock = DeclareDeadlock(nomination=held.id, seen=held.version, positions="Neither has hours")
    yield Attempt(deadlock, held.asked)
    yield Attempt(replace(deadlock, positions=" "), held.asked)
    ruling = DecideReferral(
        nomination=held.id, seen=held.version, nominee="p-own", reasons="Knows the family"
    )
    yield Attempt(ruling, "p-art")
    yield Attempt(ruling, "p-cat")
    yield Attempt(replace(ruling, nominee=held.nominee), "p-art")
    yield Attempt(replace(ruling, nominee="p-art", reasons=""), "p-art")


def _asking_the_family(world: World, held: Nomination) -> Iterator[Attempt]:
    yes = RecordFamilyDecision(
        nomination=held.id, seen=held.version, agrees=True, asked=(PARENT,), note="Glad it is her"
    )
    for _ in range(3):
        yield Attempt(yes)
    yield Attempt(replace(yes, asked=()))
    yield Attempt(replace(yes, recorded=recorded(at=world.now)), "p-cat")
    yield Attempt(replace(yes, agrees=False))
    yield Attempt(replace(yes, agrees=False, override="The court has ordered it"))


def _leading(world: World, lead: Lead) -> Iterator[Attempt]:
    yield Attempt(EndLead(lead=lead.id, seen=lead.version, reason=Reason.LEAVING_EMPLOYMENT))
    cover = CoverLead(
        lead=lead.id, seen=lead.version, cover="p-jo", until=world.now + timedelta(days=9)
    )
    yield Attempt(cover)
    yield Attempt(replace(cover, cover=lead.person))
    yield Attempt(replace(cover, cover="p-nobody", until=world.now - timedelta(days=1)))
    yield Attempt(StartPlannedLead(lead=lead.id), "p-cat")
    yield Attempt(EndCover(lead=lead.id), "p-cat")


def _reviewing(world: World) -> Iterator[Attempt]:
    yield Attempt(OpenReview(why="The date has come"))
    on = RecordReview(
        outcome=Outcome.CONTINUE,
        next_review=world.now + timedelta(days=40),
        family_experience="It helps",
        childs_view="School is better",
    )
    yield Attempt(on)
    yield Attempt(replace(on, childs_view="", family_experience=""))
    yield Attempt(replace(on, childs_view="", because="Asleep"))
    yield Attempt(replace(on, next_review=None))
    yield Attempt(replace(on, next_review=None, recorded=recorded(at=world.now)))
    yield Attempt(replace(on, next_review=world.now - timedelta(days=1)))
    end = replace(on, outcome=Outcome.CLOSE, code=Code.SINGLE_AGENCY_REMAINS)
    yield Attempt(end)
    yield Attempt(replace(end, code=None))
    yield Attempt(replace(end, code=Code.NOBODY_LEADS))
    yield Attempt(replace(end, code=Code.MOVED, risk=RiskAnswer(False, "p-eve", "Front door")))


def _seeing(world: World) -> Iterator[Attempt]:
    yield Attempt(RequestChange(by_whom=PARENT, why="We do not get on"), "p-jo")
    look = RecordOversight(looked_at="The plan", direction="Go on")
    yield Attempt(look, "p-eve")
    yield Attempt(replace(look, looked_at=" "), "p-lee")
    yield Attempt(replace(look, next_look=world.now + timedelta(days=20)), "p-cat")
    yield Attempt(replace(look, next_look=world.now - timedelta(days=20)), "p-cat")
    view = RecordChildsView(child=CHILD, view="Likes the club")
    yield Attempt(view)
    yield Attempt(replace(view, child="k-other"))
    yield Attempt(replace(view, was_seen=False))
    yield Attempt(replace(view, was_seen=False, why_not="Away with her aunt"))
    yield Attempt(ReferAgain(why="School reports a change"))
    yield Attempt(ReferAgain(why=" "), "p-jo")


def too_early(world: World) -> None:
    """The clock never comes before its time; if it did, it would be told so."""
    for lead in _leads(world):
        world.ask(StartPlannedLead(lead=lead.id), CLOCK)
        world.ask(EndCover(lead=lead.id), CLOCK)
