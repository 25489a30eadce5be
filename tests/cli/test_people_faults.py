"""Faulty directory files: refused as a whole, each fault told with its place and its remedy."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cli.failing import Misused
from cli.options import Options
from cli.people import Loading, directory_listing, take_in
from readmodel.directory import everybody
from readmodel.engine import Store
from tests.cli.directory_files import AGENCIES, HEAD, PEOPLE, empty_store, folder

FIRST = "p-a,A,a-x,practitioner"
AGENCY = "id,name\na-x,X\n"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with empty_store(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("=p,A,a-x,practitioner", "line 2, id: write letters, digits, dots and hyphens"),
        ("+p,A,a-x,practitioner", "line 2, id: write letters"),
        ("clock,A,a-x,practitioner", "line 2, id: this word has a meaning of its own"),
        (",A,a-x,practitioner", "line 2, id: is missing: add it"),
        ("p-a,A,a-x,queen", "line 2, roles: choose from practitioner, line_manager"),
        ("p-a,A,a-y,practitioner", "line 2, agency: a-y is no agency here"),
        ("p-a,A,a-x,practitioner,p-b", "line 2, line_manager: p-b is nobody here"),
        ("p-a,A,a-x,practitioner,p-a", "line 2, line_manager: nobody is their own"),
        ("p-a,A,a-x,practitioner,,p-b", "line 2, deputy: p-b is nobody here"),
        ("p-a,A,a-x,practitioner,,,perhaps", "line 2, active: write yes or no"),
        ("p-a,A,a-x,practitioner,,,,a-x", "line 2, second_agency: is the same as agency"),
        ("p-a,A,a-x,practitioner,,,,,many", "line 2, capacity: write a whole number"),
        ("p-a,A,a-x,practitioner,,,,,-1", "line 2, capacity: write nought or more"),
        ("p-a,A,a-x,practitioner,,,,,,A <a@x.example>", "line 2, email: write one e-mail address"),
        ("p-a,A,a-x,practitioner,,,,,,,ring me", "line 2, phone: write one number"),
        ("p-a,A,a-x,practitioner,,,,,,,,8pm,08:00", "line 2, quiet_from: write a time of day"),
        ("p-a,A,a-x,practitioner,,,,,,,,20:00", "line 2, quiet_until: quiet hours have"),
        ("p-a,A,a-x,practitioner,,,,,,,,,08:00", "line 2, quiet_from: quiet hours have"),
        (f"{FIRST}\n{FIRST}", "line 3, id: stands in line 2 already: remove one"),
    ],
)
async def test_a_faulty_row_is_told_with_its_line_its_column_and_the_remedy(
    store: Store, tmp_path: Path, row: str, says: str
) -> None:
    rows = [one + "," * (12 - one.count(",")) for one in row.splitlines()]
    text = "\n".join([f"{HEAD},quiet_from,quiet_until", *rows])
    with pytest.raises(Misused) as refused:
        await take_in(store, folder(tmp_path, text, AGENCY))
    told = str(refused.value).splitlines()
    assert told[0].startswith(f"people.csv, {says}"), told
    assert told[1:] == ["Nothing was taken in."], "one fault is told once"
    assert await everybody(store) == ()


async def test_every_fault_of_every_file_is_told_at_once(store: Store, tmp_path: Path) -> None:
    people = "id,name,agency,roles\np-a,,a-z,\np-b,B,a-x,queen\n"
    agencies = "id,name,approver,mail_domains\na-x,X,p-c,not a domain\na-y,Y,p-c,\n"
    absences = "person,since,until\np-b,2026-08-02,2026-08-01\np-q,1/8/2026,2026-02-30\n"
    closures = "agency,since,until\na-q,20260801,2026-08-02\na-q,2026-08-01,2026-08-02\n"
    with pytest.raises(Misused) as refused:
        await take_in(store, folder(tmp_path, people, agencies, absences, closures))
    assert [line.split(": ")[0] for line in str(refused.value).splitlines()] == [
        "absences.csv, line 2, until",
        "absences.csv, line 3, since",
        "absences.csv, line 3, until",
        "agencies.csv, line 2, mail_domains",
        "agencies.csv, line 3, approver",
        "closures.csv, line 2, since",
        "closures.csv, line 3, agency",
        "people.csv, line 2, name",
        "people.csv, line 3, roles",
        "Nothing was taken in.",
    ]


async def test_a_mailbox_outside_the_agencys_domains_is_refused(
    store: Store, tmp_path: Path
) -> None:
    own = PEOPLE.replace("sam@trust.example", "sam@home.example")
    with pytest.raises(Misused, match="line 2, email: is no work mailbox of the agency") as told:
        await take_in(store, folder(tmp_path, own))
    assert "home" not in str(told.value), "no address stands in a fault"
    second = AGENCIES.replace("a-school,The School,,", "a-school,The School,,Home.example")
    assert (await take_in(store, folder(tmp_path, own, second))).changes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,name,agency\n", "people.csv, line 1, roles: this column is missing"),
        ("id,name,agency,roles,shoe\n", "people.csv, line 1, shoe: this column is not known"),
        ("id,id,name,agency,roles\n", "people.csv, line 1, id: this column stands here twice"),
        ("id,name,agency,roles\np-a,A\n", "people.csv, line 2: has 2 cells, and the first line 4"),
        ('id,name,agency,roles\np-a,"A"B,,\n', "people.csv, line 2: is not CSV"),
        ("", "people.csv, line 1, agency: this column is missing"),
    ],
)
async def test_a_file_of_another_form_is_refused(
    store: Store, tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(Misused) as refused:
        await take_in(store, folder(tmp_path, text, None))
    assert str(refused.value).startswith(says)


async def test_a_file_in_no_encoding_we_read_is_refused(store: Store, tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "people.csv").write_bytes(PEOPLE.replace("Lee", "L\xe9e").encode("latin-1"))
    with pytest.raises(Misused, match=r"people\.csv: is not UTF-8; save it as CSV UTF-8"):
        await take_in(store, place)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[people.p-a]\nname='A'\nagency='x'\nroles=['queen']", "line 4, people.p-a.roles: choose"),
        ("[people.p-a]\nname='A'\nroles=[]", "line 1, people.p-a.agency: is missing: add it"),
        (
            "[people.p-a]\nname='A'\nagency='x'\nroles=[]\nshoe=43",
            "line 5, people.p-a.shoe: is not",
        ),
        ("people.p-a = 3", "line 1, people.p-a: write a table with name, agency, roles"),
        ("[people", "line 1: is not TOML"),
        ("people = 3", "line 1, people: write each as [people.<id>]"),
        ("agencies = ['x']", "line 1, agencies: write each as [agencies.<id>]"),
        ("[agencies]\nx = 3", "line 2, agencies.x: write a table with name"),
        ("absences = 3", "line 1, absences: write each as [[absences]]"),
        ("[persons.p-a]\nname='A'", "line 1, persons: is not known here: choose from agencies"),
        (
            "[[closures]]\nagency='x'\nsince=2026-08-01\nuntil=2026-08-02T10:00:00",
            "line 4, closures.0",
        ),
    ],
)
async def test_a_faulty_toml_file_is_told_with_the_place_and_nobody_is_taken_in(
    store: Store, tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "people.toml"
    file.write_text(text)
    with pytest.raises(Misused) as refused:
        await take_in(store, file)
    assert any(line.startswith(f"people.toml, {says}") for line in str(refused.value).splitlines())
    assert await everybody(store) == ()


async def test_a_place_where_there_is_nothing_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Misused, match=r"none\.toml: cannot be read"):
        await take_in(store, tmp_path / "none.toml")
    with pytest.raises(Misused, match=r"ours: holds none of agencies\.csv, people\.csv"):
        await take_in(store, folder(tmp_path, None, None))


@pytest.mark.parametrize("text", [None, "id,name,agency,roles\n"])
async def test_nobody_is_marked_as_left_by_a_file_without_people(
    store: Store, tmp_path: Path, text: str | None
) -> None:
    await take_in(store, folder(tmp_path))
    with pytest.raises(Misused, match="--sync needs people"):
        await take_in(store, folder(tmp_path, text), sync=True)
    assert all(one.facts.active for one in await everybody(store))


@pytest.mark.parametrize("loading", [Loading(dry_run=True), Loading(sync=True)])
async def test_what_would_change_needs_a_file_to_say_it(tmp_path: Path, loading: Loading) -> None:
    with pytest.raises(Misused, match="name it with --load"):
        await directory_listing(Options(data=tmp_path), loading)
