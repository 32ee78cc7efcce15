"""Recordings of the media store that a finished output names: linked into it, so that the folder alone is the site."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from kentongan.build.api import ROOT
from kentongan.model.audio import STORED
from kentongan.sound.media_store import MediaStore

_ADDRESS = re.compile(rf"{STORED}[0-9a-f]{{32}}\.[a-z0-9]{{2,4}}(?=\")")


def link_recordings(output: Path, store: MediaStore) -> tuple[str, ...]:
    """Puts every recording that a public episode names into *output*; returns the addresses that *store* lacks.

    Nothing else of the store is in it: a recording of a draft is named by no public record.
    """
    listed = (output / ROOT / "episodes.json").read_text(encoding="utf-8")
    lacking = []
    for address in sorted(set(_ADDRESS.findall(listed))):
        source = store.find(address)
        if source:
            _link(source, output / address.lstrip("/"))
        else:
            lacking.append(address)
    return tuple(lacking)


def _link(source: Path, target: Path) -> None:
    """A hard link, which takes no room and outlives the store's own name; a copy where the disks differ."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
