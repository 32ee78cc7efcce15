"""What is on its way: who began a record, working copies, remarks, links to previews."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0001"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "origin",
        sa.Column("path", sa.String(200), primary_key=True),
        _account(),
        sa.Column("made", sa.DateTime, nullable=False),
    )
    op.create_table(
        "working_copy",
        sa.Column("id", sa.Integer, primary_key=True),
        _account(),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("base", sa.Text),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("account_id", "path"),
    )
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("path", sa.String(200), nullable=False, index=True),
        sa.Column("field", sa.String(80), nullable=False, server_default=""),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("done", sa.DateTime),
    )
    op.create_table(
        "preview_link",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("texts", sa.JSON, nullable=False),
        sa.Column("ends", sa.DateTime, nullable=False),
    )


def _account() -> sa.Column[int]:
    return sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False)
