"""One line of a case's history: one command, what it moved and caused, chained by digest."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from statemodel.command import AnyCommand
from statemodel.event import Event
from statemodel.people import Actor, Facts
from statemodel.plain import canonical, plain
from statemodel.refusal import Unmet


@dataclass(frozen=True, slots=True)
class Move:
    """One machine's step; `thing` is empty for the stage."""

    machine: str
    thing: str
    source: str
    to: str


@dataclass(frozen=True, slots=True)
class Entry:
    """`at` orders (workflow time), `received_at` judges timeliness; both UTC (decision 31)."""

    v: ClassVar[int] = 1
    case_id: str
    version: int
    episode: int
    edition: int
    at: datetime
    received_at: datetime
    by: Actor
    command_id: str
    command: AnyCommand
    facts: Facts
    pack: str
    moves: tuple[Move, ...]
    events: tuple[Event, ...]
    departures: tuple[Unmet, ...]
    prev: str
    digest: str = ""


def seal(entry: Entry, secret: str) -> Entry:
    """Return the entry with its digest: HMAC-SHA256 under the case's secret (decision 25)."""
    return replace(entry, digest=digest_of(plain(entry), secret))


def digest_of(document: dict[str, Any], secret: str) -> str:
    """Return the digest of an entry's plain document, whatever digest stands in it."""
    body = {name: value for name, value in document.items() if name != "digest"}
    return hmac.new(secret.encode(), canonical(body), "sha256").hexdigest()
