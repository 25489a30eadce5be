"""A build that lacks the law of an open run does not start over it (decision 1)."""

from pathlib import Path

import pytest
from sqlalchemy import update

from gateway.editions import StrangeLaw, prove_known, strange_editions
from readmodel.journal import Pulse, seen
from readmodel.tables import view_case
from tests.drills.journalled import caught_up
from tests.installation import LIVE, Installation, installation


async def _recorded_under(whole: Installation, case_id: str, edition: int) -> None:
    mine = update(view_case).where(view_case.c.case_id == case_id)
    async with whole.gateway.store.writing() as connection:
        await connection.execute(mine.values(edition=edition))


@pytest.mark.proves("I42", "F34")
async def test_a_build_refuses_to_start_over_a_law_it_does_not_know_and_the_newer_word_counts(
    folder: Path,
) -> None:
    async with installation(folder) as whole:
        case_id = await whole.open(LIVE)
        await caught_up(whole, case_id)
        await prove_known(whole.gateway.store, whole.gateway.clock())
        await _recorded_under(whole, case_id, 0)
        assert await strange_editions(whole.gateway.store, whole.gateway.clock()) == (0,)
        with pytest.raises(StrangeLaw, match="baton nudge --all"):
            await prove_known(whole.gateway.store, whole.gateway.clock())
        rolled = Pulse(case_id, 1, "", 1, "next")
        await seen(whole.gateway.store, rolled, whole.gateway.clock())
        await prove_known(whole.gateway.store, whole.gateway.clock())
