"""Documents that are none, too much of them, and paths that lead nowhere."""

import json
from typing import Any

import pytest

from tests.api.office import Browser, Office
from tests.api.test_asking import AGREES, CLOSING, by, is_problem
from wire import BODY_BYTES

JSON = {"Content-Type": "application/json"}


async def post(api: Browser, office: Office, body: bytes, **headers: str) -> Any:
    path = f"/v1/cases/{await office.open()}/record_agreement"
    return await api.post(path, content=body, headers=by() | JSON | headers)


async def test_an_unknown_field_is_refused_by_its_place_and_never_by_its_name(
    api: Browser, office: Office
) -> None:
    body = json.dumps(AGREES | {"decided_by_marker": "x"}).encode()
    answer = await post(api, office, body)
    (wrong,) = is_problem(answer, 422, "invalid")["problems"]
    assert (wrong["path"], wrong["code"]) == ("{4}", "unknown_field")
    assert "marker" not in answer.text


@pytest.mark.parametrize(
    ("happened_at", "code"),
    [
        (0, "wrong_type"),
        ("2026-01-05T10:00:00", "no_zone"),
        ("2026-02-30T10:00:00Z", "not_an_instant"),
        ("yesterday", "not_an_instant"),
    ],
)
async def test_an_instant_is_text_with_a_zone(
    happened_at: Any, code: str, api: Browser, office: Office
) -> None:
    body = json.dumps(AGREES | {"recorded": {"happened_at": happened_at}}).encode()
    (wrong,) = is_problem(await post(api, office, body), 422, "invalid")["problems"]
    assert (wrong["path"], wrong["code"]) == ("recorded.happened_at", code)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"giver": NaN}', b"\xff\xfe"])
async def test_what_is_no_json_object_is_invalid(body: bytes, api: Browser, office: Office) -> None:
    is_problem(await post(api, office, body), 422, "invalid")


async def test_a_form_in_another_media_type_is_not_read(api: Browser, office: Office) -> None:
    answer = await post(api, office, b"a=1", **{"Content-Type": "text/plain"})
    is_problem(answer, 415, "not_json")


@pytest.mark.parametrize(("size", "status"), [(0, 200), (1, 413)])
async def test_a_body_has_at_most_256_kib(
    size: int, status: int, api: Browser, office: Office
) -> None:
    body = json.dumps(AGREES).encode()
    padded = body + b" " * (BODY_BYTES - len(body) + size)
    assert (await post(api, office, padded)).status_code == status


async def test_a_command_for_an_unknown_case_and_an_impossible_id_look_alike(
    api: Browser,
) -> None:
    unknown = await api.post("/v1/cases/c-nobody/close_case", json=CLOSING, headers=by())
    impossible = await api.post("/v1/cases/c%20%3C/close_case", json=CLOSING, headers=by())
    is_problem(unknown, 404, "hidden")
    assert unknown.content == impossible.content


async def test_no_such_page_and_no_such_method_are_problems_too(api: Browser) -> None:
    is_problem(await api.get("/v1/nothing"), 404, "not_found")
    wrong = await api.ask("DELETE", "/v1/cases")
    is_problem(wrong, 405, "not_allowed_here")
    assert wrong.headers["allow"] == "GET, POST"


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "stage=gone", "after=%3C"])
async def test_an_odd_filter_is_invalid_and_not_quoted(query: str, api: Browser) -> None:
    answer = await api.get(f"/v1/cases?{query}")
    problem = is_problem(answer, 422, "invalid")
    assert problem["problems"][0]["path"].startswith("query.")


async def test_a_header_cannot_be_smuggled_through_a_field(api: Browser, office: Office) -> None:
    body = json.dumps(AGREES | {"note": "x\r\nSet-Cookie: a=b"}).encode()
    answer = await post(api, office, body)
    assert "set-cookie" not in answer.headers
    (wrong,) = is_problem(answer, 422, "invalid")["problems"]
    assert wrong["path"] == "note"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\u202egnp", "{{7*7}}", "=cmd"])
async def test_odd_text_is_kept_as_it_was_typed(text: str, api: Browser, office: Office) -> None:
    case_id = await office.open()
    path = f"/v1/cases/{case_id}/record_agreement"
    assert (await api.post(path, json=AGREES | {"note": text}, headers=by())).status_code == 200
    history = await api.get(f"/v1/cases/{case_id}/history")
    assert history.json()["entries"][1]["document"]["note"] == text
