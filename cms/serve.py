"""Runs the server beside a thread that keeps the site built."""

from __future__ import annotations

import itertools
import socket
import sys
import threading
import time
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from kentongan.accounts import Accounts
from kentongan.actions import Newsroom
from kentongan.build.client import Builder
from kentongan.build.report import BuildReport
from kentongan.build.watch import keep_built
from kentongan.build.workplace import Workplace
from kentongan.comments import demo, snapshot
from kentongan.database import Database
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.repository import Exchange, Remote, Writer
from kentongan.search import Index
from kentongan.sound.media_store import MediaStore
from kentongan.store.load import office_of
from kentongan.store.mirror import Mirror
from kentongan.webhooks import Courier
from kentongan.webhooks.rebuild import Rebuild

from .admin import Workshop
from .app import create_app
from .comments import Room
from .comments.postman import keep_going
from .jobs import Jobs
from .publication import Publication
from .status import BuildStatus

SWITCH_SECONDS = 0.001
"""How long a thread keeps the interpreter while others wait: who reads and sends would wait for all of them."""


def serve(
    *,
    place: Workplace,
    original: Path | None,
    host: str,
    port: int,
    opened: bool,
    address: str,
    say: Callable[[str], None],
    tell: Callable[[BuildReport], None],
    fail: Callable[[KentonganError], None],
) -> int:
    """Serves *place* until interrupted. *original*: the sample that its content is a copy of, if it is one.

    *opened*: the CMS answers other machines too. *address* is where the site is public ("": nowhere). *say* hears where
    it is, *tell* of every build and *fail* of every one that failed.

    :raises KentonganError: when the port is taken.
    """
    status, stop = BuildStatus(), threading.Event()
    listener = _listen(host, port)
    place.output.mkdir(parents=True, exist_ok=True)
    with closing(Database(place.state)) as database, Builder(place) as builder:
        room = _room(place, database, status, original)
        keeper = _begin(_keep, builder, original, status, tell, fail, stop)
        status.builder_is_there = lambda: keeper.is_alive() and builder.is_there
        _look_after_readers(place, room, stop, fail)
        status.first.wait()  # whoever comes earlier waits in the listener's queue, and then sees a whole site
        say(f"http://localhost:{port}/  {_way_in(database, port)}")
        shop = _shop(place, builder, database, status, address, stop)
        media = MediaStore.of(place.state).folder
        try:
            _answer(create_app(place.output, media, status, database, opened=opened, shop=shop), listener, database)
        finally:
            stop.set()
            keeper.join(timeout=10)
    return 0


def _begin(do: Callable[..., object], *arguments: object) -> threading.Thread:
    """Does it in a thread of its own, which ends with the server."""
    thread = threading.Thread(target=do, args=arguments, daemon=True)
    thread.start()
    return thread


def _answer(app: ASGIApp, listener: socket.socket, database: Database) -> None:
    """Answers requests, and tells webhooks of what they change, until interrupted."""
    courier = Courier(database)
    courier.start()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[listener])
    finally:
        courier.stop()


def _room(place: Workplace, database: Database, status: BuildStatus, original: Path | None) -> Room:
    """The comments, as the first build takes them in."""
    room = Room(database, place.output, status)
    if original:
        demo.sow(room.comments)
    room.publish()
    return room


def _look_after_readers(
    place: Workplace, room: Room, stop: threading.Event, fail: Callable[[KentonganError], None]
) -> None:
    """What is sent to readers, and to whoever builds the site elsewhere."""
    _begin(keep_going, room, lambda: office_of(place.content), stop, fail)
    if elsewhere := Rebuild.of(place.state):
        _begin(elsewhere.keep_looking, stop, fail)


def _shop(
    place: Workplace, builder: Builder, database: Database, status: BuildStatus, address: str, stop: threading.Event
) -> Workshop:
    """What admin and API change records with; what they changed is brought on its way until *stop*."""
    writer = Writer(place.content, place.state)
    room = Newsroom(place.content, writer, database)
    publication = _publication(place, writer, status, address)
    _keep_in_step(publication, writer, stop)
    return Workshop(room, builder, Index(database, place.content), place.output, publication)


def _publication(place: Workplace, writer: Writer, status: BuildStatus, address: str) -> Publication:
    """What brings changes to readers, and to the repository elsewhere if there is one."""
    remote = Remote.of(place.content)
    said = Message("Bring what was changed here and elsewhere together").told(office_of(place.content).language)
    exchange = Exchange(writer, remote, said) if remote else None
    jobs = Jobs(place.state)
    return Publication(place.content, place.output, place.state, status, address, exchange, jobs=jobs)


def _make_up(writer: Writer, stop: threading.Event) -> None:
    """Commits what a killed process, or a git that could not be used, has left: at the start, and every half minute.

    git's index is told what it missed as soon as its lock has gone: until then a commit by hand would undo it.
    """
    for second in itertools.count():
        with suppress(OSError):  # a full disk may have room later
            if second == 0 or (second % 30 == 0 and writer.uncommitted):
                writer.recover()
            elif writer.index_is_behind:
                writer.catch_up()
        if stop.wait(1):
            return


def _keep_in_step(publication: Publication, writer: Writer, stop: threading.Event) -> None:
    """Looks after what is on its way."""
    _begin(publication.keep_looking, stop)
    _begin(_make_up, writer, stop)
    if publication.exchange:
        _begin(publication.exchange.keep_going, stop)


def _way_in(database: Database, port: int) -> str:
    """Where the admin is: for the first who comes, a link that makes them its owner."""
    accounts = Accounts(database)
    admin = f"http://localhost:{port}/admin/"
    return f"{admin}tautan/{accounts.owner_link()}" if accounts.is_empty() else admin


def _keep(
    builder: Builder,
    original: Path | None,
    status: BuildStatus,
    tell: Callable[[BuildReport], None],
    fail: Callable[[KentonganError], None],
    stop: threading.Event,
) -> None:
    place = builder.workplace
    mirror = Mirror(original, place.content.parent) if original else None

    def build(changed: Collection[Path] | None) -> BuildReport | None:
        for name in mirror.follow() if mirror else ():
            fail(
                KentonganError(
                    Message("{file} was edited in the copy and in the original; the copy stays.", {"file": name})
                )
            )
        begun = time.monotonic()
        report = builder.build_unless_asked(changed if mirror is None else None)
        if report is None:
            return None
        if report.says_more_than(status.report):
            tell(report)
        status.built(report, time.monotonic() - begun)
        return report

    def failed(error: KentonganError) -> None:
        status.failed(error)
        fail(error)

    place.content.mkdir(parents=True, exist_ok=True)
    put_first = (lambda _: None) if mirror else builder.put_first
    keep_built(_watched(place, mirror), build, failed, stop, put_first)


def _watched(place: Workplace, mirror: Mirror | None) -> list[Path]:
    root = place.settings.parent if place.settings else place.content.parent
    settings = [place.settings] if place.settings else [root / "pelicanconf.py"]
    comments = [snapshot.path(place.state, system) for system in (snapshot.OWN, snapshot.ISSO)]
    return [place.content, root / "theme", *comments, *settings, *([mirror.original] if mirror else [])]


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise KentonganError(
            Message("Port {port} cannot be used: {error}.", {"port": port, "error": error.strerror or str(error)}),
            Message("Choose another: make serve PORT=8001."),
        ) from error
    return listener
