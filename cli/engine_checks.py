"""What `doctor` asks the Temporal server: reachable, searchable, attended, and not left behind."""

from collections.abc import AsyncIterator
from typing import Any, Final

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from cli.stores import opened
from cli.verdict import Verdict, attention, fault, ok
from config.settings import Settings
from gateway.connect import connect
from gateway.devserver import list_line
from gateway.editions import strange_editions
from gateway.leaving import Unavailable
from gateway.wiring import utc_now
from readmodel.engine import StoreUnavailable
from statemodel import KNOWN_EDITIONS
from workflows.attributes import KEYS

WORKFLOWS: Final = TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW


async def engine_checks(settings: Settings) -> AsyncIterator[Verdict]:
    """Yield a verdict on the server, its search attributes, both queues and old editions."""
    yield await _editions(settings)
    try:
        client = await connect(settings)
    except Unavailable as error:
        yield fault("Temporal server", str(error), "`baton up`, or BATON_TEMPORAL_ADDRESS")
        return
    line = list_line(
        settings.temporal_address, settings.temporal_namespace, 'BatonStage="planning"'
    )
    yield ok("Temporal server", f"{settings.temporal_address}; to look: {line}")
    try:
        yield await _attributes(client)
        for what, queue in (("cases", settings.case_queue), ("post", settings.post_queue)):
            yield await _attended(client, what, queue)
    except RPCError as error:
        yield fault("Temporal server", f"it answered: {error.status.name}", "ask who runs it")


async def _attributes(client: Client) -> Verdict:
    asked = ListSearchAttributesRequest(namespace=client.namespace)
    known = (await client.operator_service.list_search_attributes(asked)).custom_attributes
    missing = [key.name for key in KEYS if key.name not in known]
    if missing:
        says = f"not registered: {', '.join(missing)}"
        return fault("search attributes", says, "`baton up` registers them")
    return ok("search attributes", ", ".join(key.name for key in KEYS))


async def _attended(client: Client, what: str, queue: str) -> Verdict:
    asked = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=queue),
        task_queue_type=WORKFLOWS,
    )
    answer: Any = await client.workflow_service.describe_task_queue(asked)
    pollers = len(answer.pollers)
    if not pollers:
        return fault(f"worker: {what}", f"nobody works on {queue}", "`baton up`, or see its log")
    return ok(f"worker: {what}", f"{queue} is attended")


async def _editions(settings: Settings) -> Verdict:
    """A build knows two editions; a run of an older one must be rolled by the build before (1)."""
    try:
        store = await opened(settings)
    except StoreUnavailable:
        return fault("editions", "not known while the store is not there", "see above")
    try:
        strange = await strange_editions(store, utc_now())
    finally:
        await store.close()
    known = " and ".join(map(str, KNOWN_EDITIONS))
    if strange:
        says = f"cases of edition {', '.join(map(str, strange))} are open; this build knows {known}"
        return attention("editions", says, "`baton nudge --all` with the build that knows them")
    return ok("editions", f"every open case is of edition {known}")
