"""A client that takes little of the machine it measures: requests are bytes already, and one thread sends them all."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    body: bytes
    wait: float


def form(port: int, path: str, body: bytes, address: str) -> bytes:
    """A form that a page of the server at *port* sent, from the network *address*."""
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\norigin: http://127.0.0.1:{port}\r\n"
        f"content-type: application/x-www-form-urlencoded\r\nx-forwarded-for: {address}\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def send(port: int, requests: Iterable[bytes], connections: int) -> list[Answer]:
    """The answers to *requests*, in the order in which they came, over *connections* that stay open."""
    waiting, answers = iter(requests), list[Answer]()
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            line = _Line(port)
            if line.ask(waiting):
                selector.register(line.socket, selectors.EVENT_READ, line)
        while selector.get_map():
            for key, _ in selector.select():
                if answer := key.data.read():
                    answers.append(answer)
                    if not key.data.ask(waiting):
                        selector.unregister(key.fileobj)
                        key.data.socket.close()
    return answers


class _Line:
    """One connection, which asks the next question once it has the answer."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read, self._begun = b"", 0.0

    def ask(self, waiting: Iterable[bytes]) -> bool:
        """Whether there was anything left to ask."""
        request = next(iter(waiting), None)
        if request is None:
            return False
        self._read, self._begun = b"", time.perf_counter()
        self.socket.sendall(request)
        return True

    def read(self) -> Answer | None:
        """The answer, once it is whole."""
        piece = self.socket.recv(_PIECE)
        if not piece:
            raise ConnectionError("the server closed a connection")
        self._read += piece
        head, parted, body = self._read.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not parted or not length or len(body) < int(length[1]):
            return None
        return Answer(int(head[9:12]), body, time.perf_counter() - self._begun)
