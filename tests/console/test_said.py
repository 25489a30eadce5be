"""What the pages say, and to whom: concerns, tasks, managers, days off, what is not done yet."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest

from console.times import working_days_from
from gateway.answers import Unavailable
from statemodel.commands import AnswerTask, Code, RaiseConcern
from statemodel.pathway.closing import RiskAnswer
from statemodel.things import Agreement
from tests import builders as b
from tests.api.office import Browser, Office
from tests.console.test_forms import case_of
from tests.console.test_pages import acting

TILE = re.compile(r"(\d+)</span> Concern open")
ABOUT_DUTY = RaiseConcern(what="Shouted at her", people=("p-dut",))


async def main_of(console: Browser, path: str, person: str) -> str:
    text = (await console.get(path, headers=acting(person))).text
    return text.partition("<main")[2].partition("</main>")[0]


async def test_the_next_step_is_in_the_tasks_own_words_and_names_nobody_twice(
    console: Browser, office: Office
) -> None:
    case_id = await office.open()
    await office.do(case_id, RaiseConcern(what="Afraid"), "p-jo")
    text = await main_of(console, f"/cases/{case_id}", "p-eve")
    assert "Answer the concern about a child: with Dut Hale, duty manager on duty; due" in text
    assert "4 hours from Mon 5 Jan, 10:00" in text
    assert "Concern raised; passed to the duty manager" in text
    assert "))" not in text
    assert "Answer the concern about a child" in await main_of(console, "/cases", "p-eve")
    await office.do(case_id, AnswerTask(task="t2", seen=2, done="Visited"), "p-dut")
    assert "Concern about a child answered" in await main_of(console, f"/cases/{case_id}", "p-eve")


async def test_a_desk_that_decides_is_not_named_beside_its_own_decision(
    console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    await office.wait(days=5)
    text = await main_of(console, f"/cases/{case_id}", "p-cat")
    assert "Decision of the head of early help: with Art Penn on duty; due" in text
    assert "passed to the head of early help</li>" in text, "the manager is asked no longer"


async def test_what_may_be_done_stands_apart_from_what_may_not_yet(
    console: Browser, office: Office
) -> None:
    text = await main_of(console, f"/cases/{await office.open()}", "p-ana")
    now, _, later = text.partition("<h2>Not yet, and why</h2>")
    assert "Record whether somebody agrees to take part</a>" in now.partition("may be done now")[2]
    assert "there is no entry here that you can strike out" in later
    assert "Cannot be done yet" not in now


@pytest.mark.parametrize(("person", "number"), [("p-dut", 2), ("p-eve", 2), ("p-cat", 1), ("", 1)])
async def test_today_counts_the_concerns_that_this_person_may_know_of(
    person: str, number: int, console: Browser, office: Office
) -> None:
    await office.do(await office.open(), RaiseConcern(what="Afraid"), "p-jo")
    about = RaiseConcern(what="Shouted", about_a_professional=True)
    await office.do(await office.open(), about, "p-jo")
    text = await main_of(console, "/", person)
    assert TILE.findall(text) == [str(number)]
    assert f"See what needs a person ({number})" in text
    listed = await main_of(console, "/cases?standing=open_concern", person)
    assert listed.count("Concern open</strong>") == number


async def test_a_duty_manager_finds_no_trace_of_a_concern_about_herself(
    console: Browser, office: Office
) -> None:
    await office.do(await office.open(), ABOUT_DUTY, "p-jo")
    for path in ("/", "/cases", "/cases?standing=open_concern", "/needs-a-person"):
        text = await main_of(console, path, "p-dut")
        assert TILE.findall(text) in ([], ["0"])
        assert "Concern open</strong>" not in text
        assert "A concern about a child is open" not in text
    assert "A concern about a child is open" in await main_of(console, "/needs-a-person", "p-eve")


async def test_with_the_engine_gone_those_who_answer_concerns_still_miss_none(
    console: Browser, office: Office
) -> None:
    await office.do(await office.open(), RaiseConcern(what="Afraid"), "p-jo")
    office.engine.trouble = Unavailable("gone")
    assert TILE.findall(await main_of(console, "/", "p-dut")) == ["1"]
    assert TILE.findall(await main_of(console, "/", "p-cat")) == ["0"]
    assert "A concern about a child is open" in await main_of(console, "/needs-a-person", "p-dut")


async def test_a_concern_for_a_case_nobody_knows_says_whom_to_ring(console: Browser) -> None:
    for name in ("c-nobody", "no%20case"):
        sent = await console.post(f"/cases/{name}/do/raise_concern", data={"what": "Afraid"})
        assert sent.status_code == 404
        assert (
            "this concern has reached nobody. Ring the duty manager or the front door" in sent.text
        )


async def test_the_concern_form_says_who_is_told(console: Browser, office: Office) -> None:
    case_id = await office.open()
    text = await main_of(console, f"/cases/{case_id}/do/raise_concern", "p-jo")
    assert "whoever is responsible for the case is told" in text
    assert "only the duty manager and the early help manager are told" in text


async def test_a_concern_may_be_about_somebody_who_is_no_colleague(
    console: Browser, office: Office
) -> None:
    case_id = await office.open()
    people = ["p-sam", "k-9f2c", ""]
    path = f"/cases/{case_id}/do/raise_concern"
    assert (await console.post(path, data={"people": people})).status_code == 303
    assert case_of(office, case_id).open_tasks[0].about == ("p-sam", "k-9f2c")
    await console.post(path, data={"people": ["her step father"]})
    assert "people: her step father" in await main_of(console, f"/cases/{case_id}", "p-eve")


@pytest.mark.parametrize(("said", "kept"), [("Step father", "step-father"), ("k-9f2c", "k-9f2c")])
async def test_a_family_member_is_named_by_an_id_or_in_words(
    said: str, kept: str, console: Browser, office: Office
) -> None:
    case_id = await office.open()
    path = f"/cases/{case_id}/do/record_agreement"
    assert 'list="f-giver-known"' in await main_of(console, path, "p-ana")
    form = {"giver": said, "answer": "agreed", "form": "verbal", "explained": "yes"}
    assert (await console.post(path, data=form, headers=acting("p-ana"))).status_code == 303
    (agreement,) = case_of(office, case_id).every(Agreement)
    assert agreement.giver == kept


async def test_what_is_optional_says_so_once(console: Browser, office: Office) -> None:
    case_id = await office.proposed()
    text = await main_of(console, f"/cases/{case_id}/do/agree_nomination?thing=n3", "p-lee")
    assert 'It has happened already <span class="optional">(optional)</span>' in text
    assert "Conditions, if any</label>" in text
    assert text.count("(optional)") == 2


async def test_a_missing_answer_is_called_missing(console: Browser, office: Office) -> None:
    path = f"/cases/{await office.open()}/do/close_case"
    short = await console.post(path, data={"family_view": "Ready"}, headers=acting())
    assert (short.status_code, "Something is missing." in short.text) == (422, True)
    odd = await console.post(path, data={"code": "made up"}, headers=acting())
    assert "Not everything on the form can be read." in odd.text


async def test_only_what_can_still_be_struck_is_offered(console: Browser, office: Office) -> None:
    case_id = await office.open()
    path = f"/cases/{case_id}/do/enter_in_error"
    assert "There is no entry here that can be struck out." in await main_of(console, path, "p-ana")
    await office.do(case_id, b.agreement())
    offered = await main_of(console, path, "p-ana")
    assert re.findall(r'<option value="(\d+)"', offered) == ["2"]


async def test_the_history_gives_each_answer_under_the_question_that_was_asked(
    console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    risk = RiskAnswer(raises_concern=False, answered_by="p-eve", who_was_told="Nobody")
    await office.do(case_id, b.closing(code=Code.MOVED, risk=risk))
    text = await main_of(console, f"/cases/{case_id}", "p-ana")
    asked = "<dt>Whom the family asked for</dt><dd><bdi>They have no preference</bdi></dd>"
    assert asked in text
    assert "<dt>Does this ending raise a worry about the child?</dt><dd><bdi>No</bdi></dd>" in text


def test_no_day_off_falls_between_the_bars() -> None:
    monday = b.MONDAY
    days = working_days_from(b.calendar(), monday, 7)
    assert [one.off for one in days] == ["", "", "", "", "and weekend", "", ""]
    assert all(a.day.ends == z.day.begins for a, z in pairwise(days))
    saturday = working_days_from(b.calendar(), monday + timedelta(days=5), 1)[0]
    assert (saturday.day.begins.weekday(), saturday.off) == (5, "and weekend")
    easter = working_days_from(b.calendar(), monday.replace(month=4, day=2), 1)[0]
    assert easter.off == "and days off"
