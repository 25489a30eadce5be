"""What is not ours, or not this case's, is refused; the case goes on (decision 14)."""

from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

import wire
from gateway.codec import CaseCodec
from gateway.connect import connect
from readmodel.engine import Store
from readmodel.vault import CaseKey, Vault
from statemodel import Actor, Facts, Hat
from statemodel.commands import RaiseConcern
from tests import builders as b
from tests.drills.journalled import caught_up
from tests.installation import LIVE, Installation, installation
from workflows.run_state import Submission


class OneKey(Vault):
    """A vault that has the same wrong key for everybody."""

    def __init__(self, store: Store) -> None:
        super().__init__(bytes(32), store)

    async def get(self, case_id: str) -> CaseKey | None:
        return CaseKey(bytes(range(32)), case_id)


def _submission(whole: Installation) -> dict[str, object]:
    now = whole.gateway.clock()
    by = Actor(Hat.PERSON, "p-ana")
    return dict(wire.encode(Submission(b.agreement(), by, "x/1", now, Facts(now, b.people()))))


async def _refused(client: Client, run: str, document: object) -> ApplicationError | None:
    handle: WorkflowHandle[object, object] = client.get_workflow_handle(run)
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await handle.execute_update("submit", document)
    cause = failed.value.cause
    return cause if isinstance(cause, ApplicationError) else None


@pytest.mark.proves("F35", "B18")
async def test_a_payload_under_a_wrong_key_is_refused_and_the_case_goes_on(folder: Path) -> None:
    async with installation(folder) as whole:
        case_id = await whole.open(LIVE)
        codec = CaseCodec(OneKey(whole.gateway.store), whole.gateway.house)
        stranger = await connect(whole.settings, codec=codec)
        await _refused(stranger, f"{case_id}.1", _submission(whole))
        await whole.submit(case_id, b.agreement())
        assert len(await caught_up(whole, case_id)) == 2


@pytest.mark.proves("F30", "B18")
async def test_a_clear_payload_is_refused_and_the_case_goes_on(folder: Path) -> None:
    async with installation(folder) as whole:
        case_id = await whole.open(LIVE)
        await _refused(whole.plain, f"{case_id}.1", _submission(whole))
        await whole.submit(case_id, b.agreement())
        assert len(await caught_up(whole, case_id)) == 2


@pytest.mark.proves("F30", "B18")
async def test_junk_signals_change_nothing_and_the_case_goes_on(folder: Path) -> None:
    async with installation(folder) as whole:
        case_id = await whole.open(LIVE)
        clear = whole.plain.get_workflow_handle(f"{case_id}.1")
        await clear.signal("no-such-signal", {"junk": [1, 2, 3]})
        await clear.signal("nudge", args=["junk", {"more": None}])
        await whole.submit(case_id, b.agreement())
        assert len(await caught_up(whole, case_id)) == 2


@pytest.mark.proves("F35")
async def test_one_cases_payload_cannot_be_moved_to_another(folder: Path) -> None:
    async with installation(folder) as whole:
        first, second = await whole.open(LIVE), await whole.open(LIVE)
        key = await whole.gateway.vault.get(first)
        assert key is not None
        client = whole.gateway.engine.client
        codec = client.data_converter.payload_codec
        assert isinstance(codec, CaseCodec)
        mine, theirs = (codec.for_workflow(f"{case}.1") for case in (first, second))
        plain = whole.plain.data_converter.payload_converter.to_payloads([_submission(whole)])
        moved = await theirs.decode(await mine.encode(plain))
        assert b"unreadable" in moved[0].data


@pytest.mark.proves("R28")
async def test_a_concern_is_taken_after_all_of_that(folder: Path) -> None:
    async with installation(folder) as whole:
        case_id = await whole.open(LIVE)
        await _refused(whole.plain, f"{case_id}.1", {"junk": True})
        await whole.submit(case_id, RaiseConcern(what="Afraid"), by="nobody-known")
        assert (await caught_up(whole, case_id))[-1]["command"]["kind"] == "raise_concern"
