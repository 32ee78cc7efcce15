"""A link to one's data is owed until its letter is taken."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Adds the column."""
    op.add_column("comment_reader", sa.Column("asked", sa.DateTime()))
