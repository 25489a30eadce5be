"""Any value of any of our types, made by chance from its declaration, within what may travel."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from statemodel.command import AnyCommand
from statemodel.commands import COMMANDS
from statemodel.working_days import Period, Unit
from wire.decoder import Mode, kinds_of
from wire.limits import WHOLE
from wire.text import KEPT, TextRule, rule_of
from wire.upcast import kind_of

SHORT = 30
FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2201, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
LETTERS = st.characters(exclude_categories=("Cc", "Cs"))
LINES = LETTERS | st.sampled_from("\n\t")
IDS = st.text("abcXYZ019_.:-", min_size=1, max_size=12)
SCALARS: dict[Any, SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(-WHOLE, WHOLE),
    timedelta: st.integers(-WHOLE, WHOLE).map(lambda amount: timedelta(microseconds=amount)),
    datetime: st.integers(0, (LAST - FIRST) // TICK - 1).map(lambda past: FIRST + past * TICK),
    date: st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    Period: st.builds(Period, st.integers(0, 60), st.sampled_from(Unit)),
}


def commands(kind: type[AnyCommand] | str | None = None) -> SearchStrategy[AnyCommand]:
    """Any command, or any of one kind, that a person or Baton could send."""
    if kind is None:
        return st.one_of([anything(one) for one in COMMANDS.values()])
    return anything(COMMANDS[kind] if isinstance(kind, str) else kind)


def anything(kind: Any, mode: Mode = Mode.OPEN, rule: TextRule = KEPT) -> SearchStrategy[Any]:
    """Any value of a type, by its annotations; a class without a kind stands for those under it."""
    return _any_of(kind, mode, rule)


@cache
def _any_of(kind: Any, mode: Mode, rule: TextRule) -> SearchStrategy[Any]:
    if kind is str:
        return _text(rule)
    if kind in SCALARS:
        return SCALARS[kind]
    if get_origin(kind) is not None:
        return _generic(kind, mode, rule)
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    assert hasattr(kind, "__dataclass_fields__"), f"no strategy for {kind!r}"
    under = {} if kind_of(kind) else kinds_of((kind,))
    if under:
        return st.one_of([anything(one, mode) for one in under.values()])
    return _built(kind, mode.inside(kind))


def _generic(kind: Any, mode: Mode, rule: TextRule) -> SearchStrategy[Any]:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return st.one_of([_part(arg, mode, rule) for arg in args])
    if origin is Literal:
        return st.sampled_from(args)
    if args[-1] is ... or len(args) == 1:
        return st.lists(anything(args[0], mode, rule), max_size=3).map(origin)
    return st.tuples(*(anything(arg, mode, rule) for arg in args))


def _part(kind: Any, mode: Mode, rule: TextRule) -> SearchStrategy[Any]:
    return st.none() if kind is NoneType else anything(kind, mode, rule)


def _built(kind: Any, mode: Mode) -> SearchStrategy[Any]:
    hints = get_type_hints(kind)
    given = {
        field.name: anything(
            hints[field.name], mode, rule_of(kind, field) if mode is Mode.ASKED else KEPT
        )
        for field in fields(kind)
    }
    return st.builds(kind, **given)


def _text(rule: TextRule) -> SearchStrategy[str]:
    if rule.name == "id":
        return IDS | st.just("") if rule.empty else IDS
    return st.text(LETTERS if rule.name == "line" else LINES, max_size=SHORT)
