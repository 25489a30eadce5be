"""What is wrong with this machine: one line a check, each with its remedy."""

import asyncio

from cli.failing import FOUND, UNAVAILABLE
from cli.options import DEFAULT, Options


def doctor(*, options: Options = DEFAULT) -> int:
    """Look at everything an installation stands on; 3 when something needs attention, 7 a fault.

    Opens the store directly. Example: `baton doctor -o json`
    """
    from cli.checks import examined
    from cli.output import Listing, show
    from cli.verdict import State

    found = asyncio.run(examined(options))
    rows = [(one.what, one.state.value, one.says, one.remedy) for one in found]
    show(Listing(("what", "state", "says", "remedy"), rows), options.output)
    states = {one.state for one in found}
    return UNAVAILABLE if State.FAULT in states else FOUND if State.ATTENTION in states else 0
