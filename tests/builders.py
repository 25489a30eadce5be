"""Builders of all a test needs to put a question to the law, and a World that keeps its history.

Nobody here has a name; `PEOPLE` says who is what. Nothing reads a clock: a World owns its own.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

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
    Pack,
    PersonFacts,
    Refused,
    Role,
    available,
    decide,
    evolve,
    messages,
    next_deadline,
)
from statemodel.calendar import Calendar, ClosedDay, Shift, sealed
from statemodel.commands import (
    AgreeNomination,
    AnyCommand,
    CloseCase,
    Code,
    Decider,
    FamilyWish,
    IdentifyNeed,
    ParkDeadline,
    ProposeLead,
    RaiseNominationConcern,
    RecordAgreement,
    Recorded,
    Source,
    Wish,
    due_command,
)
from statemodel.people import CLOCK, POST
from statemodel.policy import Clocks, SafetyContacts
from statemodel.things import AgreementAnswer, Form, Nomination
from statemodel.working_days import Period, Unit

MONDAY = datetime(2026, 1, 5, 10, tzinfo=UTC)
LAPSE = datetime(2026, 1, 9, 17, tzinfo=UTC)  # Friday: four working days after MONDAY (R296)
SECRET = "the case's own secret"
AUTHORITY = "northshire"
CHILD, PARENT = "k-9f2c", "f-parent"
ENGLISH_BANK_HOLIDAYS = """
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26
"""
CLOCK_CHANGES = "2025-03-30 2025-10-26 2026-03-29 2026-10-25 2027-03-28 2027-10-31"


def _person(name: str, agency: str, *roles: Role, **more: Any) -> PersonFacts:
    return PersonFacts(name, agency, roles, **more)


PEOPLE = (
    _person("p-ana", "a-school", Role.PRACTITIONER, line_manager="p-head"),
    _person("p-head", "a-school", Role.LINE_MANAGER),
    _person("p-sam", "a-trust", Role.PRACTITIONER, line_manager="p-lee"),
    _person("p-jo", "a-trust", Role.PRACTITIONER, line_manager="p-lee"),
    _person("p-lee", "a-trust", Role.LINE_MANAGER, deputy="p-dee"),
    _person("p-dee", "a-trust", Role.LINE_MANAGER),
    _person("p-solo", "a-charity", Role.PRACTITIONER),
    _person("p-gone", "a-school", Role.PRACTITIONER, active=False),
    _person("p-cat", AUTHORITY, Role.COORDINATOR),
    _person("p-eve", AUTHORITY, Role.EARLY_HELP_MANAGER),
    _person("p-art", AUTHORITY, Role.ARBITER),
    _person("p-dut", AUTHORITY, Role.DUTY_MANAGER),
    _person("p-ops", AUTHORITY, Role.OPERATIONS),
)


def people(*more: PersonFacts) -> tuple[PersonFacts, ...]:
    """Everybody of PEOPLE, those given taking the place of their namesakes."""
    known = {person.id: person for person in (*PEOPLE, *more)}
    return tuple(known.values())


@cache
def calendar(pace: int | None = None) -> Calendar:
    """England from 2025 to 2028, business closing at five; a `pace` makes it a rehearsal's."""
    days_off = ENGLISH_BANK_HOLIDAYS.split()
    closed = tuple(ClosedDay(date.fromisoformat(day), "Bank holiday") for day in days_off)
    changes = (datetime.fromisoformat(f"{day}T01:00:00+00:00") for day in CLOCK_CHANGES.split())
    shifts = tuple(Shift(at, 60 if number % 2 == 0 else 0) for number, at in enumerate(changes))
    zero = Shift(datetime(2024, 10, 27, 1, tzinfo=UTC), 0)
    first, last = date(2025, 1, 1), date(2028, 12, 31)
    return sealed(
        Calendar(
            "england", "", "Europe/London", "17:00", first, last, closed, (zero, *shifts), pace
        )
    )


def days(amount: int) -> Period:
    return Period(amount, Unit.WORKING_DAYS)


def pack(**changes: Any) -> Pack:
    """A pack fit for live use: four days to answer, warned a day before; silence is referred."""
    clocks = Clocks(
        agreement=days(5),
        reapproach=Period(28, Unit.CALENDAR_DAYS),
        first_meeting=days(30),
        manager_answer=days(4),
        manager_reminder=Period(1, Unit.WORKING_DAYS_BEFORE),
        arbiter_decision=days(2),
        family_confirmation=days(5),
        concern=Period(4, Unit.HOURS),
        task=days(1),
        follow_up=days(2),
        reopening=Period(28, Unit.CALENDAR_DAYS),
        lead_wanted=days(10),
        review=Period(6, Unit.WEEKS),
        oversight=Period(3, Unit.MONTHS),
    )
    safety = SafetyContacts("01632 960001, 09:00 to 17:00", "01632 960002", "01632 960003")
    plain = Pack("tests", "0" * 32, "England", True, AUTHORITY, clocks, safety)
    return replace(plain, **changes)


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


@dataclass(frozen=True)
class Tried:
    """One attempt as it was made, with the answer it got."""

    case: Case
    command: AnyCommand
    context: Context
    answer: Entry | Refused


class World:
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

    def wait(self, **time: float) -> "World":
        return self.wait_until(self.now + timedelta(**time))

    def wait_until(self, moment: datetime) -> "World":
        """Let time pass; at each due instant the clock does what is due, the earliest first."""
        while (owed := next_deadline(self.case)) and owed.next_at <= moment:
            self.now = max(self.now, owed.next_at)
            self.tick()
        self.now = max(self.now, moment)
        return self

    def leap_to(self, moment: datetime) -> "World":
        self.now = moment
        return self

    def tick(self) -> "World":
        """Fire everything that is due now; what is refused is parked, as the engine does."""
        while (owed := next_deadline(self.case)) and owed.next_at <= self.now:
            answer = self.ask(due_command(self.case, owed), CLOCK)
            if isinstance(answer, Refused):
                codes = tuple(reason.code for reason in answer.reasons)
                self.do(ParkDeadline(deadline=owed.id, reasons=codes), CLOCK)
        return self

    @property
    def nomination(self) -> Nomination:
        """The newest proposal of a lead."""
        return self.case.every(Nomination)[-1]

    def opened(self) -> "World":
        self.do(identify())
        return self

    def planning(self) -> "World":
        self.opened().do(agreement())
        return self

    def proposed(self, nominee: str = "p-sam", **changes: Any) -> "World":
        self.planning().do(proposal(nominee, **changes))
        return self

    def agreeing(self, **changes: Any) -> AgreeNomination:
        """The manager's yes to the newest proposal, as it stands now."""
        held = self.nomination
        return replace(AgreeNomination(nomination=held.id, seen=held.version), **changes)

    def objecting(self, **changes: Any) -> RaiseNominationConcern:
        held = self.nomination
        plain = RaiseNominationConcern(nomination=held.id, seen=held.version, concern="No hours")
        return replace(plain, **changes)

    def told(self, purpose: str) -> list[str]:
        """Whom a purpose was told to, by id, in order."""
        return [message.to.id for message in self.messages if message.purpose == purpose]
