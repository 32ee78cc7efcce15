"""What is no content: accounts, sessions, half-written forms, comments. SQLite beside the state, or PostgreSQL."""

from kentongan.database.database import URL_VARIABLE, Database
from kentongan.database.tables import Base, Instant

__all__ = ["URL_VARIABLE", "Base", "Database", "Instant"]
