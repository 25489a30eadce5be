"""Builders of all a test needs to put a question to the law, and a World that keeps its history.

Nothing reads a clock: a World owns its own.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from statemodel import (
    CURRENT_EDITION,
    Actor,
    Case,
    Context,
    Entry,
    Facts,
    Hat,
    Message,
    Option,
    Refused,
    available,
    decide,
    evolve,
    messages,
    next_deadline,
)
from statemodel.commands import (
    AcceptNomination,
    AgreeNomination,
    AnyCommand,
    Came,
    CloseCase,
    Code,
    Decider,
    FamilyWish,
    IdentifyNeed,
    Invitee,
    OpenReview,
    ParkDeadline,
    ProposeLead,
    RaiseNominationConcern,
    RecordAgreement,
    Recorded,
    RecordFamilyDecision,
    RecordMeeting,
    Seat,
    Source,
    Wish,
    due_command,
)
from statemodel.people import CLOCK, POST
from statemodel.tenure import AgreementAnswer, Form, Lead, Nomination
from tests.northshire import AUTHORITY, LAPSE, MONDAY, PEOPLE, calendar, days, pack, people

__all__ = ["AUTHORITY", "LAPSE", "MONDAY", "PEOPLE", "calendar", "days", "pack", "people"]

SECRET = "the case's own secret"
CHILD, PARENT = "k-9f2c", "f-parent"


def a_case(**changes: Any) -> Case:
    """A case that nobody has opened yet."""
    return replace(Case("c1", pack(), calendar(), CURRENT_EDITION), **changes)


def context(by: str | Actor = "p-ana", now: datetime = MONDAY, **changes: Any) -> Context:
    """Who asks and when; facts are fresh and the asking is received this very moment."""
    actor = by if isinstance(by, Actor) else Actor(Hat.PERSON, by)
    plain = Context(now, now, actor, Facts(now, people()), "command-1", SECRET)
    return replace(plain, **changes)


def recorded(by: str | None = None, at: datetime = MONDAY, **changes: Any) -> Recorded:
    """A fact that has happened; `by` is whose answer it is, when not the recorder's own."""
    return replace(Recorded(at, on_behalf_of=by), **changes)


def identify(**changes: Any) -> IdentifyNeed:
    return replace(IdentifyNeed(children=(CHILD,), source=Source.OBSERVATION), **changes)


def agreement(**changes: Any) -> RecordAgreement:
    plain = RecordAgreement(giver=PARENT, answer=AgreementAnswer.AGREED, form=Form.VERBAL)
    return replace(plain, **changes)


def refusal(**changes: Any) -> RecordAgreement:
    return agreement(answer=AgreementAnswer.REFUSED, **changes)


def proposal(nominee: str = "p-sam", **changes: Any) -> ProposeLead:
    wish = FamilyWish(Wish.NO_PREFERENCE)
    return replace(ProposeLead(children=(CHILD,), nominee=nominee, wish=wish), **changes)


def closing(code: Code = Code.OUTCOMES_ACHIEVED, **changes: Any) -> CloseCase:
    plain = CloseCase(code=code, decided_by=Decider.MEETING, family_view="Ready to go on alone")
    return replace(plain, **changes)


def meeting(world: "Lived", **changes: Any) -> RecordMeeting:
    """A meeting at which the parent was, everybody agreed, and the next one is in six weeks."""
    plain = RecordMeeting(
        invited=(
            Seat(PARENT, Invitee.FAMILY, Came.ATTENDED),
            Seat("p-sam", Invitee.PRACTITIONER, Came.ATTENDED, "a-trust"),
        ),
        why_no_child="Eighteen months old",
        needs_agreed=True,
        outcomes_agreed=True,
        parts_agreed=True,
        priorities=("housing", "Sleep, hers"),
        next_review=world.now + timedelta(days=42),
    )
    return replace(plain, **changes)


@dataclass(frozen=True)
class Tried:
    """One attempt as it was made, with the answer it got."""

    case: Case
    command: AnyCommand
    context: Context
    answer: Entry | Refused


class Lived:
    """One case, one clock, everything that happened: what due commands do is done when it is due.

    `wait_until` fires the clock at each due instant, in order; `leap_to` moves time and fires
    nothing, as when everything is down, and `tick` then fires what is overdue.
    """

    def __init__(self, now: datetime = MONDAY, case: Case | None = None) -> None:
        self.now = now
        self.start = self.case = case or a_case()
        self.known = people()
        self.entries: list[Entry] = []
        self.tried: list[Tried] = []
        self.messages: list[Message] = []

    def ask(self, command: AnyCommand, by: str | Actor = "p-ana", **more: Any) -> Entry | Refused:
        """Submit a command, as `context(**more)` says, and keep what comes of it."""
        facts = Facts(self.now, self.known)
        number = f"id-{len(self.tried) + 1}"
        asked = context(by, self.now, **({"facts": facts, "command_id": number} | more))
        answer = decide(self.case, command, asked)
        self.tried.append(Tried(self.case, command, asked, answer))
        if isinstance(answer, Entry):
            self.accept(answer)
        return answer

    def accept(self, entry: Entry) -> None:
        self.case = evolve(self.case, entry)
        self.entries.append(entry)
        self.messages.extend(messages(self.case, entry))

    def do(self, command: AnyCommand, by: str | Actor = "p-ana", **more: Any) -> Entry:
        """Submit what must be accepted."""
        answer = self.ask(command, by, **more)
        assert isinstance(answer, Entry), answer
        return answer

    def why_not(self, command: AnyCommand, by: str | Actor = "p-ana", **more: Any) -> list[str]:
        """Submit what must be refused; return the reasons' codes."""
        answer = self.ask(command, by, **more)
        assert isinstance(answer, Refused), "it was accepted"
        return [reason.code for reason in answer.reasons]

    def post(self, command: AnyCommand) -> Entry:
        return self.do(command, POST)

    def options(self, by: str | Actor = "p-ana") -> tuple[Option, ...]:
        return available(self.case, context(by, self.now, facts=Facts(self.now, self.known)))

    def wait(self, **time: float) -> Self:
        return self.wait_until(self.now + timedelta(**time))

    def wait_until(self, moment: datetime) -> Self:
        """Let time pass; at each due instant the clock does what is due, the earliest first."""
        while (owed := next_deadline(self.case)) and owed.next_at <= moment:
            self.now = max(self.now, owed.next_at)
            self.tick()
        self.now = max(self.now, moment)
        return self

    def leap_to(self, moment: datetime) -> Self:
        self.now = moment
        return self

    def tick(self) -> Self:
        """Fire everything that is due now; what is refused is parked, as the engine does."""
        while (owed := next_deadline(self.case)) and owed.next_at <= self.now:
            answer = self.ask(due_command(self.case, owed), CLOCK)
            if isinstance(answer, Refused):
                codes = tuple(reason.code for reason in answer.reasons)
                self.do(ParkDeadline(deadline=owed.id, reasons=codes), CLOCK)
        return self

    def told(self, purpose: str) -> list[str]:
        """Whom a purpose was told to, by id, in order."""
        return [message.to.id for message in self.messages if message.purpose == purpose]


class World(Lived):
    """The ways to the places where stories begin, and the forms for what waits there."""

    @property
    def lead(self) -> Lead:
        """The newest tenure."""
        return self.case.every(Lead)[-1]

    @property
    def nomination(self) -> Nomination:
        """The newest proposal of a lead."""
        return self.case.every(Nomination)[-1]

    def opened(self) -> Self:
        self.do(identify())
        return self

    def planning(self) -> Self:
        self.opened().do(agreement())
        return self

    def proposed(self, nominee: str = "p-sam", **changes: Any) -> Self:
        self.planning().do(proposal(nominee, **changes))
        return self

    def delivered(self, nominee: str = "p-sam", **changes: Any) -> Self:
        """Proposed, and everybody whose answer counts has said yes: the nominee leads."""
        return self.proposed(nominee, **changes).confirmed()

    def confirmed(self) -> Self:
        """The newest proposal: manager, nominee and family say yes."""
        held = self.nomination
        self.do(self.agreeing(), held.asked)
        self.do(AcceptNomination(nomination=held.id), held.nominee)
        self.do(self.family())
        return self

    def reviewing(self) -> Self:
        self.delivered().do(OpenReview())
        return self

    def family(self, **changes: Any) -> RecordFamilyDecision:
        """The family's answer to the newest proposal, as it stands now."""
        held = self.nomination
        plain = RecordFamilyDecision(
            nomination=held.id, seen=held.version, agrees=True, asked=(PARENT,)
        )
        return replace(plain, **changes)

    def agreeing(self, **changes: Any) -> AgreeNomination:
        """The manager's yes to the newest proposal, as it stands now."""
        held = self.nomination
        return replace(AgreeNomination(nomination=held.id, seen=held.version), **changes)

    def objecting(self, **changes: Any) -> RaiseNominationConcern:
        held = self.nomination
        plain = RaiseNominationConcern(nomination=held.id, seen=held.version, concern="No hours")
        return replace(plain, **changes)
