"""Content folder -> :class:`Contents`. A bad file is held back and named; its last good committed version stands in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from kentongan.errors import Finding, KentonganError
from kentongan.language import Message
from kentongan.markup import Prose
from kentongan.model import RECORD_TYPES, Kind, Office, Record
from kentongan.store import files
from kentongan.store.contents import Contents, Key, Source
from kentongan.store.frontmatter import FrontMatterError, parse_yaml
from kentongan.store.history import History
from kentongan.store.media import FOLDER as MEDIA_FOLDER
from kentongan.store.media import MediaFile, media_files
from kentongan.store.reader import Read, Reader, Refused, finding_of, validate

T = TypeVar("T")

OFFICE_FILE = "site.yml"
_DEFAULT_OFFICE = Office(name="Kentongan")


def load(content: Path, prose: Prose, history: History | None = None) -> Contents:
    """Reads every record of the folder *content*; *prose* renders bodies, *history* supplies last good versions.

    :raises KentonganError: when there is no such folder.
    """
    return load_by(Reader(content, prose), history or History(content))


def load_by(reader: Reader, history: History, changes: Collection[Path] | None = None) -> Contents:
    """The same by a *reader* that may know most of it from the last time.

    *changes* are the only paths that may have changed since then, where that is known.

    :raises KentonganError: when there is no content folder.
    """
    require_folder(reader.content)
    loading = _Loading(reader, history, history.commit())
    loading.office()
    loading.gather_media()
    sources = [
        (kind, path)
        for kind, type_ in RECORD_TYPES.items()
        for path in files.markdown_files(reader.content, type_.folder)
    ]
    reader.look(sources, changes)
    for kind, path in sources:
        loading.record(kind, path)
    loading.replace_orphans()
    loading.findings.extend(_strays(reader.content))
    loading.tell_shallow()
    return loading.contents()


def require_folder(content: Path) -> None:
    """Makes sure that there is a content folder before anything else is asked of it.

    :raises KentonganError: when there is none.
    """
    if not content.is_dir():
        raise KentonganError(
            Message("There is no folder {path}.", {"path": str(content)}),
            Message("Name the content folder with --content."),
        )


def read_drafts(reader: Reader, texts: Mapping[str, str]) -> list[Read]:
    """What files with *texts* would be at their paths.

    :raises Refused: when one is no valid record.
    """
    return [reader.parse(_kind_of(path), path, text) for path, text in texts.items()]


def with_drafts(contents: Contents, reads: Sequence[Read]) -> Contents:
    """*contents* as they would be with *reads* saved."""
    by_key = {read.record.key: read for read in reads}
    return replace(
        contents,
        records={**contents.records, **{key: read.record for key, read in by_key.items()}},
        sources={**contents.sources, **{key: read.source for key, read in by_key.items()}},
        bodies={**contents.bodies, **{key: read.html for key, read in by_key.items()}},
    )


def office_of(content: Path) -> Office:
    """What ``site.yml`` of the folder *content* says; where it cannot be read, what an office is without it."""
    try:
        return _read_office(_text(content, OFFICE_FILE))
    except Refused:
        return _DEFAULT_OFFICE


def _kind_of(path: str) -> Kind:
    folder = PurePosixPath(path).parts[0]
    for kind, type_ in RECORD_TYPES.items():
        if type_.folder == folder:
            return kind
    raise KentonganError(Message("No type of record lives in “{folder}”.", {"folder": folder}))


class _Loading:
    """One walk over a content folder, collecting what is good and what is wrong."""

    def __init__(self, reader: Reader, history: History, commit: str | None) -> None:
        self.reader, self.content, self.history, self.commit = reader, reader.content, history, commit
        self.records: dict[Key, Record] = {}
        self.sources: dict[Key, Source] = {}
        self.bodies: dict[Key, str] = {}
        self.findings: list[Finding] = []
        self.site = _DEFAULT_OFFICE
        self.media: dict[str, MediaFile] = {}
        self.orphans: dict[Key, tuple[Record, Source]] = {}

    def contents(self) -> Contents:
        return Contents(
            self.site,
            self.records,
            self.sources,
            self.bodies,
            tuple(self.findings),
            self.commit,
            self.media,
            self.orphans,
        )

    def tell_shallow(self) -> None:
        """In a shallow clone a last good version may be out of reach: that is said instead of guessed."""
        if self.findings and self.history.is_shallow():
            self.findings.append(
                Finding(
                    ".",
                    None,
                    "shallow",
                    Message("Older versions of the files are not here, so none could stand in."),
                    Message("Fetch the whole history: git fetch --unshallow."),
                )
            )

    def gather_media(self) -> None:
        self.media, findings = media_files(self.content)
        self.findings.extend(findings)

    def office(self) -> None:
        if not (self.content / OFFICE_FILE).exists():
            self.findings.append(_no_office())
            return
        try:
            self.site = _read_office(_text(self.content, OFFICE_FILE))
        except Refused as refused:
            self.findings.extend(refused.findings)
            self.site = self._last_good(OFFICE_FILE, _read_office) or _DEFAULT_OFFICE

    def record(self, kind: Kind, path: str) -> None:
        """Adds what the file holds, else its last good version: only the file on disk is worth a finding."""
        try:
            self._add(kind, self.reader.read(path))
        except Refused as refused:
            self.findings.extend(refused.findings)
            self._last_good(path, lambda text: self._add(kind, self.reader.parse(kind, path, text)))

    def _last_good(self, path: str, take: Callable[[str], T]) -> T | None:
        """What the newest committed version of *path* gives that *take* does not refuse."""
        for text in self._committed(path):
            with suppress(Refused):
                return take(text)
        return None

    def replace_orphans(self) -> None:
        """Of a record whose parent is not there (a slip in ``program:``) the last version that had one stands in."""
        orphans = [key for key, record in self.records.items() if record.parent and record.parent not in self.records]
        for key in orphans:
            record, source = self.records[key], self.sources[key]
            if fitting := self._with_parent(key[0], source.path):
                self.orphans[key] = (record, source)
                self._put(key, fitting)

    def _with_parent(self, kind: Kind, path: str) -> Read | None:
        """The newest committed version of *path* that is valid and whose parent is there."""
        for text in self._committed(path):
            with suppress(Refused):
                read = self.reader.parse(kind, path, text)
                if read.record.parent is None or read.record.parent in self.records:
                    return read
        return None

    def _add(self, kind: Kind, read: Read) -> None:
        key = read.record.key
        if key in self.sources:
            raise Refused([_same_name(read.source, self.sources[key])])
        self._put(key, read)

    def _put(self, key: Key, read: Read) -> None:
        self.records[key], self.sources[key], self.bodies[key] = read.record, read.source, read.html

    def _committed(self, path: str) -> Iterator[str]:
        """The text of *path* as it was in commits, newest first."""
        for data in self.history.versions(path):
            try:
                yield files.decode(data)
            except FrontMatterError:
                continue


def _text(content: Path, path: str) -> str:
    try:
        return files.read_text(content / path)
    except FrontMatterError as error:
        raise Refused([finding_of(path, error)]) from error


def _read_office(text: str) -> Office:
    try:
        data, lines = parse_yaml(text)
    except FrontMatterError as error:
        raise Refused([finding_of(OFFICE_FILE, error)]) from error
    return validate(Office, data, Source(OFFICE_FILE, lines))


def _same_name(source: Source, other: Source) -> Finding:
    return source.finding(
        (),
        "same-name",
        Message("Another file has the same name: {path}.", {"path": other.path}),
        Message("Rename this one; a record's file name is its address."),
    )


def _strays(content: Path) -> Iterator[Finding]:
    """Markdown where no type of record lives: nobody would ever see it, and nobody would be told."""
    known = {type_.folder for type_ in RECORD_TYPES.values()}
    for entry in sorted(content.iterdir()):
        if entry.name in known or entry.name.startswith("."):
            continue
        if entry.is_dir() and entry.name != MEDIA_FOLDER:
            yield from (_stray(path) for path in files.markdown_files(content, entry.name))
        elif entry.name.lower().endswith(files.ENDINGS):
            yield _stray(entry.name)


def _stray(path: str) -> Finding:
    return Finding(
        path,
        None,
        "stray",
        Message("No type of record lives here, so this file is not read."),
        Message(
            "Move it into one of: {folders}.", {"folders": ", ".join(type_.folder for type_ in RECORD_TYPES.values())}
        ),
    )


def _no_office() -> Finding:
    return Finding(
        OFFICE_FILE,
        None,
        "no-office",
        Message("The site does not say whose it is."),
        Message("Create {file} with a line “name: …”.", {"file": OFFICE_FILE}),
    )
