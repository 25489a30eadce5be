"""Directory files as people write them, and an empty store to take them into."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from readmodel.engine import Store, migrate, open_store, sqlite_url

HEAD = "id,name,agency,roles,line_manager,deputy,active,second_agency,capacity,email,phone"
PEOPLE = f"""{HEAD},quiet_from,quiet_until
p-sam,"Reed, Sam",a-trust,practitioner; line_manager,p-lee,,yes,a-school,6,sam@trust.example,+44 1632 960000,18:00,08:00
p-lee,Lee Archer,a-trust,line_manager,,p-dee,yes,,,,,,
p-dee,Dee Holt,a-trust,line_manager,,,yes,,,,,,
"""  # noqa: E501 - a row of a CSV file is one line
AGENCIES = """id,name,approver,mail_domains
a-trust,The Trust,p-lee,trust.example; nhs.example
a-school,The School,,
"""
ABSENCES = "person,since,until\np-lee,2026-07-23,2026-09-01\n"
CLOSURES = "agency,since,until\na-school,2026-07-22,2026-09-02\n"
TOML = """
[agencies]
a-school = "The School"
[agencies.a-trust]
name = "The Trust"
approver = "p-lee"
mail_domains = ["trust.example", "nhs.example"]
[people.p-sam]
name = "Reed, Sam"
agency = "a-trust"
roles = ["practitioner", "line_manager"]
line_manager = "p-lee"
second_agency = "a-school"
capacity = 6
email = "sam@trust.example"
phone = "+44 1632 960000"
quiet_from = "18:00"
quiet_until = "08:00"
[people.p-lee]
name = "Lee Archer"
agency = "a-trust"
roles = ["line_manager"]
deputy = "p-dee"
[people.p-dee]
name = "Dee Holt"
agency = "a-trust"
roles = ["line_manager"]
[[absences]]
person = "p-lee"
since = 2026-07-23
until = 2026-09-01
[[closures]]
agency = "a-school"
since = 2026-07-22
until = 2026-09-02
"""


@asynccontextmanager
async def empty_store(place: Path) -> AsyncIterator[Store]:
    """A migrated store in a folder, with nobody in its directory."""
    await migrate(sqlite_url(place))
    opened = await open_store(sqlite_url(place))
    yield opened
    await opened.close()


def folder(
    place: Path,
    people: str | None = PEOPLE,
    agencies: str | None = AGENCIES,
    absences: str | None = None,
    closures: str | None = None,
) -> Path:
    """A folder of CSV files; what is None is not there."""
    made = place / "ours"
    made.mkdir(exist_ok=True)
    said = {"people": people, "agencies": agencies, "absences": absences, "closures": closures}
    for name, text in said.items():
        (made / f"{name}.csv").unlink(missing_ok=True)
        if text is not None:
            (made / f"{name}.csv").write_text(text, encoding="utf-8")
    return made
