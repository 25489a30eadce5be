"""The pages over HTTP: what stands on them, in words, for whoever looks."""

import re

import pytest

from gateway.answers import Unavailable
from statemodel.commands import EnterInError, Mistake, RaiseConcern
from tests import builders as b
from tests.api.office import Browser, Office
from tests.api.test_reading import everything

PAGES = (
    "/", "/needs-a-person", "/cases", "/cases?stage=planning", "/cases?standing=overdue",
    "/cases/{case}", "/cases/{case}/do/close_case", "/cases/{case}/do/raise_concern",
    "/cases/{case}/do/agree_nomination?thing=n3", "/cases/{case}/do/enter_in_error", "/open",
    "/received", "/received?kept=1",
)  # fmt: skip


def acting(person: str = "p-cat") -> dict[str, str]:
    return {"Cookie": f"baton_as={person}"}


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/cases/c-nobody", "/go/none"])
async def test_every_page_says_whom_to_ring_and_when_its_figures_are_of(
    path: str, console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    answer = await console.get(path.format(case=case_id), headers=acting())
    assert answer.status_code == (200 if path in PAGES else 404)
    assert "call 999" in answer.text
    assert "01632 960001" in answer.text
    assert "Figures as of Mon 5 Jan 2026, 10:00" in answer.text
    assert "DEMONSTRATION" in answer.text
    assert "Local mode" in answer.text


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_takes_a_script_or_a_frame_or_is_kept(
    path: str, console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    answer = await console.get(path.format(case=case_id), headers=acting())
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<script|\sstyle=|\son\w+=", answer.text)


async def test_a_case_says_who_is_responsible_what_is_next_and_why_then(
    console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    text = (await console.get(f"/cases/{case_id}", headers=acting())).text
    assert "Ana Silva, accepted on Mon 5 Jan 2026" in text
    assert "due Fri 9 Jan: 4 working days from Mon 5 Jan" in text
    assert "Sam Okoye is proposed: line manager asked (Lee Wong)" in text
    assert "Line manager&#39;s answer: with Lee Wong; due Fri 9 Jan" in text
    assert '<td data-label="Why then">4 working days from Mon 5 Jan</td>' in text
    assert "the answer belongs to Lee Wong or the deputy" in text
    assert "local policy" in text
    assert not re.search(r"\bR\d+\b", text), "never a bare rule number (practice D16)"


async def test_the_clock_is_said_to_decide_nothing(console: Browser, office: Office) -> None:
    case_id = await office.proposed()
    await office.wait(days=5)
    text = (await console.get(f"/cases/{case_id}", headers=acting())).text
    assert "Not agreed; passed to the head of early help" in text
    by_clock = re.findall(r'<li id="entry-[45]">.*?</li>\s*(?=<li id|</ol)', text, re.DOTALL)
    assert len(by_clock) == 2
    assert all("No decision has been made" in entry for entry in by_clock)


async def test_a_struck_entry_is_marked_and_wordless(console: Browser, office: Office) -> None:
    case_id = await office.open()
    await office.do(case_id, b.agreement(note="of the wrong family"))
    await office.do(case_id, EnterInError(entry=2, mistake=Mistake.WRONG_CASE))
    text = (await console.get(f"/cases/{case_id}", headers=acting())).text
    assert '<li id="entry-2" class="struck">' in text
    assert "Struck out" in text
    assert "of the wrong family" not in text


@pytest.mark.parametrize("person", ["p-ana", "p-sam", "p-cat", "p-ops", "p-art", "nobody"])
async def test_a_private_concern_is_on_no_page_of_those_it_is_kept_from(
    person: str, console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    await office.do(case_id, RaiseConcern(what="at the pool", people=("p-sam",)), "p-jo")
    await office.wait(days=1)
    for path in PAGES:
        answer = await console.get(path.format(case=case_id), headers=acting(person))
        assert "at the pool" not in answer.text
        assert "Concern open</strong>" not in answer.text
        assert not re.search(r"[1-9]</span> Concern open", answer.text)
        assert "A concern about a child is open" not in answer.text
        assert 'id="entry-4"' not in answer.text
    duty = await console.get(f"/cases/{case_id}", headers=acting("p-dut"))
    assert "at the pool" in duty.text
    needed = await console.get("/needs-a-person", headers=acting("p-dut"))
    assert "A concern about a child is open" in needed.text


async def test_a_private_task_has_no_form_for_those_it_is_kept_from(
    console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    await office.do(case_id, RaiseConcern(what="at the pool", people=("p-sam",)), "p-jo")
    path = f"/cases/{case_id}/do/answer_task?thing=t4"
    assert (await console.get(path, headers=acting("p-cat"))).status_code == 404
    assert (await console.get(path, headers=acting("p-dut"))).status_code == 200


HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7919*7907}}", "${7919*7907}",
    "\u202etxet\u202c", "=cmd|'/c calc'!A1", "{% include 'x' %}",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
async def test_what_somebody_typed_is_shown_as_typed_and_does_nothing(
    text: str, console: Browser, office: Office
) -> None:
    case_id = await office.open()
    await office.do(case_id, b.agreement(note=text, because=text))
    await office.do(case_id, RaiseConcern(what=text, done=text), "p-jo")
    await office.do(case_id, b.proposal(why=text))
    page = await console.get(f"/cases/{case_id}", headers=acting("p-dut"))
    escaped = (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        .replace("'", "&#39;").replace('"', "&#34;")
    )  # fmt: skip
    assert page.text.count(f"<bdi>{escaped}</bdi>") == 5
    assert "<script" not in page.text
    assert str(7919 * 7907) not in page.text


async def test_looking_changes_nothing(console: Browser, office: Office) -> None:
    case_id = await office.proposed()
    await office.do(case_id, RaiseConcern(what="Afraid"))
    before, run = await everything(office), office.engine.runs[f"{case_id}.1"].case
    for path in (*PAGES, f"/go/{await office.reference(case_id)}"):
        answer = await console.get(path.format(case=case_id), headers=acting())
        assert "set-cookie" not in answer.headers
    assert await everything(office) == before
    assert office.engine.runs[f"{case_id}.1"].case == run


async def test_a_reference_leads_to_its_case_however_it_is_said(
    console: Browser, office: Office
) -> None:
    case_id = await office.open()
    said = (await office.reference(case_id)).lower()
    for spoken in (said, f"{said[:4]}-{said[4:8]}-{said[8:]}"):
        answer = await console.get("/go", params={"reference": spoken})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{case_id}")


async def test_without_an_engine_the_case_is_shown_from_the_record(
    console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    office.engine.trouble = Unavailable("gone")
    answer = await console.get(f"/cases/{case_id}", headers=acting())
    assert answer.status_code == 200
    assert "The engine does not answer at the moment" in answer.text
    assert "Raise a concern about a child" in answer.text
    assert "accepted on" in answer.text


async def test_a_list_shows_the_cases_its_figure_counted(console: Browser, office: Office) -> None:
    case_id = await office.proposed()
    await office.open()
    today = (await console.get("/", headers=acting())).text
    assert '<a href="/cases?stage=planning">Planning</a></th><td class="numeric">1</td>' in today
    listed = (await console.get("/cases?stage=planning", headers=acting())).text
    assert listed.count('<th scope="row">') == 1
    assert f'href="/cases/{case_id}"' in listed
    assert (await console.get("/cases?stage=gone", headers=acting())).status_code == 404


async def test_a_case_says_who_leads_each_child_or_that_nobody_does_yet(
    console: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    page = (await console.get(f"/cases/{case_id}", headers=acting())).text
    assert "<dt>Lead practitioner</dt><dd>Nobody leads yet</dd>" in page
