"""Content folder -> :class:`Contents`. A bad file is held back and named; its last good committed version stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from kentongan.errors import Finding, KentonganError
from kentongan.language import Message
from kentongan.markup import CannotRender, Prose
from kentongan.model import RECORD_TYPES, Kind, Office, Record
from kentongan.model.messages import faults
from kentongan.store import files
from kentongan.store.contents import Contents, Key, Source
from kentongan.store.frontmatter import FrontMatterError, parse, parse_yaml
from kentongan.store.history import History
from kentongan.store.media import FOLDER as MEDIA_FOLDER
from kentongan.store.media import MediaFile, media_files
from kentongan.store.pelican_metadata import has_metadata, parse_metadata

T = TypeVar("T", bound=BaseModel)

OFFICE_FILE = "site.yml"
_DEFAULT_OFFICE = Office(name="Kentongan")
PELICANS = (Kind.ARTICLE, Kind.PAGE)
"""Types that Pelican knows too: their files may begin with its metadata; keys we do not know are kept for themes."""

_RESERVED = ("id", "body", "extras")


class Refused(Exception):
    """A source that is no valid record, with every finding about it."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(f"{len(findings)} findings")


def load(content: Path, prose: Prose, history: History | None = None) -> Contents:
    """Reads every record of the folder *content*; *prose* renders bodies, *history* supplies last good versions.

    :raises KentonganError: when there is no such folder.
    """
    require_folder(content)
    loading = _Loading(content, prose, history or History(content))
    loading.office()
    loading.gather_media()
    for kind, type_ in RECORD_TYPES.items():
        for path in files.markdown_files(content, type_.folder):
            loading.record(kind, path)
    loading.replace_orphans()
    loading.findings.extend(_strays(content))
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


def with_draft(contents: Contents, prose: Prose, path: str, text: str) -> tuple[Contents, Key]:
    """*contents* as they would be with *text* saved at *path*, and the key of that record.

    :raises Refused: when *text* is no valid record.
    """
    record, source = _read(_kind_of(path), path, text)
    key = (record.kind, record.id)
    drafted = replace(
        contents,
        records={**contents.records, key: record},
        sources={**contents.sources, key: source},
        bodies={**contents.bodies, key: _body(prose, record, source)},
    )
    return drafted, key


def _kind_of(path: str) -> Kind:
    folder = PurePosixPath(path).parts[0]
    for kind, type_ in RECORD_TYPES.items():
        if type_.folder == folder:
            return kind
    raise KentonganError(Message("No type of record lives in “{folder}”.", {"folder": folder}))


class _Loading:
    """One walk over a content folder, collecting what is good and what is wrong."""

    def __init__(self, content: Path, prose: Prose, history: History) -> None:
        self.content, self.prose, self.history = content, prose, history
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
            self.history.commit(),
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
        for text in self._versions(OFFICE_FILE):
            try:
                self.site = _read_office(text)
                return
            except Refused as refused:
                self._report(refused)

    def record(self, kind: Kind, path: str) -> None:
        for text in self._versions(path):
            try:
                self._add(kind, *_read(kind, path, text))
                return
            except Refused as refused:
                self._report(refused)

    def replace_orphans(self) -> None:
        """Of a record whose parent is not there (a slip in ``program:``) the last version that had one stands in."""
        orphans = [key for key, record in self.records.items() if record.parent and record.parent not in self.records]
        for key in orphans:
            record, source = self.records[key], self.sources[key]
            if fitting := self._with_parent(key[0], source.path):
                self.orphans[key] = (record, source)
                self.records[key], self.sources[key], self.bodies[key] = fitting

    def _with_parent(self, kind: Kind, path: str) -> tuple[Record, Source, str] | None:
        """The newest committed version of *path* that is valid and whose parent is there."""
        for text in self._committed(path):
            try:
                record, source = _read(kind, path, text)
                if record.parent is None or record.parent in self.records:
                    return record, source, _body(self.prose, record, source)
            except Refused:
                continue
        return None

    def _add(self, kind: Kind, record: Record, source: Source) -> None:
        key = (kind, record.id)
        if key in self.sources:
            raise Refused([_same_name(source, self.sources[key])])
        self.bodies[key] = _body(self.prose, record, source)
        self.records[key] = record
        self.sources[key] = source

    def _versions(self, path: str) -> Iterator[str]:
        """The text of *path* as it is on disk, then as it was in older commits."""
        self._reported = False
        try:
            yield files.read_text(self.content / path)
        except FrontMatterError as error:
            self._report(Refused([_finding(path, error)]))
        yield from self._committed(path)

    def _committed(self, path: str) -> Iterator[str]:
        """The text of *path* as it was in commits, newest first."""
        for data in self.history.versions(path):
            try:
                yield files.decode(data)
            except FrontMatterError:
                continue

    def _report(self, refused: Refused) -> None:
        """Only the file on disk is worth a finding; that an old version was bad too is not news."""
        if not self._reported:
            self.findings.extend(refused.findings)
        self._reported = True


def _read(kind: Kind, path: str, text: str) -> tuple[Record, Source]:
    type_ = RECORD_TYPES[kind]
    try:
        document = parse_metadata(text) if kind in PELICANS and has_metadata(text) else parse(text)
    except FrontMatterError as error:
        raise Refused([_finding(path, error)]) from error
    source = Source(path, document.lines, document.body_line)
    _refuse_reserved(source, document.data)
    data = {**document.data, "id": PurePosixPath(path).stem, "body": document.body}
    if kind in PELICANS:
        known = {key: value for key, value in data.items() if key in type_.model_fields}
        data = {**known, "extras": {key: value for key, value in data.items() if key not in known}}
    return _validate(type_, data, source), source


def _body(prose: Prose, record: Record, source: Source) -> str:
    try:
        return prose.html(record.body)
    except CannotRender as error:
        raise Refused(
            [
                source.finding(
                    (),
                    "endless-text",
                    Message("No page can be made of this text."),
                    Message("Look for a long run of brackets, numbers or quotation marks, and delete it."),
                )
            ]
        ) from error


def _read_office(text: str) -> Office:
    try:
        data, lines = parse_yaml(text)
    except FrontMatterError as error:
        raise Refused([_finding(OFFICE_FILE, error)]) from error
    return _validate(Office, data, Source(OFFICE_FILE, lines))


def _validate(type_: type[T], data: dict[str, object], source: Source) -> T:
    try:
        return type_.model_validate(data)
    except ValidationError as error:
        raise Refused([source.finding(*fault) for fault in faults(error, type_)]) from error


def _refuse_reserved(source: Source, data: dict[str, object]) -> None:
    for name in _RESERVED:
        if name in data:
            raise Refused(
                [
                    source.finding(
                        (name,),
                        "reserved-key",
                        Message("“{key}” is not written in the front matter.", {"key": name}),
                        Message(
                            "Delete it: the file's name is the id, and the text below the front matter is the body."
                        ),
                    )
                ]
            )


def _finding(path: str, error: FrontMatterError) -> Finding:
    return Finding(path, error.line, error.rule, error.message, error.mend)


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
