"""One request to somebody else's server, which may be slow, lie, or never end. Redirects are the caller's business."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import BadStatusLine, HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import urlsplit

from kentongan import __version__
from kentongan.language import Message

_AGENT = {"User-Agent": f"Kentongan/{__version__}", "Accept": "*/*"}

SET_SITEURL = Message("Set SITEURL in the environment, like SITEURL=https://koperasi.example.id.")
"""How to mend an address of a site that is missing, or cannot be one."""

_SITE = re.compile(r"https?://(\[[0-9a-fA-F:]+\]|[^\W_][\w.-]*)(:[0-9]{1,5})?(/[\w.~%+-]+)*/?")


def is_site_address(text: str) -> bool:
    """Whether *text* can be the public address of a site: with a host, and nothing behind its path (RFC 3986)."""
    return bool(_SITE.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Answer:
    """``headers`` by lower-case name; ``body`` is its beginning, as far as it was asked for and came in time."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Its type without parameters; empty when none is said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class NoAnswer(Exception):
    """No HTTP answer came, for the reason in ``message``."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.told("en"))


def ask(
    url: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = 10.0,
    limit: int = 16_384,
    public_only: bool = False,
) -> Answer:
    """The answer of *url*, with at most *limit* bytes of its body. All of it takes at most about *seconds*.

    *public_only*: not even a connection is made to an address that only this machine, or its own network, can reach;
    what a name says is looked up once, and connected to as it was looked at.

    :raises NoAnswer: when there is none within that time, or it is no HTTP.
    """
    connection, target = _connection(url, seconds)
    deadline = _Deadline(connection, seconds)
    try:
        if public_only:
            connection.sock = _connected(connection, seconds)
        connection.request(method, target, body, {**_AGENT, **(headers or {})})
        response = connection.getresponse()
        begun = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, begun, _beginning(response, limit))
    except (OSError, HTTPException) as error:
        late = deadline.passed or isinstance(error, TimeoutError)
        raise NoAnswer(_too_late(seconds) if late else _reason(error)) from error
    except UnicodeError as error:  # a name that no server can have
        raise NoAnswer(Message("Its address cannot be read.")) from error
    finally:
        deadline.cancel()
        connection.close()


def is_public(address: str) -> bool:
    """Whether *address* can be reached by everybody."""
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_global and not found.is_multicast)


def _connected(connection: HTTPConnection, seconds: float) -> socket.socket:
    """A connection to an address that was looked at; its certificate still has to be that of the host."""
    plain = _reached(_public_addresses(connection), connection.port, seconds)
    if not isinstance(connection, HTTPSConnection):
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=connection.host)


def _public_addresses(connection: HTTPConnection) -> list[str]:
    found = socket.getaddrinfo(connection.host, connection.port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not all(map(is_public, addresses)):
        raise NoAnswer(Message("Its address is in a network of its own."))
    return addresses


def _reached(addresses: list[str], port: int, seconds: float) -> socket.socket:
    """A connection to the first of *addresses* that answers."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=seconds)
    return socket.create_connection((addresses[-1], port), timeout=seconds)


def _connection(url: str, seconds: float) -> tuple[HTTPConnection, str]:
    try:
        parts = urlsplit(url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        return kind(parts.hostname or "", parts.port, timeout=seconds), target
    except (ValueError, HTTPException) as error:
        raise NoAnswer(Message("Its address cannot be read.")) from error


class _Deadline:
    """Hangs up after so many seconds, also on a server that sends one byte now and then."""

    def __init__(self, connection: HTTPConnection, seconds: float) -> None:
        self.passed = False
        self._connection = connection
        self._timer = threading.Timer(seconds, self._hang_up)
        self._timer.daemon = True
        self._timer.start()

    def cancel(self) -> None:
        self._timer.cancel()

    def _hang_up(self) -> None:
        self.passed = True
        if self._connection.sock:
            with suppress(OSError):
                self._connection.sock.shutdown(socket.SHUT_RDWR)


def _beginning(response: HTTPResponse, limit: int) -> bytes:
    """What came of the body: a stream never ends, and one that is cut off has still begun."""
    body = b""
    with suppress(OSError, HTTPException):
        while len(body) < limit and (piece := response.read1(limit - len(body))):
            body += piece
    return body


def _too_late(seconds: float) -> Message:
    return Message("It did not answer within {seconds} seconds.", {"seconds": f"{seconds:g}"})


def _reason(error: OSError | HTTPException) -> Message:
    if isinstance(error, BadStatusLine) and str(error).startswith("ICY "):
        return Message("It speaks the old Shoutcast protocol, which browsers do not play.")
    if isinstance(error, HTTPException):
        return Message("What it answers is not HTTP.")
    if isinstance(error, socket.gaierror):
        return Message("Its name is not known: the domain has no such entry, or this machine is offline.")
    if isinstance(error, ConnectionRefusedError):
        return Message("Nobody answers at that address and port.")
    return Message("{error}.", {"error": error.strerror or str(error)})
