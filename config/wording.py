"""The words people read, for every code the state model knows, in the local words of a pack."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from config.explain import MONTHS, WEEKDAYS, explain
from config.policies import words_of
from statemodel.people import Desk, Holder, Role
from statemodel.policy import Pack
from statemodel.refusal import Authority, Unmet
from statemodel.things import Agreement, Assessment, Deadline, Lead, Nomination, Task

FILE: Final = Path(__file__).parent / "words" / "en.toml"
HERE: Final = ZoneInfo("Europe/London")
AN_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
A_THING: Final = re.compile(r"(?P<letter>[gnltds])[0-9]+(\.[0-9]+)?")
LETTERS: Final = {
    "g": Agreement.kind,
    "n": Nomination.kind,
    "l": Lead.kind,
    "t": Task.kind,
    "d": Deadline.kind,
    "s": Assessment.kind,
}
STATES: Final = (
    "status",
    "stage",
    "nomination_state",
    "lead_state",
    "assessment_state",
    "task_state",
)

Words = Mapping[str, str]
Who = Callable[[str], str]


class Phrase(StrEnum):
    """What a screen says of its own accord."""

    CANNOT_YET = "cannot_yet"
    ASKS_WHY = "asks_why"
    NOT_AGREED_BY = "not_agreed_by"
    NO_DECISION = "no_decision"
    NEEDS_A_PERSON = "needs_a_person"
    RESPONSIBLE_NOW = "responsible_now"
    ACCEPTED_ON = "accepted_on"
    WITH_THE_DESK = "with_the_desk"
    NOBODY_HAS_ACCEPTED = "nobody_has_accepted"
    NOBODY_RESPONSIBLE = "nobody_responsible"
    CONTACT_NOW = "contact_now"
    LEADS_SINCE = "leads_since"
    LEADS_UNTIL = "leads_until"
    LEADS_FROM = "leads_from"
    NOBODY_LEADS = "nobody_leads"
    STANDS_IN = "stands_in"
    NEXT_STEP = "next_step"
    NOTHING_DUE = "nothing_due"
    CASE_HISTORY = "case_history"
    RECORDED_ALTHOUGH = "recorded_although"
    STRUCK_OUT = "struck_out"
    DEMONSTRATION = "demonstration"
    REHEARSAL = "rehearsal"
    TOLD_BY_HAND = "told_by_hand"
    ON_DUTY = "on_duty"
    SITTING = "sitting"
    ANSWER_CONCERN = "answer_concern"
    CONCERN_ANSWERED = "concern_answered"
    TASK_DONE = "task_done"
    CONCERN_NOWHERE = "concern_nowhere"
    SOMEBODY = "somebody"
    SAFETY = "safety"
    SAFETY_UNSET = "safety_unset"
    SAFETY_PROFESSIONAL = "safety_professional"
    REFERENCE = "reference"
    OPEN_HERE = "open_here"
    ANSWER_HERE = "answer_here"
    PROBABLE_MATCH = "probable_match"
    HAS_OPEN_CASE = "has_open_case"
    ASK_FIRST = "ask_first"
    OPEN_CASE = "open_case"
    ASK_ABOUT_CASE = "ask_about_case"


@dataclass(frozen=True, slots=True)
class Said:
    """One reason in words; `says` follows "Cannot be done yet, because"."""

    says: str
    because_of: str
    remedy: str


def label(group: str, code: str, words: Words | None = None) -> str:
    """Return what people call a code, like `label("command", "close_case")`.

    A field's code is `command.field`, as `label("field", "close_case.code")`. A code without words
    is shown as plain as it can be, since a page that fails helps nobody.
    """
    found = _field(code) if group == "field" else catalogue().get(group, {}).get(code)
    template = found["label"] if isinstance(found, dict) else found
    if template is None:
        return code.rpartition(".")[2].replace("_", " ")
    return filled(template, words)


def hint(command: str, words: Words | None = None) -> str:
    """Return a sentence on what a command does; empty for one that nobody knows."""
    found = catalogue()["command"].get(command)
    return filled(found["says"], words) if found else ""


def phrase(code: Phrase, words: Words | None = None, **facts: str) -> str:
    """Return one of Baton's own phrases with its facts filled in."""
    return filled(catalogue()["phrase"][code], words, facts)


def say(unmet: Unmet, words: Words | None = None, who: Who | None = None) -> Said:
    """Return a reason in words: what is unmet, whose rule it is, what would satisfy it (D16).

    `who` turns a person's id into a name; without it ids stand as they are.
    """
    found = catalogue()["reason"].get(unmet.code)
    because_of = label("authority", unmet.authority, words)
    if found is None:
        return Said(unmet.code.replace("_", " "), because_of, "")
    facts = {name: _fact(name, value, words, who) for name, value in unmet.facts}
    if unmet.authority is not Authority.BATON and "source" in found:
        because_of = f"{because_of}, {found['source']}"
    says, remedy = (filled(found[part], words, facts) for part in ("says", "remedy"))
    return Said(says, because_of, remedy)


def holder(held: Holder, words: Words | None = None, who: Who | None = None) -> str:
    """Return a person's name, or "early help co-ordinator (duty desk)"."""
    if isinstance(held, Desk):
        return phrase(Phrase.ON_DUTY, words, who=label("role", held.role, words))
    return _person(held.id, words, who)


def responsible(
    held: Holder | None,
    accepted_at: datetime | None,
    words: Words | None = None,
    who: Who | None = None,
) -> str:
    """Return who is responsible in its honest form: accepted, at a desk, or not yet (D20)."""
    if held is None:
        return phrase(Phrase.NOBODY_RESPONSIBLE, words)
    if isinstance(held, Desk):
        return phrase(Phrase.WITH_THE_DESK, words, who=label("role", held.role, words))
    name = _person(held.id, words, who)
    if accepted_at is None:
        return phrase(Phrase.NOBODY_HAS_ACCEPTED, words, who=name)
    return phrase(Phrase.ACCEPTED_ON, words, who=name, day=day_words(accepted_at))


def deadline(owed: Deadline, words: Words | None = None) -> str:
    """Return "Line manager's answer: due Fri 10 Apr: 4 working days from Thu 2 Apr; …"."""
    return f"{label('deadline', owed.what, words)}: {explain(owed.due)}"


def safety_line(pack: Pack, words: Words | None = None) -> str:
    """Return what stands on every page, refusal and message (practice D2)."""
    held = pack.safety
    if held is None:
        front_door = (words or words_of(pack.id))["front_door"]
        return phrase(Phrase.SAFETY_UNSET, words, front_door_name=front_door)
    numbers = {"front_door": held.front_door, "out_of_hours": held.out_of_hours}
    return phrase(Phrase.SAFETY, words, **numbers)


def professional_line(pack: Pack) -> str:
    """Return whom to ring about a professional (LADO); empty where the pack names nobody (D3)."""
    return phrase(Phrase.SAFETY_PROFESSIONAL, lado=pack.safety.lado) if pack.safety else ""


@cache
def catalogue() -> dict[str, Any]:
    """Return every word there is, by group and code; read once."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def filled(template: str, words: Words | None, facts: Words | None = None) -> str:
    """Fill in terms and facts; {Lead} begins a sentence. A value is never a template itself."""
    terms = dict(words or words_of("england-default"))
    begun = {name.capitalize(): term[:1].upper() + term[1:] for name, term in terms.items()}
    return template.format_map(catalogue()["unknown"] | terms | begun | dict(facts or {}))


def _field(code: str) -> str | None:
    command, _, name = code.rpartition(".")
    fields = catalogue()["field"]
    found: str | None = fields.get(command, {}).get(name) or fields["every"].get(name)
    return found


def _fact(name: str, value: str, words: Words | None, who: Who | None) -> str:
    if name in ("person", "asked", "by", "owner", "nominee", "manager"):
        return _person(value, words, who)
    if name == "state":
        return _state(value, words)
    if name in ("thing", "nomination", "lead"):
        return _thing(value)
    if name == "at":
        return _moment(value)
    return f"entry {value}" if name == "entry" else value


def _person(name: str, words: Words | None, who: Who | None) -> str:
    """A desk by its id, a name if somebody knows it, the id if it is one, and never other text."""
    role = name.partition(".")[0]
    if "." in name and role in frozenset(Role):
        return phrase(Phrase.ON_DUTY, words, who=label("role", role, words))
    if not AN_ID.fullmatch(name):
        return phrase(Phrase.SOMEBODY, words)
    return who(name) if who else name


def _state(code: str, words: Words | None) -> str:
    group = next((group for group in STATES if code in catalogue()[group]), "status")
    return label(group, code, words)


def _thing(name: str) -> str:
    found = A_THING.fullmatch(name)
    return str(catalogue()["thing"][LETTERS[found["letter"]]]) if found else "thing"


def _moment(text: str) -> str:
    at = datetime.fromisoformat(text).astimezone(HERE)
    return f"on {day_words(at)} at {at:%H:%M}"


def day_words(at: datetime) -> str:
    """Return the local day of an instant: "Wed 7 Jan 2026"."""
    return date_words(at.astimezone(HERE))


def date_words(day: date) -> str:
    """Return a day: "Wed 7 Jan 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
