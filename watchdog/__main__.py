"""`python -m watchdog`: judge every so often until told to stop; with `--once`, once."""

import argparse
import asyncio
import json
import os
import signal
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, NoReturn

from watchdog.page import document, keep, written
from watchdog.rounds import Seen, Watch, changes
from watchdog.runs import Runs
from watchdog.settings import InvalidSetting, Settings, read
from watchdog.store import Store

NOTHING, BUG, INVALID, FOUND, UNAVAILABLE = 0, 1, 2, 3, 7


async def once(watch: Watch) -> int:
    """0 nothing found, 3 something found, 7 a store not reachable, which is said."""
    seen = await watch.round(datetime.now(UTC))
    tell(None, seen)
    if seen.lost:
        return UNAVAILABLE
    return FOUND if seen.since else NOTHING


async def for_ever(watch: Watch, settings: Settings, every: float) -> int:
    """Until SIGTERM or SIGINT; a round that is under way is then left where it is."""
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    say("ready")
    watching = asyncio.create_task(_rounds(watch, settings, every))
    stopping = asyncio.create_task(told.wait())
    await asyncio.wait({watching, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if watching.done():
        watching.result()  # it never ends but by a bug: raise that
    return NOTHING


async def _rounds(watch: Watch, settings: Settings, every: float) -> None:
    before = None
    while True:
        seen = await watch.round(datetime.now(UTC))
        tell(before, seen)
        before = seen
        try:
            await asyncio.to_thread(keep, settings.page, document(seen, every))
        except OSError as error:
            say_line(seen, {"event": "page_not_kept", "why": type(error).__name__})
        await asyncio.sleep(every)


def tell(before: Seen | None, seen: Seen) -> None:
    for line in changes(before, seen):
        say_line(seen, line)


def say_line(seen: Seen, line: dict[str, str]) -> None:
    say(json.dumps({"at": written(seen.at), **line}))


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - what it says on standard output is its product


def asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("watchdog", description=__doc__)
    parser.add_argument("--once", action="store_true", help="judge once: exits 0, 3 or 7")
    parser.add_argument("--every", type=float, default=20.0, help="seconds between two rounds")
    options = parser.parse_args(arguments)
    if not 0 < options.every <= 3600:  # and no `nan`
        parser.error("--every takes more than 0 and at most 3600 seconds")
    return options


async def main(options: Any, settings: Settings) -> NoReturn:
    """Leaves from within: closing the loop would wait for a question that is still out."""
    store = Store(settings.database)
    watch = Watch(store, Runs(settings.temporal_address, settings.temporal_namespace))
    leave(await (once(watch) if options.once else for_ever(watch, settings, options.every)))


def leave(code: int) -> NoReturn:
    """Flush and end at once: after a Temporal client, one interpreter in six crashes at its end."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    try:
        asyncio.run(main(asked(sys.argv[1:]), read(os.environ)))
    except InvalidSetting as error:
        sys.stderr.write(f"{error}\n")
        leave(INVALID)
    except Exception as error:  # noqa: BLE001 - whatever it was, the process leaves by one door
        sys.stderr.write("".join(traceback.format_exception(error)))
        leave(BUG)
