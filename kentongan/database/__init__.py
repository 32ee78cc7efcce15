"""What is no content: accounts, sessions, half-written forms, comments. SQLite beside the state, or PostgreSQL."""

from kentongan.database.database import (
    FILE,
    URL_VARIABLE,
    Database,
    is_begun,
    migrate,
    open_engine,
    revision_of,
    unusable,
)
from kentongan.database.tables import Base, Instant

__all__ = [
    "FILE",
    "URL_VARIABLE",
    "Base",
    "Database",
    "Instant",
    "is_begun",
    "migrate",
    "open_engine",
    "revision_of",
    "unusable",
]
