"""Working days and local rules: shown, checked and explained without a server or a store."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import App, Parameter

from cli.failing import FOUND, INVALID, answered
from cli.options import DEFAULT, Options
from cli.output import Listing, show

CALENDAR = App(
    name="calendar",
    group="Rules",
    help="Working days: what a calendar counts.",
    result_action="return_value",
)
POLICY = App(
    name="policy",
    group="Rules",
    help="Local rules: what a policy says.",
    result_action="return_value",
)
HERE = ZoneInfo("Europe/London")
Name = Annotated[str, Parameter(help="A shipped name, or a file.")]
Around = Annotated[int | None, Parameter(help="The year it is frozen around (default: this one).")]
Only = Annotated[
    int | None, Parameter(help="That year alone (default: from last year to three years ahead).")
]
Live = Annotated[bool, Parameter(negative="", help="Also ask what real families need.")]


def _today() -> date:
    return datetime.now(HERE).date()


def _named(name: str) -> str | Path:
    """A name with a dot or a slash in it is a file."""
    return Path(name) if "/" in name or name.endswith(".toml") else name


def show_calendar(name: Name = "england", *, year: Only = None, options: Options = DEFAULT) -> int:
    """List the weekdays nobody works.

    Example: `baton calendar show scotland --year 2027`
    """
    from config.calendar_files import load_calendar

    calendar = load_calendar(_named(name), year or _today().year)
    closed = ((one.day, one.day.strftime("%a"), one.name) for one in calendar.closed)
    head = f"{calendar.id}: business closes at {calendar.close}, {calendar.zone}"
    pace = f"; one working day = {calendar.pace} s (rehearsal)" if calendar.pace else ""
    rows = [row for row in closed if year is None or row[0].year == year]
    show(Listing(("day", "weekday", "name"), rows, title=head + pace), options.output)
    return 0


def check_calendar(
    name: Name = "england", *, year: Around = None, options: Options = DEFAULT
) -> int:
    """Say what is doubtful about a calendar; 3 when something is.

    Example: `baton calendar check my-council.toml`
    """
    from config.calendar_check import check, months_left
    from config.calendar_files import read_calendar, snapshot

    written = read_calendar(_named(name))
    calendar = snapshot(written, year or _today().year)
    found = check(calendar, _today(), written)
    fine = f"{calendar.id}: nothing doubtful; {months_left(calendar, _today())} months left."
    rows = [(one.code, one.text) for one in found]
    show(Listing(("code", "says"), rows, empty=fine), options.output)
    return FOUND if found else 0


def check_policy(
    name: Name = "england-default", *, live: Live = False, options: Options = DEFAULT
) -> int:
    """Say what is wrong with a policy; 2 when it cannot be used, 3 when it is not fit for live use.

    Example: `baton policy check my-council.toml --live`
    """
    from config.policies import check_pack

    broken = check_pack(_named(name), live=False)
    found = broken or (check_pack(_named(name), live=True) if live else ())
    use = "fit for live use" if live else "can be used"
    rows = [(one.file, one.key, one.says, one.remedy) for one in found]
    columns = ("file", "key", "says", "remedy")
    show(Listing(columns, rows, empty=f"{name}: {use}."), options.output)
    return INVALID if broken else FOUND if found else 0


def explain_policy(
    name: Name = "england-default",
    *,
    print_: Annotated[bool, Parameter(name="--print", help="As plain lines for paper.")] = False,
    options: Options = DEFAULT,
) -> int:
    """Say what a policy means, sentence by sentence, and whose choice each one is.

    As JSON the sources name the rules' numbers, too.

    Example: `baton policy explain england-default --print > for-the-board.txt`
    """
    import sys

    from config.policies import explain_pack

    told = explain_pack(_named(name), rules=options.output == "json")
    if print_ or options.output == "table":
        sys.stdout.write("".join(_lines(told, 78 if print_ else 0)))
    else:
        show(Listing(("line",), [(line,) for line in told.splitlines() if line]), options.output)
    return 0


def _lines(text: str, width: int) -> Iterator[str]:
    """Yield each line, folded for paper where a width is given."""
    from textwrap import fill

    for line in text.splitlines():
        yield (fill(line, width, subsequent_indent="   ") if width else line) + "\n"


CALENDAR.command(answered(show_calendar), name="show")
CALENDAR.command(answered(check_calendar), name="check")
POLICY.command(answered(check_policy), name="check")
POLICY.command(answered(explain_policy), name="explain")
