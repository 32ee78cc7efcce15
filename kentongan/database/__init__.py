"""What is no content: accounts, sessions, half-written forms, comments. SQLite beside the state, or PostgreSQL."""

from kentongan.database.database import URL_VARIABLE, Database, is_begun
from kentongan.database.tables import Base, Instant

__all__ = ["URL_VARIABLE", "Base", "Database", "Instant", "is_begun"]
