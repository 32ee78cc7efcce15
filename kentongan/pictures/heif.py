"""Photos as iPhones and some Androids keep them (HEIC; HEIF, ISO/IEC 23008-12). They are opened, and never kept so.

A process of its own does it: damaged files make the decoder crash, and nothing else goes down with it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from io import BytesIO

from PIL import Image

MAX_PIXELS = 50_000_000
"""What an iPhone takes at its finest; all of them are in memory at once."""

_COMMAND = (sys.executable, "-I", __file__)
_SECONDS = 30
_MEMORY = 2_000_000_000
"""Bytes of addresses, several times of what the largest photo unfolds to."""

_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}
_TOO_LARGE = 3
"""How the process ends that met a photo of more than :data:`MAX_PIXELS`."""


def is_heif(data: bytes) -> bool:
    """Whether *data* says of itself that it is HEIF, and not AVIF, which shares its box."""
    box = data[8 : min(int.from_bytes(data[:4]), 100)]
    return data[4:8] == b"ftyp" and box[:4] in _BRANDS and b"avif" not in box


def opened(data: bytes) -> Image.Image:
    """The photo in *data*, upright.

    :raises DecompressionBombError: when it would unfold to more than can be held.
    :raises ValueError: when it is damaged.
    """
    try:
        done = subprocess.run(_COMMAND, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise ValueError from error
    if done.returncode == _TOO_LARGE:
        raise Image.DecompressionBombError
    if done.returncode:
        raise ValueError
    return Image.open(BytesIO(done.stdout), formats=("TIFF",))


def decode(data: bytes) -> bytes | None:
    """The photo in *data* as TIFF, which takes no time to write; ``None``: it is too large."""
    import pi_heif  # noqa: PLC0415 - the decoder comes into no other process

    found = pi_heif.open_heif(BytesIO(data))
    if found.size[0] * found.size[1] > MAX_PIXELS:
        return None
    photo, buffer = found.to_pillow(), BytesIO()
    photo.save(buffer, "TIFF", exif=b"", icc_profile=photo.info.get("icc_profile"))
    return buffer.getvalue()


def main() -> int:
    """Turns the HEIF on standard input into TIFF on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    photo = decode(sys.stdin.buffer.read())
    if photo is None:
        return _TOO_LARGE
    sys.stdout.buffer.write(photo)
    return 0


if __name__ == "__main__":
    sys.exit(main())
