"""What may be searched for in Temporal: stage, what is waited for, authority. Codes only (17)."""

from typing import Any

from temporalio.common import SearchAttributeKey, SearchAttributePair, SearchAttributeUpdate

from statemodel import Case

STAGE = SearchAttributeKey.for_keyword("BatonStage")
WAITING_ON = SearchAttributeKey.for_keyword("BatonWaitingOn")
AUTHORITY = SearchAttributeKey.for_keyword("BatonAuthority")
KEYS = (STAGE, WAITING_ON, AUTHORITY)
Shown = tuple[str, str, str]


def of(case: Case) -> Shown:
    """Return stage, the kind of step that is waited for, and the authority."""
    first = next(iter(case.running), None)
    return case.stage.value, first.what.value if first else "nothing", case.pack.authority


def pairs(shown: Shown) -> list[SearchAttributePair[Any]]:
    return [SearchAttributePair(key, value) for key, value in zip(KEYS, shown, strict=True)]


def updates(shown: Shown) -> list[SearchAttributeUpdate[Any]]:
    return [key.value_set(value) for key, value in zip(KEYS, shown, strict=True)]
