"""What anybody might try next, sensible or not: one list, walked by numbers.

A history is a list of numbers; each picks one of `attempts(world)`. Hypothesis shrinks them, a
seeded walk repeats them, and both go through the same door as people do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from statemodel import Case, Entry, evolve, next_deadline
from statemodel.commands import (
    AcceptNomination,
    AgreeNomination,
    AnswerTask,
    Code,
    CoverLead,
    Decider,
    EnterInError,
    FamilyWish,
    How,
    Mistake,
    RaiseConcern,
    RaiseNominationConcern,
    Reason,
    ReportUndelivered,
    RiskAnswer,
    Wish,
)
from statemodel.people import CLOCK, POST
from statemodel.policy import Silence
from statemodel.tenure import Lead, NominationState
from tests.builders import (
    CHILD,
    LAPSE,
    MONDAY,
    World,
    a_case,
    agreement,
    closing,
    identify,
    pack,
    proposal,
    recorded,
    refusal,
)
from tests.statemodel.early_moves import before_planning, early_worlds
from tests.statemodel.leading_moves import Attempt, about_leading
from tests.statemodel.planning_moves import (
    about_planning,
    assessed_first,
    met,
    met_in_delivery,
    planned_alone,
)

WAYS = 27
WAITS = (0, 1, 5, 20, 30, 80, 200, 1000)  # hours


def attempts(world: World) -> list[Attempt]:
    """Everything worth trying on a case as it stands, but for what is about its plan."""
    return [
        *_opening(world),
        *_proposing(world),
        *_answering(world),
        *about_leading(world),
        *before_planning(world),
        *_closing(),
        *_beside(world),
        *_striking(world),
    ]


def _opening(world: World) -> Iterator[Attempt]:
    ago = recorded(at=world.now - timedelta(days=3))
    yield Attempt(identify())
    yield Attempt(identify(children=()))
    yield Attempt(identify(children=("k-9f2c", "k-2b77"), recorded=replace(ago, how=How.PHONE)))
    yield Attempt(identify(recorded=replace(ago, on_behalf_of="p-nobody")))
    yield Attempt(agreement())
    yield Attempt(agreement(), "p-stranger")
    yield Attempt(agreement(explained=False))
    yield Attempt(agreement(explained=False, because="Knew us already"), "p-cat")
    yield Attempt(agreement(recorded=ago))
    yield Attempt(refusal())
    yield Attempt(refusal(giver="f-other"), "p-jo")


def _proposing(world: World) -> Iterator[Attempt]:
    ago = recorded(at=world.now - timedelta(days=8))
    named = FamilyWish(Wish.NAMED, named="p-jo")
    yield Attempt(proposal())
    yield Attempt(proposal("p-solo"))
    yield Attempt(proposal("p-jo", because="The family would rather"))
    yield Attempt(proposal(recorded=ago), "p-cat")
    yield Attempt(proposal("p-gone"))
    yield Attempt(proposal("p-lee"))
    yield Attempt(proposal("p-nobody"))
    yield Attempt(proposal(children=("k-other",)))
    yield Attempt(proposal(wish=named))
    yield Attempt(proposal(wish=named, because="Away until May"))
    yield Attempt(proposal(wish=FamilyWish(Wish.COULD_NOT_BE_ASKED)))


def _answering(world: World) -> Iterator[Attempt]:
    for held in world.case.nominations[-2:]:
        yes = AgreeNomination(nomination=held.id, seen=held.version)
        no = RaiseNominationConcern(nomination=held.id, seen=held.version, concern="No hours")
        spoken = max(held.proposed_at, world.now - timedelta(days=1))
        for by in ("p-lee", "p-dee", "p-ana", "p-sam", held.nominee):
            yield Attempt(yes, by)
        pressed = {"received_at": world.now - timedelta(hours=60)}
        yield Attempt(yes, "p-lee", pressed)
        yield Attempt(replace(yes, recorded=recorded("p-lee", spoken)), "p-cat")
        yield Attempt(replace(yes, recorded=recorded("p-lee", spoken)), "p-sam")
        early = recorded("p-lee", held.proposed_at - timedelta(days=1))
        yield Attempt(replace(yes, recorded=early), "p-cat")
        yield Attempt(replace(yes, seen=1), "p-lee")
        yield Attempt(no, "p-lee")
        yield Attempt(replace(no, concern=" ", others_involved=("p-jo",)), "p-dee")
    yield Attempt(AgreeNomination(nomination="n999", seen=1), "p-lee")


def _closing() -> Iterator[Attempt]:
    alone = {"decided_by": Decider.PRACTITIONER}
    yield Attempt(closing())
    yield Attempt(closing(recorded=recorded(at=MONDAY)))
    yield Attempt(closing(family_view=""))
    yield Attempt(closing(family_view="", because="They moved at night"))
    yield Attempt(closing(Code.NOBODY_LEADS))
    yield Attempt(closing(Code.REACHED_AGE))
    yield Attempt(closing(Code.OPENED_IN_ERROR, **alone))
    yield Attempt(closing(Code.OUTCOMES_ACHIEVED, **alone))
    yield Attempt(closing(Code.DISENGAGED))
    yield Attempt(closing(Code.MOVED, risk=RiskAnswer(False, "p-lee", "Front door")))
    yield Attempt(closing(Code.MOVED, risk=RiskAnswer(True, "p-eve", "Front door")))


def _beside(world: World) -> Iterator[Attempt]:
    yield Attempt(RaiseConcern(what="Afraid to go home"), "p-jo")
    yield Attempt(RaiseConcern(), "p-stranger")
    yield Attempt(RaiseConcern(people=("p-sam",), about_a_professional=True), "p-lee")
    for task in world.case.open_tasks[-2:]:
        done = AnswerTask(task=task.id, seen=task.version, done="Seen to")
        leads = [lead.person for lead in world.case.every(Lead) if lead.current]
        for by in ("p-cat", "p-dut", "p-sam", *leads[-1:]):
            yield Attempt(done, by)
        yield Attempt(replace(done, done=""), "p-cat")
    for held in world.case.nominations[-1:]:
        waits = held.state is NominationState.PROPOSED
        purpose = "please_answer" if waits else "lead_agreed_by_manager"
        lost = ReportUndelivered(message="m", purpose=purpose, subject=held.id, why="refused")
        yield Attempt(lost, POST)
        yield Attempt(lost, CLOCK)


def _striking(world: World) -> Iterator[Attempt]:
    for back in range(4):
        number = world.case.version - back
        for by in ("p-ana", "p-dut"):
            yield Attempt(EnterInError(entry=number, mistake=Mistake.MISTYPED), by)


def move(world: World, choice: int) -> None:
    """Make the attempt that a number picks, or let time pass."""
    choice, about = divmod(choice, 3)
    options = attempts(world) if about else about_planning(world)  # a third is about the plan
    place = choice % (len(options) + len(WAITS))
    if place >= len(options):
        world.wait(hours=WAITS[place - len(options)])
        return
    attempt = options[place]
    world.ask(attempt.command, attempt.by, **attempt.more)


def walked(choices: Iterable[int], world: World | None = None) -> World:
    """Return a world in which one attempt after another has been made."""
    world = world or World()
    for choice in choices:
        move(world, choice)
    return world


def walks(seed: int, histories: int, length: int) -> list[World]:
    """So many random histories, each begun well so that it gets somewhere; the same each time."""
    chance = Random(seed)
    numbers = ([chance.randrange(10_000) for _ in range(length)] for _ in range(histories))
    return [walked(choices, begun(number)) for number, choices in enumerate(numbers)]


def surveyed(world: World) -> World:
    """Return a world in which each attempt has been made from where it stands, and none counts."""
    stands = world.case
    for attempt in attempts(world):
        world.ask(attempt.command, attempt.by, **attempt.more)
        world.case = stands
    return world


def begun(number: int) -> World:
    """A world at one of the places where histories fork."""
    alerts = a_case(pack=pack(silence=Silence.ALERT_ONLY))
    ways = (
        World(),
        World().opened(),
        World().planning(),
        World().proposed(),
        World().proposed("p-solo"),
        World().proposed().wait_until(LAPSE),
        World(case=alerts).proposed().wait_until(LAPSE),
        _recorded_too_late(),
        World().delivered(),
        World().reviewing(),
        _two_children(),
        _objected(),
        _three_in_sequence(),
        World().delivered(),
        *early_worlds(),
        _covered(),
        _asked_until_it_was_over(),
        met(),
        met_in_delivery(),
        assessed_first(),
        planned_alone(),
    )
    assert len(ways) == WAYS
    return ways[number % WAYS]


def _two_children() -> World:
    """One leads for both; somebody else is proposed for one of them."""
    world, both = World(), (CHILD, "k-2b77")
    world.do(identify(children=both))
    world.do(agreement())
    world.do(proposal(children=both))
    world.confirmed().do(proposal("p-own", children=both[1:], change=Reason.NEEDS_CHANGED))
    return world


def _objected() -> World:
    world = World().proposed()
    world.do(world.objecting(), "p-lee")
    return world


def _three_in_sequence() -> World:
    """Leads planned at once, the second for a while, the third from then on (R148)."""
    day = timedelta(days=1)
    world = World().planning()
    first, second = world.now + 10 * day, world.now + 30 * day
    world.do(proposal(until=first))
    world.confirmed().do(proposal("p-own", since=first, until=second))
    world.confirmed().do(proposal("p-jo", since=second))
    return world.confirmed()


def _covered() -> World:
    """The lead is away for a week, and somebody stands in."""
    world = World().delivered()
    until = world.now + timedelta(days=7)
    held = world.lead
    world.do(CoverLead(lead=held.id, seen=held.version, cover="p-jo", until=until))
    return world


def _asked_until_it_was_over() -> World:
    """Proposed for a week, which was over before the family could be asked."""
    world = World().planning()
    world.do(proposal(until=world.now + timedelta(days=7)))
    held = world.nomination
    world.do(world.agreeing(), held.asked)
    world.do(AcceptNomination(nomination=held.id), held.nominee)
    return world.wait(days=8)


def _recorded_too_late() -> World:
    """A proposal written down when the four days were over: the manager was asked late."""
    world = World().planning().leap_to(LAPSE + timedelta(hours=3))
    world.do(proposal(recorded=recorded(at=MONDAY)))
    return world.tick()


def refolded(world: World, entries: Iterable[Entry]) -> Case:
    case = world.start
    for entry in entries:
        case = evolve(case, entry)
    return case


def stuck(case: Case) -> list[str]:
    """Which of the three an open case lacks: a responsible holder, a next step, a deadline."""
    if not case.is_open:
        return []
    lacks = ["nobody responsible"] if case.standing.responsible is None else []
    if next_deadline(case) is None:
        lacks.append("no running deadline")
    return lacks
