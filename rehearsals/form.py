"""What a rehearsal file may hold: one form, as JSON Schema, that reader, editor and page share."""

from enum import Enum
from typing import Any, Final

from config.wording import catalogue
from statemodel import Role, Stage
from statemodel.commands import COMMANDS
from statemodel.planning import ActionState
from statemodel.things import DeadlineKind, TaskKind

Form = dict[str, Any]

NOBODY: Final = "nobody"
NOTHING: Final = "nothing"
POST: Final = "post"


def text(says: str) -> Form:
    return {"type": "string", "description": says}


def yes_or_no(says: str) -> Form:
    return {"type": "boolean", "description": says}


def number(says: str) -> Form:
    return {"type": "integer", "minimum": 0, "description": says}


def one_of(values: Any, says: str) -> Form:
    codes = (value.value if isinstance(value, Enum) else value for value in values)
    return {"enum": list(dict.fromkeys(codes)), "description": says}


def list_of(each: Form, says: str) -> Form:
    return {"type": "array", "items": each, "description": says}


def table(properties: dict[str, Form], says: str, *required: str) -> Form:
    return {
        "type": "object",
        "description": says,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def table_of(each: Form, says: str) -> Form:
    return {"type": "object", "description": says, "additionalProperties": each}


MOMENT: Final = {"type": "string", "format": "date-time"}
DAY: Final = {"type": "string", "format": "date"}
HOLDER: Final = {"type": "string", "format": "holder"}
PERSON: Final = {"type": "string", "format": "person"}


def moment(says: str) -> Form:
    return MOMENT | {"description": says}


ROLES: Final = one_of(Role, "a role in the service")
KINDS: Final = one_of(COMMANDS, "a command, or what the clock did")
CODES: Final = one_of(catalogue()["reason"], "a reason's code")
STATUSES: Final = one_of(catalogue()["status"], "the same in the rule book's words")
DUE: Final = {"anyOf": [DAY, MOMENT, text("a day, a moment, or words of its explanation")]}
TOLD: Final = table(
    {
        "to": HOLDER | {"description": "a person of this file, or a role: the desk of that role"},
        "purpose": one_of(catalogue()["purpose"], "what the message is for"),
    },
    "one message",
    "to",
    "purpose",
)
ENTRY: Final = table(
    {
        "kind": KINDS,
        "by": text("a person of this file, or clock, or post"),
        "version": number("the number of the entry"),
        "events": list_of(one_of(catalogue()["event"], "an event"), "what followed, in order"),
        "departures": list_of(CODES, "the rules it departs from"),
    },
    "an entry that the journal holds",
)

AWAY: Final = table(
    {
        "since": DAY | {"description": "the first day"},
        "until": DAY | {"description": "the last day"},
    },
    "some days in a row",
    "since",
    "until",
)
FIGURES: Final[Form] = {
    "type": "object",
    "description": "fields of a person",
    "properties": {
        "agency": text("whom they work for"),
        "roles": list_of(ROLES, "what they do in the service"),
        "line_manager": PERSON | {"description": "who directs their work"},
        "deputy": PERSON | {"description": "who answers in their place"},
        "active": yes_or_no("false for somebody who has left"),
        "away": list_of(AWAY, "when they do not answer, themselves away or their agency closed"),
        "known": yes_or_no("false for a stranger: somebody the directory has never heard of"),
    },
    "additionalProperties": False,
}
FACTS: Final = table(
    {
        "as_of": moment("when people were looked up, if not at this moment"),
        "people": table_of(FIGURES, "what was then known of somebody, where it differs"),
    },
    "what this asking brings with it, where that differs from the file's people",
)
EXPECT: Final[Form] = table(
    {
        "stage": one_of(Stage, "where the case stands"),
        "status": STATUSES,
        "responsible": HOLDER | {"description": "who is responsible; nobody once it is closed"},
        "accepted": yes_or_no("whether whoever is responsible has said yes"),
        "lead": table_of(HOLDER, "who leads now, child by child"),
        "cover": table_of(HOLDER, "who stands in for the lead now, child by child"),
        "actions": table_of(one_of(ActionState, "where it stands"), "actions of the plan, by name"),
        "next_step": one_of([NOTHING, *DeadlineKind], "what falls due first"),
        "waits_on": HOLDER | {"description": "who owes what falls due first"},
        "deadlines": table_of(
            {"anyOf": [*DUE["anyOf"], {"type": "array", "items": DUE}]},
            "running deadlines by kind: the day, the moment, or words of the explanation",
        ),
        "running": number("how many deadlines run"),
        "told": list_of(TOLD, "every message since the step before, in any order"),
        "told_includes": list_of(TOLD, "some of those messages"),
        "not_told": list_of(HOLDER, "who is told nothing since the step before"),
        "entries": list_of(KINDS, "every entry since the step before, in order"),
        "entry": {"anyOf": [ENTRY, list_of(ENTRY, "several")], "description": "in the journal"},
        "says": text("words that an entry since the step before is shown with"),
        "open_tasks": list_of(one_of(TaskKind, "a kind of task"), "every open task, in any order"),
        "departures": number("how often a record has departed from a rule"),
        "struck": list_of(number("an entry"), "the entries that no longer count"),
        "version": number("how many entries the case has"),
    },
    "how things are to stand at this moment, once all that is due has been done",
)
COMMAND: Final[Form] = {"type": "object"}  # its fields are wire's to judge, see reading and schema
STEP: Final[Form] = table(
    {
        "at": moment("when; without an offset it is local time of the calendar"),
        "by": text("who asks: a person of this file, or post"),
        "refused": list_of(CODES, "exactly these reasons, and nothing has changed"),
        "departs": list_of(CODES, "exactly these rules are departed from"),
        "id": text("the command's id, to ask the same twice"),
        "repeat": yes_or_no("it was asked before under this id, and gets the same answer"),
        "received_at": moment("when it was pressed, if it is handled later"),
        "restart_worker": yes_or_no("the worker dies before this moment and a new one follows"),
        "facts": FACTS,
        "expect": EXPECT,
    }
    | dict.fromkeys(COMMANDS, COMMAND),
    "one moment: something is asked, or time has passed and the case is looked at",
    "at",
)
FILE: Final[Form] = table(
    {
        "title": text("one line"),
        "story": text("what happens, in a few lines"),
        "rules": list_of(text("a rule"), "the rules it shows, by number"),
        "pack": text("a policy that comes with Baton, or a file beside this one"),
        "calendar": {
            "anyOf": [text("a calendar that comes with Baton, or a file"), {"type": "object"}],
            "description": "working days: a name, or a calendar's own keys as a table",
        },
        "people": table_of(FIGURES, "everybody, by the id that steps use"),
        "step": {"type": "array", "minItems": 1, "items": STEP, "description": "in order of time"},
    },
    "a rehearsal: a worked case that is played to see what the rules do",
    "title",
    "story",
    "rules",
    "step",
)
