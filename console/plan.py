"""What was found out and planned, as a case's page shows it: the newest, and what is under way."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.wording import date_words, label
from console.looking import Look
from gateway.viewing import Line
from statemodel import Case
from statemodel.commands import RecordMeeting
from statemodel.planning import Action, OwnerKind
from statemodel.things import Assessment, Checks


@dataclass(frozen=True, slots=True)
class Planned:
    """One action of the plan in words."""

    what: str
    whose: str
    by: str
    now: str


def assessed(look: Look, case: Case) -> list[tuple[str, str]]:
    """Return the checks that nobody has answered yet, and how far the assessment is."""
    return [*_checks(look, case), *_assessment(look, case)]


def _checks(look: Look, case: Case) -> Iterator[tuple[str, str]]:
    checks = case.newest(Checks)
    if checks and checks.open:
        names = (label("check", one.value, look.words) for one in checks.open)
        yield label("field", "record_checks.answers", look.words), "; ".join(names)


def _assessment(look: Look, case: Case) -> Iterator[tuple[str, str]]:
    held = case.newest(Assessment)
    if held is None:
        return
    told = label("assessment_state", held.state.value, look.words)
    if held.document:
        where = label("where", held.document.where.value, look.words)
        told = f"{told} ({where}: {held.document.reference})"
    yield label("thing", Assessment.kind, look.words).capitalize(), told


def planned(look: Look, case: Case, lines: tuple[Line, ...]) -> list[Planned]:
    """Return each action that is not settled; its words stand in the meeting that agreed it."""
    return [
        Planned(
            what=words_of(look, one, lines),
            whose=_whose(look, one),
            by=date_words(one.by) if one.by else "",
            now=label("action_state", one.state.value, look.words),
        )
        for one in case.every(Action)
        if one.live
    ]


def words_of(look: Look, action: Action, lines: tuple[Line, ...]) -> str:
    """Return the action as the meeting worded it, for whoever may read that entry."""
    version, _, place = action.id[1:].partition(".")
    for line in lines:
        command = line.entry.command
        if str(line.entry.version) == version and isinstance(command, RecordMeeting):
            return command.actions[int(place) - 1].what if line.spoken else ""
    return label("thing", Action.kind, look.words)


def _whose(look: Look, action: Action) -> str:
    """A family's own is theirs; their names are not kept here."""
    if action.owner_kind is OwnerKind.FAMILY:
        return label("owner_kind", action.owner_kind.value, look.words)
    return look.who(action.owner)
