"""Bodies: what the record holds encrypted, each bound to its authority, case and place in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from readmodel.vault import CaseKey, Vault
from statemodel.plain import canonical

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body belongs: whose case (decision 27), which case, which entry of it or none."""

    authority: str
    case_id: str
    version: int | None = None

    @property
    def context(self) -> bytes:
        """What the body is bound to, so that it opens nowhere else."""
        which = "opening" if self.version is None else str(self.version)
        return f"{self.authority}/{self.case_id}:{which}".encode()


def seal_entry(key: CaseKey, authority: str, entry: Plain) -> bytes:
    return _seal(key, entry, Place(authority, entry["case_id"], entry["version"]))


def seal_opening(key: CaseKey, authority: str, case: Plain) -> bytes:
    """Seal the case as it was before its first entry: its pack, calendar, edition."""
    return _seal(key, case, Place(authority, case["id"]))


def open_body(key: CaseKey, place: Place, body: bytes) -> dict[str, Any]:
    """Return the plain entry, or case before its first, that was sealed for this place.

    Raises Unreadable when it was altered, swapped or sealed elsewhere.
    """
    document: dict[str, Any] = json.loads(Vault.open(key, body, place.context))
    return document


def _seal(key: CaseKey, document: Plain, place: Place) -> bytes:
    return Vault.seal(key, canonical(dict(document)), place.context)
