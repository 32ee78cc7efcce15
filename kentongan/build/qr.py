"""QR codes (ISO/IEC 18004) as drawings, for what is pinned to a wall."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import ClassVar

import segno

QUIET = 4
"""Modules of white around it, which the standard asks for."""

_MASK = 3
"""Every mask can be read; trying all eight to find the evenest takes five times as long."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A drawing that leads to ``url`` and bears 15 % of damage (level M)."""

    media_type: ClassVar[str] = "image/svg+xml"

    url: str


def code_of(url: str) -> segno.QRCode:
    """The code of *url*, as rows of modules."""
    return segno.make(url, error="m", micro=False, boost_error=False, mask=_MASK)


def render_qr(code: QrCode) -> bytes:
    """Black on white whatever the page's scheme: cameras read no other."""
    drawn = BytesIO()
    code_of(code.url).save(
        drawn, kind="svg", border=QUIET, light="#fff", xmldecl=False, omitsize=True, svgclass=None, lineclass=None
    )
    return drawn.getvalue()
