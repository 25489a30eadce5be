"""A hand of a run: a coroutine beside others, whose end is always looked at."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from temporalio.exceptions import ActivityError

Hand = Coroutine[Any, Any, None]


def surface(hand: asyncio.Task[None]) -> None:
    """A hand that failed fails the task, visibly and until mended, and never the run (12)."""
    if not hand.done():
        return
    try:
        hand.result()
    except ActivityError as error:
        raise RuntimeError("an activity gave up that never should") from error
