"""A concern over HTTP is never refused, whatever state it arrives in (practice D1)."""

import pytest

from gateway.answers import Busy, Unavailable, Unknown
from statemodel.commands import RaiseConcern
from tests.api.office import Browser, Office
from tests.builders import closing
from wire import BODY_BYTES, decode


def said(office: Office, case_id: str) -> list[str]:
    """What the case's concerns say, oldest first; as the journal would have them."""
    entries = [item.entry for item in office.engine.runs[f"{case_id}.1"].outbox]
    return [one.command.what for one in entries if isinstance(one.command, RaiseConcern)]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"afraid to go home", b"\xff\xfe", b"[1, 2]", b'{"what": 7, "colour": "red"}'],
)
async def test_any_body_will_do(body: bytes, api: Browser, office: Office) -> None:
    case_id = await office.open()
    answer = await api.post(f"/v1/cases/{case_id}/raise_concern", content=body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["version"] == 2


async def test_neither_a_key_nor_a_name_is_needed_and_odd_headers_harm_nothing(
    api: Browser, office: Office
) -> None:
    path = f"/v1/cases/{await office.open()}/raise_concern"
    headers = {"Baton-As": "no such <person>", "Idempotency-Key": " ", "If-Match": "x"}
    for version in (2, 3):
        answer = await api.post(path, json={"what": "Afraid"}, headers=headers)
        assert (answer.status_code, answer.json()["version"]) == (200, version)


async def test_with_a_key_it_is_answered_once(api: Browser, office: Office) -> None:
    path = f"/v1/cases/{await office.open()}/raise_concern"
    headers = {"Baton-As": "p-ana", "Idempotency-Key": "k"}
    answers = [await api.post(path, json={"what": "Afraid"}, headers=headers) for _ in range(2)]
    assert [answer.json()["version"] for answer in answers] == [2, 2]


async def test_too_much_is_cut_and_never_refused(api: Browser, office: Office) -> None:
    case_id = await office.open()
    office.engine.journal_is_down = True
    body = b"afraid " * BODY_BYTES
    answer = await api.post(f"/v1/cases/{case_id}/raise_concern", content=body)
    assert answer.status_code == 200
    assert said(office, case_id)[0].startswith("afraid afraid")


async def test_a_closed_case_still_hears_it(api: Browser, office: Office) -> None:
    case_id = await office.proposed()
    await office.do(case_id, closing())
    answer = await api.post(f"/v1/cases/{case_id}/raise_concern", json={"what": "Afraid"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "trouble", [Unavailable("gone"), Unknown("late"), Busy("full"), RuntimeError("our own fault")]
)
async def test_in_every_trouble_it_is_kept_on_disk_and_says_whom_to_ring(
    trouble: Exception, api: Browser, office: Office
) -> None:
    case_id = await office.open()
    office.engine.trouble = trouble
    answer = await api.post(f"/v1/cases/{case_id}/raise_concern", json={"what": "Afraid"})
    assert answer.status_code == 202
    assert "999" in answer.json()["now"]
    assert "01632 960001" in answer.json()["now"]
    ((receipt, document),) = office.spool.waiting()
    assert answer.json()["receipt"] == receipt
    assert document["case_id"] == case_id
    assert decode(RaiseConcern, document["command"]).what == "Afraid"


async def test_only_for_a_case_that_is_not_there_it_has_nowhere_to_go(api: Browser) -> None:
    for name in ("c-nobody", "no%20case"):
        answer = await api.post(f"/v1/cases/{name}/raise_concern", json={"what": "Afraid"})
        assert answer.status_code == 404
        assert "999" in answer.json()["safety"]
        assert "Ring the duty manager or the front door now" in answer.json()["detail"]
    other = await api.post("/v1/cases/c-nobody/close_case", json={}, headers={"Baton-As": "p-ana"})
    assert "Ring" not in other.json()["detail"]


async def test_the_case_may_be_named_by_its_reference(api: Browser, office: Office) -> None:
    case_id = await office.open()
    said = (await office.reference(case_id)).replace("*", "%2A")
    answer = await api.post(f"/v1/cases/{said}/raise_concern", json={"what": "Afraid"})
    assert (answer.status_code, answer.json()["case_id"]) == (200, case_id), answer.text
