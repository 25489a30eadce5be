"""A rehearsal file's form as JSON Schema, for editors: `python -m rehearsals.schema` prints it."""

import json
import sys
from typing import Any

from rehearsals.commands import left_out
from rehearsals.form import FILE, Form
from statemodel.commands import COMMANDS
from statemodel.things import DeadlineKind
from wire.schema import DRAFT, schema

TOLD_IN_WORDS = ("holder", "person")  # formats of our own, that say whose names are meant


def rehearsal_schema() -> Form:
    """Return the schema of a whole file; each command's fields are as wire takes them."""
    document: Form = {"$schema": DRAFT, "title": "A rehearsal"} | _plain(FILE)
    step = document["properties"]["step"]["items"]
    for kind in COMMANDS:
        step["properties"][kind] = {"$ref": f"#/$defs/{kind}"}
    deadlines = step["properties"]["expect"]["properties"]["deadlines"]
    deadlines["propertyNames"] = {"enum": [kind.value for kind in DeadlineKind]}
    document["$defs"] = {kind: _command(kind) for kind in COMMANDS}
    return document


def written() -> str:
    """Return the text that is kept in `docs/rehearsal.schema.json`."""
    return json.dumps(rehearsal_schema(), indent=2, ensure_ascii=False) + "\n"


def _command(kind: str) -> Form:
    """Return a command's form; what stands for the newest thing may be left out."""
    form: Form = schema(COMMANDS[kind])
    newest = left_out(kind, {})
    required = [name for name in form["required"] if name not in newest]
    kept = {name: part for name, part in form.items() if name != "$schema"}
    return kept | {"required": required}


def _plain(form: Any) -> Any:
    if isinstance(form, list):
        return [_plain(part) for part in form]
    if not isinstance(form, dict):
        return form
    return {
        name: _plain(part)
        for name, part in form.items()
        if not (name == "format" and part in TOLD_IN_WORDS)
    }


if __name__ == "__main__":
    sys.stdout.write(written())
