"""Histories that were kept replay with today's code: same commands, same timers, same batches."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory

from rehearsals.replay import differences, read_history, save_history
from tests.rehearsals.keep_histories import CHOSEN, HISTORIES, file_of

KEPT = sorted(HISTORIES.glob("*.json"))


def test_a_history_is_kept_of_each_story_that_was_chosen() -> None:
    assert {file_of(name) for name in CHOSEN} <= set(KEPT)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
async def test_a_kept_history_replays_to_the_same_effects(path: Path) -> None:
    assert await differences(read_history(path)) == ()


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_kept_history_says_nothing_of_the_machine_it_was_made_on(path: Path) -> None:
    found: set[str] = set()
    _identities(json.loads(path.read_text("utf-8")), found)
    assert found == {"rehearsal"}
    assert "stackTrace" not in path.read_text("utf-8")


def _identities(value: Any, found: set[str]) -> None:
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, dict | list):
            _identities(item, found)
    if isinstance(value, dict) and "identity" in value:
        found.add(value["identity"])


async def test_a_timer_of_another_length_is_seen() -> None:
    def longer(event: dict[str, Any]) -> None:
        event["timerStartedEventAttributes"]["startToFireTimeout"] = "7s"

    history = altered("EVENT_TYPE_TIMER_STARTED", longer)
    [difference] = await differences(history)
    assert "the history has a timer of 0:00:07" in difference


async def test_a_batch_with_other_contents_is_seen() -> None:
    def other(event: dict[str, Any]) -> None:
        payload = event["activityTaskScheduledEventAttributes"]["input"]["payloads"][0]
        batch = json.loads(base64.b64decode(payload["data"]))
        batch["items"][0]["entry"]["digest"] = "0" * 64
        payload["data"] = base64.b64encode(json.dumps(batch).encode()).decode()

    history = altered("EVENT_TYPE_ACTIVITY_TASK_SCHEDULED", other)
    [difference] = await differences(history)
    assert "record with other contents" in difference


async def test_a_history_of_other_commands_does_not_replay() -> None:
    def renamed(event: dict[str, Any]) -> None:
        event["activityTaskScheduledEventAttributes"]["activityType"]["name"] = "forget"

    history = altered("EVENT_TYPE_ACTIVITY_TASK_SCHEDULED", renamed)
    [difference] = await differences(history)
    assert "does not replay" in difference


def altered(kind: str, change: Any) -> WorkflowHistory:
    """The first kept history, with its first event of a kind changed."""
    history = read_history(KEPT[0])
    document = json.loads(history.to_json())
    change(next(event for event in document["events"] if event["eventType"] == kind))
    return WorkflowHistory.from_json(history.workflow_id, document)


def test_what_is_kept_holds_no_host_and_no_stack(tmp_path: Path) -> None:
    history = read_history(KEPT[0])
    for event in history.events:
        if event.HasField("workflow_task_started_event_attributes"):
            event.workflow_task_started_event_attributes.identity = "4711@host"
    save_history(history, tmp_path / "kept.json")
    assert "4711@host" not in (tmp_path / "kept.json").read_text("utf-8")
    assert read_history(tmp_path / "kept.json").workflow_id == history.workflow_id
