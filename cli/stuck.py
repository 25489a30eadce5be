"""What needs a person, in words: concerns on disk first, then what store and engine know."""

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from cli.failing import tell
from cli.gate import Telling, counter, moment, store_alone
from cli.options import Options
from cli.output import Listing
from cli.place import settings_of
from config.policies import words_of
from config.settings import Settings
from config.wording import filled, holder, label
from gateway.answers import Unavailable
from gateway.lists import stuck_for
from gateway.spool import ASIDE, state_of
from gateway.viewing import viewer
from readmodel.engine import StoreUnavailable
from readmodel.queries import Condition, Stuck, needs_a_person
from readmodel.vault import WrongMasterKey
from statemodel import Desk, Role

FILE: Final = Path(__file__).parent / "words.toml"
THING: Final = re.compile(r"t[0-9]+(\.[0-9]+)?")  # a task's name
COLUMNS: Final = ("needs_a_person", "reference", "since", "about", "what_to_do", "case")
ENTRIES: Final = (Condition.DIVERGED, Condition.JOURNAL_LAG, Condition.PROJECTION_BEHIND)
PRIVATE: Final = (Condition.OPEN_CONCERN, Condition.MESSAGE_DEAD, Condition.MESSAGE_WAITING)
Row = tuple[object, ...]


async def stuck_listing(options: Options, by: str) -> Listing:
    """Return what needs a person, and say on standard error what the watchdog last saw.

    Concerns on disk are told whatever is down. With the engine down the store alone answers; what
    might be a private concern is then shown to those alone who may see every one.
    """
    settings, now = settings_of(options.data), datetime.now(UTC)
    tell(watchdog_says(settings, now))
    rows = list(_on_disk(settings))
    try:
        rows += await _known(settings, by, now)
    except (Unavailable, StoreUnavailable, WrongMasterKey) as error:
        if not rows:
            raise
        tell(f"{error}\nMore may need a person: this is only what is on disk.")
    return Listing(COLUMNS, rows, empty="Nothing needs a person.")


def _on_disk(settings: Settings) -> Iterator[Row]:
    """Concerns kept while store or engine were away: nobody has been told of them (D1)."""
    folder = settings.data / "spool"
    kept, words = state_of(folder), words_of(settings.policy)
    if kept.aside:
        about = f"{kept.aside} in {folder / ASIDE}"
        yield _says("set_aside", words), "", "", about, _remedy("set_aside", words), ""
    if kept.waiting:
        code, about = "waiting_on_disk", f"{kept.waiting} in {folder}"
        yield _says(code, words), "", moment(kept.oldest), about, _remedy(code, words), ""


async def _known(settings: Settings, by: str, now: datetime) -> list[Row]:
    try:
        async with counter(settings) as at:
            found = await stuck_for(at.gateway, await viewer(at.store, by), now)
            return [await _row(at, one) for one in found]
    except Unavailable as error:
        async with store_alone(settings) as telling:
            tell(f"{error} What follows is from the store alone, without what may be private.")
            looker = await viewer(telling.store, by)
            known = await needs_a_person(telling.store, now)
            shown = [one for one in known if looker.is_trusted or not _may_be_private(one)]
            return [await _row(telling, one) for one in shown]


def _may_be_private(one: Stuck) -> bool:
    """A task may be a private concern's, and so may its clock, its follow-up and its messages."""
    of_a_task = any(THING.fullmatch(code) for code in one.detail)
    late = one.condition is Condition.OVERDUE and of_a_task
    return late or one.condition in PRIVATE


async def _row(at: Telling, one: Stuck) -> Row:
    code = one.condition.value
    return (
        _says(code, at.words),
        await at.reference(one.case_id) if one.case_id else "",
        moment(one.since),
        _about(at, one),
        _remedy(code, at.words),
        one.case_id,
    )


def _about(at: Telling, one: Stuck) -> str:
    """Return a condition's particulars in words: which date, which desk, who."""
    parts = [_part(at, code) for code in one.detail]
    if one.condition is Condition.OVERDUE:
        return f"{label('deadline', one.detail[0], at.words)}: {parts[-1]}"
    if one.condition is Condition.OPEN_CONCERN:
        return f"{parts[0]} open"
    if one.condition is Condition.NO_RUNNING_DEADLINE:
        return label("stage", one.detail[0], at.words)
    if one.condition is Condition.CALENDAR_RUNS_OUT and len(parts) == 4:
        return "{}: {} ends {}; {} open cases".format(*parts)
    return f"entry {', '.join(parts)}" if one.condition in ENTRIES else ", ".join(parts)


def _part(at: Telling, code: str) -> str:
    role, _, agency = code.partition(".")
    if agency and role in frozenset(Role):
        return f"{holder(Desk(Role(role), agency), at.words)} at {agency}"
    if code in at.names:
        return at.who(code)
    why: str | None = _own()["why"].get(code)
    return why or label("purpose", code, at.words) if code.replace("_", "").isalpha() else code


def _says(code: str, words: Any) -> str:
    return filled(_own()["condition"][code]["says"], words)


def _remedy(code: str, words: Any) -> str:
    return filled(_own()["condition"][code]["remedy"], words)


@cache
def _own() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def watchdog_says(settings: Settings, now: datetime) -> str:
    """Return in a line what the watchdog last saw, and how old that is."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        page = json.loads((settings.data / "watchdog.json").read_text(encoding="utf-8"))
        age = round((now - datetime.fromisoformat(page["at"])).total_seconds())
        counted = page["counts"]["findings"].items()
        counts = ", ".join(f"{code.replace('_', ' ')} {number}" for code, number in counted)
        lost = "".join(f"; {place} not reachable" for place in page["unreachable"])
        late = " It may have stopped." if age > 3 * page["every"] else ""
        return f"The watchdog, {age} s ago: {counts or 'nothing found'}{lost}.{late}"
    return "The watchdog has not said anything here yet."
