"""Lists for the terminal: cases, and what may be done in one; as one person may see them."""

from difflib import get_close_matches

from cli.failing import Misused, tell
from cli.gate import Counter, counter, holder_of, moment
from cli.options import Options
from cli.output import Listing
from cli.place import settings_of
from cli.reading import Wanted
from cli.refusals import answer_no, safety
from config.wording import Phrase, label, phrase, say
from gateway.answers import No
from gateway.lists import cases_for
from gateway.viewing import options_seen_by, viewer
from readmodel.queries import CaseRow, Filter, Standing
from statemodel import Option, Role


async def case_listing(options: Options, wanted: Wanted, by: str) -> Listing:
    """Return the cases wanted, as this person may see them; Misused for a holder nobody knows."""
    async with counter(settings_of(options.data)) as at:
        _prove_known(at, wanted.holder)
        now, gateway = at.gateway.clock(), at.gateway
        standing = Standing(wanted.standing) if wanted.standing else None
        chosen = Filter(now, wanted.stage, standing, wanted.holder)
        looker = await viewer(gateway.store, by)
        page = await cases_for(gateway, looker, chosen, None, wanted.limit)
        rows = [await _case_row(at, row) for row in page.rows]
    columns = ("reference", "status", "responsible", "waits_on", "next_step", "due", "case")
    return Listing(columns, rows, empty="No case.")


def _prove_known(at: Counter, holder: str | None) -> None:
    """A person of the directory, or a desk such as `duty_manager.riverside`."""
    role, dot, _ = (holder or "").partition(".")
    if holder is None or holder in at.names or (dot and role in frozenset(Role)):
        return
    near = get_close_matches(holder, at.names, n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    raise Misused(f"--holder: nobody in the directory has that id.{meant} See `baton people`.")


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
