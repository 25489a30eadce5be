"""What somebody answered in a command, field by field: a choice, a name, a moment, or text."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from cli.gate import Telling, moment
from config.choices import choice
from config.wording import label

NOT_SHOWN: Final = frozenset({"seen", "nomination", "task", "message", "subject", "deadline"})


def answers(at: Telling, group: str, value: Any) -> Iterator[str]:
    """Yield "What worries you: Afraid to go home"; what was left empty is left out."""
    for one in fields(value):
        held = getattr(value, one.name)
        if one.name in NOT_SHOWN or held in (None, "", (), False):
            continue
        each = held if isinstance(held, tuple) else (held,)
        if all(is_dataclass(item) for item in each):
            for item in each:
                yield from answers(at, one.name, item)
        else:
            yield f"{label('field', f'{group}.{one.name}', at.words)}: {_text(at, held)}"


def _text(at: Telling, value: Any) -> str:
    if isinstance(value, Enum):
        return choice(value, at.words)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, tuple):
        return ", ".join(_text(at, item) for item in value)
    return at.who(value) if isinstance(value, str) else str(value)
