"""Files of ``content/media``: which there are, what they are, and whether they are safe to hand to the public."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath

from lxml import etree
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from kentongan.errors import Finding
from kentongan.language import Message
from kentongan.store.recording import read_header

FOLDER = "media"
MAX_BYTES = 25_000_000
MAX_PIXELS = 40_000_000
"""A small file can unfold to a picture that no phone can hold."""

TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".srt": "application/x-subrip",
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt",
    ".webp": "image/webp",
}
_FORMATS = {"AVIF": ".avif", "GIF": ".gif", "JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_SVG = "{http://www.w3.org/2000/svg}"
_SVG_FORBIDDEN = {"script", "foreignObject", "iframe", "image", "use", "animate", "set", "handler"}

_UNSAFE = re.compile(r"[^A-Za-z0-9/._-]+")
"""What a part of an address would have to be escaped for; phones name photos with spaces and brackets."""

WIDTHS = (480, 960)
"""Pixels across of the smaller copies that pages offer to phones."""

_SCALED = ("image/jpeg", "image/png")
"""What smaller copies are made of, each in its own format: what shows the picture shows them too."""

_WORTH = 1.25
"""How much wider than a copy a picture has to be, for it to pay."""

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file that may be published. ``path`` is below ``content/media``; ``size`` is a picture's, in pixels, and
    ``seconds`` how long a recording lasts."""

    path: str
    source: str
    digest: str
    bytes: int
    media_type: str
    size: Size | None
    seconds: int | None = None

    @property
    def public_path(self) -> str:
        """Its path on the site: hashed, so that browsers may keep it for ever."""
        return self._public(PurePosixPath(self.path).suffix.lower())

    @property
    def copies(self) -> dict[int, str]:
        """The paths on the site of its smaller copies, by their width in pixels, narrowest first."""
        if self.size is None or self.media_type not in _SCALED:
            return {}
        ending = PurePosixPath(self.path).suffix.lower()
        return {width: self._public(f".{width}{ending}") for width in WIDTHS if self.size[0] >= width * _WORTH}

    def _public(self, ending: str) -> str:
        stem = _UNSAFE.sub("-", PurePosixPath(self.path).with_suffix("").as_posix())
        return f"{FOLDER}/{stem}.{self.digest[:10]}{ending}"


class Unfit(Exception):
    """A file that is not put out: which rule, what is wrong, how to mend it."""

    def __init__(self, rule: str, message: Message, mend: Message) -> None:
        self.rule, self.message, self.mend = rule, message, mend
        super().__init__(message.told("en"))


def media_files(content: Path) -> tuple[dict[str, MediaFile], list[Finding]]:
    """Every file of ``content/media`` that may be published, by path, and what is wrong with the others."""
    found: dict[str, MediaFile] = {}
    findings: list[Finding] = []
    for path in _paths(content / FOLDER):
        name = path.relative_to(content / FOLDER).as_posix()
        try:
            found[name] = _looked_at(path, name)
        except Unfit as unfit:
            findings.append(Finding(f"{FOLDER}/{name}", None, unfit.rule, unfit.message, unfit.mend))
    return found, findings


def _paths(folder: Path) -> Iterator[Path]:
    if folder.is_symlink():
        return
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        there = set(names)
        yield from (Path(parent) / name for name in sorted(there) if not (name.startswith(".") or _tells(name, there)))


def _tells(name: str, there: Collection[str]) -> bool:
    """Whether the file *name* says something of another one: ``pasar.jpg.md`` of ``pasar.jpg``."""
    return name.endswith(".md") and name.removesuffix(".md") in there


def _looked_at(path: Path, name: str) -> MediaFile:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise Unfit(
            "not-a-file",
            Message("This is not a regular file."),
            Message("Put the file itself here; links and pipes are not read."),
        )
    return _examine(str(path), name, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=20_000)
def _examine(source: str, name: str, _changed: int, size: int) -> MediaFile:
    """Looks into a file once for as long as its time and size stay the same."""
    ending = PurePosixPath(name).suffix.lower()
    if ending not in TYPES:
        raise Unfit(
            "media-type",
            Message("Files that end in “{ending}” are not published.", {"ending": ending or name}),
            Message("Use one of: {known}.", {"known": " ".join(sorted(TYPES))}),
        )
    if size > MAX_BYTES:
        raise Unfit(
            "media-bytes",
            Message("The file is larger than {limit} MB.", {"limit": MAX_BYTES // 1_000_000}),
            Message("Make it smaller, or give its address elsewhere."),
        )
    data = Path(source).read_bytes()
    media_type = TYPES[ending]
    picture = _picture_size(data, ending) if media_type.startswith("image/") else None
    seconds = _recording_length(Path(source), media_type) if media_type.startswith("audio/") else None
    return MediaFile(name, source, sha256(data).hexdigest(), size, media_type, picture, seconds)


def _recording_length(path: Path, media_type: str) -> int:
    header = read_header(path)
    if header is None or header.media_type != media_type:
        raise Unfit(
            "media-audio",
            Message("The file is not the kind of recording that its name says."),
            Message("Save it again as MP3."),
        )
    return round(header.seconds)


def _picture_size(data: bytes, ending: str) -> Size | None:
    return _svg_size(data) if ending == ".svg" else _raster_size(data, ending)


def _raster_size(data: bytes, ending: str) -> Size:
    try:
        with Pillow.open(BytesIO(data)) as picture:
            size, format_ = picture.size, picture.format or ""
    except (UnidentifiedImageError, OSError, ValueError, Pillow.DecompressionBombError) as error:
        raise _not_a_picture() from error
    if _FORMATS.get(format_) != ending.replace(".jpeg", ".jpg"):
        raise _not_a_picture()
    if size[0] * size[1] > MAX_PIXELS:
        raise Unfit(
            "media-pixels",
            Message("The picture has more than {limit} million pixels.", {"limit": MAX_PIXELS // 1_000_000}),
            Message("Make it smaller; 1600 pixels across are plenty."),
        )
    return size


def _not_a_picture() -> Unfit:
    return Unfit(
        "media-picture",
        Message("The file is not the kind of picture that its name says."),
        Message("Save it again as a picture."),
    )


def _svg_size(data: bytes) -> Size | None:
    """The size of a drawing, once it is sure that it is only a drawing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _not_a_picture() from error
    if root.tag != f"{_SVG}svg" or b"<!DOCTYPE" in data.upper() or not all(map(_is_drawing, root.iter())):
        raise Unfit(
            "media-svg",
            Message("The drawing holds more than a drawing: scripts, links or other files."),
            Message("Save it as a plain SVG, or as PNG."),
        )
    return _svg_box(root)


def _is_drawing(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return element.tag is etree.Comment
    if etree.QName(element).localname in _SVG_FORBIDDEN:
        return False
    text = (element.text or "").lower()
    if etree.QName(element).localname == "style" and ("@import" in text or "url(" in text):
        return False
    return not any(_is_risky(str(name), str(value)) for name, value in element.attrib.items())


def _is_risky(name: str, value: str) -> bool:
    local = name.rpartition("}")[2].lower()
    return local.startswith("on") or (local == "href" and not value.startswith("#")) or "url(http" in value.lower()


def _svg_box(root: etree._Element) -> Size | None:
    try:
        _, _, width, height = (float(part) for part in root.get("viewBox", "").replace(",", " ").split())
    except ValueError:
        return None
    return round(width), round(height)
