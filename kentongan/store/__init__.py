"""Files <-> records: the front-matter codec, safe writes, quarantine, git history."""

from kentongan.store.contents import Contents, Source
from kentongan.store.history import History
from kentongan.store.load import load, require_folder, with_draft

__all__ = ["Contents", "History", "Source", "load", "require_folder", "with_draft"]
