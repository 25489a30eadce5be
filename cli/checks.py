"""The checks of `doctor`: settings and rules first, then the store, then the engine."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime

from cli.engine_checks import engine_checks
from cli.failing import Misused
from cli.gate import moment
from cli.installation import prove_key
from cli.options import Options
from cli.place import settings_of
from cli.stores import opened
from cli.stuck import watchdog_says
from cli.submitting import opening_of
from cli.verdict import Verdict, attention, fault, ok
from config.calendar_check import check, months_left
from config.calendar_files import InvalidCalendar, load_calendar
from config.policies import PolicyError, check_pack, load_pack
from config.settings import Settings
from config.wording import HERE
from gateway.answers import NotValid
from gateway.spool import ASIDE, state_of
from gateway.stamps import guard_opening, is_stamped
from gateway.wiring import utc_now
from readmodel.engine import Store, StoreUnavailable
from readmodel.queries import Condition, needs_a_person
from readmodel.vault import WrongMasterKey


async def examined(options: Options) -> list[Verdict]:
    """Return every verdict, each check made whatever the others found."""
    settings, now = settings_of(options.data), datetime.now(UTC)
    found = [*_rules(settings, now.astimezone(HERE).date()), _folder(settings), _spool(settings)]
    found += [verdict async for verdict in _store_checks(settings, now)]
    found += [verdict async for verdict in engine_checks(settings)]
    said = watchdog_says(settings, now)
    silent = "not said anything" in said or "stopped" in said or "not reachable" in said
    remedy = f"see {settings.logs / 'watchdog.log'}; `baton up` starts it"
    return [*found, attention("watchdog", said, remedy) if silent else ok("watchdog", said)]


def _spool(settings: Settings) -> Verdict:
    """Concerns kept on disk while store or engine were away (practice D1)."""
    folder = settings.data / "spool"
    kept = state_of(folder)
    if kept.aside:
        says = f"kept on disk with no case to go to, or not to be read: {kept.aside}"
        return fault("concerns", says, f"read what is in {folder / ASIDE} with a duty manager")
    if kept.waiting:
        says = f"waiting on disk: {kept.waiting}, the oldest since {moment(kept.oldest)}"
        return attention("concerns", says, "`baton up` delivers them; tell the duty manager now")
    return ok("concerns", "none waits on disk")


def _rules(settings: Settings, today: date) -> Iterator[Verdict]:
    try:
        load_pack(settings.policy)
        gaps = check_pack(settings.policy, live=True)
    except PolicyError as error:
        says = f"{settings.policy} cannot be used: {error}"
        yield fault("policy", says, "mend the file, or set BATON_POLICY to another")
    else:
        yield _policy(settings, [str(gap) for gap in gaps])
    try:
        calendar = load_calendar(settings.calendar, today.year)
    except InvalidCalendar as error:
        yield fault("calendar", str(error), "mend the file, or set BATON_CALENDAR to another")
        return
    doubts = check(calendar, today)
    left = f"{calendar.id}: {months_left(calendar, today)} months left"
    remedy = "freeze a newer calendar"
    yield attention("calendar", doubts[0].text, remedy) if doubts else ok("calendar", left)


def _policy(settings: Settings, gaps: list[str]) -> Verdict:
    if settings.demonstration:
        return ok("policy", f"{settings.policy}, for a demonstration")
    if not gaps:
        return ok("policy", f"{settings.policy}, fit for live use")
    remedy = f"`baton policy check {settings.policy} --live`"
    return attention("policy", f"not fit for live use: {'; '.join(gaps)}", remedy)


def _folder(settings: Settings) -> Verdict:
    if not settings.data.is_dir():
        return fault("data folder", f"{settings.data} is not there", "`baton up` makes it")
    if settings.data.stat().st_mode & 0o077:
        says = "others on this machine may look into it"
        return attention("data folder", says, f"chmod 700 {settings.data}")
    return ok("data folder", str(settings.data))


async def _store_checks(settings: Settings, now: datetime) -> AsyncIterator[Verdict]:
    try:
        store = await opened(settings)  # asserts tables and triggers
    except StoreUnavailable as error:
        yield fault("store", str(error), "see what it says; then `baton doctor` again")
        return
    try:
        yield ok("store", "tables and triggers are this build's")
        yield await _use(store, settings)
        yield await _key(store, settings)
        yield await _lag(store, now)
    except StoreUnavailable as error:
        yield fault("store", str(error), "see what it says; then `baton doctor` again")
    finally:
        await store.close()


async def _use(store: Store, settings: Settings) -> Verdict:
    stamped = await is_stamped(store)
    if stamped != settings.demonstration:
        says = "stamped DEMONSTRATION" if stamped else "not stamped DEMONSTRATION"
        return fault("use", f"the store is {says}, and the settings say otherwise", "see --data")
    try:
        guard_opening(opening_of(settings, utc_now()), demonstration=stamped)
    except (Misused, InvalidCalendar, NotValid) as error:
        return attention("use", f"no case can be opened: {error}", "see policy and calendar above")
    return ok("use", "a demonstration" if stamped else "real cases")


async def _key(store: Store, settings: Settings) -> Verdict:
    try:
        await prove_key(store, settings.master_key_file)
    except WrongMasterKey as error:
        return fault("master key", str(error), "restore the file (BATON_MASTER_KEY_FILE)")
    return ok("master key", "opens what the store holds")


async def _lag(store: Store, now: datetime) -> Verdict:
    """Whether the journal keeps up with the runs, and what else needs a person."""
    found = await needs_a_person(store, now)
    behind = sum(one.condition is Condition.JOURNAL_LAG for one in found)
    if behind:
        what = "1 case is" if behind == 1 else f"{behind} cases are"
        says = f"{what} further than the journal"
        return attention("record", says, "look at the worker's log")
    if found:
        what = "1 thing needs" if len(found) == 1 else f"{len(found)} things need"
        return attention("record", f"{what} a person", "`baton stuck`")
    return ok("record", "keeps up; nothing needs a person")
