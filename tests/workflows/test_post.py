"""A recipient's post: in order, tried again, reported when dead; and safety waits for nobody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from temporalio import activity
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

import wire
from rehearsals.memory import Document
from statemodel import Message
from statemodel.people import Person
from tests.workflows.builds import ShortPost
from workflows.post import PostWorkflow
from workflows.run_state import PostState


class Provider:
    """Remembers what was sent and what was reported; down, deaf or refusing while told to be."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.reported: dict[str, str] = {}
        self.tries: list[str] = []
        self.down: set[str] = set()
        self.refuses: dict[str, str] = {}
        self.case_is_deaf: set[str] = set()

    @activity.defn(name="send")
    async def send(self, document: Document) -> Document:
        name = document["id"]
        self.tries.append(name)
        if name in self.refuses:
            why = self.refuses[name]
            raise ApplicationError("no", type=why, non_retryable=True)
        if name in self.down:
            raise ApplicationError("away", type="OSError", next_retry_delay=timedelta(minutes=1))
        self.sent.append(name)
        return {"sent": name}

    @activity.defn(name="report_dead")
    async def report_dead(self, report: Document) -> None:
        name = report["message"]["id"]
        if name in self.case_is_deaf:
            raise ApplicationError("away", next_retry_delay=timedelta(minutes=1))
        self.reported[name] = report["why"]


def message(name: str, *, safety: bool = False) -> Message:
    return Message(name, "c1", 1, Person("p-lee"), "please_answer", "n1", safety)


class Posting:
    """One post and its own clock."""

    def __init__(self, environment: WorkflowEnvironment) -> None:
        self.environment, self.provider = environment, Provider()
        self.id = f"post:{uuid4().hex}"  # and its queue: posts outlive the tests that started them
        self.handle: WorkflowHandle[Any, Any]

    async def deliver(self, *messages: Message) -> None:
        """Signal with start, as the courier's activity does."""
        self.handle = await self.environment.client.start_workflow(
            "Post",
            wire.encode(PostState("p-lee")),
            id=self.id,
            task_queue=self.id,
            start_signal="deliver",
            start_signal_args=[wire.encode(messages)],
        )

    async def forward(self, **by: float) -> None:
        assert await self.environment.fast_forward(self.handle, timedelta(**by))

    async def all_sent(self, *names: str) -> None:
        async with asyncio.timeout(60):
            while len(self.provider.sent) < len(names):
                await asyncio.sleep(0.02)
        assert self.provider.sent == list(names)

    async def so_many_sent(self, number: int) -> None:
        """Until so many have been sent; time that was skipped may be over before its last work."""
        async with asyncio.timeout(60):
            while len(set(self.provider.sent)) < number:
                await asyncio.sleep(0.02)

    async def all_reported(self, **why: str) -> None:
        async with asyncio.timeout(60):
            while self.provider.reported != why:
                await asyncio.sleep(0.02)

    async def runs(self) -> int:
        listed = self.environment.client.list_workflows(f'WorkflowId="{self.id}"')
        return len([run async for run in listed])


@asynccontextmanager
async def posting(
    environment: WorkflowEnvironment, cached: int = 1000, workflow_type: type = PostWorkflow
) -> AsyncIterator[Posting]:
    post = Posting(environment)
    async with Worker(
        environment.client,
        task_queue=post.id,
        workflows=[workflow_type],
        activities=[post.provider.send, post.provider.report_dead],
        max_cached_workflows=cached,
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
    ):
        yield post


async def test_messages_go_in_order_and_each_once(
    environment: WorkflowEnvironment, cached: int
) -> None:
    async with posting(environment, cached) as post:
        await post.deliver(message("m1"), message("m2"))
        await post.deliver(message("m2"), message("m3"))
        await post.all_sent("m1", "m2", "m3")
        await post.deliver(message("m1"), message("m4"))
        await post.all_sent("m1", "m2", "m3", "m4")


async def test_what_a_provider_does_not_take_is_tried_again_and_holds_the_order(
    environment: WorkflowEnvironment, cached: int
) -> None:
    async with posting(environment, cached) as post:
        post.provider.down = {"m1"}
        await post.deliver(message("m1"), message("m2"))
        await post.forward(minutes=3)
        assert post.provider.sent == []
        assert set(post.provider.tries) == {"m1"}
        assert len(post.provider.tries) >= 3
        post.provider.down = set()
        await post.forward(minutes=2)
        await post.all_sent("m1", "m2")


@pytest.mark.proves("I29", "I37")
async def test_what_never_arrives_is_reported_to_its_case_and_the_next_one_goes(
    environment: WorkflowEnvironment, cached: int
) -> None:
    async with posting(environment, cached) as post:
        post.provider.refuses = {"m1": "person_has_left"}
        post.provider.down = {"m2"}
        await post.deliver(message("m1"), message("m2"), message("m3"))
        await post.forward(minutes=20)
        await post.all_sent("m3")
        await post.all_reported(m1="person_has_left", m2="gave_up")


async def test_a_case_that_cannot_hear_a_report_holds_up_nobody(
    environment: WorkflowEnvironment, cached: int
) -> None:
    async with posting(environment, cached) as post:
        post.provider.refuses = {"m1": "desk_empty"}
        post.provider.case_is_deaf = {"m1"}
        await post.deliver(message("m1"), message("m2"), message("m3", safety=True))
        await post.forward(hours=1)
        await post.so_many_sent(2)
        assert sorted(post.provider.sent) == ["m2", "m3"]
        assert (await post.handle.describe()).status is WorkflowExecutionStatus.RUNNING
        post.provider.case_is_deaf = set()
        await post.forward(minutes=6)
        await post.all_reported(m1="desk_empty")


@pytest.mark.proves("R28")
async def test_a_safety_message_overtakes_whatever_waits_and_so_does_its_failure(
    environment: WorkflowEnvironment, cached: int
) -> None:
    async with posting(environment, cached) as post:
        post.provider.down = {"m1", "s1"}
        post.provider.refuses = {"s3": "desk_empty"}
        await post.deliver(message("m1"), message("m2"))
        await post.deliver(*(message(name, safety=True) for name in ("s1", "s2", "s3")))
        await post.all_sent("s2")
        await post.all_reported(s3="desk_empty")
        post.provider.down = set()
        await post.forward(minutes=6)
        await post.so_many_sent(4)
        assert sorted(post.provider.sent[1:]) == ["m1", "m2", "s1"]


@pytest.mark.proves("F30", "B18")
async def test_junk_signals_are_dropped_and_the_post_goes_on(
    environment: WorkflowEnvironment, cached: int
) -> None:
    async with posting(environment, cached) as post:
        await post.deliver()
        for junk in ([{"unreadable": True}], {"unreadable": True}, [3, None], "junk"):
            await post.handle.signal("deliver", junk)
        await post.handle.signal("deliver", [{"id": "m1"}, wire.encode(message("m2"))])
        await post.all_sent("m2")


async def test_a_post_with_nothing_left_ends_and_the_next_message_begins_another(
    environment: WorkflowEnvironment, cached: int
) -> None:
    async with posting(environment, cached) as post:
        post.provider.refuses = {"m1": "desk_empty"}
        post.provider.case_is_deaf = {"m1"}
        await post.deliver(message("m1"))
        await post.forward(hours=2)
        assert (await post.handle.describe()).status is WorkflowExecutionStatus.RUNNING
        post.provider.case_is_deaf = set()
        await post.environment.fast_forward(post.handle, timedelta(hours=1))
        assert (await post.handle.describe()).status is WorkflowExecutionStatus.COMPLETED
        await post.all_reported(m1="desk_empty")
        await post.deliver(message("m2"))
        await post.all_sent("m2")


async def test_a_roll_loses_nothing_that_is_unsent_or_unreported(
    environment: WorkflowEnvironment, cached: int
) -> None:
    async with posting(environment, cached, ShortPost) as post:
        post.provider.down = {"s1", "m5"}
        post.provider.refuses = {"m1": "desk_empty"}
        post.provider.case_is_deaf = {"m1"}
        names = [f"m{number}" for number in range(1, 9)]
        await post.deliver(message("s1", safety=True), *map(message, names))
        for number in range(20):
            await post.deliver(message(f"x{number}"))
        async with asyncio.timeout(60):
            while await post.runs() < 2:
                await asyncio.sleep(0.05)
        post.provider.down, post.provider.case_is_deaf = set(), set()
        await post.forward(minutes=10)
        await post.all_reported(m1="desk_empty")
        await post.so_many_sent(28)
        in_order = [name for name in dict.fromkeys(post.provider.sent) if name != "s1"]
        assert in_order == [*names[1:], *(f"x{number}" for number in range(20))]
