"""The database, opened so that it cannot be written: what it keeps of every case at one instant."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from watchdog.finding import Finding, Place, Unreachable
from watchdog.questions import FINDINGS, KNOWN, LATE, LIVE, UNRECORDED

OVERDUE = timedelta(minutes=2)
OPENING = timedelta(minutes=10)
PULSE = timedelta(hours=26)  # once a day, and two hours for a busy morning
AT_ONCE = 500  # ids in one question: SQLite takes a bounded number of parameters
POSTGRES = "-c default_transaction_read_only=on -c timezone=UTC -c statement_timeout=30000"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database says. `live` and `known` are case id → episode, `known` of cases asked for.

    `late` has not been heard for 26 hours, `unrecorded` was claimed ten minutes ago or more.
    """

    findings: frozenset[Finding] = frozenset()
    live: Mapping[str, int] = field(default_factory=dict)
    known: Mapping[str, int] = field(default_factory=dict)
    late: frozenset[str] = frozenset()
    unrecorded: frozenset[str] = frozenset()


class Store:
    """One database, looked at in one transaction a time; no connection is kept between looks."""

    def __init__(self, url: URL) -> None:
        sqlite = url.get_backend_name() == "sqlite"
        self.engine = _sqlite(url) if sqlite else _postgres(url)
        self._written = _text if sqlite else _itself

    def look(self, now: datetime, cases: Collection[str]) -> Kept:
        """Return what is kept as of `now` (aware), and of `cases` what is known; or Unreachable."""
        try:
            with self.engine.begin() as connection:
                return self._look(connection, now, cases)
        except SQLAlchemyError as error:
            raise Unreachable(Place.DATABASE, type(error).__name__) from error

    def _look(self, connection: Connection, now: datetime, cases: Collection[str]) -> Kept:
        def ids(question: Any, **before: timedelta) -> frozenset[str]:
            given = {name: self._written(now - ago) for name, ago in before.items()}
            return frozenset(row.case_id for row in connection.execute(question, given))

        return Kept(
            findings=frozenset(self._findings(connection, now)),
            live={row.case_id: row.episode for row in connection.execute(LIVE)},
            known=_known(connection, sorted(cases)),
            late=ids(LATE, a_pulse_ago=PULSE),
            unrecorded=ids(UNRECORDED, ten_minutes_ago=OPENING),
        )

    def _findings(self, connection: Connection, now: datetime) -> Iterator[Finding]:
        overdue = {"two_minutes_ago": self._written(now - OVERDUE)}
        for code, question in FINDINGS.items():
            for row in connection.execute(question, overdue):
                yield Finding(code, row.case_id, row.about)


def _known(connection: Connection, cases: list[str]) -> dict[str, int]:
    parts = (cases[at : at + AT_ONCE] for at in range(0, len(cases), AT_ONCE))
    rows = (row for part in parts for row in connection.execute(KNOWN, {"cases": part}))
    return {row.case_id: row.episode for row in rows}


def _text(moment: datetime) -> str:
    """As SQLite keeps an instant: fixed-width UTC, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _itself(moment: datetime) -> datetime:
    return moment


def _postgres(url: URL) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        isolation_level="REPEATABLE READ",
        hide_parameters=True,
        connect_args={"options": POSTGRES, "connect_timeout": 5, "tcp_user_timeout": 30_000},
    )


def _sqlite(url: URL) -> Engine:
    name = url.database or ""
    if name.startswith("file:"):
        name = name.removeprefix("file:").partition("?")[0]
    place = f"file:{quote(str(Path(name).absolute()))}?mode=ro"

    def opened() -> sqlite3.Connection:
        return sqlite3.connect(place, uri=True, timeout=5, isolation_level=None)

    engine = create_engine("sqlite://", creator=opened, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")  # the driver would begin nothing for a mere question
