"""A decision to share: anybody's own, on a basis that is never agreement, held up by nothing."""

import pytest

from statemodel import Refused, Role, Stage
from statemodel.assessing import Basis, Sharing
from statemodel.commands import AnswerTask, EnterInError, Mistake, RaiseConcern, ReferAgain
from statemodel.things import Agreement, TaskKind
from tests.beginnings import Early, sharing
from tests.builders import PEOPLE, World, agreement, closing, recorded, refusal


@pytest.mark.proves("R33", "C27")
def test_a_decision_keeps_who_may_know_on_what_basis_and_whose_it_was() -> None:
    world = World().planning()
    world.do(sharing("a-trust", "a-other", basis=Basis.VITAL_INTERESTS), "p-jo")
    (held,) = world.case.every(Sharing)
    assert (held.agencies, held.basis) == (("a-trust", "a-other"), Basis.VITAL_INTERESTS)
    assert (held.by, held.at) == ("p-jo", world.now)


@pytest.mark.proves("C27", "R31")
def test_agreement_is_never_why_sharing_is_lawful() -> None:
    assert sharing().basis is Basis.PUBLIC_TASK
    assert not [basis for basis in Basis if "agree" in basis or "consent" in basis]


@pytest.mark.proves("C27")
@pytest.mark.parametrize("by", [one.id for one in PEOPLE if one.active])
def test_anybody_at_work_decides_it_on_their_own_authority(by: str) -> None:
    world = World().opened()
    known = next(one for one in PEOPLE if one.id == by)
    answer = world.ask(sharing(), by)
    assert isinstance(answer, Refused) == (known.roles == (Role.OPERATIONS,))


@pytest.mark.proves("C27")
def test_where_nobody_agreed_a_manager_looks_by_the_next_working_day_and_nothing_waits() -> None:
    world = World().opened()
    entry = world.do(sharing())
    (task,) = world.case.open_tasks
    assert (task.what, task.owner.id) == (
        TaskKind.SHARED_WITHOUT_AGREEMENT,
        "early_help_manager.northshire",
    )
    (owed,) = (one for one in world.case.running if one.about == task.id)
    assert (owed.due.amount, owed.due.day.isoformat()) == (1, "2026-01-06")
    assert (entry.moves, entry.departures) == ((), ())
    assert world.told("shared_without_agreement") == ["early_help_manager.northshire"]
    world.do(AnswerTask(task=task.id, seen=task.version, done="Right to share"), "p-eve")
    assert not world.case.open_tasks


@pytest.mark.proves("C27", "R302")
def test_a_manager_who_has_not_looked_is_reminded_and_nobody_below_is_asked() -> None:
    world = World().opened()
    world.do(sharing())
    (task,) = world.case.open_tasks
    world.wait(days=3)
    passed = [one.to.id for one in world.messages if one.about == task.id]
    assert set(passed) == {"early_help_manager.northshire"}
    assert "passed_up" in {one.purpose for one in world.messages if one.about == task.id}


@pytest.mark.proves("C27")
def test_whoever_decided_to_share_does_not_look_at_it_herself() -> None:
    world = World().opened()
    world.do(sharing(), "p-cat")
    (task,) = world.case.open_tasks
    done = AnswerTask(task=task.id, seen=task.version, done="Right to share")
    assert world.why_not(done, "p-cat") == ["not_your_task"]
    world.do(done, "p-eve")


@pytest.mark.proves("C27", "R34")
def test_where_somebody_agreed_nobody_is_asked_until_they_take_it_back() -> None:
    world = World().planning()
    world.do(sharing())
    assert world.told("shared_without_agreement") == []
    world.do(refusal())
    world.do(sharing())
    assert {task.what for task in world.case.open_tasks} == {
        TaskKind.AGREEMENT_WITHDRAWN,
        TaskKind.SHARED_WITHOUT_AGREEMENT,
    }


@pytest.mark.proves("R187", "C27")
def test_an_agreement_of_an_earlier_episode_does_not_stand_for_a_new_one() -> None:
    world = World().planning()
    world.do(closing())
    world.do(ReferAgain(why="School reports a change"))
    assert [one.over_at for one in world.case.every(Agreement)] == [world.now]
    world.do(sharing())
    assert len(world.case.open_tasks) == 1
    world.do(agreement())
    world.do(sharing())
    assert len(world.case.open_tasks) == 1


@pytest.mark.proves("R33")
def test_it_is_said_with_whom_what_and_why() -> None:
    world = World().planning()
    assert world.why_not(sharing(agencies=())) == ["sharing_with_nobody"]
    assert world.why_not(sharing(*(f"a-{n}" for n in range(17)))) == ["sharing_with_too_many"]
    for silent in (sharing(what=" "), sharing(why="")):
        assert world.why_not(silent) == ["sharing_not_explained"]
    world.do(sharing(why="", because="Told on the stairs"))
    world.do(sharing(why="", recorded=recorded()))
    assert len(world.entries[-1].departures) == 1


@pytest.mark.proves("C27")
def test_whom_it_is_about_is_told_nothing_and_neither_answers_nor_strikes_it() -> None:
    world = World().delivered()
    entry = world.do(sharing(people=("p-sam",)), "p-jo")
    (held,) = world.case.every(Sharing)
    assert held.not_to == ("p-sam",)
    strike = EnterInError(entry=entry.version, mistake=Mistake.WRONG_CASE)
    assert world.why_not(strike, "p-sam") == ["not_yours_to_strike"]
    alone = World().opened()
    alone.do(sharing(people=("p-eve",)), "p-jo")
    (task,) = alone.case.open_tasks
    done = AnswerTask(task=task.id, seen=task.version, done="Right to share")
    assert alone.why_not(done, "p-eve") == ["not_your_task"]
    assert {made.not_to for made in alone.messages if made.about == task.id} == {("p-eve",)}


@pytest.mark.proves("C27", "R28")
def test_no_sharing_decision_is_needed_for_a_concern_nor_holds_one_back() -> None:
    world = World().opened()
    world.do(RaiseConcern(what="Afraid"), "p-jo")
    first = [made for made in world.messages if made.safety]
    world.do(sharing())
    world.do(RaiseConcern(what="Afraid again"), "p-jo")
    again = [made for made in world.messages if made.safety][len(first) :]
    assert [made.to for made in again] == [made.to for made in first]


def test_a_hundred_decisions_are_a_hundred_entries_and_the_newest_stand_in_the_case() -> None:
    world = Early().planning()
    for number in range(100):
        world.do(sharing(f"a-{number}"))
    held = [one.agencies[0] for one in world.case.every(Sharing)]
    assert len(held) <= 40
    assert held[-16:] == [f"a-{number}" for number in range(84, 100)]


@pytest.mark.proves("C27", "R33", "R352")
def test_what_is_shared_after_help_has_ended_is_written_down_too() -> None:
    world = World().planning()
    world.do(closing())
    world.do(sharing(recorded=recorded(at=world.now)))
    assert world.case.every(Sharing)[-1].by == "p-ana"
    assert world.case.stage is Stage.CLOSED
    assert "not_from_here" in World().why_not(sharing())
