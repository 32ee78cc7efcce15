"""Writing to the content's git repository: one writer at a time, merged by field, and nothing acknowledged is lost."""

from kentongan.repository.edit import Clash, Conflict, Edit
from kentongan.repository.git import Author
from kentongan.repository.writer import Writer, Written

__all__ = ["Author", "Clash", "Conflict", "Edit", "Writer", "Written"]
