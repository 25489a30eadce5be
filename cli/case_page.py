"""One case as a document: where it stands, who has it, what is due and why, what has happened."""

from collections.abc import Iterable, Iterator
from typing import Any

import wire
from cli.answers import answers
from cli.gate import Counter, counter, moment
from cli.options import Options
from cli.place import settings_of
from cli.refusals import answer_no
from config.explain import explain
from config.leads import leading
from config.wording import Phrase, label, phrase, say
from gateway.answers import No
from gateway.viewing import Line, Viewer, case_seen_by, history_seen_by, viewer
from readmodel.journal import read_entries
from statemodel import Case, Deadline, Entry, Hat, Stage, summary
from statemodel.things import Task

BY_ITSELF = frozenset({"deadline_set", "deadline_settled"})  # its words stand with the deadlines


async def case_document(options: Options, said: str, by: str) -> dict[str, Any]:
    """Return what `show` shows, as this person may see it; raises Answered."""
    settings = settings_of(options.data)
    async with counter(settings) as at:
        try:
            case_id = await at.case_id(said)
            looker = await viewer(at.gateway.store, by)
            return await document(at, case_id, looker)
        except No as no:
            raise answer_no(no, settings, options.output, at.who) from None


async def document(at: Counter, case_id: str, looker: Viewer) -> dict[str, Any]:
    """Return the facts of one case, with its deadlines and history."""
    case = case_seen_by(looker, await at.gateway.snapshot(case_id))
    entries = await read_entries(at.gateway.store, at.gateway.vault, case_id)
    lines = history_seen_by(looker, (wire.decode(Entry, entry) for entry in entries))
    return {
        **await standing(at, case),
        "leads": [_led(at, case, child) for child in case.children],
        "deadlines": [_deadline(at, one) for one in case.running],
        "tasks": [_task(at, one) for one in case.open_tasks],
        "history": [_line(at, one) for one in lines],
    }


async def standing(at: Counter, case: Case) -> dict[str, Any]:
    """Return a case's facts in words: status, holder, next step, its date and why that."""
    shown = summary(case)
    first = case.running[0] if case.running else None
    facts = {
        "reference": await at.reference(case.id),
        "case": case.id,
        "stamp": _stamp(at, case),
        "status": status_words(at, case),
        "responsible": await _responsible(at, case),
        "waits_on": at.holder(shown.waits_on),
        "next_step": label("deadline", first.what, at.words) if first else "",
        "due": explain(first.due) if first else phrase(Phrase.NOTHING_DUE, at.words),
        "open_tasks": shown.open_tasks,
        "departures": shown.departures,
        "struck_out": ", ".join(map(str, shown.struck)),
        "version": case.version,
    }
    return {name: value for name, value in facts.items() if value not in ("", None)}


async def _responsible(at: Counter, case: Case) -> str:
    if case.stage is Stage.CLOSED:
        return ""
    return await at.responsible(case.standing.responsible, case.standing.accepted_at)


def status_words(at: Counter, case: Case) -> str:
    """Return the status; where only time has passed it also says that nobody decided (D5)."""
    code = summary(case).status
    said = label("status", code, at.words)
    lapsed = code in ("lp_referred", "lp_asked_late")
    return f"{said}. {phrase(Phrase.NO_DECISION, at.words)}" if lapsed else said


def _stamp(at: Counter, case: Case) -> str:
    demo = [phrase(Phrase.DEMONSTRATION, at.words)] if at.gateway.demonstration else []
    paced = [phrase(Phrase.REHEARSAL, at.words)] if case.rehearsal else []
    return ". ".join(demo + paced)


def _led(at: Counter, case: Case, child: str) -> dict[str, Any]:
    return {"child": child, "lead": leading(case, child, at.words, at.who)}


def _deadline(at: Counter, deadline: Deadline) -> dict[str, Any]:
    return {
        "what": label("deadline", deadline.what, at.words),
        "owed_by": at.holder(deadline.owner),
        "due": explain(deadline.due),
        "at": moment(deadline.due.at),
        "about": deadline.about,
    }


def _task(at: Counter, task: Task) -> dict[str, Any]:
    return {
        "task": task.id,
        "what": label("task", task.what, at.words),
        "waits_for": at.holder(task.owner),
        "seen": task.version,
    }


def _line(at: Counter, line: Line) -> dict[str, Any]:
    entry = line.entry
    person = entry.by.hat is Hat.PERSON
    struck = f" [{phrase(Phrase.STRUCK_OUT, at.words)}]" if line.struck else ""
    return {
        "entry": entry.version,
        "when": moment(entry.at),
        "by": at.who(entry.by.id) if person else label("hat", entry.by.hat, at.words),
        "what": "; ".join(_said(at, line)) + struck,
        "in_their_words": "\n".join(_words(at, line)),
    }


def _said(at: Counter, line: Line) -> Iterable[str]:
    told = [label("event", one.kind, at.words) for one in line.events if one.kind not in BY_ITSELF]
    return told or [label("command", line.entry.command.kind, at.words)]


def _words(at: Counter, line: Line) -> Iterator[str]:
    """What was answered, where it may be read; and each rule a record departs from."""
    if line.spoken:
        yield from answers(at, line.entry.command.kind, line.entry.command)
    for unmet in line.entry.departures:
        yield f"{phrase(Phrase.RECORDED_ALTHOUGH, at.words)}: {say(unmet, at.words, at.who).says}"
