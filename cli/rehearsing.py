"""Playing worked cases: on the state model alone, or on the real engine with time skipped."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from cli.failing import FAULT, Misused
from cli.options import DEFAULT, Options

if TYPE_CHECKING:
    from rehearsals import Outcome

Files = Annotated[Path, Parameter(help="Files, or folders searched for *.toml.")]
Engine = Annotated[Literal["model", "temporal"], Parameter(help="What plays them.")]


def rehearse(*files: Files, engine: Engine = "model", options: Options = DEFAULT) -> int:
    """Play worked cases and say which came out as their file says; 1 when one did not.

    Example: `baton rehearse rehearsals --engine temporal`
    """
    import rehearsals
    from cli.output import Listing, show

    paths = rehearsals.find(files or (Path(rehearsals.__file__).parent,))
    if not paths:
        raise Misused("rehearse: no file ends in .toml there; name files, or a folder of them")
    played = [rehearsals.load(path) for path in paths]
    told = _tell if options.output == "table" else _keep_quiet
    outcomes = asyncio.run(rehearsals.play(played, engine, told=told))
    failed = sum(not one.passed for one in outcomes)
    if options.output == "table":
        sys.stdout.write(f"{len(outcomes) - failed} passed, {failed} failed\n")
    else:
        rows = [(one.path.name, one.title, one.passed, _why(one)) for one in outcomes]
        show(Listing(("file", "title", "passed", "why"), rows), options.output)
    return FAULT if failed else 0


def _tell(one: "Outcome") -> None:
    sys.stdout.write(f"{'ok' if one.passed else 'FAILED':6} {one.path.name}: {one.title}\n")
    if not one.passed:
        sys.stdout.write(f"{_why(one)}\n")
    sys.stdout.flush()


def _keep_quiet(one: "Outcome") -> None:
    """The answer as a whole is the only thing on standard output."""


def _why(one: "Outcome") -> str:
    return "\n".join(f"       {one.path.name}:{fail.line}: {fail.says}" for fail in one.failures)
