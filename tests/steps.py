"""One office built in three ways at every step: by a resident builder, in one shot, and from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Self

from pelican.settings import read_settings

from kentongan.build.client import Builder
from kentongan.build.workplace import Workplace
from tests.offices import tree


class Builders:
    """Builders of the office in *folder*. Use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._resident = Builder(self._place("resident"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._resident.close()

    def build(self, now: datetime) -> None:
        """Both incremental ways, each into a folder of its own."""
        self._resident.build(now)
        self._in_one_shot("one-shot", now)

    def differences(self, now: datetime) -> list[str]:
        """Files that are not as a clean build makes them, each with the way that made it."""
        shutil.rmtree(self.folder / "clean", ignore_errors=True)
        shutil.rmtree(self.folder / "state-clean/builders", ignore_errors=True)
        self._in_one_shot("clean", now)
        clean = tree(self.folder / "clean")
        return [
            f"{way}: {name}" for way in ("resident", "one-shot") for name in _different(tree(self.folder / way), clean)
        ]

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


def _different(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
