"""How people are reached, when they are away, and the links by which they answer."""

import sqlalchemy as sa
from alembic import op

from readmodel.instant import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("desk_contact", "desk_absence", "desk_closure", "desk_link")
COLUMNS = (
    ("desk_agency", sa.Column("approver", sa.Text)),
    ("desk_agency", sa.Column("mail_domains", sa.JSON)),
    ("desk_person", sa.Column("second_agency", sa.Text)),
    ("desk_person", sa.Column("capacity", sa.Integer)),
)


def upgrade() -> None:
    for table, column in COLUMNS:
        op.add_column(table, column)
    op.create_table(
        "desk_contact",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("quiet_from", sa.Text),
        sa.Column("quiet_until", sa.Text),
    )
    op.create_table(
        "desk_absence",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("since", sa.Text, primary_key=True),
        sa.Column("until", sa.Text, nullable=False),
    )
    op.create_table(
        "desk_closure",
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("since", sa.Text, primary_key=True),
        sa.Column("until", sa.Text, nullable=False),
    )
    op.create_table(
        "desk_link",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("expires_at", UtcDateTime, nullable=False),
        sa.Column("answered_at", UtcDateTime),
        sa.Column("answer", sa.Text),
        sa.Column("name_typed", sa.LargeBinary),
    )
    op.create_index("desk_link_about", "desk_link", ["case_id", "about"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    for table, column in reversed(COLUMNS):
        op.drop_column(table, column.name)
