"""One request to somebody else's server, which may be slow, lie, or never end. Redirects are the caller's business."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import BadStatusLine, HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from kentongan import __version__
from kentongan.language import Message

_AGENT = {"User-Agent": f"Kentongan/{__version__}", "Accept": "*/*"}


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

    *public_only*: an address inside this machine or its network is not even knocked at.

    :raises NoAnswer: when there is none within that time, or it is no HTTP.
    """
    connection, target = _connection(url, seconds)
    if public_only:
        # The only place where the name is looked up: one that changes its address meanwhile gains nothing.
        connection._create_connection = _connect_to_public  # type: ignore[attr-defined]
    deadline = _Deadline(connection, seconds)
    try:
        connection.request(method, target, body, {**_AGENT, **(headers or {})})
        response = connection.getresponse()
        begun = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, begun, _beginning(response, limit))
    except (OSError, HTTPException) as error:
        late = deadline.passed or isinstance(error, TimeoutError)
        raise NoAnswer(_too_late(seconds) if late else _reason(error)) from error
    finally:
        deadline.cancel()
        connection.close()


def _connection(url: str, seconds: float) -> tuple[HTTPConnection, str]:
    try:
        parts = urlsplit(url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        return kind(parts.hostname or "", parts.port, timeout=seconds), target
    except (ValueError, HTTPException) as error:
        raise NoAnswer(Message("Its address cannot be read.")) from error


def _connect_to_public(address: tuple[str, int], timeout: float, *_: object) -> socket.socket:
    """A connection to *address*, all of whose numbers are public.

    :raises NoAnswer: when one is not.
    """
    host, port = address
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(is_public(number) for number in found):
        raise NoAnswer(Message("{host} is inside this network.", {"host": host}))
    return socket.create_connection((found[0], port), timeout)


def is_public(number: str) -> bool:
    """Whether the IP address *number* is one of the internet's, and not of a machine or network of one's own."""
    try:
        address = ip_address(number.partition("%")[0])
    except ValueError:
        return False
    inner = (address.ipv4_mapped or address.sixtofour) if isinstance(address, IPv6Address) else None
    return (inner or address).is_global and not address.is_multicast


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
    return Message("{error}.", {"error": error.strerror or str(error)})
