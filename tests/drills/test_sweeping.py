"""What waits untold because its post was lost is handed on again, and told once."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from activities.handing import Handing, post_id
from activities.sweeping import Sweeping
from readmodel.desks import desk_message
from readmodel.messages import MessageState, messages_of
from tests.drills.journalled import caught_up
from tests.installation import LIVE, Installation, installation

LONG_AGO = timedelta(minutes=30)


@pytest.mark.proves("I29", "I37")
async def test_a_message_whose_post_was_lost_is_handed_on_again_and_sent(folder: Path) -> None:
    async with installation(folder) as whole:
        case_id = await whole.proposed(LIVE)
        await caught_up(whole, case_id)
        await _all_sent(whole, case_id)
        await _lose_the_post(whole, "p-lee")
        handing = Handing(whole.gateway.engine.client, whole.settings.post_queue)
        await Sweeping(whole.gateway.store, handing, whole.gateway.clock).sweep()
        await _all_sent(whole, case_id)


async def _lose_the_post(whole: Installation, recipient: str) -> None:
    """As after a restore of the engine from an older night: the store says it still waits."""
    post = whole.gateway.engine.client.get_workflow_handle(post_id(recipient))
    await post.terminate()
    mine = update(desk_message).where(desk_message.c.to_id == recipient)
    waiting = {"state": MessageState.WAITING.value, "created_at": whole.gateway.clock() - LONG_AGO}
    async with whole.gateway.store.writing() as connection:
        await connection.execute(mine.values(waiting))


async def _all_sent(whole: Installation, case_id: str) -> None:
    async with asyncio.timeout(60):
        while True:
            told = await messages_of(whole.gateway.store, case_id)
            if told and all(one.state is MessageState.SENT for one in told):
                return
            await asyncio.sleep(0.1)
