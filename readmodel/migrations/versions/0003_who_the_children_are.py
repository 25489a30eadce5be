"""Who the children are: identities under a key of their own, found by keyed hashes alone."""

import sqlalchemy as sa
from alembic import op

from readmodel.instant import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TABLES = (
    "desk_child",
    "desk_child_token",
    "desk_child_case",
    "desk_child_answer",
    "desk_child_look",
)


def upgrade() -> None:
    op.create_table(
        "desk_child",
        sa.Column("authority", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("by_id", sa.Text, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "desk_child_token",
        sa.Column("authority", sa.Text, primary_key=True),
        sa.Column("token", sa.Text, primary_key=True),
        sa.Column("child", sa.Text, primary_key=True),
    )
    op.create_index("desk_child_token_of", "desk_child_token", ["authority", "child"])
    op.create_table(
        "desk_child_case",
        sa.Column("authority", sa.Text, primary_key=True),
        sa.Column("child", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, primary_key=True),
    )
    op.create_index("desk_child_case_of", "desk_child_case", ["case_id"])
    op.create_table(
        "desk_child_answer",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("child", sa.Text, primary_key=True),
        sa.Column("match", sa.Text, primary_key=True),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("agrees", sa.JSON, nullable=False),
        sa.Column("reason", sa.LargeBinary),
        sa.Column("by_id", sa.Text, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "desk_child_look",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("by_id", sa.Text, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("asked", sa.JSON, nullable=False),
        sa.Column("found", sa.JSON, nullable=False),
    )
    op.create_index("desk_child_look_at", "desk_child_look", ["authority", "at"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
