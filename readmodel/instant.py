"""An instant in a column: UTC always, aware always, and text order is time order on SQLite."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import TIMESTAMP, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from statemodel.plain import utc_text


class UtcDateTime(TypeDecorator[datetime]):
    """`timestamptz` on PostgreSQL, 27 characters of UTC on SQLite; refuses a naive instant.

    SQLite forgets the zone of a `DateTime(timezone=True)`, which is why this type exists.
    """

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind = TIMESTAMP(timezone=True) if dialect.name == "postgresql" else String(27)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone")
        return value.astimezone(UTC) if dialect.name == "postgresql" else utc_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
        return found.astimezone(UTC)


def instant(text: str | None) -> datetime | None:
    """Return the instant of a plain document's fixed-width UTC text, or None for None."""
    return datetime.fromisoformat(text) if text else None
