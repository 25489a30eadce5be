"""The directory: people taken in from a file, and listed. Names stand there and nowhere else."""

import tomllib
from pathlib import Path
from typing import Any, Final

from cli.failing import Misused
from cli.options import Options
from cli.output import Listing
from cli.place import settings_of
from cli.stores import opened
from readmodel.directory import Agency, Listed, everybody, put_agencies, put_people
from readmodel.engine import Store
from statemodel import PersonFacts, Role

INVENTED: Final = Path(__file__).parent / "people.toml"
KEYS: Final = frozenset({"name", "agency", "roles", "line_manager", "deputy", "active"})


async def directory_listing(options: Options, load: Path | None) -> Listing:
    """Return everybody, after taking in a file's people; raises Misused for a faulty file."""
    store = await opened(settings_of(options.data))
    try:
        if load is not None:
            await take_in(store, load)
        known = await everybody(store)
    finally:
        await store.close()
    rows = [_row(person) for person in known]
    columns = ("id", "name", "agency", "roles", "line_manager", "deputy", "works_here")
    return Listing(columns, rows, empty="Nobody yet: baton people --load FILE takes people in.")


async def take_in(store: Store, file: Path) -> None:
    """Put a file's agencies and people into the directory, each in place of their earlier self."""
    document = _document(file)
    agencies, people = (document.get(name, {}) for name in ("agencies", "people"))
    if not (isinstance(agencies, dict) and isinstance(people, dict)):
        raise Misused(f"{file.name}: write [agencies] and [people.<id>] as tables")
    listed = [_listed(file, id_, one) for id_, one in people.items()]
    await put_agencies(store, [Agency(id_, str(name)) for id_, name in agencies.items()])
    await put_people(store, listed)


def _document(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Misused(f"{file.name}: cannot be read ({error.strerror}); name another") from None
    except ValueError as error:
        raise Misused(f"{file.name}: is not TOML ({error}); mend it") from None


def _listed(file: Path, id_: str, one: Any) -> Listed:
    where = f"{file.name}: people.{id_}"
    if not isinstance(one, dict) or set(one) - KEYS or not {"name", "agency", "roles"} <= set(one):
        raise Misused(f"{where}: give name, agency, roles; may have line_manager, deputy, active")
    try:
        roles = tuple(Role(role) for role in one["roles"])
    except (TypeError, ValueError):
        known = ", ".join(role.value for role in Role)
        raise Misused(f"{where}.roles: choose from {known}") from None
    facts = PersonFacts(
        id_,
        str(one["agency"]),
        roles,
        one.get("line_manager"),
        one.get("deputy"),
        bool(one.get("active", True)),
    )
    return Listed(facts, str(one["name"]))


def _row(person: Listed) -> tuple[object, ...]:
    facts = person.facts
    roles = ", ".join(role.value for role in facts.roles)
    return (
        facts.id,
        person.name,
        facts.agency,
        roles,
        facts.line_manager,
        facts.deputy,
        facts.active,
    )
