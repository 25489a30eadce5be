"""Singletons: workflows with a fixed id, started by whoever comes first (decision 21)."""

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy

from workflows.singleton import SealerWorkflow

SEALER = "baton-sealer"


async def keep_one_sealer(client: Client, queue: str) -> None:
    """Start the sealer unless it runs already."""
    await client.start_workflow(
        SealerWorkflow.run,
        id=SEALER,
        task_queue=queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
    )
