"""Looking after the record: verified, its pages made again, runs settled with it and rolled."""

import asyncio
from typing import Annotated

from cyclopts import Parameter

from cli.options import DEFAULT, Options

CaseOrAll = Annotated[str | None, Parameter(help="One case, by id or reference; none means all.")]
Dry = Annotated[bool, Parameter(name="--dry-run", negative="", help="Say what would be done.")]


def verify(*, options: Options = DEFAULT) -> int:
    """Read the whole record and say what is wrong with it; 3 when something is.

    Opens the store directly. Example: `baton verify -o json`
    """
    from cli.upkeep import verified

    return asyncio.run(verified(options))


def rebuild(case: CaseOrAll = None, *, dry_run: Dry = False, options: Options = DEFAULT) -> int:
    """Make the pages of one case, or of all, again from the journal; 3 when one could not be.

    Opens the store directly. Example: `baton rebuild 7Q4M2X9KD`
    """
    from cli.upkeep import rebuilt

    return asyncio.run(rebuilt(options, case, dry_run=dry_run))


def settle(
    case: Annotated[str, Parameter(help="The case, by its id or its reference.")],
    *,
    by: Annotated[str, Parameter(name="--as", help="Who has looked, by their id.")],
    because: Annotated[str, Parameter(help="What was found and done, without names.")],
    options: Options = DEFAULT,
) -> int:
    """Say that a person has looked at a case whose run and journal disagree; then nudge it.

    It changes neither; who settled it and why is kept. Opens the store directly.

    Example: `baton settle 7Q4M2X9KD --as p-cat --because "Engine restored from Sunday's copy"`
    """
    from cli.settling import settled

    return asyncio.run(settled(options, case, by, because))


def nudge(
    case: CaseOrAll = None,
    *,
    all_: Annotated[bool, Parameter(name="--all", negative="", help="Every running case.")] = False,
    rate: Annotated[float, Parameter(help="How many a second.")] = 10.0,
    dry_run: Dry = False,
    options: Options = DEFAULT,
) -> int:
    """Roll running cases onto this build, one after another, as after a deploy.

    Example: `baton nudge --all --rate 20`
    """
    from cli.failing import Misused
    from cli.upkeep import nudged

    if (case is None) is not all_:
        raise Misused("nudge: name one case, or say --all")
    if not 0 < rate <= 1000:
        raise Misused("--rate: more than 0 and at most 1000 a second")
    return asyncio.run(nudged(options, case, rate, dry_run=dry_run))
