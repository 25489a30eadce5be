"""Looking: one case, lists of cases, what needs a person, what may be done, who there is."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from cli.failing import FOUND
from cli.options import DEFAULT, Options

Case = Annotated[str, Parameter(help="The case, by its id or its reference.")]
As = Annotated[str, Parameter(name="--as", help="Who asks, by their id in the directory.")]
Looker = Annotated[
    str, Parameter(name="--as", help="Who looks, by id; without it nothing private is shown.")
]
Stage = Literal[
    "identified",
    "checking",
    "agreement",
    "assessing",
    "triage",
    "routed",
    "stepped_down_in",
    "planning",
    "in_delivery",
    "in_review",
    "closed",
]
Standing = Literal["open_concern", "waiting", "due_soon", "overdue", "stalled", "broken"]


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases to list."""

    stage: Annotated[Stage | None, Parameter(help="Only at this stage.")] = None
    standing: Annotated[Standing | None, Parameter(help="Only those that stand so.")] = None
    holder: Annotated[str | None, Parameter(help="Only those this person has, by id.")] = None
    limit: Annotated[int, Parameter(help="At most how many.", validator=Number(gte=1, lte=200))] = (
        50
    )


ALL = Wanted()


def show(case: Case, *, by: Looker = "", options: Options = DEFAULT) -> int:
    """Show one case: who is responsible, next step, deadlines explained, history.

    Example: `baton show 7Q4M2X9KD --as p-ana`
    """
    from cli.case_page import case_document
    from cli.output import show_document

    show_document(asyncio.run(case_document(options, case, by)), options.output)
    return 0


def cases(*, wanted: Wanted = ALL, by: Looker = "", options: Options = DEFAULT) -> int:
    """List cases, the most pressing first.

    Example: `baton cases --standing overdue -o csv`
    """
    from cli.lists import case_listing
    from cli.output import show as write

    write(asyncio.run(case_listing(options, wanted, by)), options.output)
    return 0


def stuck(*, by: Looker = "", options: Options = DEFAULT) -> int:
    """List what needs a person, and the remedy; 3 when something does.

    Example: `baton stuck -o json`
    """
    from cli.output import show as write
    from cli.stuck import stuck_listing

    listing = asyncio.run(stuck_listing(options, by))
    write(listing, options.output)
    return FOUND if listing.rows else 0


def available(case: Case, *, by: As, options: Options = DEFAULT) -> int:
    """List what this person may ask of the case now, and why not the rest.

    Example: `baton available 7Q4M2X9KD --as p-lee`
    """
    from cli.lists import option_listing
    from cli.output import show as write

    write(asyncio.run(option_listing(options, case, by)), options.output)
    return 0


def people(
    *,
    load: Annotated[
        Path | None, Parameter(help="First take these in: a TOML file, or a folder of CSV files.")
    ] = None,
    dry_run: Annotated[
        bool, Parameter(negative="", help="Say what would change, and change nothing.")
    ] = False,
    sync: Annotated[
        bool, Parameter(negative="", help="Mark as left whoever is missing from the people.")
    ] = False,
    options: Options = DEFAULT,
) -> int:
    """List the directory: who there is, where, in which roles. Opens the store directly.

    A folder holds `people.csv` and, as wanted, `agencies.csv`, `absences.csv` and `closures.csv`;
    a column that is not there leaves alone what is known. A file is taken in whole or not at all.

    Example: `baton people --load our-people --sync --dry-run`

    Example: `baton people --load our-people.toml -o csv`
    """
    from cli.output import show as write
    from cli.people import Loading, directory_listing

    loading = Loading(load, dry_run=dry_run, sync=sync)
    write(asyncio.run(directory_listing(options, loading)), options.output)
    return 0
