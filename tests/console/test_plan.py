"""What was found out and planned, on the page of its case."""

from datetime import date

import pytest

from statemodel.assessing import Check, Part
from statemodel.commands import AgreedAction, CompleteAction, CompleteAssessment, OwnerKind
from statemodel.planning import Action
from statemodel.things import Assessment
from tests import builders as b
from tests.api.office import Browser, Office
from tests.beginnings import HERE, begin, checks, found
from tests.console.test_forms import case_of
from tests.console.test_pages import acting

SOON = date(2026, 1, 14)
CHECK = AgreedAction("Developmental check <b>soon</b>", "p-sam", by=SOON)
WISHED = AgreedAction("Counselling", "p-sam", only_if="Only if she wants it")
BEDTIME = AgreedAction("Bedtime by eight", b.PARENT, OwnerKind.FAMILY, by=SOON)


async def _planned(office: Office) -> str:
    case_id = await office.open()
    await office.do(case_id, b.agreement())
    return case_id


async def _page(console: Browser, case_id: str) -> str:
    return (await console.get(f"/cases/{case_id}", headers=acting())).text


@pytest.mark.proves("R65", "R66", "R77")
async def test_each_action_under_way_is_shown_with_its_words_its_owner_and_its_day(
    console: Browser, office: Office
) -> None:
    case_id = await _planned(office)
    await office.do(case_id, b.meeting(b.World(), actions=(CHECK, WISHED, BEDTIME)))
    text = await _page(console, case_id)
    table = text[text.index("What was agreed and is not settled yet") :]
    table = table[: table.index("</table>")]
    assert "Developmental check &lt;b&gt;soon&lt;/b&gt;" in table
    assert table.count("Sam Okoye") == 2
    assert table.count("Wed 14 Jan 2026") == 2
    assert "waits for the family&#39;s wish, or for its time" in table
    assert "The family&#39;s own" in table
    assert b.PARENT not in table
    assert "overdue" not in table.lower()


@pytest.mark.proves("R65")
async def test_an_action_that_is_done_stands_in_the_history_alone(
    console: Browser, office: Office
) -> None:
    case_id = await _planned(office)
    await office.do(case_id, b.meeting(b.World(), actions=(CHECK,)))
    (held,) = case_of(office, case_id).every(Action)
    await office.do(case_id, CompleteAction(action=held.id, seen=held.version, note="Done"))
    text = await _page(console, case_id)
    assert "What was agreed and is not settled yet" not in text
    assert "Developmental check" in text


@pytest.mark.proves("R24", "R42")
async def test_what_nobody_has_found_out_yet_is_said_and_how_far_the_assessment_is(
    console: Browser, office: Office
) -> None:
    case_id = await _planned(office)
    assert "assessment" not in (await _page(console, case_id)).split("<h2>")[0].lower()
    await office.do(case_id, checks(found(Check.LEAD_IN_PLACE)))
    await office.do(case_id, begin())
    text = await _page(console, case_id)
    assert "Who else helps the family; Whether other worries have been raised" in text
    assert "assessment under way" in text
    (held,) = case_of(office, case_id).every(Assessment)
    shown = CompleteAssessment(
        assessment=held.id, seen=held.version, document=HERE, shows=tuple(Part)
    )
    await office.do(case_id, shown)
    assert f"assessment complete (Held here: {HERE.reference})" in await _page(console, case_id)
