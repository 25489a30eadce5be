"""Bodies: what the record holds encrypted, each bound to its case and its place in it."""

import json
from collections.abc import Mapping
from typing import Any

from readmodel.vault import CaseKey, Vault
from statemodel.plain import canonical

Plain = Mapping[str, Any]


def seal_entry(key: CaseKey, entry: Plain) -> bytes:
    return _seal(key, entry, entry["case_id"], str(entry["version"]))


def seal_opening(key: CaseKey, case: Plain) -> bytes:
    """Seal the case as it was before its first entry: its pack, calendar, edition."""
    return _seal(key, case, case["id"], "opening")


def open_entry(key: CaseKey, case_id: str, version: int, body: bytes) -> dict[str, Any]:
    """Return a plain entry; raises Unreadable when it was altered, swapped or sealed elsewhere."""
    return _open(key, body, case_id, str(version))


def open_opening(key: CaseKey, case_id: str, body: bytes) -> dict[str, Any]:
    return _open(key, body, case_id, "opening")


def _seal(key: CaseKey, document: Plain, case_id: str, place: str) -> bytes:
    return Vault.seal(key, canonical(dict(document)), f"{case_id}:{place}".encode())


def _open(key: CaseKey, body: bytes, case_id: str, place: str) -> dict[str, Any]:
    text = Vault.open(key, body, f"{case_id}:{place}".encode())
    document: dict[str, Any] = json.loads(text)
    return document
