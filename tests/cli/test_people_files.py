"""The directory taken in from files: what they say is known, and how their rows add up."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from cli.options import Options
from cli.output import show
from cli.people import Loading, directory_listing, take_in
from readmodel.away import away_on, is_closed
from readmodel.contacts import Channel, Contact, contacts_of
from readmodel.directory import Listed, everybody, facts_for
from readmodel.engine import Store
from readmodel.roll import Turn
from statemodel.people import PersonFacts, Role
from tests.cli.directory_files import ABSENCES, CLOSURES, PEOPLE, TOML, empty_store, folder


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with empty_store(tmp_path) as made:
        yield made


async def test_a_folder_and_a_toml_file_say_the_same(store: Store, tmp_path: Path) -> None:
    first = await take_in(store, folder(tmp_path, absences=ABSENCES, closures=CLOSURES))
    assert [one.added for one in first.counts] == [2, 3, 1, 1]
    file = tmp_path / "people.toml"
    file.write_text(TOML)
    again = await take_in(store, file, sync=True)
    assert (again.changes, [one.unchanged for one in again.counts]) == ((), [2, 3, 1, 1])


async def test_everything_a_row_says_is_known(store: Store, tmp_path: Path) -> None:
    await take_in(store, folder(tmp_path, absences=ABSENCES, closures=CLOSURES))
    roles = (Role.PRACTITIONER, Role.LINE_MANAGER)
    facts = PersonFacts("p-sam", "a-trust", roles, "p-lee")
    assert Listed(facts, "Reed, Sam", "a-school", 6) in await everybody(store)
    quiet = ("18:00", "08:00")
    assert await contacts_of(store, "p-sam") == {
        Channel.EMAIL: Contact("p-sam", Channel.EMAIL, "sam@trust.example", *quiet),
        Channel.PHONE: Contact("p-sam", Channel.PHONE, "+44 1632 960000", *quiet),
    }
    day = date(2026, 8, 10)
    assert await away_on(store, day) == {"p-lee"}
    assert await is_closed(store, "a-school", day, day)


async def test_what_is_listed_as_csv_is_taken_in_again_as_it_is(
    store: Store, tmp_path: Path
) -> None:
    told = PEOPLE.replace("Dee Holt", "'=Dee Holt").replace('"Reed, Sam"', "=Sam")
    await take_in(store, folder(tmp_path, told))
    here = Options(data=tmp_path)
    (tmp_path / "baton.db").touch()
    listing = await directory_listing(here, Loading())
    out = tmp_path / "ours" / "people.csv"
    with out.open("w", encoding="utf-8") as file:
        show(listing, "csv", file)
    assert "'=Sam" in out.read_text(), "no spreadsheet runs a name"
    again = await take_in(store, out.parent, sync=True)
    assert again.changes == ()
    names = {one.facts.id: one.name for one in await everybody(store)}
    assert (names["p-sam"], names["p-dee"]) == ("=Sam", "=Dee Holt")


async def test_a_dry_run_says_what_would_change_and_changes_nothing(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await take_in(store, folder(tmp_path))
    before = await everybody(store)
    head, sam, lee, _ = PEOPLE.splitlines()
    new = "p-new,Nia New,a-school,practitioner,p-lee,,,,,,,,"
    place = folder(tmp_path, "\n".join([head, sam.replace("p-lee", "p-dee"), lee, new]), None)
    loading = Loading(place, dry_run=True, sync=True)
    listing = await directory_listing(Options(data=tmp_path), loading)
    assert [tuple(row) for row in listing.rows] == [
        ("people", "p-sam", Turn.CHANGED, "line_manager: p-lee → p-dee"),
        ("people", "p-new", Turn.ADDED, ""),
        ("people", "p-dee", Turn.LEFT, "active: yes → no"),
    ]
    assert capsys.readouterr().err == (
        "people: 3 read = 1 added + 1 changed + 1 unchanged; 1 left\n"
    )
    assert await everybody(store) == before


async def test_a_sync_keeps_who_has_left_and_takes_back_who_returns(
    store: Store, tmp_path: Path
) -> None:
    await take_in(store, folder(tmp_path))
    head, sam, lee, _ = PEOPLE.splitlines()
    await take_in(store, folder(tmp_path, f"{head}\n{sam}\n{lee}", None), sync=True)
    [gone] = await facts_for(store, ["p-dee"])
    assert not gone.active
    bare = "id,name,agency,roles\np-dee,Dee Holt,a-trust,line_manager\n"
    await take_in(store, folder(tmp_path, bare, None))
    [back] = await facts_for(store, ["p-dee"])
    assert back.active


async def test_a_spreadsheets_own_mark_at_the_beginning_is_no_fault(
    store: Store, tmp_path: Path
) -> None:
    place = folder(tmp_path)
    (place / "people.csv").write_text(PEOPLE.replace("\n", "\r\n"), encoding="utf-8-sig")
    assert [one.added for one in (await take_in(store, place)).counts] == [2, 3]
