"""Uploaded bytes -> a picture that is nothing but a picture.

Only its pixels go on: they are decoded, turned upright, made small, and written anew. What cameras and others put
beside them (EXIF with the place where it was taken, comments, colour profiles, bytes behind the end) stays behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.pictures import heif
from kentongan.store.media import MAX_BYTES, MAX_PIXELS, Size

LONGEST = 1600
"""Pixels of the longer side; more than any page shows on a sharp screen."""

MAX_PHOTO_PIXELS = 150_000_000
"""Phones take photos of 108 million. libjpeg makes them small while it decodes, unless they are progressive."""

_LIMITS = {"TIFF": heif.MAX_PIXELS}
"""As which HEIF comes out of its own process, and nothing else comes."""

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_PHOTOS = ("JPEG", "MPO")
_QUALITY = 82
_SAVED = {
    ".jpg": (".jpg", "JPEG", "RGB"),
    ".jpeg": (".jpeg", "JPEG", "RGB"),
    ".png": (".png", "PNG", "RGBA"),
    ".webp": (".webp", "WEBP", "RGBA"),
}
"""What is written, by the ending of its name: format, and the mode that holds all of it."""

_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "JPEG": {"quality": _QUALITY, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": _QUALITY, "method": 4},
}
_FEW_COLOURS = 256
_OPAQUE = 255


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture to be kept: its bytes, the ending of its name (``.jpg``), and its size in pixels."""

    data: bytes
    ending: str
    size: Size


def clean_picture(data: bytes, ending: str | None = None) -> CleanPicture:
    """What is to be seen in the upload *data*: upright, in sRGB, at most 1600 pixels long, and nothing besides.

    Photos become JPEG, HEIC ones too; drawings with few colours PNG; photos that one can see through WebP. Of a moving
    picture its first frame is taken. What the upload is called plays no part. *ending* chooses the format: that of the
    picture in whose place it comes.

    :raises KentonganError: when it is no picture, breaks off, or would unfold to more than can be held.
    """
    if len(data) > MAX_BYTES:
        raise _too_large()
    try:
        with _opened(data) as opened:
            picture = _pixels(opened)
            chosen = _SAVED.get(ending) if ending else _suitable(picture, opened.format or "")
            if chosen is None:
                raise _other_format(ending or "")
            return _saved(picture, *chosen)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise _no_picture(data) from error
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError) as error:
        raise _broken_off() from error


def _opened(data: bytes) -> Image.Image:
    return heif.opened(data) if heif.is_heif(data) else Image.open(BytesIO(data), formats=_FORMATS)


def _pixels(opened: Image.Image) -> Image.Image:
    """The decoded picture; what would be too large is refused by its header alone."""
    is_photo = opened.format in _PHOTOS and not opened.info.get("progressive")
    if opened.width * opened.height > (MAX_PHOTO_PIXELS if is_photo else _LIMITS.get(opened.format or "", MAX_PIXELS)):
        raise _too_many_pixels()
    opened.draft(None, (LONGEST, LONGEST))
    opened.load()
    return ImageOps.exif_transpose(opened)


def _suitable(picture: Image.Image, format_: str) -> tuple[str, str, str]:
    if format_ in _PHOTOS:
        return _SAVED[".jpg"]
    if _is_drawing(picture):
        return _SAVED[".png"]
    return _SAVED[".webp" if _is_clear(picture) else ".jpg"]


def _is_clear(picture: Image.Image) -> bool:
    """Whether anything shines through."""
    return picture.has_transparency_data and picture.convert("RGBA").getchannel("A").getextrema() != (_OPAQUE, _OPAQUE)


def _is_drawing(picture: Image.Image) -> bool:
    """Whether it has few colours. A sample tells; taken without smoothing, which would make new ones."""
    sample = picture.convert("RGBA").resize((min(picture.width, 400), min(picture.height, 400)), 0)
    return sample.getcolors(_FEW_COLOURS) is not None


def _in_srgb(picture: Image.Image) -> Image.Image:
    """*picture* as RGB or RGBA, in the colours that its profile means."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            turned = None  # a profile that nobody can read means nothing
        picture = turned or picture
    return picture.convert(mode)


def _saved(picture: Image.Image, ending: str, format_: str, mode: str) -> CleanPicture:
    """*picture*, made small and plain; of what it came with nothing but the pixels is left."""
    plain = _in_srgb(picture)
    plain.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=3.0)
    plain = plain if mode in (plain.mode, "RGBA") else _on_white(plain)
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    buffer = BytesIO()
    bare.save(buffer, format_, **_OPTIONS[format_])
    return CleanPicture(buffer.getvalue(), ending, bare.size)


def _on_white(picture: Image.Image) -> Image.Image:
    """*picture* in a format that nothing shines through."""
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")


def _too_large() -> KentonganError:
    return KentonganError(
        Message("The picture is larger than {limit} MB.", {"limit": MAX_BYTES // 1_000_000}),
        Message("Send a smaller one; 1600 pixels across are plenty."),
    )


def _too_many_pixels() -> KentonganError:
    return KentonganError(
        Message("The picture has more pixels than we can hold."),
        Message("Send a smaller one; 1600 pixels across are plenty."),
    )


def _broken_off() -> KentonganError:
    return KentonganError(
        Message("The picture breaks off before its end."),
        Message("Send it once more, straight from where it was taken."),
    )


def _other_format(ending: str) -> KentonganError:
    return KentonganError(
        Message("A picture that ends in “{ending}” cannot be replaced here.", {"ending": ending}),
        Message("Add the new one, choose it where the old one was, and delete that."),
    )


def _no_picture(data: bytes) -> KentonganError:
    if not data:
        return KentonganError(Message("The file is empty."), Message("Choose the picture once more."))
    if b"<svg" in data[:1000].lower():
        return KentonganError(
            Message("Drawings as SVG can hold programs, so they are not taken here."),
            Message("Save it as PNG, and send that."),
        )
    return KentonganError(
        Message("This is no picture that we know."), Message("Choose a photo: JPEG, HEIC, PNG, WebP, AVIF or GIF.")
    )
