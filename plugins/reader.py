"""How Pelican itself reads our records: for third-party plugins and foreign themes, which want content objects."""

from pathlib import Path
from typing import Any, ClassVar

from pelican.contents import Content
from pelican.readers import BaseReader

from kentongan.model import Article, Record, Translated
from kentongan.site import Site
from kentongan.site.slugs import slug
from kentongan.store import Contents
from kentongan.store.contents import Key

CONTENTS = "KENTONGAN_CONTENTS"
SITE = "KENTONGAN_SITE"
"""The settings keys under which the engine leaves what it has loaded."""


class NotARecord(Exception):
    """A file that was quarantined, and told of as a finding already."""


class RecordReader(BaseReader):
    """Answers from what is loaded, so that Pelican sees last good versions, resolved links and our idea of now too.

    Metadata becomes attributes of Pelican's content objects, so a key of a file's own is handed on only when no
    attribute of theirs has its name.
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
        site: Site = self.settings[SITE]
        return site.bodies.get(key, contents.bodies[key]), self._metadata(site, key, contents.records[key])

    def _metadata(self, site: Site, key: Key, record: Record) -> dict[str, Any]:
        """What is not public is a draft to Pelican, whatever the clock says; our settings put no draft anywhere."""
        named: dict[str, Any] = {
            "title": record.label,
            "slug": record.id,
            "lang": site.language_of(record),
            "status": "published" if key in site.records else "draft",
            "date": record.date.isoformat() if record.date else None,
            "modified": record.updated.isoformat() if record.updated else None,
            "summary": getattr(record, "summary", None),
        }
        if isinstance(record, Translated):
            named |= {"translation_key": record.translates or record.id}
            named |= {name: value for name, value in record.extras.items() if _is_free(name)}
        if isinstance(record, Article):
            authors = [found.full_name if (found := site.author(name)) else name for name in record.authors]
            named |= {"category": record.category, "tags": list(record.tags), "authors": authors}
        kept = {name: self.process_metadata(name, value) for name, value in named.items() if value}
        return {**_with_our_slugs(kept), "record": record}


def _is_free(name: str) -> bool:
    return name.isidentifier() and not name.startswith("_") and not hasattr(Content, name)


def _with_our_slugs(metadata: dict[str, Any]) -> dict[str, Any]:
    """Categories and tags at the addresses that our own pages have."""
    for wrapper in (metadata.get("category"), *metadata.get("tags", ()), *metadata.get("authors", ())):
        if wrapper is not None:
            wrapper.slug = slug(wrapper.name)
    return metadata
