"""Other builds of the workflows: with a bug in one hand, or with shorter limits.

In a module of their own: the sandbox imports it anew for each run, and a test's imports are many.
"""

from typing import Any

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.case import CaseWorkflow, Length
    from workflows.hand import Hand
    from workflows.post import PostWorkflow


class Broken(CaseWorkflow):
    """A build in which one hand has a bug that shows once something has happened."""

    def _broken(self, which: int) -> tuple[Hand, Hand, Hand]:
        hands = list(super()._hands())
        hands[which].close()
        hands[which] = self._bug()
        return hands[0], hands[1], hands[2]

    async def _bug(self) -> None:
        await workflow.wait_condition(lambda: self._held.case.version > 0)
        raise KeyError("a bug in a hand")


@workflow.defn(name="Case")
class BrokenClock(Broken):
    @workflow.init
    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__(given)

    @workflow.run
    async def run(self, given: dict[str, Any]) -> dict[str, Any]:
        return await super().run(given)

    def _hands(self) -> tuple[Hand, Hand, Hand]:
        return self._broken(0)


@workflow.defn(name="Case")
class BrokenCourier(Broken):
    @workflow.init
    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__(given)

    @workflow.run
    async def run(self, given: dict[str, Any]) -> dict[str, Any]:
        return await super().run(given)

    def _hands(self) -> tuple[Hand, Hand, Hand]:
        return self._broken(1)


@workflow.defn(name="Case")
class BrokenPulse(Broken):
    @workflow.init
    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__(given)

    @workflow.run
    async def run(self, given: dict[str, Any]) -> dict[str, Any]:
        return await super().run(given)

    def _hands(self) -> tuple[Hand, Hand, Hand]:
        return self._broken(2)


@workflow.defn(name="Case")
class SoonFull(CaseWorkflow):
    """A case whose run is long with a history of two mebibytes."""

    enough = Length(20_000, 2 * 1024 * 1024)

    @workflow.init
    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__(given)

    @workflow.run
    async def run(self, given: dict[str, Any]) -> dict[str, Any]:
        return await super().run(given)


@workflow.defn(name="Post")
class ShortPost(PostWorkflow):
    """A post whose runs are soon too long."""

    long, too_long = 20, 30

    @workflow.init
    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__(given)

    @workflow.run
    async def run(self, given: dict[str, Any]) -> None:
        await super().run(given)
