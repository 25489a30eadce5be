"""The `baton` command. Heavy imports wait inside the commands: `--help` answers in a moment."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from cyclopts import App, CycloptsError

from cli.asking import kinds, matches, open_case, pathway, submit
from cli.demo import demo
from cli.doctor import doctor
from cli.failing import INVALID, answered, tell
from cli.keeping import nudge, rebuild, settle, verify
from cli.local import CALENDAR, POLICY
from cli.reading import available, cases, people, show, stuck
from cli.rehearsing import rehearse
from cli.up import up
from gateway.leaving import run_and_leave

EPILOGUE = """Exit codes: 0 done, 1 a fault, 2 not usable as given, 3 a condition was found,
4 refused or no such case, 5 not for this person, 6 no answer yet (ask again with the same id),
7 something needed is not there. Baton is never the place to wait: in danger, call 999."""


def _version() -> str:
    from importlib.metadata import version

    return version("baton-early-help")


app = App(
    name="baton",
    help="Keeps every early-help case in somebody's hands.",
    help_epilogue=EPILOGUE,
    help_format="markdown",
    version=_version,
    result_action="return_value",
)
COMMANDS = {
    "Running it": (up, demo, rehearse),
    "Cases": (
        show,
        cases,
        stuck,
        available,
        open_case,
        matches,
        submit,
        kinds,
        pathway,
        people,
    ),
    "Looking after it": (doctor, verify, rebuild, settle, nudge),
}
for group, commands in COMMANDS.items():
    for command in commands:
        name = command.__name__.removesuffix("_case")
        app.command(answered(command), name=name, group=group)
app.command(CALENDAR)
app.command(POLICY)


def run(tokens: Sequence[str]) -> int:
    """Return the exit code of one command line; usage that is not understood is 2."""
    try:
        code = int(app(list(tokens), exit_on_error=False) or 0)
    except CycloptsError:
        code = INVALID
    if code == INVALID and any("concern" in token for token in tokens):
        from cli.refusals import safety_whatever

        tell(safety_whatever())  # whatever was mistyped, nobody waits for a system (practice D2)
    return code


def main() -> NoReturn:
    """Run the command line and leave by the one door (decision 43).

    What it or a child of it writes is for its owner's eyes alone.
    """
    os.umask(0o077)
    run_and_leave(lambda: run(sys.argv[1:]))
