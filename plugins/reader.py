"""How Pelican itself reads our records: for third-party plugins and foreign themes, which want content objects."""

from pathlib import Path
from typing import Any, ClassVar

from pelican.readers import BaseReader

from kentongan.model import Article, Record
from kentongan.store import Contents

CONTENTS = "KENTONGAN_CONTENTS"
"""The settings key under which the engine leaves what it has loaded."""


class NotARecord(Exception):
    """A file that was quarantined, and told of as a finding already."""


class RecordReader(BaseReader):
    """Answers from the contents that are loaded, so that a broken file's last good version is what Pelican sees too.

    Metadata becomes attributes of Pelican's content objects, so only these keys are handed on, never a file's own.
    """

    enabled = True
    file_extensions: ClassVar[list[str]] = ["md"]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The clean HTML of a record, and its metadata as Pelican knows it.

        :raises NotARecord: when the file holds no valid record.
        """
        contents: Contents = self.settings[CONTENTS]
        name = Path(source_path).relative_to(self.settings["PATH"]).as_posix()
        key = contents.at(name)
        if key is None:
            raise NotARecord(name)
        return contents.bodies[key], self._metadata(contents.records[key])

    def _metadata(self, record: Record) -> dict[str, Any]:
        named: dict[str, Any] = {"title": record.label, "slug": record.id, "status": record.status.value}
        if record.date:
            named["date"] = record.date.isoformat()
        if isinstance(record, Article):
            named |= {"category": record.category, "tags": list(record.tags), "summary": record.summary}
        kept = {name: self.process_metadata(name, value) for name, value in named.items() if value}
        return {**kept, "record": record}
