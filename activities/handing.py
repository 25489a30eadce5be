"""Handing recorded messages to each recipient's own post, which may take its time (decision 13)."""

from dataclasses import dataclass

from temporalio import activity
from temporalio.client import Client

import wire
from statemodel import Message
from workflows.ports import Document
from workflows.post import PostWorkflow
from workflows.run_state import PostState


def post_id(recipient: str) -> str:
    return f"post:{recipient}"


@dataclass(frozen=True, slots=True)
class Handing:
    """Signals with start: a post that is not running begins, one that runs is told once more."""

    client: Client
    queue: str

    @activity.defn(name="hand_on")
    async def hand_on(self, messages: list[Document]) -> None:
        grouped: dict[str, list[Document]] = {}
        for document in messages:
            grouped.setdefault(wire.decode(Message, document).to.id, []).append(document)
        for recipient, theirs in grouped.items():
            await self.client.start_workflow(
                PostWorkflow.run,
                wire.encode(PostState(recipient)),
                id=post_id(recipient),
                task_queue=self.queue,
                start_signal="deliver",
                start_signal_args=[theirs],
            )
