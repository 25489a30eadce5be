"""What a case may ask of the outside world; `activities/` answers. Plain documents only (wire)."""

from typing import Any, Protocol

from temporalio import activity

Document = dict[str, Any]


class CasePorts(Protocol):
    """Each is safe to do twice (decisions 2, 13, 18)."""

    @activity.defn(name="record")
    async def record(self, batch: Document) -> Document:
        """Append entries, messages and columns in one transaction; say `diverged` if it may not."""
        ...

    @activity.defn(name="hand_on")
    async def hand_on(self, messages: list[Document]) -> None:
        """Give each recorded message to its recipient's post."""
        ...

    @activity.defn(name="seen")
    async def seen(self, pulse: Document) -> None:
        """Note that the case's run is alive: case, version, head, edition, how many unrecorded."""
        ...


class PostPorts(Protocol):
    """What a recipient's post may ask; on a task queue of its own."""

    @activity.defn(name="send")
    async def send(self, message: Document) -> Document:
        """Send once; an address that will never work is a non-retryable error with a code."""
        ...

    @activity.defn(name="report_dead")
    async def report_dead(self, report: Document) -> None:
        """Tell the case that somebody could not be told."""
        ...


class HousePorts(Protocol):
    """What the singletons do (decision 21)."""

    @activity.defn(name="seal")
    async def seal(self) -> None:
        """Put entries of all cases in one sealed order, for some minutes, with heartbeats."""
        ...
