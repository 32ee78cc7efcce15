"""Comments, those who wrote them, what moderators did, and what keeps floods away."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0005"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "comment_reader",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("confirmed", sa.DateTime),
        sa.Column("banned", sa.DateTime),
    )
    _comment()
    op.create_table(
        "comment_decision",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "comment_id", sa.Integer, sa.ForeignKey("comment.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(40), nullable=False),
        sa.Column("before", sa.String(10), nullable=False),
        sa.Column("after", sa.String(10), nullable=False),
        sa.Column("old_text", sa.Text),
    )
    _guards()


def _comment() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("thread", sa.String(200), nullable=False),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("comment.id", ondelete="SET NULL"), index=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("source", sa.String(12), nullable=False),
        sa.Column("origin", sa.String(500)),
        sa.Column("made", sa.DateTime, nullable=False),
        sa.Column("edited", sa.DateTime),
        sa.Column("decided", sa.DateTime),
        sa.Column("decided_by", sa.String(40)),
        sa.Column("asks", sa.Boolean, nullable=False),
        sa.Column("wants_replies", sa.Boolean, nullable=False),
        sa.Column("told", sa.DateTime),
        sa.Column("reasons", sa.String(200), nullable=False),
        sa.Column("address", sa.String(64)),
        sa.Column("ticket", sa.String(64), unique=True),
        sa.Column("reader_id", sa.Integer, sa.ForeignKey("comment_reader.id", ondelete="SET NULL"), index=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comment_thread_state", "comment", ["thread", "state"])
    op.create_index("ix_comment_address_made", "comment", ["address", "made"])
    op.create_index("ix_comment_state_id", "comment", ["state", "id"])


def _guards() -> None:
    op.create_table(
        "comment_salt",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("salt", sa.String(64), nullable=False),
    )
    op.create_table(
        "comment_ban",
        sa.Column("address", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "comment_mark",
        sa.Column("name", sa.String(20), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
    )
