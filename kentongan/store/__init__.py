"""Files <-> records: the front-matter codec, safe writes, quarantine, git history."""

from kentongan.store.contents import Contents, Source
from kentongan.store.documents import Documents
from kentongan.store.history import History
from kentongan.store.load import OFFICE_FILE, load, load_by, office_of, require_folder, with_drafts
from kentongan.store.reader import Reader, Refused

__all__ = [
    "OFFICE_FILE",
    "Contents",
    "Documents",
    "History",
    "Reader",
    "Refused",
    "Source",
    "load",
    "load_by",
    "office_of",
    "require_folder",
    "with_drafts",
]
