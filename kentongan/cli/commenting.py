"""``kentongan comments``: take comments over, fetch them for a build, give them out, forget them."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kentongan.build.release import Releases
from kentongan.cli.common import Commands, add_command, add_content, add_state, language_of, say, site_of, state_folder
from kentongan.clock import build_instant
from kentongan.comments import erasing, fetching, privacy, snapshot
from kentongan.comments.comments import Comments
from kentongan.comments.importing import READERS, take_over
from kentongan.comments.moderation import publisher
from kentongan.comments.secret import Secret
from kentongan.comments.tables import Source
from kentongan.comments.threads import Thread
from kentongan.database import Database
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.store.load import office_of
from kentongan.views.comments import DISCUSSED, thread_name

T = TypeVar("T")


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(
        commands, "comments", lambda chosen: _DO[chosen.way](chosen), "take over, fetch, give out or erase comments"
    )
    ways = command.add_subparsers(required=True, metavar="WAY", dest="way")
    way = ways.add_parser("import", help="take over the export of another system")
    way.add_argument("system", choices=[source.value for source in READERS], help="which one")
    way.add_argument("file", type=Path, metavar="FILE", help="Disqus: its XML; Isso: its database")
    _options(way)
    way = ways.add_parser("export", help="print comments as JSON")
    way.add_argument("--email", metavar="E", help="those of one person alone")
    _options(way)
    way = ways.add_parser("erase", help="forget a person: every comment, and the e-mail address")
    way.add_argument("--email", metavar="E", required=True, help="whose")
    _options(way)
    way = ways.add_parser("fetch", help="fetch the public snapshot for builds")
    way.add_argument("source", nargs="?", metavar="FILE|URL", help=f"from where ({fetching.URL_VARIABLE})")
    way.add_argument("--isso", metavar="URL", help="read what an Isso shows instead")
    way.add_argument("--or-last", action="store_true", help="where it cannot be had, go on with the last one")
    _options(way)
    for name, help_ in (("token", "print the token that opens the snapshot"), ("purge", "forget what is old enough")):
        _options(ways.add_parser(name, help=help_))


def take_in(state: Path, source: str) -> None:
    """Puts the snapshot of *source* where builds find it."""
    new = fetching.fetch(state, source)
    said = Message("Comments fetched.") if new else Message("The comments have not changed.")
    say(said.told(language_of()))


def _options(way: argparse.ArgumentParser) -> None:
    add_content(way)
    add_state(way)


def _import(chosen: argparse.Namespace) -> int:
    source = Source(chosen.system)
    site = site_of(chosen, build_instant())
    at = {f"/{site.path(one)}": thread_name(one) for one in site.records.values() if isinstance(one, DISCUSSED)}
    at |= {f"/{was.strip('/')}/": thread_name(one) for one in site.records.values() for was in one.was}
    foreign = READERS[source](chosen.file)
    done = _with(chosen, lambda comments: take_over(comments, source, foreign, lambda path: at.get(_page(path))))
    told = Message("{new} comments taken over, {known} known already.", {"new": done.new, "known": done.known})
    say(told.told(language_of()))
    for path in done.lost:
        say(Message("No page of ours is at {path}.", {"path": path or "?"}).told(language_of()))
    return 1 if done.lost else 0


def _export(chosen: argparse.Namespace) -> int:
    told = _with(
        chosen,
        lambda comments: privacy.export(comments, chosen.email) if chosen.email else privacy.export_all(comments),
    )
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 0


def _erase(chosen: argparse.Namespace) -> int:
    done = _with(chosen, lambda comments: privacy.erase(comments, chosen.email))
    if done.public_since:
        Releases(state_folder(chosen)).forget(done.public_since)
    values = {"removed": done.removed, "emptied": done.emptied}
    told = Message("{removed} comments erased; of {emptied} a nameless place stays for the answers below.", values)
    say(told.told(language_of()))
    return 0


def _fetch(chosen: argparse.Namespace) -> int:
    state = state_folder(chosen)
    source = chosen.source or os.environ.get(fetching.URL_VARIABLE, "")
    try:
        if chosen.isso:
            snapshot.write(state, fetching.from_isso(chosen.isso, _threads(chosen)).to_bytes(), snapshot.ISSO)
        elif source:
            take_in(state, source)
        else:
            say(
                Message("No comments are fetched: {variable} is not set.", {"variable": fetching.URL_VARIABLE}).told(
                    language_of()
                )
            )
    except KentonganError as error:
        if not (chosen.or_last and snapshot.path(state, snapshot.ISSO if chosen.isso else snapshot.OWN).is_file()):
            raise
        last = Message("The last ones are used.").told(language_of())
        say(f"{error.told(language_of())} {last}")
    return 0


def _threads(chosen: argparse.Namespace) -> list[Thread]:
    site = site_of(chosen, build_instant())
    records = [one for one in site.records.values() if isinstance(one, DISCUSSED)]
    return [
        Thread(thread_name(one), one.label, site.addresses.absolute(site.path(one)), True, None, False)
        for one in records
    ]


def _token(chosen: argparse.Namespace) -> int:
    print(Secret.of(state_folder(chosen)).snapshot_token)
    return 0


def _purge(chosen: argparse.Namespace) -> int:
    def purge(comments: Comments) -> None:
        with comments.database.session() as session:
            erasing.purge(session, comments.clock(), erasing.Retention.of(office_of(chosen.content)))
        comments.database.settle()

    _with(chosen, purge)
    return 0


def _with(chosen: argparse.Namespace, do: Callable[[Comments], T]) -> T:
    """Does something to the office's comments, and writes anew what is public of them."""
    state = state_folder(chosen)
    database = Database(state)
    try:
        comments = Comments(database, Secret.of(state))
        done = do(comments)
        if (public := snapshot.read(state)) is not None:
            publisher(comments, public.post, letters=public.letters)()
        return done
    finally:
        database.close()


def _page(path: str) -> str:
    return f"/{path.strip('/').removesuffix('index.html').rstrip('/')}/"


_DO = {"import": _import, "export": _export, "erase": _erase, "fetch": _fetch, "token": _token, "purge": _purge}
