"""Ten years of one family's help: meetings, plans, reviews and worries, and the clock's work."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks.script import CAST, CHILD, STEPS
from statemodel import Actor, Case, Context, Entry, Facts, Hat, decide, evolve, next_deadline
from statemodel.commands import (
    AcceptNomination,
    AgreedAction,
    AgreeNomination,
    AnswerTask,
    AnyCommand,
    Came,
    CompleteAction,
    Invitee,
    OpenReview,
    Outcome,
    RaiseConcern,
    RecordChildsView,
    RecordFamilyDecision,
    RecordMeeting,
    RecordOversight,
    RecordReview,
    Seat,
    due_command,
)
from statemodel.people import CLOCK, PersonFacts, Role
from statemodel.planning import Action

YEARS, WEEKS_BETWEEN, ACTIONS = 10, 6, 6
EVE = PersonFacts("p-eve", "a-council", (Role.EARLY_HELP_MANAGER, Role.COORDINATOR))
BEGUN = datetime(2026, 1, 5, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tried:
    """One command as it was put, and the case as it stood then."""

    case: Case
    command: AnyCommand
    context: Context
    answer: object


class Life:
    """A case with its own clock, which does what is due on its way."""

    def __init__(self, case: Case, secret: str) -> None:
        self.case, self.now, self._secret = case, BEGUN, secret
        self.tried: list[Tried] = []

    def do(self, by: str, command: AnyCommand) -> None:
        answer = self._ask(Actor(Hat.PERSON, by), command)
        assert isinstance(answer, Entry), answer

    def pass_to(self, moment: datetime) -> None:
        while (owed := next_deadline(self.case)) and owed.next_at <= moment:
            self.now = max(self.now, owed.next_at)
            self._ask(CLOCK, due_command(self.case, owed))
        self.now = moment

    def _ask(self, by: Actor, command: AnyCommand) -> object:
        facts = Facts(self.now, (*CAST, EVE))
        name = f"{by.id}/{len(self.tried)}"
        context = Context(self.now, self.now, by, facts, name, self._secret)
        answer = decide(self.case, command, context)
        self.tried.append(Tried(self.case, command, context, answer))
        if isinstance(answer, Entry):
            self.case = evolve(self.case, answer)
        return answer


def decade(case: Case, secret: str) -> tuple[list[list[Tried]], Case]:
    """Return what was tried in each year, and the case as it stands after the last."""
    life = Life(case, secret)
    _begins(life)
    years: list[list[Tried]] = []
    turn = BEGUN
    for year in range(YEARS):
        before = len(life.tried)
        end = BEGUN + timedelta(days=365 * (year + 1))
        while (turn := turn + timedelta(weeks=WEEKS_BETWEEN)) < end:
            life.pass_to(turn)
            _six_weeks(life)
        turn -= timedelta(weeks=WEEKS_BETWEEN)
        years.append(life.tried[before:])
    return years, life.case


def _begins(life: Life) -> None:
    for by, command in STEPS[:3]:
        life.do(by, command)
    life.do("p-lee", AgreeNomination(nomination="n3", seen=3))
    life.do("p-sam", AcceptNomination(nomination="n3"))
    seen = life.case.nominations[0].version
    life.do("p-ana", RecordFamilyDecision(nomination="n3", seen=seen, agrees=True, asked=("f-1",)))


def _meeting(life: Life) -> RecordMeeting:
    by = (life.now + timedelta(weeks=3)).date()
    actions = tuple(AgreedAction(f"Visit {number}", "p-sam", by=by) for number in range(ACTIONS))
    return RecordMeeting(
        invited=(
            Seat("f-1", Invitee.FAMILY, Came.ATTENDED),
            Seat(CHILD, Invitee.CHILD, Came.APOLOGIES),
        ),
        needs_agreed=True,
        outcomes_agreed=True,
        parts_agreed=True,
        priorities=("attendance",),
        actions=actions,
        next_review=life.now + timedelta(weeks=WEEKS_BETWEEN),
    )


def _six_weeks(life: Life) -> None:
    life.do("p-sam", RecordChildsView(child=CHILD, view="Likes the club, not the bus"))
    life.do("p-eve", RecordOversight(looked_at="Plan and last review"))
    life.do("p-ana", RaiseConcern(what="Not at school since Monday, and nobody answers"))
    for task in life.case.open_tasks:
        life.do("p-eve", AnswerTask(task=task.id, seen=task.version, done="Visited; all well"))
    life.do("p-ana", _meeting(life))
    for action in [one for one in life.case.every(Action) if one.live][:ACTIONS]:
        life.do("p-sam", CompleteAction(action=action.id, seen=action.version, note="Done"))
    life.do("p-sam", OpenReview())
    following = life.now + timedelta(weeks=WEEKS_BETWEEN, days=2)
    life.do(
        "p-sam",
        RecordReview(
            outcome=Outcome.CONTINUE,
            next_review=following,
            family_experience="It helps",
            childs_view="School is better",
        ),
    )
