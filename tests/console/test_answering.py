"""Answering by link: looking changes nothing, pressing counts once, a spent link tells nothing."""

from datetime import timedelta
from typing import Any

import pytest

from gateway.links import context_of, links_of
from readmodel.directory import Listed, put_people
from readmodel.links import link_of
from readmodel.messages import messages_of
from readmodel.vault import Vault
from statemodel import PersonFacts, Role
from statemodel.commands import AgreeNomination, AnswerTask
from statemodel.tenure import Nomination, NominationState
from tests.api.office import Browser, Office

MAX = PersonFacts("p-max", "a-trust", (Role.LINE_MANAGER,))
NAMED = {"name": "Lee Wong", "seen": "3"}


async def link(office: Office, case_id: str, person: str, purpose: str = "please_answer") -> str:
    """The way to a person's own page, as the letter for that purpose says it."""
    found = await messages_of(office.store, case_id)
    mine = [m.message for m in found if (m.message.to.id, m.message.purpose) == (person, purpose)]
    token = await links_of(office.gateway).made_for(mine[-1], person, office.clock())
    return f"/answer/{token}"


def nomination(office: Office, case_id: str) -> Nomination:
    held = office.engine.runs[f"{case_id}.1"].case.thing(Nomination, "n3")
    assert held
    return held


def version(office: Office, case_id: str) -> int:
    return office.engine.runs[f"{case_id}.1"].case.version


@pytest.fixture
async def case_id(office: Office) -> str:
    await put_people(office.store, [Listed(MAX, "Max Reid")])
    return await office.proposed()


async def send(console: Browser, path: str, way: str, **more: Any) -> Any:
    return await console.post(path, data={"way": way, **NAMED, **more})


@pytest.mark.parametrize("query", ["", "?way=agree", "?way=not_hers", "?way=x", "?way=not_me"])
async def test_looking_changes_nothing_however_often_and_by_whomever(
    query: str, console: Browser, office: Office, case_id: str
) -> None:
    path = await link(office, case_id, "p-lee")
    before = version(office, case_id)
    for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE"):
        await console.ask(method, path + query)
    assert version(office, case_id) == before
    assert (await console.get(path)).status_code == 200


async def test_the_page_says_who_and_why_by_when_and_nothing_of_the_family(
    console: Browser, office: Office, case_id: str
) -> None:
    answer = await console.get(await link(office, case_id, "p-lee"))
    for told in ("Sam Okoye", "Ana Silva", "Fri 9 Jan", "4 working days", "999", "Cat Moor"):
        assert told in answer.text
    for kept in ("k-9f2c", "f-parent", case_id, "Acting as", "All cases"):
        assert kept not in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]


async def test_pressed_twice_it_counts_once_and_the_name_is_kept_sealed(
    console: Browser, office: Office, case_id: str
) -> None:
    path = await link(office, case_id, "p-lee")
    first, second = await send(console, path, "agree"), await send(console, path, "agree")
    assert first.status_code == 303
    assert second.status_code == 200
    assert nomination(office, case_id).agreed_by == "p-lee"
    assert version(office, case_id) == 4
    found = await links_of(office.gateway).find(path.rpartition("/")[2])
    assert found
    assert found.name_typed
    assert b"Lee" not in found.name_typed
    key = await office.vault.get(case_id)
    assert key
    assert Vault.open(key, found.name_typed, context_of(found)) == b"Lee Wong"
    assert await link_of(office.store, path.rpartition("/")[2]) is None, "only a digest is kept"


@pytest.mark.parametrize(
    ("way", "more"),
    [
        ("agree", {"name": " "}),
        ("agree", {"name": "x" * 101}),
        ("conditions", {}),
        ("not_able", {"text": " "}),
        ("not_hers", {}),
        ("question", {"text": "x" * 9_001}),
        ("nonsense", {}),
        ("not_me", {}),
    ],
)
async def test_what_is_missing_is_asked_for_again_and_nothing_is_done(
    way: str, more: dict[str, str], console: Browser, office: Office, case_id: str
) -> None:
    path = await link(office, case_id, "p-lee")
    answer = await send(console, path, way, **more)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert version(office, case_id) == 3


@pytest.mark.parametrize("body", [b"\xff\xfe", b"way=agree&way", b"seen=9&way=agree", b"=&=" * 99])
async def test_junk_is_no_answer(
    body: bytes, console: Browser, office: Office, case_id: str
) -> None:
    answer = await console.post(await link(office, case_id, "p-lee"), content=body)
    assert answer.status_code == 422
    assert version(office, case_id) == 3


async def test_the_question_goes_to_the_right_one_with_the_same_date(
    console: Browser, office: Office, case_id: str
) -> None:
    lee = await link(office, case_id, "p-lee")
    due = nomination(office, case_id).due
    assert (await send(console, lee, "not_hers", picked="p-max")).status_code == 303
    held = nomination(office, case_id)
    assert (held.asked, held.due) == ("p-max", due)
    spent = await console.get(lee)
    assert "Sam Okoye" not in spent.text
    assert spent.status_code == 200
    max_ = await link(office, case_id, "p-max")
    assert (await send(console, max_, "agree", name="Max Reid", seen="4")).status_code == 303
    assert nomination(office, case_id).state is NominationState.AGREED


async def test_a_question_is_replied_to_on_her_own_page(
    console: Browser, office: Office, case_id: str
) -> None:
    path = await link(office, case_id, "p-lee")
    await send(console, path, "question", text="How many hours?")
    await office.do(case_id, AnswerTask(task="t4", seen=4, done="Two a week"), "p-ana")
    text = (await console.get(path)).text
    assert "How many hours?" in text
    assert "Two a week" in text


async def test_a_copy_says_what_was_recorded_and_takes_a_no(
    console: Browser, office: Office, case_id: str
) -> None:
    await office.do(case_id, AgreeNomination(nomination="n3", seen=3), "p-lee")
    for person in ("p-lee", "p-sam"):
        copy = await console.get(await link(office, case_id, person, "lead_agreed_by_manager"))
        assert "Lee Wong agrees to Sam Okoye" in copy.text
        assert "This was not me" in copy.text
    path = await link(office, case_id, "p-lee", "lead_agreed_by_manager")
    assert (await send(console, path, "not_me")).status_code == 303
    assert nomination(office, case_id).state is NominationState.PROPOSED


def flipped(path: str) -> str:
    return path[:-1] + ("A" if path[-1] != "A" else "B")


async def test_a_link_altered_spent_or_too_old_tells_nothing(
    console: Browser, office: Office, case_id: str
) -> None:
    path = await link(office, case_id, "p-lee")
    altered, made_up = await console.get(flipped(path)), await console.get("/answer/x")
    assert altered.status_code == made_up.status_code == 404
    await office.wait(days=30)
    expired = await console.get(path)
    assert expired.status_code == 410
    for answer in (altered, made_up, expired):
        assert "Sam Okoye" not in answer.text
    before = version(office, case_id)
    for gone in (path, flipped(path)):
        assert (await send(console, gone, "agree")).status_code in (404, 410)
    assert version(office, case_id) == before


async def test_answered_elsewhere_the_link_says_only_that(
    console: Browser, office: Office, case_id: str
) -> None:
    path = await link(office, case_id, "p-lee")
    await office.do(case_id, AgreeNomination(nomination="n3", seen=3), "p-dee")
    for answer in (await console.get(path), await send(console, path, "agree")):
        assert answer.status_code == 410
        assert "This has been answered" in answer.text
        assert "Sam Okoye" not in answer.text


async def test_what_has_changed_meanwhile_is_read_again_before_it_is_pressed(
    console: Browser, office: Office, case_id: str
) -> None:
    path = await link(office, case_id, "p-lee")
    answer = await send(console, path, "agree", seen="2")
    assert answer.status_code == 409
    assert "Something has changed" in answer.text


async def test_after_many_unknown_links_an_address_is_put_off_and_a_known_one_still_opens(
    console: Browser, office: Office, case_id: str
) -> None:
    path = await link(office, case_id, "p-lee")
    statuses = [(await console.get("/answer/nothing")).status_code for _ in range(25)]
    assert (statuses[0], statuses[-1]) == (404, 429)
    assert (await console.get(path)).status_code == 200
    office.engine.now += timedelta(minutes=11)
    assert (await console.get("/answer/nothing")).status_code == 404
