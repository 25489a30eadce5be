"""Forged posts, odd ways back, and words for every code that a page may have to say."""

import pytest

from config.policies import words_of
from console.wording import condition, own, problem, standing
from readmodel.conditions import Condition
from readmodel.queries import Standing
from tests.api.office import Browser, Office
from tests.console.test_forms import CLOSING, case_of
from tests.console.test_pages import acting


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "http://127.0.0.1:8080"}, 303),
        ({}, 303),
    ],
)
async def test_no_other_site_can_make_a_browser_post_here(
    headers: dict[str, str], status: int, console: Browser, office: Office
) -> None:
    case_id = await office.open()
    path = f"/cases/{case_id}/do/close_case"
    answer = await console.post(path, data=CLOSING, headers=acting() | headers)
    assert answer.status_code == status
    assert case_of(office, case_id).is_open == (status == 403)
    assert status == 303 or "999" in answer.text


async def test_who_one_acts_as_is_kept_where_no_script_and_no_other_site_reads_it(
    console: Browser,
) -> None:
    answer = await console.post("/acting", data={"by": "p-lee", "back": "/cases"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/cases")
    cookie = answer.headers["set-cookie"].lower()
    assert "baton_as=p-lee" in cookie
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil", "", "x"])
async def test_the_way_back_never_leads_elsewhere(back: str, console: Browser) -> None:
    answer = await console.post("/acting", data={"by": "p-lee", "back": back})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("bad", ["p-lee\r\nSet-Cookie: a=b", "p lee", "<b>", "é"])
async def test_no_header_can_be_smuggled_through_the_choice_of_a_person(
    bad: str, console: Browser
) -> None:
    answer = await console.post("/acting", data={"by": bad, "back": "/\r\nX-Bad: 1"})
    assert "set-cookie" not in answer.headers
    assert "x-bad" not in answer.headers


async def test_a_person_nobody_knows_is_nobody(console: Browser, office: Office) -> None:
    case_id = await office.open()
    text = (await console.get(f"/cases/{case_id}", headers=acting("p-stranger"))).text
    assert "Choose at the top of the page who you act as" in text
    assert "p-stranger" not in text


@pytest.mark.parametrize("case_id", ["c%20x", "c" * 65, "%3Cscript%3E", "..%2f..%2fetc"])
async def test_an_impossible_case_is_one_that_is_not_there(
    case_id: str, console: Browser, office: Office
) -> None:
    for path in (f"/cases/{case_id}", f"/cases/{case_id}/do/raise_concern"):
        answer = await console.get(path, headers=acting())
        assert answer.status_code in {200, 404}
        assert "<script" not in answer.text
    sent = await console.post(f"/cases/{case_id}/do/raise_concern", data={"what": "x"})
    assert sent.status_code == 404
    assert "999" in sent.text


async def test_the_style_sheet_is_the_only_thing_a_browser_may_keep(console: Browser) -> None:
    sheet = await console.get("/static/console.css")
    assert sheet.headers["cache-control"] == "max-age=3600"
    assert sheet.headers["content-type"].startswith("text/css")
    assert "url(" not in sheet.text


@pytest.mark.parametrize("code", list(Condition))
def test_every_condition_has_words_for_what_why_and_what_to_do(code: Condition) -> None:
    for part in ("says", "did", "remedy"):
        assert condition(code.value, part, words_of("england-default"))


@pytest.mark.parametrize("code", list(Standing))
def test_every_standing_has_words(code: Standing) -> None:
    assert standing(code.value)


def test_an_unknown_problem_still_says_what_would_do() -> None:
    assert problem("never_heard_of", "a number") == "This cannot be read: a number"
    assert set(own()["condition"]) == {code.value for code in Condition}
