"""Two people answer the same question in the same moment: one decision, and the other is told."""

import asyncio
from pathlib import Path

import pytest

from gateway.answers import Accepted, Conflict, No
from statemodel.commands import AgreeNomination, RaiseNominationConcern
from tests.drills.journalled import caught_up
from tests.installation import LIVE, Installation, installation

RACES, AT_ONCE = 100, 10
ANSWERS = {"agree_nomination", "raise_nomination_concern"}


@pytest.mark.proves("I14", "F21", "R298")
async def test_of_two_managers_at_the_same_moment_one_decides_and_the_other_hears_who_and_when(
    folder: Path,
) -> None:
    async with installation(folder) as whole:
        for _ in range(RACES // AT_ONCE):
            await asyncio.gather(*(_race(whole) for _ in range(AT_ONCE)))


async def _race(whole: Installation) -> None:
    case_id = await whole.proposed(LIVE)
    manager = AgreeNomination(nomination="n3", seen=3)
    deputy = AgreeNomination(nomination="n3", seen=3, conditions="one day a week")
    answers = await asyncio.gather(
        _answer(whole, case_id, manager, "p-lee"), _answer(whole, case_id, deputy, "p-dee")
    )
    won = [answer for answer in answers if isinstance(answer, Accepted)]
    lost = [answer for answer in answers if isinstance(answer, Conflict)]
    assert len(won) == len(lost) == 1
    told = dict(lost[0].reasons[0].facts)
    entries = await caught_up(whole, case_id)
    decided = [entry for entry in entries if entry["command"]["kind"] in ANSWERS]
    assert len(decided) == 1
    assert told["by"] == decided[0]["by"]["id"]
    assert told["at"] == decided[0]["at"]


async def _answer(
    whole: Installation, case_id: str, command: AgreeNomination, by: str
) -> Accepted | No:
    try:
        accepted = await whole.gateway.submit(case_id, command, whole.asking(by))
    except No as no:
        return no
    assert isinstance(accepted, Accepted)
    return accepted


@pytest.mark.proves("R97", "I14")
async def test_a_concern_and_an_agreement_at_once_are_both_heard_in_some_order(
    folder: Path,
) -> None:
    async with installation(folder) as whole:
        case_id = await whole.proposed(LIVE)
        agree = AgreeNomination(nomination="n3", seen=3)
        worry = RaiseNominationConcern(nomination="n3", seen=3, concern="No hours until May")
        answers = await asyncio.gather(
            _answer(whole, case_id, agree, "p-lee"),
            whole.gateway.submit(case_id, worry, whole.asking("p-dee")),
            return_exceptions=True,
        )
        assert sum(isinstance(answer, Accepted) for answer in answers) == 1
        assert sum(isinstance(answer, Conflict) for answer in answers) == 1
