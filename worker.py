"""The worker: settings, connections, activities, then one Temporal worker until told to stop."""

import asyncio
import logging
import signal
import sys
from datetime import timedelta

from temporalio.worker import Worker

from activities.handing import Handing
from activities.journal import JournalDesk
from activities.reporting import CaseReporter
from activities.sealing import Sealing
from activities.sending import FileChannel, Sending, Stationery
from activities.sweeping import Sweeping
from config.policies import load_pack, words_of
from config.settings import Settings, load_settings
from config.wording import safety_line
from gateway.cases import Gateway
from gateway.connect import run_and_leave
from gateway.editions import prove_known
from gateway.links import links_of
from gateway.singletons import keep_one_sealer
from gateway.wiring import open_gateway
from workflows.case import CaseWorkflow
from workflows.post import PostWorkflow
from workflows.singleton import SealerWorkflow

GRACE, STICKY = timedelta(seconds=30), timedelta(seconds=4)


def case_worker(gateway: Gateway, settings: Settings) -> Worker:
    """Runs cases and the sealer, and writes the record."""
    desk = JournalDesk(gateway.store, gateway.vault, gateway.clock, settings.build)
    handing = Handing(gateway.engine.client, settings.post_queue)
    sweeping = Sweeping(gateway.store, handing, gateway.clock)
    sealing = Sealing(gateway.store, gateway.vault, gateway.clock, sweeping)
    return Worker(
        gateway.engine.client,
        task_queue=settings.case_queue,
        workflows=[CaseWorkflow, SealerWorkflow],
        activities=[desk.record, desk.seen, handing.hand_on, sealing.seal],
        graceful_shutdown_timeout=GRACE,
        sticky_queue_schedule_to_start_timeout=STICKY,
        max_cached_workflows=settings.max_cached_workflows,
    )


def post_worker(gateway: Gateway, settings: Settings) -> Worker:
    """Runs each recipient's post; a provider's trouble stays on this queue (decision 13)."""
    link, pack = f"http://{settings.web_host}:{settings.web_port}", load_pack(settings.policy)
    stationery = Stationery(
        link, safety_line(pack), words_of(settings.policy), settings.demonstration
    )
    channel = FileChannel(settings.data / "outbox")
    reporter = CaseReporter(gateway.engine, gateway.store, gateway.vault, gateway.clock)
    links = links_of(gateway)
    sending = Sending(gateway.store, channel, reporter, gateway.clock, stationery, links)
    return Worker(
        gateway.engine.client,
        task_queue=settings.post_queue,
        workflows=[PostWorkflow],
        activities=[sending.send, sending.report_dead],
        graceful_shutdown_timeout=GRACE,
        sticky_queue_schedule_to_start_timeout=STICKY,
        max_cached_workflows=settings.max_cached_workflows,
    )


async def serve(kind: str) -> int:
    settings = load_settings()
    async with open_gateway(settings, identity=f"baton-{kind}") as gateway:
        await prove_known(gateway.store, gateway.clock())
        worker = (
            case_worker(gateway, settings) if kind == "cases" else post_worker(gateway, settings)
        )
        told = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, told.set)
        async with worker:
            if kind == "cases":
                await keep_one_sealer(gateway.engine.client, settings.case_queue)
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            await told.wait()
    return 0


def main() -> int:
    logging.getLogger("transitions").setLevel(logging.WARNING)
    kind = sys.argv[1] if len(sys.argv) > 1 else "cases"
    if kind not in {"cases", "post"}:
        sys.exit("worker: say `cases` or `post`")
    return asyncio.run(serve(kind))


if __name__ == "__main__":
    run_and_leave(main)
