"""What is compared: real cases, the same shape with nothing in it, and the bare engine."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Protocol, Self, cast

from temporalio import activity
from temporalio.api.common.v1 import Payload
from temporalio.client import Client
from temporalio.common import TypedSearchAttributes
from temporalio.converter import PayloadCodec, SerializationContext, WithSerializationContext
from temporalio.worker import Worker

import wire
from activities.handing import Handing
from activities.journal import JournalDesk
from benchmarks.cpu import Stopwatch
from benchmarks.padding import padding
from benchmarks.script import submission
from benchmarks.tally import Tally
from benchmarks.trivial import Bare, Nothing, SameShape
from benchmarks.weight import Weight
from gateway.cases import Gateway
from gateway.codec import CaseCodec
from gateway.engine import TASK_TIMEOUT, Engine
from statemodel import Case
from workflows import attributes
from workflows.case import CaseWorkflow
from workflows.ports import Document
from workflows.run_state import CaseRun


class Contestant(Protocol):
    """Starts cases and submits the script's steps; `worker` tells `tally` what is done."""

    @property
    def name(self) -> str: ...

    def worker(self, tally: Tally) -> Worker: ...

    async def start(self, case_id: str) -> None: ...

    async def submit(self, case_id: str, number: int) -> None: ...


class Letterbox:
    """Takes the place of the client that hands messages to posts: it remembers how many."""

    def __init__(self) -> None:
        self.letters = 0

    async def start_workflow(self, *given: Any, start_signal_args: Any, **more: Any) -> None:
        self.letters += len(start_signal_args[0])


@dataclass(frozen=True, slots=True)
class Doing:
    """The real record and hand_on, timed and counted."""

    desk: JournalDesk
    handing: Handing
    tally: Tally
    store: Stopwatch

    @activity.defn(name="record")
    async def record(self, batch: Document) -> Document:
        answer: Document = await self.store.timed(self.desk.record(batch))
        told = any(item["messages"] for item in batch["items"])
        self.tally.recorded(len(batch["items"]), told=told)
        return answer

    @activity.defn(name="seen")
    async def seen(self, pulse: Document) -> None:
        await self.desk.seen(pulse)

    @activity.defn(name="hand_on")
    async def hand_on(self, messages: list[Document]) -> None:
        await self.handing.hand_on(messages)
        self.tally.handed_on()


class TimedCodec(PayloadCodec, WithSerializationContext):
    """The real codec, timed."""

    def __init__(self, codec: CaseCodec, watch: Stopwatch) -> None:
        self._codec, self._watch = codec, watch

    def with_context(self, context: SerializationContext) -> Self:
        return type(self)(self._codec.with_context(context), self._watch)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return await self._watch.timed(self._codec.encode(payloads))

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return await self._watch.timed(self._codec.decode(payloads))


@dataclass(frozen=True, slots=True)
class Ours:
    """Real cases under real keys, written to the real store; `keys` are made before the round."""

    gateway: Gateway
    engine: Engine
    case: Case
    store: Stopwatch
    codec: Stopwatch
    keys: dict[str, str] = field(default_factory=dict)
    name: str = "ours"

    @staticmethod
    def of(gateway: Gateway, case: Case) -> "Ours":
        """Return real cases behind this gateway, `case` being the form of each before it opens."""
        watch = Stopwatch()
        settings = gateway.engine.client.config()
        codec = TimedCodec(CaseCodec(gateway.vault, gateway.house), watch)
        settings["data_converter"] = replace(settings["data_converter"], payload_codec=codec)
        engine = Engine(Client(**settings), gateway.engine.queue)
        return Ours(gateway, engine, case, Stopwatch(), watch)

    async def make_keys(self, case_ids: list[str]) -> None:
        for case_id in case_ids:
            self.keys[case_id] = (await self.gateway.vault.make(case_id)).secret

    def worker(self, tally: Tally) -> Worker:
        gateway, letterbox = self.gateway, cast("Client", Letterbox())
        desk = JournalDesk(gateway.store, gateway.vault, gateway.clock, "floor")
        doing = Doing(desk, Handing(letterbox, "posts"), tally, self.store)
        return Worker(
            self.engine.client,
            task_queue=self.engine.queue,
            workflows=[CaseWorkflow],
            activities=[doing.record, doing.hand_on, doing.seen],
        )

    async def start(self, case_id: str) -> None:
        case = replace(self.case, id=case_id)
        await self.engine.start(CaseRun(case, self.keys[case_id], opening=case))

    async def submit(self, case_id: str, number: int) -> None:
        asked = submission(number, case_id, datetime.now(UTC))
        document = wire.encode(asked)
        await self.engine.submit(f"{case_id}.1", document, asked.command_id)


@dataclass(frozen=True, slots=True)
class Shaped:
    """Everything a case asks of the engine, byte for byte, and nothing of what it means."""

    client: Client
    weight: Weight
    name: str = "same shape"

    def worker(self, tally: Tally) -> Worker:
        return _trivial_worker(self.client, tally)

    async def start(self, case_id: str) -> None:
        given = {"opening": self.weight.opening, "pad": padding(self.weight.given)}
        before = TypedSearchAttributes(attributes.pairs(("none", "nothing", "nobody")))
        await self.client.start_workflow(
            SameShape.run,
            given,
            id=f"{case_id}.1",
            task_queue=TRIVIAL,
            task_timeout=TASK_TIMEOUT,
            search_attributes=before,
        )

    async def submit(self, case_id: str, number: int) -> None:
        step = self.weight.steps[number]
        document = {
            "item": step.item,
            "messages": step.messages,
            "summary": step.summary,
            "shown": step.shown,
            "pad": padding(step.asked - OF_THE_FIGURES),
        }
        handle = self.client.get_workflow_handle(f"{case_id}.1")
        await handle.execute_update(SameShape.submit, document, id=f"{case_id}-{number}")


@dataclass(frozen=True, slots=True)
class Barest:
    """The least that an engine can do for an update with something to be done after it."""

    client: Client
    name: str = "bare"

    def worker(self, tally: Tally) -> Worker:
        return _trivial_worker(self.client, tally)

    async def start(self, case_id: str) -> None:
        await self.client.start_workflow(
            Bare.run, id=f"{case_id}.1", task_queue=TRIVIAL, task_timeout=TASK_TIMEOUT
        )

    async def submit(self, case_id: str, number: int) -> None:
        handle = self.client.get_workflow_handle(f"{case_id}.1")
        await handle.execute_update(Bare.submit, number, id=f"{case_id}-{number}")


TRIVIAL = "floor"
OF_THE_FIGURES = 100  # bytes of an update's document beside its padding


def _trivial_worker(client: Client, tally: Tally) -> Worker:
    nothing = Nothing(tally)
    return Worker(
        client,
        task_queue=TRIVIAL,
        workflows=[SameShape, Bare],
        activities=[nothing.record, nothing.hand_on, nothing.nothing],
    )
