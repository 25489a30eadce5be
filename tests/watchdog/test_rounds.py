"""Round after round: what is kept while a store is away, and what is told of each change."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from gateway.devserver import dev_server, free_port
from readmodel.engine import migrate, open_store, sqlite_url
from tests.watchdog.kennel import Kennel, told
from tests.watchdog.plant import Planted
from watchdog.finding import Code, Finding, Place, Unreachable
from watchdog.page import MOST, document, keep
from watchdog.rounds import Seen, Watch, changes
from watchdog.runs import Runs
from watchdog.store import Kept, Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(seconds=20)
STUCK = Finding(Code.NOBODY_RESPONSIBLE, "c1", "assessing")
GONE = Finding(Code.OPEN_WITHOUT_RUN, "c1", "terminated")


class Scripted(Store, Runs):
    """Both places at once: each says what it was told to say, or is away."""

    def __init__(self) -> None:
        self.kept, self.away = Kept(frozenset({STUCK}), {"c1": 1}), set[Place]()

    def look(self, now: datetime, cases: Any) -> Kept:
        if Place.DATABASE in self.away:
            raise Unreachable(Place.DATABASE, "OperationalError")
        return self.kept

    async def running(self) -> dict[str, datetime]:
        if Place.TEMPORAL in self.away:
            raise Unreachable(Place.TEMPORAL, "unavailable")
        return {}

    async def states(self, ids: Any) -> dict[str, str]:
        return dict.fromkeys(ids, "terminated")


async def test_what_cannot_be_judged_stays_as_it_was_last_seen() -> None:
    places = Scripted()
    watch = Watch(places, places)
    first = await watch.round(NOW)
    assert set(first.since) == {STUCK, GONE}
    places.away, places.kept = {Place.TEMPORAL}, Kept(frozenset(), {"c1": 1})
    second = await watch.round(LATER)
    assert dict(second.since) == {GONE: NOW}
    assert (second.live, second.runs) == (1, None)
    places.away = {Place.DATABASE}
    third = await watch.round(LATER)
    assert dict(third.since) == {GONE: NOW}
    assert dict(third.lost) == {Place.DATABASE: "OperationalError"}
    places.away, places.kept = set(), Kept()
    assert (await watch.round(LATER)).since == {}


async def test_a_condition_that_comes_back_counts_from_its_return() -> None:
    places = Scripted()
    watch = Watch(places, places)
    await watch.round(NOW)
    places.kept = Kept()
    await watch.round(NOW)
    places.kept = Kept(frozenset({STUCK}))
    assert dict((await watch.round(LATER)).since) == {STUCK: LATER}


def test_only_what_has_changed_is_told_and_in_codes() -> None:
    before = Seen(NOW, {STUCK: NOW}, {Place.TEMPORAL: "unavailable"})
    seen = Seen(LATER, {GONE: LATER}, {Place.DATABASE: "OperationalError"})
    assert list(changes(before, before)) == []
    assert list(changes(before, seen)) == [
        {"event": "unreachable", "place": "database", "why": "OperationalError"},
        {"event": "reachable", "place": "temporal", "why": "unavailable"},
        {"event": "found", "code": "open_without_run", "case": "c1", "about": "terminated"},
        {"event": "gone", "code": "nobody_responsible", "case": "c1", "about": "assessing"},
    ]


def test_the_page_is_replaced_whole_and_counts_what_it_does_not_show(tmp_path: Path) -> None:
    many = {Finding(Code.NO_PULSE, f"c{number:05}", "running"): NOW for number in range(MOST + 5)}
    file = tmp_path / "data" / "watchdog.json"
    keep(file, document(Seen(NOW), 20))
    keep(file, document(Seen(LATER, many, {Place.TEMPORAL: "unavailable"}, live=7), 20))
    page = json.loads(file.read_text("utf-8"))
    assert [one.name for one in file.parent.iterdir()] == ["watchdog.json"]
    assert page["at"] == "2026-11-23T12:00:20.000000Z"
    assert page["counts"] == {"live": 7, "runs": None, "findings": {"no_pulse": MOST + 5}}
    assert (page["every"], page["unreachable"]) == (20, {"temporal": "unavailable"})
    assert len(page["findings"]) == MOST
    assert page["findings"][0] == {
        "code": "no_pulse",
        "case": "c00000",
        "about": "running",
        "since": "2026-11-23T12:00:00.000000Z",
    }


async def test_a_database_that_goes_and_comes_back_is_said_and_judged_again(
    kennel: Kennel, tmp_path: Path
) -> None:
    await kennel.planted.healthy("n9", responsible=None)
    nowhere = Store(make_url(f"sqlite:///{tmp_path / 'nowhere.db'}"))
    there, kennel.watch._store = kennel.watch._store, nowhere
    assert (await kennel.look()).lost == {Place.DATABASE: "OperationalError"}
    kennel.watch._store = there
    seen = await kennel.look()
    assert seen.lost == {}
    assert told(seen) == {
        ("nobody_responsible", "n9", "assessing"),
        ("open_without_run", "n9", "absent"),
    }


async def test_a_server_that_goes_and_comes_back_is_said_and_found_again(tmp_path: Path) -> None:
    url, port = sqlite_url(tmp_path), free_port()
    await migrate(url)
    opened = await open_store(url)
    planted = Planted(opened, datetime.now(UTC))
    await planted.healthy()
    await opened.close()
    watch = Watch(Store(make_url(url)), Runs(f"127.0.0.1:{port}", "default"))
    away = await watch.round(planted.now)
    assert (set(away.lost), away.live, told(away)) == ({Place.TEMPORAL}, 1, set())
    async with dev_server(tmp_path, port) as server:
        there = await watch.round(planted.now)
        assert (dict(there.lost), told(there)) == ({}, {("open_without_run", "c1", "absent")})
        await server.stop()
        again = await watch.round(planted.now)
        assert (set(again.lost), told(again)) == ({Place.TEMPORAL}, told(there))
        await server.start()
        assert (await watch.round(planted.now)).lost == {}


async def test_a_namespace_that_the_server_lacks_is_said(kennel: Kennel) -> None:
    watch = Watch(Store(make_url(kennel.url)), Runs(kennel.address, "no-such"))
    assert (await watch.round(NOW)).lost == {Place.TEMPORAL: "not_found"}
