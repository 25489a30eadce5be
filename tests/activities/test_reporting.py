"""A dead message is reported to the run that answers for its case now, once, and patiently."""

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from activities.reporting import CaseReporter
from gateway.answers import Busy, Conflict, Unknown
from gateway.connect import Unavailable
from gateway.engine import Ended, Engine
from statemodel import Message
from tests.readmodel.office import NOW, Office


@dataclass
class Runs:
    """An engine that remembers what each run was told, and says to each what it is to be told."""

    says: dict[str, Exception] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    async def submit(self, run: str, document: dict[str, Any], command_id: str) -> dict[str, Any]:
        self.asked.append((run, document["command"]["kind"], command_id))
        if run in self.says:
            raise self.says[run]
        return {"version": 4}


def reporter(office: Office, runs: Runs) -> CaseReporter:
    return CaseReporter(cast("Engine", runs), office.store, office.vault, lambda: NOW)


async def a_message(office: Office, episode: int = 1) -> Message:
    case = await office.case()
    case.start = case.case = replace(case.case, episode=episode)
    case.proposed()
    await office.record(case)
    return case.messages[0]


@pytest.mark.parametrize("episode", [1, 2])
async def test_the_newest_run_hears_of_it_under_the_id_of_the_message(
    office: Office, episode: int
) -> None:
    message, runs = await a_message(office, episode), Runs()
    await reporter(office, runs).undelivered(message, "gave_up")
    assert runs.asked == [(f"c1.{episode}", "report_undelivered", message.id)]


async def test_what_was_reported_before_for_another_reason_is_done(office: Office) -> None:
    message, runs = await a_message(office), Runs({"c1.1": Conflict("same_id_other_content")})
    await reporter(office, runs).undelivered(message, "desk_empty")
    assert len(runs.asked) == 1


async def test_a_case_that_has_ended_is_told_nothing_more(office: Office) -> None:
    message, runs = await a_message(office, episode=2), Runs({"c1.2": Ended("c1.2")})
    await reporter(office, runs).undelivered(message, "gave_up")
    assert [run for run, *_ in runs.asked] == ["c1.2"]


async def test_a_case_that_was_erased_is_told_nothing_more(office: Office) -> None:
    message, runs = await a_message(office), Runs({"c1.1": Ended("c1.1")})
    await office.vault.destroy("c1")
    await reporter(office, runs).undelivered(message, "gave_up")
    assert len(runs.asked) == 1


@pytest.mark.parametrize("trouble", [Unavailable("away"), Unknown("silence"), Busy("later")])
async def test_the_worlds_trouble_is_raised_and_so_tried_again(
    office: Office, trouble: Exception
) -> None:
    message, runs = await a_message(office), Runs({"c1.1": trouble})
    with pytest.raises(type(trouble)):
        await reporter(office, runs).undelivered(message, "gave_up")
