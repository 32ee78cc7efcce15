"""What is asked before a comment is kept, found by an index also where thousands stand on one page."""

from alembic import op

revision = "0034"
down_revision = "0006"


def upgrade() -> None:
    """Makes the indexes."""
    op.drop_index("ix_comment_thread_state", "comment")
    op.create_index("ix_comment_thread_made", "comment", ["thread", "made"])
    op.create_index("ix_comment_thread_name", "comment", ["thread", "name"])
