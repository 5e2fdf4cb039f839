"""Without the table of each mention's participants: nothing reads it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_mention_participants_block", table_name="mention_participants")
    op.drop_table("mention_participants")


def downgrade() -> None:
    op.create_table(
        "mention_participants",
        sa.Column("mention_id", sa.String(length=20), nullable=False),
        sa.Column("participant", sa.String(length=24), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mentions.id"], name=op.f("fk_mention_participants_mention_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mention_id", "participant", name=op.f("pk_mention_participants")),
    )
    op.create_index(
        "ix_mention_participants_block", "mention_participants", ["participant", "type", "day"], unique=False
    )
