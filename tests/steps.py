"""One office built in three ways at every step: by a resident builder, in one shot, and from nothing."""

from __future__ import annotations

import locale
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

from pelican.settings import read_settings

from kentongan.build.client import Builder
from kentongan.build.workplace import Workplace
from tests.offices import tree

WAYS = ("resident", "one-shot")


class Builders:
    """Builders of the office in *folder*. Use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._resident = Builder(self._place("resident"))
        self._seen: dict[Path, tuple[int, int]] = {}
        """Every file of content as it lay there at the last build."""

    def __enter__(self) -> Self:
        self._locale = locale.setlocale(locale.LC_ALL)
        return self

    def __exit__(self, *_: object) -> None:
        self._resident.close()
        locale.setlocale(locale.LC_ALL, self._locale)  # Pelican in this process has set its own

    def build(self, now: datetime, *ways: str) -> list[str]:
        """Builds in *ways* (of :data:`WAYS`), each into a folder of its own, and then from nothing.

        Returns the files that are not as the clean build makes them, each with the way that made it.
        """
        if "resident" in ways:
            changes = self._changes()
            self._resident.put_first(changes or (), now)
            self._resident.build(now, changes=changes)
        if "one-shot" in ways:
            self._in_one_shot("one-shot", now)
        shutil.rmtree(self.folder / "clean", ignore_errors=True)
        shutil.rmtree(self.folder / "state-clean/builders", ignore_errors=True)
        self._in_one_shot("clean", now)
        clean = tree(self.folder / "clean")
        return [f"{way}: {name}" for way in ways for name in _different(tree(self.folder / way), clean)]

    def _changes(self) -> list[Path] | None:
        """What a watcher would tell of content; ``None`` at first, and where something else may have changed."""
        before, self._seen = self._seen, lying(self.folder)
        changed = [path for path in before.keys() | self._seen.keys() if before.get(path) != self._seen.get(path)]
        return changed if before else None

    def _in_one_shot(self, output: str, now: datetime) -> None:
        place = self._place(output)
        settings = read_settings(str(place.settings), {"PATH": str(place.content), "OUTPUT_PATH": str(place.output)})
        engine = settings["PELICAN_CLASS"](settings)
        try:
            engine.build(now, state=place.state)
        finally:
            engine.close()

    def _place(self, output: str) -> Workplace:
        state = self.folder / f"state-{output}"
        return Workplace.of(self.folder / "content", self.folder / "pelicanconf.py", self.folder / output, state)


def lying(folder: Path) -> dict[Path, tuple[int, int]]:
    """Every file that may be edited, and how it lies there."""
    return {
        path: (path.stat().st_mtime_ns, path.stat().st_ino)
        for place in ("content", "theme", "pelicanconf.py")
        for path in [folder / place, *(folder / place).rglob("*")]
        if path.is_file()
    }


def _different(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
