"""Rows on a form: as many as are wanted, and what is wrong stands beside the row it is in."""

from typing import Any

import pytest

from statemodel.planning import Action, Plan
from statemodel.things import Lead
from tests import builders as b
from tests.api.office import Browser, Office
from tests.console.test_forms import case_of
from tests.console.test_pages import acting

FORM: dict[str, Any] = {
    "id": "x", "needs_agreed": "yes", "outcomes_agreed": "yes", "parts_agreed": "yes",
    "priorities": "attendance", "next_review": "2026-02-16T10:00", "why_no_child": "Two years old",
    "invited.0.who": "mother", "invited.0.kind": "family", "invited.0.came": "attended",
}  # fmt: skip
ACTION = {"actions.2.what": "Visit", "actions.2.owner": "p-sam", "actions.2.by": "2026-01-14"}


async def _path(office: Office) -> tuple[str, str]:
    case_id = await office.open()
    await office.do(case_id, b.agreement())
    return case_id, f"/cases/{case_id}/do/record_meeting"


async def test_a_row_left_empty_is_not_meant_and_the_others_become_the_plan(
    console: Browser, office: Office
) -> None:
    case_id, path = await _path(office)
    answer = await console.post(path, data=FORM | ACTION, headers=acting())
    assert answer.status_code == 303
    assert [one.owner for one in case_of(office, case_id).every(Action)] == ["p-sam"]
    assert case_of(office, case_id).every(Plan)[0].number == 1


async def test_another_row_is_shown_with_all_that_was_typed_and_nothing_is_sent(
    console: Browser, office: Office
) -> None:
    case_id, path = await _path(office)
    before = (await console.get(path, headers=acting())).text
    assert 'name="actions.2.what"' in before
    assert 'name="actions.3.what"' not in before
    answer = await console.post(path, data=FORM | ACTION | {"more": "actions"}, headers=acting())
    assert answer.status_code == 200
    assert 'name="actions.3.what"' in answer.text
    assert 'value="Visit"' in answer.text
    assert 'name="invited.3.who"' not in answer.text
    assert not case_of(office, case_id).every(Action)


async def test_nobody_can_ask_for_rows_without_end(console: Browser, office: Office) -> None:
    _, path = await _path(office)
    far = {"actions.98.what": "Visit", "more": "actions"}
    answer = await console.post(path, data=FORM | far, headers=acting())
    assert 'name="actions.19.what"' in answer.text
    assert 'name="actions.20.what"' not in answer.text


async def test_what_is_wrong_in_a_row_stands_beside_that_row_though_others_are_empty(
    console: Browser, office: Office
) -> None:
    _, path = await _path(office)
    wrong = ACTION | {"actions.2.by": "soon"}
    answer = await console.post(path, data=FORM | wrong, headers=acting())
    assert answer.status_code == 422
    assert '<a href="#f-actions-2-by">' in answer.text


@pytest.mark.proves("R156")
async def test_a_form_about_whoever_leads_can_be_opened_and_sent(
    console: Browser, office: Office
) -> None:
    case_id = await office.led()
    (lead,) = case_of(office, case_id).every(Lead)
    path = f"/cases/{case_id}/do/cover_lead?thing={lead.id}"
    assert (await console.get(path, headers=acting())).status_code == 200
    form = {
        "id": "y", "thing": lead.id, "seen": str(lead.version), "cover": "p-jo",
        "until": "2026-01-12T09:00",
    }  # fmt: skip
    assert (await console.post(path, data=form, headers=acting())).status_code == 303
    assert case_of(office, case_id).every(Lead)[0].cover == "p-jo"
