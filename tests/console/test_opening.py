"""The opening form asks who the children are, and a person answers for each probable match."""

import re
from typing import Any

import pytest

from console.looking import spoken
from readmodel.desks import desk_child, desk_child_answer
from tests.api.office import Browser, Office
from tests.api.test_matches import children_of, rows
from tests.console.test_pages import acting

ADA = {"who0.name": "Ada Byronplanted", "who0.born_on": "2015-03-04"}
FORM = {"id": "x1", "children": "k-1", "source": "referral", **ADA}
AGAIN = {**FORM, "id": "x2", "children": "k-2"}
HIDDEN = re.compile(r'type="hidden" name="(match[^"]+)" value="([^"]*)"')


async def sent(console: Browser, form: dict[str, Any], person: str = "p-ana") -> Any:
    return await console.post("/open", data=form, headers=acting(person))


async def opened(console: Browser, form: dict[str, Any]) -> str:
    answer = await sent(console, form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).removeprefix("/cases/").partition("?")[0]


def asked(page: str) -> dict[str, str]:
    """What a browser sends back of a match without being asked."""
    return dict(HIDDEN.findall(page))


async def test_the_form_asks_who_the_child_is_and_sends_on_enter_what_is_meant(
    console: Browser,
) -> None:
    page = (await console.get("/open", headers=acting())).text
    for name in ("name", "born_on", "due_on", "mother", "postcode", "ids"):
        assert f'name="who0.{name}"' in page
    assert 'name="who1.name"' not in page
    assert 'type="date"' in page
    form = page.partition("<main")[2]
    assert form.index("who0.name") < form.index('name="source"'), "who it is comes first"
    assert form.index("Open a case</button>") < form.index('name="more"'), "Enter presses the first"


async def test_a_child_more_is_asked_for_without_losing_what_was_typed(console: Browser) -> None:
    answer = await sent(console, {**FORM, "more": "1"})
    assert answer.status_code == 200
    assert 'name="who1.name"' in answer.text
    assert 'value="Ada Byronplanted"' in answer.text
    assert re.search(r'name="children" value="k-1 k-\S+"', answer.text)
    assert "Not done" not in answer.text


async def test_a_form_that_says_nothing_of_a_child_opens_as_ever(
    console: Browser, office: Office
) -> None:
    for number in range(2):
        form = {"id": f"x{number}", "children": "k-1", "source": "referral"}
        assert (await sent(console, form)).status_code == 303
    assert await rows(office, desk_child) == []


async def test_a_probable_match_is_shown_and_dismissed_with_a_reason(
    console: Browser, office: Office
) -> None:
    case_id = await opened(console, FORM)
    stopped = await sent(console, AGAIN)
    assert stopped.status_code == 409
    says = "Child 1 may be k-1, known here already: the same name, the same date of birth"
    assert says in stopped.text
    assert spoken(await office.reference(case_id)) in stopped.text
    assert "nothing is joined by itself" in stopped.text
    again = AGAIN | asked(stopped.text)
    assert again["match0.child"] == "k-1"
    unanswered = await sent(console, again)
    assert (unanswered.status_code, unanswered.text.count(f"<legend>{says}")) == (409, 1)
    bare = await sent(console, {**again, "match0.answer": "dismissed"})
    assert bare.status_code == 422
    assert 'id="f-match0-reason-error"' in bare.text
    told = {**again, "match0.answer": "dismissed", "match0.reason": "A cousin"}
    assert children_of(office, await opened(console, told)) == ("k-2",)
    (row,) = await rows(office, desk_child_answer)
    assert (row["child"], row["match"], row["answer"]) == ("k-2", "k-1", "dismissed")


async def test_the_same_child_is_sent_to_its_open_case_unless_somebody_says_why(
    console: Browser, office: Office
) -> None:
    case_id = await opened(console, FORM)
    same = AGAIN | asked((await sent(console, AGAIN)).text) | {"match0.answer": "same"}
    stopped = await sent(console, same)
    assert stopped.status_code == 409
    assert "A child has an open case: use that one" in stopped.text
    assert spoken(await office.reference(case_id)) in stopped.text
    other = await opened(console, {**same, "because": "A plan of its own, with its father"})
    assert children_of(office, other) == ("k-1",)


async def test_whoever_is_elsewhere_is_told_whom_to_ask_and_no_reference(
    console: Browser, office: Office
) -> None:
    case_id = await opened(console, FORM)
    stopped = await sent(console, AGAIN, "p-sam")
    assert "Speak with the" in stopped.text
    assert "open case" not in stopped.text
    assert spoken(await office.reference(case_id)) not in stopped.text
    assert case_id not in stopped.text


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"who0.born_on": "4 March"}, "f-who0-born_on-error"),
        ({"who0.ids": "123"}, "f-who0-ids-error"),
        ({"who0.name": "x" * 201}, "f-who0-name-error"),
    ],
)
async def test_what_cannot_be_read_is_said_beside_its_own_question(
    wrong: dict[str, str], where: str, console: Browser
) -> None:
    answer = await sent(console, FORM | wrong)
    assert answer.status_code == 422
    assert f'id="{where}"' in answer.text


async def test_what_is_wrong_with_the_second_child_stands_beside_the_second(
    console: Browser,
) -> None:
    form = {"id": "x", "children": "k-1 k-2", "source": "referral", "who1.born_on": "soon"}
    answer = await sent(console, form)
    assert 'id="f-who1-born_on-error"' in answer.text
    assert 'id="f-who0-born_on-error"' not in answer.text


@pytest.mark.proves("V14.2.1")
async def test_no_address_holds_a_name(console: Browser) -> None:
    answer = await sent(console, FORM)
    assert "Byronplanted" not in str(answer.headers)
    stopped = await sent(console, AGAIN)
    assert stopped.headers["cache-control"] == "no-store"
    assert not re.search(r'(href|action)="[^"]*Byronplanted', stopped.text)
