"""Work there is one of, in a workflow with a fixed id: Temporal is the lock (decision 21)."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():  # pure: see [tool.importlinter]
    from workflows.retries import HEARTBEAT, SEALING, STORE

ROUNDS = 100


@workflow.defn(name="Sealer")
class SealerWorkflow:
    """Keeps the order over all cases sealed, at most a second behind (decision 24)."""

    @workflow.run
    async def run(self) -> None:
        for _ in range(ROUNDS):
            await workflow.execute_activity(
                "seal",
                start_to_close_timeout=SEALING,
                heartbeat_timeout=HEARTBEAT,
                retry_policy=STORE,
            )
        workflow.continue_as_new()
