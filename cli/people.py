"""The directory: people taken in from files, and listed. Names stand there and nowhere else."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cli.failing import Misused, tell
from cli.options import Options
from cli.output import Listing
from cli.people_checks import faults_beside, understand
from cli.people_files import Written, read_files
from cli.place import settings_of
from cli.stores import opened
from readmodel.directory import Listed, everybody
from readmodel.engine import Store
from readmodel.enrolment import read_roll, write_changes
from readmodel.roll import Change, Count, Given, Part, Roll, compare, count

INVENTED: Final = Path(__file__).parent / "people.toml"
COLUMNS: Final = (
    "id",
    "name",
    "agency",
    "roles",
    "line_manager",
    "deputy",
    "active",
    "second_agency",
    "capacity",
)


KEPT: Final = "in the directory only, and kept"
AFTER_SYNC: Final = {
    Part.PEOPLE: "left",
    Part.ABSENCES: "removed",
    Part.CLOSURES: "removed",
}


@dataclass(frozen=True, slots=True)
class Loading:
    """What is taken in: a TOML file or a folder of CSV files; `dry_run` writes nothing."""

    load: Path | None = None
    dry_run: bool = False
    sync: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file changed, or would, and how its rows add up."""

    changes: tuple[Change, ...]
    counts: tuple[Count, ...]


async def directory_listing(options: Options, loading: Loading) -> Listing:
    """Return everybody, after taking in what is given, or what that would change.

    The counts go to standard error. Raises Misused, with every fault of the files at once.
    """
    if loading.load is None and (loading.dry_run or loading.sync):
        raise Misused("--dry-run and --sync need a file or a folder: name it with --load")
    store = await opened(settings_of(options.data))
    try:
        taken = await _taken(store, loading)
        known = await everybody(store)
    finally:
        await store.close()
    for one in taken.counts if taken else ():
        tell(_said(one, sync=loading.sync))
    if taken and loading.dry_run:
        return _changes(taken)
    rows = [_row(person) for person in known]
    return Listing(COLUMNS, rows, empty="Nobody yet: baton people --load FILE takes people in.")


async def _taken(store: Store, loading: Loading) -> Taken | None:
    if loading.load is None:
        return None
    return await take_in(store, loading.load, dry_run=loading.dry_run, sync=loading.sync)


async def take_in(store: Store, place: Path, *, dry_run: bool = False, sync: bool = False) -> Taken:
    """Put what the files say into the directory, whole or not at all; raises Misused.

    With `sync` whoever is missing from the people has left, and absences and closures missing
    from theirs are none. All is read and written in one transaction.
    """
    written = read_files(place)
    async with store.reading() if dry_run else store.writing() as connection:
        roll = await read_roll(connection)
        given = _understood(written, roll, sync=sync)
        changes = compare(roll, given, sync=sync)
        if not dry_run:
            await write_changes(connection, changes)
    return Taken(changes, count(given, changes))


def _understood(written: Written, roll: Roll, *, sync: bool) -> Given:
    """Return what the files say; raises Misused with all that is wrong, in their order."""
    found = understand(written)
    faults = {*found.faults, *faults_beside(found, written, roll)}
    if faults:
        ordered = sorted(faults, key=lambda one: (one.file, one.line, one.where))
        raise Misused("\n".join([*map(str, ordered), "Nothing was taken in."]))
    if sync and not found.given.get(Part.PEOPLE):
        raise Misused("--sync needs people: whoever is missing from them is marked as left")
    return found.given


def _said(one: Count, *, sync: bool) -> str:
    """How a part's rows add up, in a line."""
    sums = f"{one.added} added + {one.changed} changed + {one.unchanged} unchanged"
    gone = AFTER_SYNC.get(one.part, KEPT) if sync else KEPT
    return f"{one.part}: {one.read} read = {sums}; {one.missing} {gone}"


def _changes(taken: Taken) -> Listing:
    rows = [(one.part, " ".join(one.key), one.turn, _what(one)) for one in taken.changes]
    return Listing(("of", "which", "change", "what"), rows, empty="Nothing would change.")


def _what(change: Change) -> str:
    """Each field that differs, as it was and as it is to be."""
    return "; ".join(
        f"{name}: {_plain(before)} → {_plain(after)}" for name, before, after in change.differs
    )


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(value) or "none"
    return "none" if value is None else str(value)


def _row(person: Listed) -> tuple[object, ...]:
    facts = person.facts
    return (
        facts.id,
        person.name,
        facts.agency,
        ";".join(facts.roles),
        facts.line_manager,
        facts.deputy,
        facts.active,
        person.second_agency,
        person.capacity,
    )
