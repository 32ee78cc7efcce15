"""A reader's e-mail and network address, looked for in every byte of an office; and then the reader, once erased."""

from __future__ import annotations

import gzip
import re
import subprocess
import time
import urllib.parse
import urllib.request

import brotli
import pytest

from kentongan.accounts import Accounts
from kentongan.comments.comments import Comments
from kentongan.comments.moderation import Moderation, publisher
from kentongan.comments.secret import Secret
from kentongan.comments.tables import State
from kentongan.database import Database
from kentongan.store.git import git_environment
from tests.cms.test_server import Server
from tests.offices import MORNING, SEED, commit, kentongan, seed, tree

pytestmark = pytest.mark.long
EMAIL, ADDRESS, NAME, WORDS = "sulastri@contoh.example", "203.0.113.77", "Sulastri Wening", "Pendapat langka sekali"
PRIVATE = (EMAIL, EMAIL.upper(), EMAIL.partition("@")[0], ADDRESS)
UNPACK = {".gz": gzip.decompress, ".br": brotli.decompress}


def bytes_of(folder):
    """Every file below *folder*, what is packed unpacked, and every object that git keeps, also of what is no more."""
    found = {name: UNPACK.get(name[-3:], bytes)(data) for name, data in tree(folder).items()}
    objects = ["git", "cat-file", "--batch-all-objects", "--batch"]
    if (folder / ".git").exists():
        done = subprocess.run(objects, cwd=folder, env=git_environment(), capture_output=True, check=True)
        found["git"] = done.stdout
    return found


def traces(words, files):
    """Where any of *words* stands, and which."""
    return {(word, name) for name, data in files.items() for word in words if word.encode() in data}


class Writer:
    """Writes on the real server, from an address of its own."""

    def __init__(self, server):
        self._server = server

    def send(self, **fields):
        home = f"http://127.0.0.1:{self._server.port}"
        request = urllib.request.Request(
            f"{home}/komentar",
            urllib.parse.urlencode(fields).encode(),
            {"origin": home, "x-forwarded-for": ADDRESS, "user-agent": "Peramban"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read().decode()

    def write(self, text):
        thread = SEED[0].removesuffix(".md")
        page = self.send(thread=thread, name=NAME, email=EMAIL, text=text)
        time.sleep(2.1)  # a person looks at it
        return self.send(token=re.search(r'name="token" value="([^"]+)"', page)[1])


def published(office):
    done = kentongan(office, "publish", SITEURL="https://koperasi.example")
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """(office, what it has logged): somebody wrote, the office approved and answered, the site was published twice."""
    folder = seed(tmp_path_factory.mktemp("office"))
    commit(folder)
    server = Server(folder)
    Writer(server).write(WORDS)
    database = Database(folder / "var")
    comments = Comments(database, Secret.of(folder / "var"))
    moderation = Moderation(comments, publisher(comments, "/komentar"), Accounts(database).note)
    moderation.edit(1, f"{WORDS}, disingkat", "ratri")
    moderation.decide([1], State.APPROVED, "ratri")
    moderation.reply(1, "Terima kasih.", "Redaksi", "ratri")
    database.close()
    page = f"/berita/{SEED[0].removeprefix('articles/').removesuffix('.md')}/"
    server.wait_until(lambda: WORDS.encode() in (folder / f"output{page}index.html").read_bytes())
    logged = server.close() + published(folder) + published(folder)
    return folder, logged


def test_neither_email_nor_address_is_in_site_git_database_log_or_backup(office, tmp_path):
    folder, logged = office
    done = kentongan(folder, "backup", str(tmp_path), "--no-verify")
    assert kentongan(tmp_path, "restore", done.stdout.strip(), "back").returncode == 0
    everything = {**bytes_of(folder), "log": logged.encode()}
    assert {word for word, _ in traces((NAME, WORDS), everything)} == {NAME, WORDS}, "what is public is found"
    assert traces(PRIVATE, everything) == set()
    assert traces(PRIVATE, bytes_of(tmp_path / "back")) == set()


def test_of_who_was_erased_nothing_is_left(office):
    folder, _ = office
    done = kentongan(folder, "comments", "erase", "--email", EMAIL)
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr + published(folder)
    assert kentongan(folder, "build", "--now", MORNING).returncode == 0
    everything = {**bytes_of(folder), "log": said.encode()}
    assert traces((NAME, WORDS, *PRIVATE), everything) == set()
    assert traces(("Terima kasih.",), everything), "the office's own answer stays"
