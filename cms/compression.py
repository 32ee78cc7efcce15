"""Answers made smaller for slow lines (RFC 9110, 8.4.1). Browsers take Brotli (RFC 7932) over HTTPS alone."""

from __future__ import annotations

import gzip

import brotli

QUICK, BEST = 4, 9
"""How hard to try: for an answer that is made anew each time, and for one that is made once."""

SMALLEST = 1000
"""Bytes; a smaller answer fits into one packet as it is."""

ENCODINGS = ("br", "gzip")


def encoding_for(accepted: str) -> str:
    """Which of :data:`ENCODINGS` a request with this ``Accept-Encoding`` takes; "": none."""
    parts = (part.replace(" ", "").partition(";q=") for part in accepted.lower().split(","))
    names = {name for name, _, weight in parts if weight.strip("0.") or not weight}
    return next((name for name in ENCODINGS if name in names), "")


def encoded(data: bytes, encoding: str, effort: int = QUICK) -> bytes:
    """*data* in *encoding*."""
    match encoding:
        case "br":
            return bytes(brotli.compress(data, quality=effort))
        case "gzip":
            return gzip.compress(data, effort, mtime=0)
    return data


def headers_of(encoding: str) -> dict[str, str]:
    """The headers that say so."""
    varies = {"vary": "Accept-Encoding"}
    return {**varies, "content-encoding": encoding} if encoding else varies
