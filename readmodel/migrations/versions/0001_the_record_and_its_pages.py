"""The record, append-only from its first row, and the pages made from it."""

import sqlalchemy as sa
from alembic import op

from readmodel.append_only import guard, unguard
from readmodel.instant import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "record_entry",
    "record_body",
    "record_opening",
    "record_erasure",
    "record_seal",
    "record_head",
    "record_attempt",
    "view_case",
    "view_deadline",
)


def upgrade() -> None:
    op.create_table(
        "record_entry",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("episode", sa.Integer, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("at_utc", UtcDateTime, nullable=False),
        sa.Column("recorded_at_utc", UtcDateTime, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("v", sa.Integer, nullable=False),
        sa.Column("hat", sa.Text, nullable=False),
        sa.Column("command_id", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("prev", sa.Text, nullable=False),
    )
    op.create_index("record_entry_command", "record_entry", ["case_id", "command_id", "version"])
    op.create_table(
        "record_body",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "record_opening",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "record_erasure",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("order_id", sa.Text, nullable=False),
        sa.Column("at_utc", UtcDateTime, nullable=False),
    )
    op.create_table(
        "record_seal",
        sa.Column("series", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("chain", sa.Text, nullable=False),
        sa.Column("sealed_at_utc", UtcDateTime, nullable=False),
    )
    op.create_index(
        "record_seal_place", "record_seal", ["series", "case_id", "number"], unique=True
    )
    op.create_table(
        "record_head",
        sa.Column("series", sa.Text, primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("chain", sa.Text, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
    )
    op.create_table(
        "record_attempt",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("at_utc", UtcDateTime, nullable=False),
        sa.Column("by_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("codes", sa.JSON, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    op.create_index("record_attempt_case", "record_attempt", ["case_id", "at_utc"])
    op.create_table(
        "view_case",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.Column("episode", sa.Integer, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("responsible_kind", sa.Text),
        sa.Column("responsible", sa.Text),
        sa.Column("accepted_at", UtcDateTime),
        sa.Column("waits_on_kind", sa.Text),
        sa.Column("waits_on", sa.Text),
        sa.Column("next_step", sa.Text, nullable=False),
        sa.Column("next_due", UtcDateTime),
        sa.Column("open_concerns", sa.Integer, nullable=False),
        sa.Column("open_tasks", sa.Integer, nullable=False),
        sa.Column("departures", sa.Integer, nullable=False),
        sa.Column("rehearsal", sa.Boolean, nullable=False),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("calendar", sa.Text, nullable=False),
        sa.Column("calendar_until", sa.Text, nullable=False),
        sa.Column("opened_at", UtcDateTime),
        sa.Column("closed_at", UtcDateTime),
        sa.Column("closed_because", sa.Text),
        sa.Column("struck", sa.JSON, nullable=False),
        sa.Column("urgency", sa.Integer, nullable=False),
        sa.Column("sort_due", UtcDateTime, nullable=False),
    )
    op.create_index("view_case_due", "view_case", ["stage", "next_due"])
    op.create_index("view_case_holder", "view_case", ["responsible"])
    op.create_index("view_case_list", "view_case", ["urgency", "sort_due", "case_id"])
    op.create_table(
        "view_deadline",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("owner_kind", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("due", sa.JSON, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
    )
    op.create_index("view_deadline_due", "view_deadline", ["due_at"])
    for table in (name for name in TABLES if name.startswith("record_")):
        guard(op.get_bind(), table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    unguard(op.get_bind())
