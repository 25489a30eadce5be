"""Reading over HTTP: cases, options, histories, lists; and reading changes nothing."""

from typing import Any

from sqlalchemy import select

from readmodel.tables import METADATA
from statemodel.commands import EnterInError, Mistake, RaiseConcern
from tests import builders as b
from tests.api.office import Browser, Office
from tests.api.test_asking import by, is_problem


async def everything(office: Office) -> dict[str, list[Any]]:
    """Every row of every table."""
    async with office.store.reading() as connection:
        return {
            name: list(await connection.execute(select(table)))
            for name, table in METADATA.tables.items()
        }


async def test_a_case_tells_where_it_stands_and_explains_its_deadline(
    api: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    case = (await api.get(f"/v1/cases/{case_id}")).json()
    assert case["status"] == "lp_proposed"
    assert case["status_words"].endswith("line manager asked")
    assert case["responsible"] == {"kind": "person", "id": "p-ana"}
    assert "accepted on" in case["responsible_words"]
    deadline, meeting = case["deadlines"]
    assert (case["next_step"], meeting["what"]) == ("manager_answer", "first_meeting")
    assert deadline["explained"] == (
        "Line manager's answer: due Fri 9 Jan: 4 working days from Mon 5 Jan"
    )
    assert deadline["owner"] == {"kind": "person", "id": "p-lee"}
    assert "999" in case["safety"]


async def test_what_may_be_done_is_told_with_every_reason_why_not(
    api: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    answer = (await api.get(f"/v1/cases/{case_id}/available", headers=by("p-head"))).json()
    options = {one["command"]: one for one in answer["options"]}
    assert options["raise_concern"]["may_be_tried"]
    assert not options["agree_nomination"]["may_be_tried"]
    assert options["agree_nomination"]["why_not"][0]["code"] == "not_the_nominees_manager"
    assert (options["agree_nomination"]["thing"], options["agree_nomination"]["seen"]) == ("n3", 3)
    is_problem(await api.get(f"/v1/cases/{case_id}/available"), 400, "baton_as_missing")


async def test_the_history_tells_entries_in_words_without_refused_attempts(
    api: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    path = f"/v1/cases/{case_id}/agree_nomination"
    await api.post(path, json={"nomination": "n3", "seen": 3}, headers=by("p-head"))
    history = (await api.get(f"/v1/cases/{case_id}/history")).json()
    kinds = [one["command"] for one in history["entries"]]
    assert kinds == ["identify_need", "record_agreement", "propose_lead"]
    third = history["entries"][2]
    assert third["words"].startswith("Propose who is to be")
    assert any("4 working days" in one["words"] for one in third["events"])


async def test_a_struck_entry_keeps_its_place_and_loses_its_words(
    api: Browser, office: Office
) -> None:
    case_id = await office.open()
    await office.do(case_id, b.agreement(note="of the wrong family"))
    await office.do(case_id, EnterInError(entry=2, mistake=Mistake.WRONG_CASE))
    answer = await api.get(f"/v1/cases/{case_id}/history")
    struck = answer.json()["entries"][1]
    assert struck["struck"]
    assert (struck["document"], struck["events"]) == (None, [])
    assert "of the wrong family" not in answer.text


async def test_what_the_clock_does_says_that_no_decision_was_made(
    api: Browser, office: Office
) -> None:
    case_id = await office.proposed()
    await office.wait(days=5)
    entries = (await api.get(f"/v1/cases/{case_id}/history")).json()["entries"]
    by_clock = [one for one in entries if one["hat"] == "clock"]
    assert [one["command"] for one in by_clock] == ["remind", "lapse_nomination"]
    assert all(one["no_decision"] for one in by_clock)
    assert "No decision has been made" in by_clock[1]["events"][0]["words"]


async def test_lists_are_filtered_and_come_a_page_at_a_time(api: Browser, office: Office) -> None:
    opened = {await office.open() for _ in range(3)}
    planning = await office.proposed()
    page = (await api.get("/v1/cases?stage=identified&limit=2")).json()
    rest = (await api.get(f"/v1/cases?stage=identified&limit=2&after={page['next']}")).json()
    assert {one["case_id"] for one in page["items"] + rest["items"]} == opened
    assert rest["next"] is None
    mine = (await api.get("/v1/cases?stage=planning&responsible=p-ana")).json()
    assert [one["case_id"] for one in mine["items"]] == [planning]
    is_problem(await api.get("/v1/cases?after=c-nobody"), 400, "after_unknown")


async def test_every_figure_of_today_counts_exactly_its_list(api: Browser, office: Office) -> None:
    await office.proposed()
    late = await office.open()
    await office.wait(days=8)
    await office.do(late, b.agreement())
    figures = (await api.get("/v1/today", headers=by("p-dut"))).json()
    told = figures["stages"] + figures["standings"]
    assert sum(one["number"] for one in figures["stages"]) == 2
    for one in told:
        listed = (await api.get(one["list"], headers=by("p-dut"))).json()
        assert len(listed["items"]) == one["number"], one["code"]


async def test_what_needs_a_person_is_told_with_its_remedy(api: Browser, office: Office) -> None:
    case_id = await office.open()
    await office.do(case_id, RaiseConcern(what="Afraid"))
    found = (await api.get("/v1/needs-a-person", headers=by("p-cat"))).json()["items"]
    assert (found[0]["condition"], found[0]["case_id"]) == ("open_concern", case_id)
    assert found[0]["remedy"] == "answer_the_concern"


async def test_with_the_store_down_reading_says_so(api: Browser, office: Office) -> None:
    case_id = await office.open()
    await office.store.close()
    (office.folder / "baton.db").unlink()
    for suffix in ("-wal", "-shm"):
        (office.folder / f"baton.db{suffix}").unlink(missing_ok=True)
    (office.folder / "baton.db").mkdir()
    is_problem(await api.get(f"/v1/cases/{case_id}"), 503, "unavailable")
    is_problem(await api.get("/v1/today"), 503, "unavailable")
    ready = await api.get("/readyz")
    assert (ready.status_code, ready.json()["store"]) == (503, "down")
    assert (await api.get("/healthz")).json()["status"] == "ok"
    kept = await api.post(f"/v1/cases/{case_id}/raise_concern", json={"what": "Afraid"})
    assert kept.status_code in {200, 202}


async def test_readiness_names_what_is_down(api: Browser, office: Office) -> None:
    assert (await api.get("/readyz")).json() == {"status": "ok", "store": "ok", "engine": "ok"}
    office.engine_is_up = False
    ready = await api.get("/readyz")
    assert (ready.status_code, ready.json()["engine"]) == (503, "down")


async def test_reading_changes_nothing(api: Browser, office: Office) -> None:
    case_id = await office.proposed()
    await office.do(case_id, RaiseConcern(what="Afraid"))
    before = await everything(office)
    run = office.engine.runs[f"{case_id}.1"].case
    for path in (
        "/v1/cases", f"/v1/cases/{case_id}", f"/v1/cases/{case_id}/available",
        f"/v1/cases/{case_id}/history", "/v1/today", "/v1/needs-a-person", "/readyz",
    ):  # fmt: skip
        for person in ("p-ana", "p-dut"):
            assert (await api.get(path, headers=by(person))).status_code == 200
    assert await everything(office) == before
    assert office.engine.runs[f"{case_id}.1"].case == run
