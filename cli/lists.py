"""Lists for the terminal: cases, what needs a person, what may be done; as one person may see."""

import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from cli.failing import tell
from cli.gate import Counter, Telling, counter, holder_of, moment, store_alone
from cli.options import Options
from cli.output import Listing
from cli.place import settings_of
from cli.reading import Wanted
from cli.refusals import answer_no, safety
from config.settings import Settings
from config.wording import Phrase, label, phrase, say
from gateway.answers import No, Unavailable
from gateway.lists import cases_for, stuck_for
from gateway.viewing import options_seen_by, viewer
from readmodel.queries import (
    CaseRow,
    Condition,
    Filter,
    Standing,
    Stuck,
    needs_a_person,
)
from statemodel import Option

THING: Final = re.compile(r"t[0-9]+(\.[0-9]+)?")  # a task's name


async def case_listing(options: Options, wanted: Wanted, by: str) -> Listing:
    """Return the cases wanted, as this person may see them."""
    async with counter(settings_of(options.data)) as at:
        now, gateway = at.gateway.clock(), at.gateway
        standing = Standing(wanted.standing) if wanted.standing else None
        chosen = Filter(now, wanted.stage, standing, wanted.holder)
        looker = await viewer(gateway.store, by)
        page = await cases_for(gateway, looker, chosen, None, wanted.limit)
        rows = [await _case_row(at, row) for row in page.rows]
    columns = ("reference", "status", "responsible", "waits_on", "next_step", "due", "case")
    return Listing(columns, rows, empty="No case.")


async def _case_row(at: Counter, row: CaseRow) -> tuple[object, ...]:
    responsible = holder_of(row.responsible_kind, row.responsible)
    return (
        await at.reference(row.case_id),
        label("status", row.status, at.words),
        await at.responsible(responsible, row.accepted_at),
        at.holder(holder_of(row.waits_on_kind, row.waits_on)),
        label("deadline", row.next_step, at.words) if row.next_step else "",
        moment(row.next_due),
        row.case_id,
    )


async def stuck_listing(options: Options, by: str) -> Listing:
    """Return what needs a person, and say on standard error what the watchdog last saw.

    With the engine down, when it matters most, the store alone answers; what might be a private
    concern is then shown to those alone who may see every one.
    """
    settings, now = settings_of(options.data), datetime.now(UTC)
    tell(watchdog_says(settings, now))
    try:
        async with counter(settings) as at:
            found = await stuck_for(at.gateway, await viewer(at.store, by), now)
            rows = [await _stuck_row(at, one) for one in found]
    except Unavailable as error:
        tell(f"{error} What follows is from the store alone, without what may be private.")
        async with store_alone(settings) as telling:
            looker = await viewer(telling.store, by)
            known = await needs_a_person(telling.store, now)
            shown = [one for one in known if looker.is_trusted or not _may_be_private(one)]
            rows = [await _stuck_row(telling, one) for one in shown]
    columns = ("condition", "reference", "since", "about", "remedy", "case")
    return Listing(columns, rows, empty="Nothing needs a person.")


def _may_be_private(one: Stuck) -> bool:
    """A task may be a private concern's, and so may its clock, its follow-up and its messages."""
    of_a_task = any(THING.fullmatch(code) for code in one.detail)
    late = one.condition is Condition.OVERDUE and of_a_task
    return late or one.condition in (Condition.MESSAGE_DEAD, Condition.OPEN_CONCERN)


async def _stuck_row(at: Telling, one: Stuck) -> tuple[object, ...]:
    return (
        label("condition", one.condition.value, at.words),
        await at.reference(one.case_id) if one.case_id else "",
        moment(one.since),
        ", ".join(at.who(code) for code in one.detail),
        label("remedy", one.remedy, at.words),
        one.case_id,
    )


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


async def option_listing(options: Options, said: str, by: str) -> Listing:
    """Return each command this person may ask of the case, or every reason why not."""
    settings = settings_of(options.data)
    async with counter(settings) as at:
        try:
            case_id = await at.case_id(said)
            case = await at.gateway.snapshot(case_id)
            found = await at.gateway.available(case_id, by)
        except No as no:
            raise answer_no(no, settings, options.output, at.who) from None
        looker = await viewer(at.gateway.store, by)
        rows = [_option_row(at, one) for one in options_seen_by(looker, case, found)]
    if options.output == "table":
        tell(safety(settings))
    return Listing(("command", "in_words", "about", "seen", "now", "why"), rows)


def _option_row(at: Counter, option: Option) -> tuple[object, ...]:
    reasons = [say(unmet, at.words, at.who) for unmet in option.why_not]
    asks = [say(unmet, at.words, at.who) for unmet in option.asks_why]
    why = [f"{one.says} ({one.because_of}). {one.remedy}" for one in reasons]
    why += [f"{phrase(Phrase.ASKS_WHY)}: {one.says} ({one.because_of})." for one in asks]
    words = label("command", option.command, at.words)
    now = "not yet" if reasons else "yes"
    return option.command, words, option.thing, option.seen or "", now, "\n".join(why)
