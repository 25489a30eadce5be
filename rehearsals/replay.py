"""Histories played again with today's code: the same commands, timers of the same length, the same
batches for the record. A replay by itself would let a changed timer or batch pass.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from temporalio.api.common.v1 import Payloads
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.client import WorkflowHistory
from temporalio.worker import (
    Replayer,
    WorkflowInstance,
    WorkflowInstanceDetails,
    WorkflowRunner,
)
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from gateway.connect import data_converter
from workflows.case import CaseWorkflow

IDENTITY: Final = "rehearsal"
NOT_KEPT: Final = frozenset({"stackTrace", "lastFailure", "workerVersion", "binaryChecksum"})

Done = tuple[str, str, Any]


async def differences(history: WorkflowHistory) -> tuple[str, ...]:
    """Return how today's code would have done otherwise than the history says; usually nothing."""
    listening = _Listening()
    replayer = Replayer(
        workflows=[CaseWorkflow], data_converter=data_converter(), workflow_runner=listening
    )
    result = await replayer.replay_workflow(history, raise_on_replay_failure=False)
    if result.replay_failure is not None:
        return (f"the history does not replay: {result.replay_failure}",)
    recorded = [done for event in history.events for done in _recorded(event)]
    return tuple(_unlike(recorded, listening.heard[: len(recorded)]))


def save_history(history: WorkflowHistory, path: Path) -> None:
    """Write a history to keep: without the machine it ran on and without any stack trace."""
    document = _cleaned(json.loads(history.to_json()))
    document["workflowId"] = history.workflow_id
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_history(path: Path) -> WorkflowHistory:
    """Return a history that `save_history` wrote."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return WorkflowHistory.from_json(document.pop("workflowId"), document)


def _cleaned(value: Any) -> Any:
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {name: _cleaned(item) for name, item in value.items() if name not in NOT_KEPT}
    return kept | ({"identity": IDENTITY} if "identity" in kept else {})


def _recorded(event: HistoryEvent) -> Iterator[Done]:
    if event.event_type == EventType.EVENT_TYPE_TIMER_STARTED:
        timer = event.timer_started_event_attributes
        yield "timer", "", timer.start_to_fire_timeout.ToTimedelta()
    elif event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
        activity = event.activity_task_scheduled_event_attributes
        yield "activity", activity.activity_type.name, _plain(activity.input)


def _plain(payloads: Payloads) -> list[Any]:
    return [json.loads(payload.data) for payload in payloads.payloads]


def _unlike(recorded: Sequence[Done], heard: Sequence[Done]) -> Iterator[str]:
    for number, (then, now) in enumerate(zip_longest(recorded, heard), start=1):
        if then != now:
            yield f"{number}. effect: the history has {_told(then)}, today's code {_told(now)}"
            return


def _told(done: Done | None) -> str:
    """Name an effect; what it carries may be words of a case, so it is not quoted."""
    if done is None:
        return "none"
    what, name, value = done
    return f"a timer of {value}" if what == "timer" else f"{name} with other contents"


class _Listening(WorkflowRunner):
    """The worker's own sandbox, with an ear for what the workflow asks to be done."""

    def __init__(self) -> None:
        self._runner = SandboxedWorkflowRunner()
        self.heard: list[Done] = []

    def prepare_workflow(self, defn: Any) -> None:
        self._runner.prepare_workflow(defn)

    def set_worker_level_failure_exception_types(self, types: Any) -> None:
        self._runner.set_worker_level_failure_exception_types(types)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        return _Heard(self._runner.create_instance(det), self.heard)


class _Heard(WorkflowInstance):
    def __init__(self, instance: WorkflowInstance, heard: list[Done]) -> None:
        self._instance, self._into = instance, heard

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        completion = self._instance.activate(act)
        self._into.extend(_asked(completion))
        return completion

    def get_serialization_context(self, command_info: Any) -> Any:
        return self._instance.get_serialization_context(command_info)

    def get_external_store_context(self, command_info: Any) -> Any:
        return self._instance.get_external_store_context(command_info)

    def get_info(self) -> Any:
        return self._instance.get_info()

    def get_thread_id(self) -> int | None:
        return self._instance.get_thread_id()


def _asked(completion: WorkflowActivationCompletion) -> Iterator[Done]:
    """Yield timers and activities; a timer begun and given up at one go is never started."""
    commands = completion.successful.commands
    given_up = {c.cancel_timer.seq for c in commands if c.HasField("cancel_timer")}
    for command in commands:
        timer, activity = command.start_timer, command.schedule_activity
        if command.HasField("start_timer") and timer.seq not in given_up:
            yield "timer", "", timer.start_to_fire_timeout.ToTimedelta()
        elif command.HasField("schedule_activity"):
            arguments = [json.loads(payload.data) for payload in activity.arguments]
            yield "activity", activity.activity_type, arguments
