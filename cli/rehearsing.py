"""Playing worked cases: on the state model alone, or on the real engine with time skipped."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from cli.failing import FAULT, Misused
from cli.options import DEFAULT, Options

if TYPE_CHECKING:
    from rehearsals import Outcome, Problem, Rehearsal

OF_A_WHOLE_FILE = ("does not exist", "(*.toml)", "be read", "UTF-8 text", "256 KiB", "is missing")
Files = Annotated[Path, Parameter(help="Files, or folders searched for *.toml.")]
Engine = Annotated[Literal["model", "temporal"], Parameter(help="What plays them.")]


def rehearse(*files: Files, engine: Engine = "model", options: Options = DEFAULT) -> int:
    """Play worked cases and say which came out as their file says; 1 when one did not.

    Example: `baton rehearse rehearsals --engine temporal`
    """
    import rehearsals
    from cli.output import Listing, show

    played = _loaded(files or (Path(rehearsals.__file__).parent,))
    told = _tell if options.output == "table" else _keep_quiet
    outcomes = asyncio.run(rehearsals.play(played, engine, told=told))
    failed = sum(not one.passed for one in outcomes)
    if options.output == "table":
        sys.stdout.write(f"{len(outcomes) - failed} passed, {failed} failed\n")
    else:
        rows = [(one.path.name, one.title, one.passed, _why(one)) for one in outcomes]
        show(Listing(("file", "title", "passed", "why"), rows), options.output)
    return FAULT if failed else 0


def _loaded(files: tuple[Path, ...]) -> "list[Rehearsal]":
    """Return every file read; raises Misused with what is wrong in all of them, if anything is."""
    import rehearsals

    played, problems = [], []
    try:
        paths = rehearsals.find(files)
    except rehearsals.RehearsalError as error:
        raise Misused("\n".join(map(_at, error.problems))) from None
    for path in paths:
        try:
            played.append(rehearsals.load(path))
        except rehearsals.RehearsalError as error:
            problems += [_at(one) for one in error.problems]
    if problems:
        raise Misused("\n".join(problems))
    return played


def _at(one: "Problem") -> str:
    """A problem with its line; what is wrong with a file as a whole stands on none."""
    whole = one.line == 1 and one.says.endswith(OF_A_WHOLE_FILE)
    return f"{one.file}: {one.says}" if whole else str(one)


def _tell(one: "Outcome") -> None:
    sys.stdout.write(f"{'ok' if one.passed else 'FAILED':6} {one.path.name}: {one.title}\n")
    if not one.passed:
        sys.stdout.write(f"{_why(one)}\n")
    sys.stdout.flush()


def _keep_quiet(one: "Outcome") -> None:
    """The answer as a whole is the only thing on standard output."""


def _why(one: "Outcome") -> str:
    return "\n".join(f"       {one.path.name}:{fail.line}: {fail.says}" for fail in one.failures)
