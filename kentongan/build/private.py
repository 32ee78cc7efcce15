"""What must never be published: secrets, and e-mail addresses that no text of the office names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kentongan.language import Message
from kentongan.store.history import History

_SECRET = re.compile(r"KENTONGAN_\w*(SECRET|TOKEN|PASSWORD|KEY|DATABASE_URL)")
_LONG_ENOUGH = 8
"""A shorter value is found in innocent texts too, and protects nothing."""

_KEY = re.compile(
    rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY"
    rb"|\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{36}|github_pat_\w{22,}|glpat-[\w-]{20}|xox[abprs]-[\w-]{10,}"
    rb"|sk_live_\w{16,}|pypi-[\w-]{50,})"
)
"""Private keys (RFC 7468), and the tokens of hosts where an office may have an account."""

_ADDRESS = re.compile(rb"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.([A-Za-z]{2,})")
_NO_DOMAIN = frozenset((b"avif", b"css", b"gif", b"ico", b"jpeg", b"jpg", b"js", b"png", b"svg", b"webp"))
"""What follows the last dot of logo@2x.png."""

_TEXTS = (".csv", ".html", ".json", ".md", ".py", ".srt", ".svg", ".txt", ".vtt", ".xml", ".yml")


@dataclass(frozen=True, slots=True)
class Private:
    """*secrets* by the names of their variables; *content* is the folder whose texts may name e-mail addresses."""

    secrets: Mapping[str, bytes]
    content: Path

    @classmethod
    def of(cls, content: Path, environment: Mapping[str, str]) -> Self:
        """The secrets that *environment* holds under the names of ours."""
        named = {name: value.encode() for name, value in environment.items() if _SECRET.fullmatch(name)}
        return cls({name: value for name, value in named.items() if len(value) >= _LONG_ENOUGH}, content)

    def secrets_in(self, data: bytes) -> Iterator[Message]:
        """What of *data* nobody outside may know."""
        for variable, value in self.secrets.items():
            if value in data:
                yield Message("It holds the value of {variable}, which is secret.", {"variable": variable})
        if _KEY.search(data):
            yield Message("It holds a private key or an access token.")

    def strangers(self, addresses: Iterable[bytes]) -> set[bytes]:
        """Those of *addresses* that the office wrote nowhere, now or ever."""
        unknown = set(addresses)
        for text in self._office_texts() if unknown else ():
            unknown = {address for address in unknown if address not in text}
        history = History(self.content)
        return {address for address in unknown if not history.mentions(address.decode())}

    def _office_texts(self) -> Iterator[bytes]:
        """Whatever the office wrote, in plain words and without the backslashes of Markdown."""
        root = self.content.parent
        for path in (*self.content.rglob("*"), *root.glob("theme/**/*"), *root.glob("*conf.py")):
            if path.suffix in _TEXTS and path.is_file():
                yield _plain(path.read_bytes()).replace(b"\\", b"")


def addresses_in(data: bytes) -> set[bytes]:
    """The e-mail addresses in *data*, in small letters."""
    return {match[0] for match in _ADDRESS.finditer(_plain(data)) if match[1] not in _NO_DOMAIN}


def _plain(data: bytes) -> bytes:
    """*data* in small letters, in which an address is no longer hidden behind entities of HTML and escapes of URLs."""
    decoded = html.unescape(data.decode(errors="surrogateescape")) if b"&" in data else None
    plain = data if decoded is None else decoded.encode(errors="surrogateescape")
    return plain.lower().replace(b"%40", b"@")
