"""Writing to the content's git repository: one writer at a time, merged by field, and nothing acknowledged is lost."""

from kentongan.repository.edit import Clash, Conflict, Edit
from kentongan.repository.exchange import Exchange, Step
from kentongan.repository.git import Author
from kentongan.repository.remote import Remote, Trouble
from kentongan.repository.splits import OpenSplit
from kentongan.repository.writer import Writer, Written

__all__ = [
    "Author",
    "Clash",
    "Conflict",
    "Edit",
    "Exchange",
    "OpenSplit",
    "Remote",
    "Step",
    "Trouble",
    "Writer",
    "Written",
]
