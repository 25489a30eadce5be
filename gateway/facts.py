"""Facts about the people a submission mentions, looked up afresh and kept in the entry (16)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from readmodel.directory import facts_for
from readmodel.engine import Store
from statemodel import Facts
from statemodel.commands import AnyCommand
from wire import encode

LONGEST_ID = 64


async def look_up(store: Store, by: str, command: AnyCommand, now: datetime) -> Facts:
    """Return what the directory knows of the actor, of everybody named, and of their managers."""
    named = {by, *_words(encode(command))}
    people = await facts_for(store, sorted(named))
    managers = {person.line_manager for person in people if person.line_manager} - named
    others = await facts_for(store, sorted(managers)) if managers else ()
    return Facts(now, (*people, *others))


def _words(value: Any) -> Iterator[str]:
    """Every short text of a form: the directory knows which of them are people."""
    if isinstance(value, str):
        if 0 < len(value) <= LONGEST_ID:
            yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _words(item)
