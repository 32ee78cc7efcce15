"""Backups: everything comes back, from a running office; what is not whole is refused, and leaves nothing behind."""

import fcntl
import io
import os
import sqlite3
import subprocess
import tarfile
import threading
from contextlib import closing
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kentongan.backup import Office, archive, databases, restore, save
from kentongan.database import Database
from kentongan.errors import KentonganError
from kentongan.search import Index
from kentongan.store.git import git_environment
from tests.offices import commit, edit, tree, write
from tests.thorough import examples

MADE = datetime(2020, 7, 22, 3, tzinfo=UTC)
FILES = {
    "content/site.yml": "name: Kantor\n",
    "content/articles/satu.md": "satu\n",
    "content/articles/dua.md": "dua\n",
    "pelicanconf.py": "# settings\n",
    "theme/templates/base.html": "base\n",
    ".gitignore": "/var/\n/output/\n/plugins/\n*.env\n",
}
LOOSE = {
    "content/articles/satu.md": "satu, edited\n",
    "content/articles/baru.md": "new\n",
    "plugins/own.py": "# ignored by git, and the office's own\n",
    "secret.env": "PASSWORD=1\n",
    "output/index.html": "made again\n",
    "var/media/audio/a.mp3": "sound",
    "var/journal/1.json": "{}",
    "var/media/.new-x/half.mp3": "half",
    "var/releases/one/index.html": "made again\n",
    "old.tar.zst": "an earlier backup",
}
NOT_KEPT = {
    "secret.env",
    "output/index.html",
    "var/media/.new-x/half.mp3",
    "var/releases/one/index.html",
    "old.tar.zst",
}


def git(folder, *arguments):
    done = subprocess.run(["git", *arguments], cwd=folder, env=git_environment(), capture_output=True, check=True)
    return done.stdout.decode()


def office_of(folder):
    return Office(folder / "content", folder / "var", folder / "var/media")


def files_of(folder):
    """What an office has, but for git's own files, locks, and when it was last backed up."""
    passed = (".git/", "var/last-backup")
    return {name: data for name, data in tree(folder).items() if not name.startswith(passed) and ".lock" not in name}


@pytest.fixture
def office(tmp_path):
    """Two commits, a branch and a tag; then edits, a deletion, recordings and a database with one row."""
    folder = write(tmp_path / "office", FILES)
    commit(folder, "First")
    git(folder, "tag", "v1")
    edit(folder / "content/articles/dua.md", "dua", "dua again")
    commit(folder, "Second")
    git(folder, "branch", "draft", "v1")
    write(folder, LOOSE)
    (folder / "content/articles/dua.md").unlink()
    for name in ("kentongan", "texts"):
        with closing(sqlite3.connect(folder / f"var/{name}.sqlite3")) as connection:
            connection.execute("PRAGMA journal_mode=wal")
            connection.execute("CREATE TABLE rows (n INTEGER)")
            connection.execute("INSERT INTO rows VALUES (1)")
            connection.commit()
    return folder


def rows(database):
    with closing(sqlite3.connect(database)) as connection:
        return [n for (n,) in connection.execute("SELECT n FROM rows ORDER BY n")]


@pytest.mark.parametrize("passphrase", [None, pytest.param("gula jawa", marks=pytest.mark.long)])
def test_all_that_could_not_be_made_again_comes_back(office, tmp_path, passphrase):
    file = save(office_of(office), tmp_path, MADE, passphrase=passphrase)
    assert file.name == f"kentongan-20200722T030000Z{'.zip' if passphrase else '.tar.zst'}"
    assert file.stat().st_mode & 0o077 == 0
    back = tmp_path / "back"
    manifest = restore(file, back, passphrase)
    kept = {name: data for name, data in files_of(office).items() if name not in NOT_KEPT and "sqlite3" not in name}
    assert {name: data for name, data in files_of(back).items() if "sqlite3" not in name} == kept
    assert [path.name for path in back.glob("var/*.sqlite3")] == ["kentongan.sqlite3"]
    assert rows(back / "var/kentongan.sqlite3") == [1]
    for question in (["log", "--all", "--format=%H %s"], ["show-ref"], ["symbolic-ref", "HEAD"], ["diff", "HEAD"]):
        assert git(back, *question) == git(office, *question)
    assert manifest.commit == git(office, "rev-parse", "HEAD").strip()
    assert not list(office.glob("var/.backup-*"))


def test_an_encrypted_backup_tells_nothing_to_others(office, tmp_path):
    file = save(office_of(office), tmp_path / "a.zip", MADE, passphrase="gula jawa")
    assert b"articles" not in file.read_bytes()
    for wrong, told in (("gula pasir", "not the passphrase"), (None, "encrypted")):
        with pytest.raises(KentonganError, match=told):
            restore(file, tmp_path / "back", wrong)
    assert not (tmp_path / "back").exists()


def test_rows_written_during_the_backup_are_there_without_a_gap(office, tmp_path):
    stop, written = threading.Event(), threading.Event()

    def keep_writing():
        with closing(sqlite3.connect(office / "var/kentongan.sqlite3", timeout=30)) as connection:
            n = 1
            while not stop.is_set():
                connection.execute("INSERT INTO rows VALUES (?)", (n := n + 1,))
                connection.commit()
                if n > 20:
                    written.set()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    assert written.wait(30)
    try:
        file = save(office_of(office), tmp_path / "hot.tar.zst", MADE)
    finally:
        stop.set()
        writer.join()
    restore(file, tmp_path / "back")
    found = rows(tmp_path / "back/var/kentongan.sqlite3")
    assert found == list(range(1, len(found) + 1))
    assert 20 <= len(found) <= len(rows(office / "var/kentongan.sqlite3"))


def test_an_office_without_git_comes_back_too(tmp_path):
    office = write(tmp_path / "office", {name: text for name, text in FILES.items() if name != ".gitignore"})
    restore(save(office_of(office), tmp_path / "a.tar.zst", MADE), tmp_path / "back")
    assert files_of(tmp_path / "back") == files_of(office)


def test_a_repository_without_a_commit(tmp_path):
    office = write(tmp_path / "office", FILES)
    git(office, "init", "-q")
    restore(save(office_of(office), tmp_path / "a.tar.zst", MADE), tmp_path / "back")
    assert files_of(tmp_path / "back") == files_of(office)


def test_a_detached_head_comes_back_detached(office, tmp_path):
    git(office, "stash", "-q")
    git(office, "checkout", "-q", "--detach", "v1")
    restore(save(office_of(office), tmp_path / "a.tar.zst", MADE), tmp_path / "back")
    assert git(tmp_path / "back", "rev-parse", "HEAD") == git(office, "rev-parse", "v1")
    assert git(tmp_path / "back", "rev-parse", "--abbrev-ref", "HEAD") == "HEAD\n"
    assert git(tmp_path / "back", "rev-parse", "stash") == git(office, "rev-parse", "stash")


def test_links_are_named_and_left_out(office, tmp_path):
    (office / "content/articles/tautan.md").symlink_to("/etc/hostname")
    one = office_of(office)
    save(one, tmp_path / "a.tar.zst", MADE)
    assert [path.name for path in one.left] == ["tautan.md"]


def test_recordings_behind_links_are_kept_and_what_leads_nowhere_is_named(office, tmp_path):
    media = office / "var/media"
    write(tmp_path / "disk", {"long.mp3": "long", "folder/b.mp3": "b"})
    (media / "audio/long.mp3").symlink_to(tmp_path / "disk/long.mp3")
    (media / "other").symlink_to(tmp_path / "disk/folder")
    (tmp_path / "disk/folder/round").symlink_to(media)
    (media / "audio/gone.mp3").symlink_to(tmp_path / "nowhere")
    one = office_of(office)
    restore(save(one, tmp_path / "a.tar.zst", MADE), tmp_path / "back")
    kept = {name for name in files_of(tmp_path / "back") if name.startswith("var/media/")}
    assert kept == {f"var/media/{name}" for name in ("audio/a.mp3", "audio/long.mp3", "other/b.mp3")}
    assert sorted(path.name for path in one.left) == ["gone.mp3", "round"]
    assert not (tmp_path / "back/var/media/other").is_symlink()


def test_two_offices_may_back_up_into_one_folder_at_one_instant(office, tmp_path, monkeypatch):
    other = office_of(write(tmp_path / "other", {"content/site.yml": "name: Lain\n"}))
    names = [save(one, tmp_path, MADE).name for one in (office_of(office), other)]
    monkeypatch.setattr(os, "link", refuse)
    names.append(save(other, tmp_path, MADE).name)
    assert names == [f"kentongan-20200722T030000Z{number}.tar.zst" for number in ("", "-001", "-002")]


def refuse(*_):
    raise PermissionError(1, "Operation not permitted")


def test_what_a_killed_backup_left_goes_and_what_another_writes_stays(office, tmp_path):
    (office / "var/.backup-x").mkdir()
    left, others = (tmp_path / f".kentongan-backup-{name}.part" for name in "ab")
    left.touch()
    with others.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        save(office_of(office), tmp_path, MADE)
        assert (left.exists(), others.exists(), list(office.glob("var/.backup-*"))) == (False, True, [])


def test_a_shallow_clone_is_refused_with_its_mend(office, tmp_path):
    git(tmp_path, "clone", "-q", "--depth=1", office.as_uri(), "shallow")
    with pytest.raises(KentonganError, match="--unshallow"):
        save(office_of(tmp_path / "shallow"), tmp_path / "a.tar.zst", MADE)


def test_a_folder_with_something_in_it_is_refused(office, tmp_path):
    file = save(office_of(office), tmp_path / "a.tar.zst", MADE)
    before = tree(office)
    with pytest.raises(KentonganError, match="not an empty folder"):
        restore(file, office)
    assert tree(office) == before
    (tmp_path / "empty").mkdir()
    restore(file, tmp_path / "empty")


def test_a_backup_that_fails_leaves_the_older_one(office, tmp_path):
    file = write(tmp_path, {"a.tar.zst": "older"}) / "a.tar.zst"
    (office / "var/kentongan.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(KentonganError, match="kentongan"):
        save(office_of(office), file, MADE)
    assert file.read_text() == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar.zst", "office"]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A backup in the clear, as bytes."""
    return saved(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory):
    """The same with a passphrase, which takes a second to be turned into a key, each time."""
    return saved(tmp_path_factory.mktemp("encrypted"), "kata")


def saved(folder, passphrase=None):
    office = office_of(write(folder / "office", {"content/site.yml": "name: Kantor\n" * 50}))
    return save(office, folder / "file", MADE, passphrase=passphrase).read_bytes()


def refused(tmp_path_factory, data, passphrase=None):
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "backup").write_bytes(data)
    with pytest.raises(KentonganError):
        restore(folder / "backup", folder / "back", passphrase)
    assert [path.name for path in folder.iterdir()] == ["backup"]


def flipped(data, place, bit):
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


def refused_or_the_same(tmp_path_factory, data, passphrase=None):
    """No byte of the files may be another; but a date in the file's own frame means nothing."""
    folder = tmp_path_factory.mktemp("flipped")
    (folder / "backup").write_bytes(data)
    try:
        restore(folder / "backup", folder / "back", passphrase)
    except KentonganError:
        assert not (folder / "back").exists()
    else:
        assert tree(folder / "back") == {"content/site.yml": b"name: Kantor\n" * 50}


EXAMPLES = settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])


@EXAMPLES
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_truncated_backup_is_refused(small, tmp_path_factory, share):
    refused(tmp_path_factory, small[: int(len(small) * share)])


@EXAMPLES
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_backup_with_a_flipped_bit_is_refused_or_the_same(small, tmp_path_factory, share, bit):
    refused_or_the_same(tmp_path_factory, flipped(small, int(len(small) * share), bit))


@pytest.mark.long
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.9])
def test_a_damaged_encrypted_backup_is_refused(encrypted, tmp_path_factory, share):
    place = int(len(encrypted) * share)
    refused(tmp_path_factory, encrypted[:place], "kata")
    refused_or_the_same(tmp_path_factory, flipped(encrypted, place, 3), "kata")


@pytest.mark.parametrize("name", ["../outside", "/tmp/kentongan-outside", "work/../../outside", "work"])
@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE])
def test_a_forged_archive_writes_nothing(tmp_path_factory, name, kind):
    sink = io.BytesIO()
    with archive.zstd.ZstdFile(sink, "wb") as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc"
        tar.addfile(member)
    refused(tmp_path_factory, sink.getvalue())


def test_what_changed_its_kind_since_the_commit_comes_back_as_it_is(office, tmp_path):
    (office / "content/link").symlink_to(tmp_path)
    write(office, {"content/folder/a.md": "a"})
    commit(office, "A link and a folder")
    (office / "content/link").unlink()
    (office / "content/folder/a.md").unlink()
    (office / "content/folder").rmdir()
    write(office, {"content/link/x.md": "x", "content/folder": "now a file"})
    restore(save(office_of(office), tmp_path / "a.tar.zst", MADE), tmp_path / "back")
    assert (tmp_path / "back/content/link/x.md").read_text() == "x"
    assert (tmp_path / "back/content/folder").read_text() == "now a file"


def test_no_name_leads_through_a_link(tmp_path):
    (tmp_path / "office").mkdir()
    (tmp_path / "office/link").symlink_to(tmp_path)
    with pytest.raises(KentonganError, match="outside"):
        archive.inside(tmp_path / "office", "link/x.md")


def test_the_index_of_search_is_left_out_and_filled_again(tmp_path):
    article = tmp_path / "content/articles/rapat.md"
    article.parent.mkdir(parents=True)
    article.write_text("---\ntitle: Rapat anggota\ndate: 2026-07-01\n---\nkata langka")
    database = Database(tmp_path / "state")
    Index(database, tmp_path / "content").refresh()
    (tmp_path / "copied").mkdir()
    copied = tmp_path / "copied/kentongan.sqlite3"
    databases.copy(tmp_path / "state/kentongan.sqlite3", copied)
    databases.check(copied)
    assert b"langka" not in copied.read_bytes()
    again = Database(tmp_path / "copied")
    index = Index(again, tmp_path / "content")
    index.refresh()
    assert [entry.id for entry in index.entries(search="langka").entries] == ["rapat"]
    database.close()
    again.close()
