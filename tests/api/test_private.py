"""A private concern is shown to a duty manager or early help manager, and to nobody else (D3)."""

import json
from dataclasses import replace

import pytest

from gateway.viewing import Viewer
from statemodel import Role
from statemodel.commands import (
    AnswerTask,
    EnterInError,
    Mistake,
    RaiseConcern,
    RecordSharing,
    ReportUndelivered,
)
from statemodel.people import POST, Desk
from statemodel.things import Task, TaskKind, TaskState
from tests import builders as b
from tests.api.office import Browser, Office
from tests.api.test_asking import by

SECRET = "what Sam did at the swimming pool"
KEPT_FROM = ("p-ana", "p-sam", "p-cat", "p-ops", "p-lee", "p-art", "not-known")
PATHS = (
    "/v1/cases/{case}",
    "/v1/cases/{case}/history",
    "/v1/cases/{case}/available",
    "/v1/cases",
    "/v1/cases?standing=open_concern",
    "/v1/today",
    "/v1/needs-a-person",
)


async def told_of_sam(office: Office) -> str:
    """A case in which somebody worries about Sam, who is proposed as its lead."""
    case_id = await office.proposed()
    await office.do(case_id, RaiseConcern(what=SECRET, people=("p-sam",)), "p-jo")
    assert office.engine.runs[f"{case_id}.1"].case.open_tasks[0].private
    return case_id


async def everything_read(api: Browser, case_id: str, person: str) -> str:
    answers = [
        await api.get(path.format(case=case_id), headers={"Baton-As": person}) for path in PATHS
    ]
    assert [answer.status_code for answer in answers] == [200] * len(PATHS)
    return "\n".join(answer.text for answer in answers)


@pytest.mark.parametrize("person", KEPT_FROM)
async def test_those_it_is_kept_from_find_no_trace(
    person: str, api: Browser, office: Office
) -> None:
    case_id = await told_of_sam(office)
    text = await everything_read(api, case_id, person)
    assert SECRET not in text
    assert "t4" not in text
    assert "d4" not in text
    assert "concern_raised" not in text
    assert '"condition":"open_concern"' not in text
    shown = json.loads(text.split("\n")[0])
    assert (shown["open_concerns"], shown["open_tasks"]) == (0, 0)
    assert shown["next_step"] == "manager_answer"


@pytest.mark.parametrize("person", ["p-dut", "p-eve"])
async def test_a_duty_manager_and_an_early_help_manager_see_it(
    person: str, api: Browser, office: Office
) -> None:
    case_id = await told_of_sam(office)
    text = await everything_read(api, case_id, person)
    assert SECRET in text
    assert '"condition":"open_concern"' in text
    assert json.loads(text.split("\n")[0])["open_concerns"] == 1


async def test_everything_that_follows_from_it_is_kept_from_them_too(
    api: Browser, office: Office
) -> None:
    case_id = await told_of_sam(office)
    await office.wait(days=1)
    held = office.engine.runs[f"{case_id}.1"]
    late = [one for one in held.case.running if one.about == "t4"]
    assert late, "it went one step up, with a clock of its own"
    await office.do(case_id, AnswerTask(task="t4", seen=4, done="Spoke to the LADO"), "p-dut")
    history = await api.get(f"/v1/cases/{case_id}/history", headers=by("p-cat"))
    kinds = [one["command"] for one in history.json()["entries"]]
    assert kinds == ["identify_need", "record_agreement", "propose_lead"]
    assert "LADO" not in history.text
    full = await api.get(f"/v1/cases/{case_id}/history", headers=by("p-dut"))
    assert [one["command"] for one in full.json()["entries"]][3:] == [
        "raise_concern", "mark_missed", "answer_task",
    ]  # fmt: skip


async def test_a_strike_of_it_is_kept_from_them_too(api: Browser, office: Office) -> None:
    case_id = await told_of_sam(office)
    await office.do(case_id, EnterInError(entry=4, mistake=Mistake.WRONG_CASE), "p-dut")
    history = await api.get(f"/v1/cases/{case_id}/history", headers=by("p-cat"))
    assert [one["version"] for one in history.json()["entries"]] == [1, 2, 3]


async def test_whoever_must_tell_the_duty_desk_by_hand_is_not_told_of_what(
    api: Browser, office: Office
) -> None:
    case_id = await told_of_sam(office)
    held = office.engine.runs[f"{case_id}.1"]
    desk = Desk(Role.DUTY_MANAGER, b.AUTHORITY).id
    message = f"{case_id}-4-concern_raised-{desk}"
    dead = ReportUndelivered(
        message=message, purpose="concern_raised", subject="t4", why="address_refused"
    )
    held._ask(dead, b.context(POST, office.engine.now, command_id=message, secret=held._secret))
    await office.engine.courier(held)
    shown = (await api.get(f"/v1/cases/{case_id}/history", headers=by("p-cat"))).json()["entries"]
    assert shown[-1]["command"] == "report_undelivered"
    assert shown[-1]["document"] is None
    assert "concern" not in json.dumps(shown)
    case = (await api.get(f"/v1/cases/{case_id}", headers=by("p-cat"))).json()
    assert (case["open_tasks"], case["open_concerns"]) == (1, 0)


async def test_a_concern_that_is_not_private_is_shown(api: Browser, office: Office) -> None:
    case_id = await office.proposed()
    await office.do(case_id, RaiseConcern(what="Afraid to go home"), "p-jo")
    text = await everything_read(api, case_id, "p-cat")
    assert "Afraid to go home" in text
    assert '"condition":"open_concern"' in text
    listed = (await api.get("/v1/cases?standing=open_concern", headers=by("p-cat"))).json()
    assert [one["case_id"] for one in listed["items"]] == [case_id]


async def test_where_a_case_cannot_be_asked_nothing_of_its_concerns_is_told(
    api: Browser, office: Office
) -> None:
    case_id = await told_of_sam(office)
    office.engine.runs.clear()
    listed = (await api.get("/v1/cases", headers=by("p-cat"))).json()["items"]
    assert [(one["case_id"], one["open_concerns"]) for one in listed] == [(case_id, 0)]


async def test_a_decision_to_share_is_not_shown_to_the_professional_it_is_about(
    api: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    shared = RecordSharing(agencies=("a-lado",), what=SECRET, why="To keep her safe")
    await office.do(case_id, replace(shared, people=("p-sam",)), "p-jo")
    for person, seen in (("p-sam", False), ("p-cat", True)):
        text = await everything_read(api, case_id, person)
        assert [SECRET in text, "a-lado" in text, "sharing_decided" in text] == [seen] * 3


def test_not_even_a_duty_manager_sees_a_concern_about_herself() -> None:
    owner = Desk(Role.DUTY_MANAGER, b.AUTHORITY)
    task = Task("t4", 4, TaskState.OPEN, TaskKind.CONCERN, owner, ("p-dut",), private=True)
    duty = frozenset({Role.DUTY_MANAGER})
    assert not Viewer("p-dut", duty).may_see(task)
    assert Viewer("p-other", duty).may_see(task)
