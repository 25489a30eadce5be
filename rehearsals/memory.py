"""A case's ports that remember: as strict as the real record, and as safe to ask twice."""

from collections.abc import Sequence
from typing import Any

from temporalio import activity

import wire
from readmodel.chain import Head, contradiction
from statemodel import Entry, Message
from statemodel.entry import digest_of

Document = dict[str, Any]


class Kept:
    """What is remembered of one case: its entries by version, its messages, and what went wrong."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.opening: Document | None = None
        self.entries: dict[int, Document] = {}
        self.recorded_messages: dict[str, Document] = {}
        self.handed_on: dict[str, Document] = {}
        self.pulses: list[Document] = []
        self.wrong: list[str] = []

    @property
    def head(self) -> Head:
        if not self.entries:
            return Head()
        last = self.entries[max(self.entries)]
        return Head(last["version"], last["digest"], last["episode"])

    def journal(self) -> tuple[Entry, ...]:
        return tuple(wire.decode(Entry, document) for document in self.entries.values())

    def told(self) -> tuple[Message, ...]:
        return tuple(wire.decode(Message, document) for document in self.handed_on.values())

    def faults(self, entries: Sequence[Document]) -> list[str]:
        """Return what keeps these entries out: a gap, another head, a digest that is not theirs."""
        digests = {version: entry["digest"] for version, entry in self.entries.items()}
        found = contradiction(self.head, digests, entries)
        wrong = [f"entry {found.version} contradicts the journal: {found.why}"] if found else []
        unlike = (e for e in entries if digest_of(e, self.secret) != e["digest"])
        return [*wrong, *(f"entry {e['version']} is not what its digest says" for e in unlike)]

    def add(self, batch: Document) -> None:
        self.opening = self.opening or batch["opening"]
        for item in batch["items"]:
            self.entries.setdefault(item["entry"]["version"], item["entry"])
            for message in item["messages"]:
                self.recorded_messages.setdefault(message["id"], message)


class Memory:
    """The desk that all cases of a play are recorded at; it outlives any worker."""

    def __init__(self) -> None:
        self._cases: dict[str, Kept] = {}

    def open(self, case_id: str, secret: str) -> Kept:
        self._cases[case_id] = Kept(secret)
        return self._cases[case_id]

    @activity.defn(name="record")
    async def record(self, batch: Document) -> Document:
        kept = self._cases[batch["case_id"]]
        entries = [item["entry"] for item in batch["items"]]
        wrong = kept.faults(entries)
        if wrong:
            kept.wrong.extend(wrong)
            return {"diverged": entries[0]["version"], "why": wrong[0]}
        kept.add(batch)
        return {"recorded": entries[-1]["version"]}

    @activity.defn(name="hand_on")
    async def hand_on(self, messages: list[Document]) -> None:
        for message in messages:
            kept = self._cases[message["case_id"]]
            if message["id"] not in kept.recorded_messages:
                kept.wrong.append(f"{message['purpose']} was handed on and never recorded")
            kept.handed_on.setdefault(message["id"], message)

    @activity.defn(name="seen")
    async def seen(self, pulse: Document) -> None:
        self._cases[pulse["case_id"]].pulses.append(pulse)
