"""The index of all records, and their words: FTS5 in SQLite, a tsvector in PostgreSQL."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "search_entry",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("path", sa.Text, nullable=False, unique=True),
        sa.Column("signature", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False, index=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("position", sa.String(20), nullable=False),
        sa.Column("date", sa.DateTime),
        sa.Column("updated", sa.DateTime),
        sa.Column("parent", sa.Text, index=True),
        sa.Column("starts", sa.DateTime),
        sa.Column("broken", sa.Boolean, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        _tsvector()
    else:
        _fts5()


def _fts5() -> None:
    """The words come folded; ``prefix`` is for what somebody is still typing."""
    op.execute(
        "CREATE VIRTUAL TABLE search_text USING fts5("
        "label, about, body, stems, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
    )
    op.execute("INSERT INTO search_text (search_text, rank) VALUES ('rank', 'bm25(10.0, 5.0, 1.0, 0.5)')")


def _tsvector() -> None:
    op.create_table(
        "search_text",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("words", sa.dialects.postgresql.TSVECTOR, nullable=False),
    )
    op.create_index("search_text_words", "search_text", ["words"], postgresql_using="gin")
