"""The desks: messages, keys, claims, receipts, the directory, what was seen and what went wrong."""

import sqlalchemy as sa
from alembic import op

from readmodel.instant import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TABLES = (
    "desk_message",
    "desk_unsealed",
    "desk_case_key",
    "desk_epoch",
    "desk_claim",
    "desk_receipt",
    "desk_attempts_left_out",
    "desk_agency",
    "desk_person",
    "desk_duty",
    "desk_seen",
    "desk_incident",
)


def upgrade() -> None:
    op.create_table(
        "desk_message",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("to_kind", sa.Text, nullable=False),
        sa.Column("to_id", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("safety", sa.Boolean, nullable=False),
        sa.Column("not_to", sa.JSON, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.Column("why", sa.Text),
    )
    op.create_index("desk_message_case", "desk_message", ["case_id"])
    op.create_index("desk_message_state", "desk_message", ["state", "changed_at"])
    op.create_table(
        "desk_unsealed",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    op.create_index(
        "desk_unsealed_place", "desk_unsealed", ["series", "case_id", "number"], unique=True
    )
    op.create_table(
        "desk_case_key",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("wrapped", sa.LargeBinary),
    )
    op.create_table(
        "desk_epoch",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_table(
        "desk_claim",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("by_id", sa.Text, nullable=False),
        sa.Column("claimed_at", UtcDateTime, nullable=False),
        sa.Column("started_at", UtcDateTime),
        sa.Column("begun_at", UtcDateTime),
        sa.Column("swept_at", UtcDateTime),
    )
    op.create_index("desk_claim_reference", "desk_claim", ["reference"], unique=True)
    op.create_index("desk_claim_unsettled", "desk_claim", ["begun_at", "swept_at", "claimed_at"])
    op.create_table(
        "desk_receipt",
        sa.Column("command_id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False),
    )
    op.create_index("desk_receipt_at", "desk_receipt", ["received_at"])
    op.create_table(
        "desk_attempts_left_out",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("hour", UtcDateTime, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_table(
        "desk_agency",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "desk_person",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("line_manager", sa.Text),
        sa.Column("deputy", sa.Text),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_index("desk_person_agency", "desk_person", ["agency"])
    op.create_table(
        "desk_duty",
        sa.Column("desk", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
    )
    op.create_table(
        "desk_seen",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("build", sa.Text, nullable=False),
        sa.Column("seen_at", UtcDateTime, nullable=False),
        sa.Column("unrecorded", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "desk_incident",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("settled_at", UtcDateTime),
        sa.Column("settled_by", sa.Text),
        sa.Column("settled_because", sa.Text),
    )
    op.create_index("desk_incident_open", "desk_incident", ["settled_at", "kind"])
    op.create_index("desk_incident_case", "desk_incident", ["case_id", "kind"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
