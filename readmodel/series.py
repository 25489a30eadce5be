"""Series: what is sealed, each kind of row in a gapless order and a chain of its own."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column

from readmodel.tables import record_attempt, record_entry


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One kind of rows: `number` counts them within their case, `digest` is what is sealed."""

    name: str
    case_id: Column[Any]
    number: Column[Any]
    digest: Column[Any]
    prefix: str = ""

    def waiting(self, case_id: str, number: int, digest: str) -> dict[str, Any]:
        """Return the row of `desk_unsealed` that asks for a position."""
        return {"series": self.name, "case_id": case_id, "number": number, "digest": digest}

    def place(self, *parts: object) -> str:
        """Return where something is, as a fault names it: `c1/3`, `seal/7`, `attempt/c1/3`."""
        return self.prefix + "/".join(str(part) for part in parts)


_entry, _attempt = record_entry.c, record_attempt.c
ENTRIES = Series("entry", _entry.case_id, _entry.version, _entry.digest)
ATTEMPTS = Series("attempt", _attempt.case_id, _attempt.number, _attempt.digest, "attempt/")
SERIES = (ENTRIES, ATTEMPTS)
