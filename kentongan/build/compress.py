"""Smaller twins of text files, made once and put beside them, so that a web server never compresses an answer."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import brotli

from kentongan.build.objects import Objects
from kentongan.store import atomic

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ENCODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    ".br": brotli.compress,  # its default is the best it has
    ".gz": lambda data: gzip.compress(data, compresslevel=9, mtime=0),
    ".zst": lambda data: zstd.compress(data, level=19),
}
"""By the ending that nginx, Caddy and others look for: RFC 7932, RFC 1952, RFC 8878."""

TEXTS = frozenset(
    ".css .htm .html .ics .js .json .map .md .mjs .opml .srt .svg .txt .vtt .webmanifest .xml .xsl".split()  # noqa: SIM905
)
"""Endings of files that hold text; pictures, recordings and PDF are compressed in themselves."""

SMALLEST = 1024
"""Bytes; a smaller answer fits into one packet as it is."""


def is_text(name: str) -> bool:
    """Whether the file *name* holds text."""
    return PurePosixPath(name).suffix.lower() in TEXTS


def compress(folder: Path, names: Mapping[str, str], objects: Objects) -> dict[str, tuple[str, str]]:
    """Puts ``x.br``, ``x.gz`` and ``x.zst`` beside every text ``x`` of *names* (path: digest) below *folder*.

    What *objects* holds already is taken from there. Returns the digest and ending of each twin made, by its path.
    """
    wanted = [(name, digest) for name, digest in names.items() if is_text(name)]
    made: dict[str, tuple[str, str]] = {}
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # all three let go of the interpreter's lock
        for twins in threads.map(lambda one: _compress(folder, one[0], one[1], objects), wanted):
            made |= twins
    return made


def _compress(folder: Path, name: str, digest: str, objects: Objects) -> dict[str, tuple[str, str]]:
    path = folder / name
    if path.stat().st_size < SMALLEST:
        return {}
    data = path.read_bytes()
    made = {}
    for ending, encode in ENCODINGS.items():
        twin = path.with_name(path.name + ending)
        if not twin.exists() and not objects.lend(digest, ending, twin):
            atomic.write(twin, encode(data))
            made[f"{name}{ending}"] = (digest, ending)
    return made
