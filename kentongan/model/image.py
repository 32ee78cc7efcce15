"""Pictures, and other files of ``content/media``."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator

from kentongan.language import Message
from kentongan.model.base import Model
from kentongan.model.fields import Line, Sentence, fault

_FOCUS = re.compile(r"(\d{1,3})%\s+(\d{1,3})%$")


def _inside_media(value: str) -> str:
    path = PurePosixPath(value.removeprefix("/").removeprefix("media/"))
    if path.is_absolute() or not path.parts or any(part.startswith(".") for part in path.parts) or "\\" in value:
        raise fault(
            "media-path",
            Message("“{text}” is no file of content/media.", {"text": value}),
            Message("Write the file's path below content/media, like pasar.jpg."),
        )
    return path.as_posix()


def _focus(value: str) -> str:
    match = _FOCUS.match(value)
    if match and max(int(match[1]), int(match[2])) <= 100:
        return value
    raise fault(
        "focus",
        Message("“{text}” is no point of a picture.", {"text": value}),
        Message("Write how far from the left and from the top it is, like 50% 30%."),
    )


MediaPath = Annotated[Sentence, AfterValidator(_inside_media)]
"""A file below ``content/media``; ``media/`` in front of it is understood."""


class Image(Model):
    """A picture. ``alt`` says in words what it shows; ``focus`` is what must stay in sight when it is cropped."""

    src: MediaPath
    alt: Sentence
    caption: Sentence | None = None
    credit: Line | None = None
    focus: Annotated[Line, AfterValidator(_focus)] | None = None
