"""A list of groups, such as who came to a meeting, is asked as rows; empty rows are left out."""

from statemodel.commands import OwnerKind
from statemodel.planning import Action, Plan
from tests.api.office import Browser, Office
from tests.console.test_forms import case_of
from tests.console.test_pages import acting

MEETING = {
    "id": "x1",
    "invited.0.who": "f-parent",
    "invited.0.kind": "family",
    "invited.0.came": "attended",
    "invited.2.who": "p-sam",
    "invited.2.kind": "practitioner",
    "invited.2.came": "apologies",
    "why_no_child": "A baby",
    "needs_agreed": "yes",
    "outcomes_agreed": "yes",
    "parts_agreed": "yes",
    "priorities": "Sleep, hers\r\nhousing",
    "actions.0.what": "Visit",
    "actions.0.owner": "p-sam",
    "actions.0.by": "2026-03-02",
    "actions.0.every_weeks": "2",
    "actions.1.what": "Bedtime by eight",
    "actions.1.owner": "f-parent",
    "actions.1.owner_kind": "family",
    "actions.1.by": "2026-03-02",
    "next_review": "2027-03-02T10:00",
}


async def test_a_meeting_is_recorded_by_a_form_and_only_filled_rows_come(
    console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    path = f"/cases/{case_id}/do/record_meeting"
    form = MEETING | {f"actions.{n}.by": "2027-01-04" for n in (0, 1)}
    sent = await console.post(path, data=form, headers=acting("p-ana"))
    assert sent.status_code == 303
    case = case_of(office, case_id)
    assert [one.every_weeks for one in case.every(Action)] == [2, None]
    assert [one.owner_kind for one in case.every(Action)] == list(OwnerKind)
    assert [one.priorities for one in case.every(Plan)] == [("housing",)]


async def test_days_and_numbers_have_fields_of_their_own(console: Browser, office: Office) -> None:
    case_id = await office.proposed()
    path = f"/cases/{case_id}/do/record_meeting"
    shown = await console.get(path, headers=acting("p-ana"))
    assert 'type="date" id="f-actions-0-by"' in shown.text
    assert "One a line" in shown.text
    wrong = MEETING | {"actions.0.every_weeks": "often", "actions.1.every_weeks": "2"}
    sent = await console.post(path, data=wrong, headers=acting("p-ana"))
    assert sent.status_code == 422


async def test_a_row_that_lacks_something_is_given_back_with_what_was_typed(
    console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    path = f"/cases/{case_id}/do/record_meeting"
    form = MEETING | {"invited.0.kind": ""}
    sent = await console.post(path, data=form, headers=acting("p-ana"))
    assert sent.status_code == 422
    assert 'value="f-parent"' in sent.text


async def test_an_action_is_said_to_be_done_by_a_form_that_knows_which_one(
    console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    form = MEETING | {f"actions.{n}.by": "2027-01-04" for n in (0, 1)}
    await console.post(f"/cases/{case_id}/do/record_meeting", data=form, headers=acting("p-ana"))
    (_, theirs) = case_of(office, case_id).every(Action)
    path = f"/cases/{case_id}/do/complete_action"
    shown = await console.get(f"{path}?thing={theirs.id}", headers=acting("p-ana"))
    assert shown.status_code == 200
    done = {"id": "x2", "thing": theirs.id, "note": "Three nights of seven"}
    sent = await console.post(path, data=done, headers=acting("p-ana"))
    assert sent.status_code == 303
    assert case_of(office, case_id).thing(Action, theirs.id).state == "done"
