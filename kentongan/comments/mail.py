"""Mail by SMTP, where an office has named a server. Without one nothing of mail is offered to anybody."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import make_msgid
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from kentongan.errors import KentonganError
from kentongan.language import Message

VARIABLE = "KENTONGAN_SMTP_URL"
_SECONDS = 20.0
_PORTS = {"smtp": 587, "smtps": 465}


class Postponed(KentonganError):
    """A letter that the server does not take now, and may take later (RFC 5321, 4.2.1: replies 4yz)."""


class _Policy(EmailPolicy):
    """Leaves the addresses of links in headers as they are: no mail app reads encoded ones (RFC 2369, 2)."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """A header as it is sent."""
        if name.startswith("List-"):
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy()


@dataclass(frozen=True, slots=True)
class Mailer:
    """A server: ``smtps://name:password@host:465/?from=redaksi@koperasi.example``, or ``smtp://`` with STARTTLS."""

    host: str
    port: int
    sender: str
    name: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    is_tls: bool = False

    @classmethod
    def of(cls, url: str | None = None) -> Self | None:
        """The server that *url*, else ``KENTONGAN_SMTP_URL``, names; ``None``: none is named.

        :raises KentonganError: when it cannot be read.
        """
        given = url if url is not None else os.environ.get(VARIABLE, "")
        if not given:
            return None
        parts = urlsplit(given)
        sender = parse_qs(parts.query).get("from", [""])[0]
        try:
            if parts.scheme not in _PORTS or not parts.hostname or "@" not in sender:
                raise ValueError
            port = parts.port or _PORTS[parts.scheme]
        except ValueError as error:
            raise KentonganError(
                Message("{variable} cannot be read.", {"variable": VARIABLE}),
                Message("Write it like smtps://name:password@mail.example.id/?from=office@example.id."),
            ) from error
        name, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, port, sender, name, password, parts.scheme == "smtps")

    def send(self, to: str, subject: str, text: str, headers: Mapping[str, str] | None = None) -> None:
        """Sends one plain letter.

        :raises Postponed: when the server cannot be reached, or does not take it now.
        :raises KentonganError: when the server does not take it; the reason names nobody.
        """
        letter = EmailMessage(_POLICY)
        letter["From"], letter["To"], letter["Subject"] = self.sender, to, " ".join(subject.split())
        letter["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2])
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine shall answer it
        for key, value in (headers or {}).items():
            letter[key] = value
        letter.set_content(text)
        try:
            with self._connected() as server:
                server.send_message(letter)
        except (OSError, smtplib.SMTPException) as error:
            kind = Postponed if _may_pass(error) else KentonganError
            raise kind(
                Message("The mail server did not take a letter: {reason}.", {"reason": type(error).__name__}),
                Message("Look at {variable}.", {"variable": VARIABLE}),
            ) from error

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        secure = ssl.create_default_context()
        if self.is_tls:
            with smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=secure) as server:
                yield self._known(server)
            return
        with smtplib.SMTP(self.host, self.port, timeout=_SECONDS) as server:
            if not _is_here(self.host):
                server.starttls(context=secure)
            yield self._known(server)

    def _known(self, server: smtplib.SMTP) -> smtplib.SMTP:
        if self.name:
            server.login(self.name, self.password)
        return server


def _may_pass(error: Exception) -> bool:
    """Whether the same letter may be taken later."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code < 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code < 500
    return not isinstance(error, smtplib.SMTPNotSupportedError)  # the rest is the server's, or of what is set here


def _is_here(host: str) -> bool:
    """Whether what is said to *host* stays on this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
