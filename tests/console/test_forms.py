"""Forms: sent once, answered with a redirect, and given back with everything that was typed."""

from typing import Any

import pytest

from config.wording import Phrase, phrase
from gateway.answers import Busy, Unavailable, Unknown
from statemodel import describe
from statemodel.assessing import Part
from statemodel.command import Automatic
from statemodel.commands import COMMANDS, RaiseConcern
from statemodel.tenure import Trusted
from statemodel.things import Assessment, Checks, NominationState
from tests import builders as b
from tests.api.office import Browser, Office
from tests.beginnings import begin
from tests.console.test_pages import acting

ASKED = [kind for kind, one in COMMANDS.items() if not issubclass(one, Automatic)]
CLOSING = {"id": "x1", "code": "outcomes_achieved", "decided_by": "meeting", "family_view": "Ready"}


def case_of(office: Office, case_id: str) -> Any:
    return office.engine.runs[f"{case_id}.1"].case


async def test_every_command_a_person_may_ask_has_a_form_for_each_of_its_fields(
    console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    await office.do(case_id, RaiseConcern(what="Afraid"), "p-jo")
    things = {"nomination": "n3", "task": "t4", None: ""}
    for kind in (one for one in ASKED if COMMANDS[one].thing in things):
        thing = things[COMMANDS[kind].thing]
        path = "/open" if kind == "identify_need" else f"/cases/{case_id}/do/{kind}?thing={thing}"
        answer = await console.get(path, headers=acting("p-dut"))
        assert answer.status_code == 200, kind
        for one in describe(COMMANDS[kind]).fields:
            if one.name != "because" or kind != "raise_concern":
                assert f'name="{one.name}' in answer.text or one.name == COMMANDS[kind].thing, one


@pytest.mark.parametrize("kind", [kind for kind in COMMANDS if kind not in ASKED])
async def test_what_only_baton_does_has_no_form(
    kind: str, console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    assert (await console.get(f"/cases/{case_id}/do/{kind}")).status_code == 404
    assert (await console.post(f"/cases/{case_id}/do/{kind}", data={})).status_code == 404


async def test_a_case_is_opened_by_a_form(console: Browser, office: Office) -> None:
    form = {"id": "x", "children": "k-1\r\nk-2", "source": "referral", "needs": ["sen", "health"]}
    sent = await console.post("/open", data=form, headers=acting("p-ana"))
    assert sent.status_code == 303
    (held,) = (run.case for run in office.engine.runs.values())
    assert held.children == ("k-1", "k-2")
    assert sent.headers["location"] == f"/cases/{held.id}?done=1"


async def test_pressed_twice_it_counts_once(console: Browser, office: Office) -> None:
    case_id = await office.proposed()
    form = {"id": "x", "thing": "n3", "seen": "3"}
    path = f"/cases/{case_id}/do/agree_nomination"
    answers = [await console.post(path, data=form, headers=acting("p-lee")) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert case_of(office, case_id).version == 4


async def test_an_answer_for_somebody_else_is_recorded_with_when_and_how(
    console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    await office.wait(hours=6)
    form = {
        "id": "x", "thing": "n3", "seen": "3", "recorded.happened_at": "2026-01-05T13:30",
        "recorded.how": "phone", "recorded.on_behalf_of": "p-lee",
    }  # fmt: skip
    path = f"/cases/{case_id}/do/agree_nomination"
    assert (await console.post(path, data=form, headers=acting("p-cat"))).status_code == 303
    assert case_of(office, case_id).nominations[0].state is NominationState.AGREED
    page = (await console.get(f"/cases/{case_id}", headers=acting())).text
    assert "happened Mon 5 Jan 2026, 13:30, by phone, said by Lee Wong" in page


async def test_a_refusal_comes_back_with_reasons_and_what_was_typed(
    console: Browser, office: Office
) -> None:
    case_id = await office.open()
    form = CLOSING | {"decided_by": "practitioner", "family_view": "Ready <soon>"}
    path = f"/cases/{case_id}/do/close_case"
    answer = await console.post(path, data=form, headers=acting())
    assert answer.status_code == 409
    assert "one practitioner alone does not decide that help ends" in answer.text
    assert "Decide it at the" in answer.text
    assert "Ready &lt;soon&gt;</textarea>" in answer.text
    assert 'value="practitioner" checked' in answer.text
    assert 'name="id" value="x1"' not in answer.text, "what is put right is a new asking"


async def test_what_cannot_be_read_stands_beside_its_question(
    console: Browser, office: Office
) -> None:
    case_id = await office.open()
    form = {"id": "x", "code": "made up", "family_view": "x" * 10_001}
    path = f"/cases/{case_id}/do/close_case"
    answer = await console.post(path, data=form, headers=acting())
    assert answer.status_code == 422
    for link, says in (
        ("#f-code", "Choose one of the answers offered"),
        ("#f-decided_by", "Give an answer"),
        ("#f-family_view", "This is too long"),
    ):
        assert f'<a href="{link}">' in answer.text
        assert says in answer.text


@pytest.mark.parametrize(
    ("trouble", "status", "says"),
    [
        (Unknown("late"), 202, "sent under the same number"),
        (Busy("full"), 429, "Others are at this case"),
        (Unavailable("gone"), 503, "Nothing was done"),
        (RuntimeError("a fault"), 500, "Something went wrong"),
    ],
)
async def test_in_trouble_what_was_typed_is_kept_under_the_same_number(
    trouble: Exception, status: int, says: str, console: Browser, office: Office
) -> None:
    case_id = await office.open()
    form = CLOSING | {"family_view": "All seven words of it"}
    office.engine.submit_trouble = trouble
    path = f"/cases/{case_id}/do/close_case"
    answer = await console.post(path, data=form, headers=acting())
    assert answer.status_code == status
    assert says in answer.text
    assert "All seven words of it</textarea>" in answer.text
    assert 'name="id" value="x1"' in answer.text
    office.engine.submit_trouble = None
    assert (await console.post(path, data=form, headers=acting())).status_code == 303


async def test_somebody_must_be_chosen_first_and_nothing_typed_is_lost(
    console: Browser, office: Office
) -> None:
    case_id = await office.open()
    answer = await console.post(f"/cases/{case_id}/do/close_case", data=CLOSING)
    assert answer.status_code == 400
    assert "Choose at the top of the page" in answer.text
    assert "Ready</textarea>" in answer.text


async def test_a_concern_needs_nobody_chosen_and_nothing_filled_in(
    console: Browser, office: Office
) -> None:
    case_id = await office.open()
    answer = await console.post(f"/cases/{case_id}/do/raise_concern", data={})
    assert (answer.status_code, answer.headers["location"]) == (303, "/received")
    assert case_of(office, case_id).open_tasks[0].what == "concern"
    page = (await console.get(f"/cases/{case_id}", headers=acting())).text
    assert f"Entry 2 · {phrase(Phrase.SOMEBODY)}" in page


async def test_a_concern_that_cannot_be_delivered_is_kept_and_says_so(
    console: Browser, office: Office
) -> None:
    case_id = await office.open()
    office.engine.trouble = Unavailable("gone")
    form = {"id": "x", "what": "Afraid", "recorded.happened_at": "not a time"}
    answer = await console.post(f"/cases/{case_id}/do/raise_concern", data=form, headers=acting())
    assert answer.headers["location"] == "/received?kept=1"
    ((_, document),) = office.spool.waiting()
    assert "Afraid" in document["command"]["what"]
    assert "not a time" in document["command"]["what"]
    assert "Please ring now" in (await console.get("/received?kept=1")).text


async def test_with_the_store_gone_a_reference_is_enough_to_raise_a_concern(
    console: Browser, office: Office
) -> None:
    reference = (await office.reference(await office.open())).replace("*", "%2A")
    await office.store.close()
    for suffix in ("", "-wal", "-shm"):
        (office.folder / f"baton.db{suffix}").unlink(missing_ok=True)
    (office.folder / "baton.db").mkdir()
    office.engine.trouble = Unavailable("gone")
    found = await console.get(f"/go?reference={reference}")
    assert found.status_code == 303
    form = await console.get(found.headers["location"])
    assert (form.status_code, "What worries you" in form.text) == (200, True)
    sent = await console.post(found.headers["location"], data={"what": "Afraid"})
    assert sent.headers["location"] == "/received?kept=1"
    today = await console.get("/")
    assert (today.status_code, "call 999" in today.text) == (503, True)


async def test_a_closing_that_says_why_goes_ahead(console: Browser, office: Office) -> None:
    case_id = await office.open()
    await office.do(case_id, b.agreement())
    form = {name: value for name, value in CLOSING.items() if name != "family_view"}
    path = f"/cases/{case_id}/do/close_case"
    first = await console.post(path, data=form, headers=acting())
    assert first.status_code == 409
    why = {"because": "They moved", "id": "x2"}
    again = await console.post(path, data=form | why, headers=acting())
    assert again.status_code == 303


async def test_what_is_asked_several_times_over_becomes_a_list_without_what_was_left_empty(
    console: Browser, office: Office
) -> None:
    case_id = await office.open()
    path = f"/cases/{case_id}/do/record_checks"
    form = {
        "id": "x", "answers.1.check": "other_concerns", "answers.1.finding": "no",
        "answers.1.source": "The parent", "answers.3.check": "lead_in_place",
        "answers.3.finding": "yes", "answers.3.source": "The index", "answers.3.person": "p-sam",
        "answers.3.on": "2026-01-02",
    }  # fmt: skip
    assert (await console.post(path, data=form, headers=acting())).status_code == 303
    (found,) = case_of(office, case_id).every(Checks)
    assert (len(found.found), found.lead_elsewhere) == (2, "p-sam")
    half = {"id": "y", "answers.0.check": "other_concerns", "answers.0.finding": "no"}
    answer = await console.post(path, data=half, headers=acting())
    assert answer.status_code == 422
    assert '<a href="#f-answers-0-source">' in answer.text


async def test_an_assessment_is_completed_by_a_form_with_its_document(
    console: Browser, office: Office
) -> None:
    case_id = await office.open()
    await office.do(case_id, b.agreement())
    await office.do(case_id, begin())
    (held,) = case_of(office, case_id).every(Assessment)
    path = f"/cases/{case_id}/do/complete_assessment"
    asked = await console.get(f"{path}?thing={held.id}", headers=acting())
    assert (asked.status_code, 'type="date"' in asked.text) == (200, True)
    form: dict[str, Any] = {
        "id": "x", "thing": held.id, "seen": str(held.version), "shows": [str(one) for one in Part],
        "document.where": "held_here", "document.reference": "EHA-1", "document.on": "2026-01-02",
    }  # fmt: skip
    assert (await console.post(path, data=form, headers=acting())).status_code == 303
    assert case_of(office, case_id).every(Assessment)[0].document.reference == "EHA-1"


@pytest.mark.proves("R169", "R28")
async def test_whom_a_child_trusts_or_who_leads_elsewhere_may_be_anybody(
    console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    for kind, name in (("name_trusted_person", "person"), ("record_checks", "answers.4.person")):
        shown = (await console.get(f"/cases/{case_id}/do/{kind}", headers=acting("p-sam"))).text
        question = shown[shown.index(f'name="{name}"') :]
        known = question[: question.index("</datalist>")]
        offered = [one in known for one in ('"p-lee"', f'"{b.CHILD}"', '"mother"')]
        assert offered == [True, True, True], kind
    form = {"id": "x", "child": b.CHILD, "person": "f-carer", "sharing": "By phone"}
    path = f"/cases/{case_id}/do/name_trusted_person"
    assert (await console.post(path, data=form, headers=acting("p-sam"))).status_code == 303
    assert case_of(office, case_id).newest(Trusted).person == "f-carer"
