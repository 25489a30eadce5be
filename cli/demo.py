"""A handful of live, invented cases at a pace you can watch, in a store of their own."""

import asyncio
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

Exit = Annotated[bool, Parameter(name="--exit", negative="", help="Stop once the table stands.")]
DataFolder = Annotated[
    Path | None, Parameter(help="Keep the demonstration in this folder (default: a passing one).")
]


def demo(*, exit_: Exit = False, data: DataFolder = None) -> int:
    """Start everything on free ports, and tell a story of invented cases at a pace you can watch.

    A reminder, a missed answer and a referral are seen to happen. The store is stamped
    DEMONSTRATION and takes no real case. Example: `baton demo --exit`
    """
    from cli.staging import staged

    return asyncio.run(staged(data, stop=exit_))
