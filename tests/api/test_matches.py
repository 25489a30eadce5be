"""Opening asks first who the children are; a probable match is answered for, and none is named."""

import asyncio
import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gateway.answers import Unavailable
from readmodel.claims import sweep
from readmodel.desks import desk_child, desk_child_answer, desk_child_case, desk_claim
from readmodel.tables import METADATA
from statemodel.commands import Code
from tests.api.office import Browser, Office
from tests.api.test_asking import OPENING, by, is_problem
from tests.builders import closing

ADA = {"child": "k-1", "name": "Ada Byronplanted", "born_on": "2015-03-04", "postcode": "NS1 1AA"}
AGAIN = {**ADA, "child": "k-2", "name": "BYRONPLANTED, Ada"}
REASON = "A cousin of Byronplanted, born the same day"
LOOK = {"name": "Ada Byronplanted", "born_on": "2015-03-04"}


def opening(*identities: dict[str, Any], **more: Any) -> dict[str, Any]:
    ids = [one["child"] for one in identities]
    return OPENING | {"children": ids, "identities": list(identities)} | more


def answers(answer: str, child: str = "k-1", **more: str) -> list[dict[str, str]]:
    return [{"child": child, "answer": answer, **more}]


async def opened(api: Browser, body: dict[str, Any], key: str, person: str = "p-ana") -> str:
    answer = await api.post("/v1/cases", json=body, headers=by(person, key))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_id"])


async def refused(
    api: Browser, body: dict[str, Any], code: str, person: str = "p-ana"
) -> dict[str, Any]:
    return is_problem(await api.post("/v1/cases", json=body, headers=by(person, "no")), 409, code)


async def rows(office: Office, table: Any) -> list[dict[str, Any]]:
    async with office.store.reading() as connection:
        return [dict(row) for row in (await connection.execute(table.select())).mappings()]


def children_of(office: Office, case_id: str) -> tuple[str, ...]:
    return office.engine.runs[f"{case_id}.1"].case.children


async def test_a_child_nobody_knows_is_opened_at_once_and_known_from_then_on(
    api: Browser, office: Office
) -> None:
    case_id = await opened(api, opening(ADA), "a")
    assert children_of(office, case_id) == ("k-1",)
    assert [row["id"] for row in await rows(office, desk_child)] == ["k-1"]


async def test_a_probable_match_is_told_by_id_and_by_the_fields_that_agree(
    api: Browser, office: Office
) -> None:
    case_id = await opened(api, opening(ADA), "a")
    problem = await refused(api, opening(AGAIN), "probable_match")
    (match,) = problem["matches"]
    assert (match["child"], match["of"]) == ("k-1", "k-2")
    assert match["agrees"] == ["name", "birth_date", "postcode"]
    assert match["words"] == "the same name, the same date of birth, the same postcode"
    reference = await office.reference(case_id)
    (case,) = match["cases"]
    assert (case["case_id"], case["reference"], case.get("ask")) == (case_id, reference, None)
    assert reference in case["words"]
    assert "nothing is joined by itself" in problem["detail"]
    assert len(office.engine.runs) == len(await rows(office, desk_claim)) == 1


async def test_whoever_is_elsewhere_is_told_whom_to_ask_and_nothing_of_a_case(
    api: Browser, office: Office
) -> None:
    case_id = await opened(api, opening(ADA), "a")
    problem = await refused(api, opening(AGAIN), "probable_match", "p-sam")
    (case,) = problem["matches"][0]["cases"]
    assert not {"case_id", "reference"} & set(case)
    assert case["ask"] == "coordinator.northshire"
    assert case["words"].startswith("Speak with the")
    assert "open case" not in json.dumps(problem)
    for secret in (case_id, await office.reference(case_id)):
        assert secret not in json.dumps(problem)
    seen = await refused(api, opening(AGAIN), "probable_match", "p-own")
    assert seen["matches"][0]["cases"][0]["case_id"] == case_id, "the authority's own may know"


@pytest.mark.proves("I50")
async def test_whoever_is_elsewhere_is_answered_alike_of_an_open_case_a_closed_one_and_none(
    api: Browser, office: Office
) -> None:
    case_id = await opened(api, opening(ADA), "a")
    same = opening(AGAIN, matches=answers("same"))

    async def told() -> list[Any]:
        look = await api.post("/v1/children/matches", json=LOOK, headers=by("p-sam", "x"))
        asked = [await refused(api, opening(AGAIN), "probable_match", "p-sam")]
        asked += [await refused(api, same, "ask_first", "p-sam")]
        asked += [await refused(api, OPENING | {"children": ["k-1"]}, "ask_first", "p-sam")]
        return [look.json(), *asked]

    while_open = await told()
    await office.do(case_id, closing(code=Code.NO_FURTHER_ACTION))
    assert await told() == while_open
    await sweep_away(office)
    assert await told() == while_open
    assert case_id not in json.dumps(while_open)
    other = await opened(api, same | {"because": "The nurse asked us to"}, "b", "p-sam")
    assert children_of(office, other) == ("k-1",)


async def sweep_away(office: Office) -> None:
    """As though the opening had never got as far as a case."""
    async with office.store.writing() as connection:
        await connection.execute(desk_child_case.delete())


async def test_a_dismissed_match_is_kept_with_who_when_and_why(
    api: Browser, office: Office
) -> None:
    await opened(api, opening(ADA), "a")
    body = opening(AGAIN, matches=answers("dismissed", reason=REASON))
    case_id = await opened(api, body, "no", "p-jo")
    assert children_of(office, case_id) == ("k-2",)
    (row,) = await rows(office, desk_child_answer)
    assert (row["case_id"], row["child"], row["match"]) == (case_id, "k-2", "k-1")
    assert (row["answer"], row["by_id"], row["at"]) == ("dismissed", "p-jo", office.clock())
    assert row["agrees"] == ["name", "birth_date", "postcode"]


async def test_a_match_is_not_dismissed_without_a_reason(api: Browser) -> None:
    await opened(api, opening(ADA), "a")
    body = opening(AGAIN, matches=answers("dismissed"))
    answer = await api.post("/v1/cases", json=body, headers=by())
    assert is_problem(answer, 422, "invalid")["problems"][0]["path"] == "matches[0].reason"


@pytest.mark.proves("R28")
async def test_the_same_child_who_is_helped_already_is_not_opened_twice_unless_somebody_says_why(
    api: Browser, office: Office
) -> None:
    case_id = await opened(api, opening(ADA), "a")
    body = opening(AGAIN, matches=answers("same"))
    problem = await refused(api, body, "child_has_open_case")
    (case,) = problem["cases"]
    assert (case["child"], case["case_id"]) == ("k-1", case_id)
    assert "use that one" in problem["detail"]
    other = await opened(api, body | {"because": "The family's plan moved with its father"}, "b")
    assert children_of(office, other) == ("k-1",)
    assert [row["id"] for row in await rows(office, desk_child)] == ["k-1"]
    (row,) = await rows(office, desk_child_answer)
    assert (row["child"], row["match"], row["answer"]) == ("k-2", "k-1", "same")


@pytest.mark.proves("R28")
async def test_a_known_child_is_not_opened_twice_by_its_id_alone_either(api: Browser) -> None:
    await opened(api, opening(ADA), "a")
    body = OPENING | {"children": ["k-1"]}
    await refused(api, body, "child_has_open_case")
    await opened(api, body | {"because": "Another plan for another year"}, "b")


async def test_children_known_by_their_ids_alone_are_opened_as_ever(api: Browser) -> None:
    for key in ("a", "b"):
        await opened(api, OPENING, key)


async def test_of_two_children_each_match_is_answered_for_by_its_own(
    api: Browser, office: Office
) -> None:
    await opened(api, opening(ADA), "a")
    leo = {"child": "k-3", "name": "Leo Byron", "born_on": "2017-01-01"}
    body = opening(AGAIN, leo)
    (match,) = (await refused(api, body, "probable_match"))["matches"]
    assert match["of"] == "k-2"
    told = answers("dismissed", of="k-2", reason=REASON)
    case_id = await opened(api, body | {"matches": told}, "b")
    assert children_of(office, case_id) == ("k-2", "k-3")


async def test_joining_a_child_to_one_that_is_no_probable_match_makes_no_sense(
    api: Browser,
) -> None:
    await opened(api, opening(ADA), "a")
    other = {"child": "k-2", "name": "Zoe Frost", "born_on": "2011-09-09"}
    body = opening(other, matches=answers("same"))
    problem = is_problem(await api.post("/v1/cases", json=body, headers=by()), 422, "invalid")
    assert [one["path"] for one in problem["problems"]] == ["matches[0].child"]


async def test_one_childs_id_is_not_given_to_another(api: Browser) -> None:
    await opened(api, opening(ADA), "a")
    body = opening({**ADA, "name": "Zoe Frost"})
    problem = is_problem(await api.post("/v1/cases", json=body, headers=by()), 422, "invalid")
    assert problem["problems"][0]["code"] == "known_already"


async def test_asked_again_with_one_key_an_opening_never_meets_itself(
    api: Browser, office: Office
) -> None:
    office.engine.trouble = Unavailable("away")
    first = await api.post("/v1/cases", json=opening(ADA), headers=by())
    is_problem(first, 503, "unavailable")
    office.engine.trouble, office.engine.journal_is_down = None, True
    cases = {await opened(api, opening(ADA), "k1") for _ in range(3)}
    assert len(cases) == len(office.engine.runs) == 1
    assert len(await rows(office, desk_child)) == 1


async def test_of_two_openings_at_once_for_one_new_child_one_is_told_of_the_other(
    api: Browser, office: Office
) -> None:
    number = {"ids": ["ehm:123"]}
    asked = [
        api.post(
            "/v1/cases", json=opening({**ADA, **number, "child": f"k-{n}"}), headers=by(key=f"r{n}")
        )
        for n in range(4)
    ]
    done = await asyncio.gather(*asked)
    assert sorted(one.status_code for one in done) == [201, 409, 409, 409]
    assert {one.json().get("code") for one in done} == {None, "probable_match"}
    assert len(await rows(office, desk_child)) == 1


@pytest.mark.proves("R28")
async def test_of_two_openings_at_once_for_one_known_child_one_is_told_of_the_other(
    api: Browser, office: Office
) -> None:
    office.engine.trouble = Unavailable("away")
    await api.post("/v1/cases", json=opening(ADA), headers=by())
    office.engine.trouble = None
    await sweep(office.store, office.clock() + timedelta(minutes=11))
    body = OPENING | {"children": ["k-1"]}
    asked = [api.post("/v1/cases", json=body, headers=by("p-own", f"r{n}")) for n in range(4)]
    done = await asyncio.gather(*asked)
    assert sorted(one.status_code for one in done) == [201, 409, 409, 409]
    assert {one.json().get("code") for one in done} == {None, "child_has_open_case"}


async def test_with_the_store_away_nobody_is_looked_up_and_nothing_is_opened(
    api: Browser, office: Office, tmp_path: Path
) -> None:
    await office.store.close()
    (tmp_path / "baton.db").rename(tmp_path / "away.db")
    look = await api.post("/v1/children/matches", json=LOOK, headers=by())
    is_problem(look, 503, "unavailable")
    is_problem(await api.post("/v1/cases", json=opening(ADA), headers=by()), 503, "unavailable")
    assert office.engine.runs == {}


@pytest.mark.proves("I50", "V14.2.1")
async def test_a_name_stands_in_no_log_no_table_no_payload_and_no_answer(
    api: Browser, office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await opened(api, opening({**ADA, "ids": ["ehm:777123"]}), "a")
    said = [json.dumps(await refused(api, opening(AGAIN), "probable_match"))]
    await opened(api, opening(AGAIN, matches=answers("dismissed", reason=REASON)), "b")
    answer = await api.post("/v1/children/matches", json=LOOK, headers=by())
    said += [answer.text, caplog.text]
    async with office.store.reading() as connection:
        for table in METADATA.sorted_tables:
            said.append(repr(list(await connection.execute(table.select()))))
    said += [repr(held.case) for held in office.engine.runs.values()]
    said += [file.read_bytes().decode("latin-1") for file in tmp_path.rglob("*") if file.is_file()]
    text = "\n".join(said).casefold()
    assert "k-1" in text
    for planted in ("byronplanted", "2015-03-04", "ns1 1aa", "ns11aa", "777123", "cousin"):
        assert planted not in text, planted
