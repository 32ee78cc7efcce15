"""Little servers on loopback that answer as they are told, also in ways that no server should."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Talk = Callable[[socket.socket, bytes], None]
"""What a server does with a connection, given the request as far as it came."""


@contextmanager
def serving(talk: Talk) -> Iterator[str]:
    """The address of a server that treats every connection by *talk*."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection = listener.accept()[0]
                threading.Thread(target=attend, args=(connection,), daemon=True).start()

    def attend(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            talk(connection, _request(connection))

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def answering(data: bytes) -> Talk:
    """A server that always sends *data* and hangs up."""
    return lambda connection, _request: connection.sendall(data)


def answer(status: str = "200 OK", body: bytes = b"", **headers: str) -> bytes:
    """An HTTP/1.1 answer."""
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def dripping(data: bytes, every: float = 0.05) -> Talk:
    """A slow loris: one byte at a time, for ever."""

    def talk(connection: socket.socket, _request: bytes) -> None:
        stop = threading.Event()
        for byte in data:
            connection.sendall(bytes([byte]))
            stop.wait(every)
        while True:
            connection.sendall(b"x")
            stop.wait(every)

    return talk


def _request(connection: socket.socket) -> bytes:
    """Head and body, by Content-Length."""
    connection.settimeout(5)
    data = b""
    while b"\r\n\r\n" not in data and (piece := connection.recv(65536)):
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    while lengths and len(body) < lengths[0] and (piece := connection.recv(65536)):
        body += piece
    return head + b"\r\n\r\n" + body
