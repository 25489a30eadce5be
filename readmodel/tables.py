"""Three kinds of tables, told apart by prefix: the record, the pages and the desks (decision 22).

`record_*` is append-only by trigger and kept for ever; `view_*` can be thrown away and rebuilt;
`desk_*` has a state of its own and is backed up. Names of people stand in `desk_*` alone.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from readmodel.instant import UtcDateTime

METADATA = MetaData()
CASE_ID = CODE = ID = DIGEST = DAY = Text()  # a length would be one more thing to stop a record
SERIAL = BigInteger().with_variant(Integer, "sqlite")


def needed(name: str, kind: object) -> Column[object]:
    return Column(name, kind, nullable=False)  # type: ignore[arg-type] # a type or an instance


# --- The record ------------------------------------------------------------------------------
record_entry = Table(
    "record_entry",
    METADATA,
    Column("case_id", CASE_ID, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    needed("authority", CODE),
    needed("episode", Integer),
    needed("edition", Integer),
    needed("at_utc", UtcDateTime),
    needed("recorded_at_utc", UtcDateTime),
    needed("kind", CODE),
    needed("v", Integer),
    needed("hat", CODE),
    needed("command_id", ID),
    needed("digest", DIGEST),
    needed("prev", DIGEST),
    Index("record_entry_command", "case_id", "command_id", "version"),
)
record_body = Table(
    "record_body",
    METADATA,
    Column("case_id", CASE_ID, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    needed("body", LargeBinary),
)
record_opening = Table(
    "record_opening",
    METADATA,
    Column("case_id", CASE_ID, primary_key=True),
    needed("authority", CODE),
    needed("body", LargeBinary),
)
record_erasure = Table(
    "record_erasure",
    METADATA,
    Column("case_id", CASE_ID, primary_key=True),
    needed("authority", CODE),
    needed("order_id", ID),
    needed("at_utc", UtcDateTime),
)
record_seal = Table(
    "record_seal",
    METADATA,
    Column("series", CODE, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    needed("case_id", CASE_ID),
    needed("number", Integer),
    needed("digest", DIGEST),
    needed("chain", DIGEST),
    needed("sealed_at_utc", UtcDateTime),
    Index("record_seal_place", "series", "case_id", "number", unique=True),
)
record_head = Table(
    "record_head",
    METADATA,
    Column("series", CODE, primary_key=True),
    Column("day", DAY, primary_key=True),
    needed("position", BigInteger),
    needed("chain", DIGEST),
    needed("key_id", CODE),
    needed("signature", DIGEST),
)
record_attempt = Table(
    "record_attempt",
    METADATA,
    Column("case_id", CASE_ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    needed("authority", CODE),
    needed("at_utc", UtcDateTime),
    needed("by_id", ID),
    needed("kind", CODE),
    needed("codes", JSON),
    needed("digest", DIGEST),
    Index("record_attempt_case", "case_id", "at_utc"),
)

# --- The pages -------------------------------------------------------------------------------
view_case = Table(
    "view_case",
    METADATA,
    Column("case_id", CASE_ID, primary_key=True),
    needed("version", Integer),
    needed("head", DIGEST),
    needed("episode", Integer),
    needed("edition", Integer),
    needed("authority", CODE),
    needed("stage", CODE),
    needed("status", CODE),
    Column("responsible_kind", CODE),
    Column("responsible", ID),
    Column("accepted_at", UtcDateTime),
    Column("waits_on_kind", CODE),
    Column("waits_on", ID),
    needed("next_step", CODE),
    Column("next_due", UtcDateTime),
    needed("open_concerns", Integer),
    needed("open_tasks", Integer),
    needed("departures", Integer),
    needed("rehearsal", Boolean),
    needed("pack", CODE),
    needed("calendar", CODE),
    needed("calendar_until", DAY),
    Column("opened_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("closed_because", CODE),
    needed("struck", JSON),
    needed("urgency", Integer),
    needed("sort_due", UtcDateTime),
    Index("view_case_due", "stage", "next_due"),
    Index("view_case_list", "urgency", "sort_due", "case_id"),
    Index("view_case_holder", "responsible"),
)
view_deadline = Table(
    "view_deadline",
    METADATA,
    Column("case_id", CASE_ID, primary_key=True),
    Column("id", CODE, primary_key=True),
    needed("authority", CODE),
    needed("what", CODE),
    needed("about", CODE),
    needed("owner_kind", CODE),
    needed("owner", ID),
    needed("due_at", UtcDateTime),
    needed("due", JSON),
    needed("state", CODE),
    needed("step", Integer),
    Index("view_deadline_due", "due_at"),
)
