"""Looking a child up: for whoever may open a case, by enough, in a body, and each look is kept."""

import pytest

from readmodel.desks import desk_child_look
from tests.api.office import Browser, Office
from tests.api.test_asking import by, is_problem
from tests.api.test_matches import ADA, LOOK, answers, opened, opening, rows


async def test_a_child_is_looked_up_by_whoever_may_open_a_case(
    api: Browser, office: Office
) -> None:
    case_id = await opened(api, opening(ADA), "a")
    found = (await api.post("/v1/children/matches", json=LOOK, headers=by())).json()
    (match,) = found["matches"]
    assert (match["child"], match["agrees"]) == ("k-1", ["name", "birth_date"])
    assert match["cases"][0]["case_id"] == case_id
    assert "999" in found["safety"]
    nobody = {"name": "Zoe Frost", "born_on": "2011-09-09"}
    answer = await api.post("/v1/children/matches", json=nobody, headers=by())
    assert answer.json()["matches"] == []


async def test_somebody_who_may_not_open_a_case_looks_nobody_up(
    api: Browser, office: Office
) -> None:
    await opened(api, opening(ADA), "a")
    for person, status, code in (("p-ops", 403, "forbidden"), ("p-nobody", 409, "refused")):
        answer = await api.post("/v1/children/matches", json=LOOK, headers=by(person))
        is_problem(answer, status, code)
    assert [row["purpose"] for row in await rows(office, desk_child_look)] == ["opening"]


async def test_too_little_to_go_by_is_not_looked_for(api: Browser, office: Office) -> None:
    answer = await api.post("/v1/children/matches", json={"name": "Ada"}, headers=by())
    assert is_problem(answer, 422, "invalid")["problems"][0]["code"] == "too_little"
    assert await rows(office, desk_child_look) == []


@pytest.mark.proves("V14.2.1")
async def test_a_child_is_looked_for_in_a_body_and_never_in_an_address(api: Browser) -> None:
    answer = await api.get("/v1/children/matches?name=Ada+Byron", headers=by())
    assert is_problem(answer, 405, "not_allowed_here")


async def test_each_look_is_kept_and_says_whom_it_found(api: Browser, office: Office) -> None:
    await opened(api, opening(ADA), "a")
    await api.post("/v1/children/matches", json=LOOK, headers=by("p-jo"))
    first, second = await rows(office, desk_child_look)
    assert (first["purpose"], first["by_id"], first["found"]) == ("opening", "p-ana", [])
    assert first["asked"] == ["born_on", "name", "postcode"]
    assert (second["purpose"], second["by_id"], second["found"]) == ("search", "p-jo", ["k-1"])


async def test_more_than_twenty_matches_are_cut_to_the_likeliest(
    api: Browser, office: Office
) -> None:
    for number in range(22):
        told = [
            one
            for match in range(number)
            for one in answers("dismissed", f"k-{match}", reason="Not she")
        ]
        body = opening({**ADA, "child": f"k-{number}"}, matches=told)
        await opened(api, body, f"m{number}")
    found = (await api.post("/v1/children/matches", json=LOOK, headers=by())).json()
    assert len(found["matches"]) == 20
