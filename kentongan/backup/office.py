"""What belongs into a backup: the files that git does not have, the databases, the recordings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kentongan.backup.repository import Repository
from kentongan.comments import secret
from kentongan.database import FILE
from kentongan.repository import journal
from kentongan.store.atomic import PART

_BESIDE_CONTENT = ("theme", "plugins", "pelicanconf.py", "publishconf.py", "deploy.toml", "requirements.txt")
"""An office's own settings, templates and plugins, which are kept whatever git is told to ignore."""

_MADE_AGAIN = ("texts.sqlite3",)
"""Databases that are caches."""

ENDINGS = (".tar.zst", ".zip")
"""Of backups: in the clear and encrypted."""


@dataclass(frozen=True, slots=True)
class Office:
    """Where the things of one office are; absolute paths. ``database`` is the address of one that is elsewhere than in
    the state folder. ``left`` collects files that cannot be kept."""

    content: Path
    state: Path
    media: Path
    database: str | None = None
    left: list[Path] = field(default_factory=list)

    @property
    def own(self) -> list[Path]:
        """The folders and files that are the office's own, as far as they are there."""
        beside = (self.content.parent / name for name in _BESIDE_CONTENT)
        return [path for path in (self.content, *beside) if path.exists()]

    def databases(self) -> list[Path]:
        """The databases in the state folder that are neither caches nor left from before the office had another."""
        passed = (*_MADE_AGAIN, *([FILE] if self.database else ()))
        return sorted(path for path in self.state.glob("*.sqlite3") if path.name not in passed)

    def journal(self) -> list[Path]:
        """Changes by people that are not yet carried out, or not yet committed."""
        return sorted(path for path in (self.state / journal.FOLDER).rglob("*") if path.is_file())

    def keys(self) -> list[Path]:
        """What opens e-mail addresses that are sealed in the databases."""
        return [path for path in (self.state / secret.FILE,) if path.is_file()]

    def recordings(self) -> list[Path]:
        """What is finished in the media store, also where a link leads to another disk."""
        return sorted(self._below(self.media, frozenset({self.media.resolve()})))

    def _below(self, folder: Path, above: frozenset[Path]) -> Iterator[Path]:
        """All files below *folder*, to which the folders *above* led: a link may lead round in circles."""
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.name.startswith("."):
                continue
            if path.is_dir() and path.resolve() not in above:
                yield from self._below(path, above | {path.resolve()})
            elif path.is_file():
                yield path
            else:
                self.left.append(path)

    def loose(self, repository: Repository, commit: str | None) -> list[Path]:
        """The files of the work tree that *commit* of *repository* does not hold as they lie there."""
        names = repository.loose(commit, self.own) if repository.is_there else self._all_files()
        return [path for path in sorted(set(names)) if self._is_kept(path)]

    def _all_files(self) -> Iterator[Path]:
        for place in self.own:
            yield from (path for path in place.rglob("*") if not path.is_dir()) if place.is_dir() else (place,)

    def _is_kept(self, path: Path) -> bool:
        if path.is_relative_to(self.state) or path.is_relative_to(self.media) or "__pycache__" in path.parts:
            return False
        if not path.is_relative_to(self.content) and path.name.endswith((*ENDINGS, PART)):
            return False  # an earlier backup
        if path.is_symlink() or not path.is_file():
            self.left.append(path)
            return False
        return True
