"""Offices that keep step through a repository elsewhere: real ones, in folders, which are also broken in every way."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kentongan.errors import KentonganError
from kentongan.repository import Author, Conflict, Edit, Exchange, Remote, Trouble, Writer
from kentongan.repository.edit import merged
from kentongan.repository.exchange import BACKOFF, EVERY
from kentongan.repository.remote import VARIABLE, RemoteError
from kentongan.store.frontmatter import parse
from kentongan.store.git import GitError, git_afar
from tests.thorough import examples
from tests.unit.repository.test_writer import git

PATH = "articles/pasar.md"
TEXT = "---\ntitle: Pasar   # tetap\nsummary: Beras\n---\n\nIsi.\n"
WHEN = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)


class Office:
    """One side: a clone, its writer, and its exchange. Its clock stands still unless it is moved."""

    def __init__(self, folder: Path, hub: Path) -> None:
        self.folder, self.hub, self.now = folder, hub, 1_000_000.0
        git(hub, "clone", "--quiet", str(hub), str(folder))
        self.content = folder / "content"
        self.writer = Writer(self.content, folder / ".git/var")
        self.exchange = Exchange(self.writer, Remote(self.content, "origin"), "Gabung", lambda: self.now)

    def read(self, path: str = PATH) -> str:
        return (self.content / path).read_text()

    def edit(self, path: str = PATH, body: str | None = None, **changes: str | None) -> None:
        base = self.read(path) if (self.content / path).exists() else None
        self.writer.write([Edit(path, base, changes, body)], Author(self.folder.name, "a@b.invalid"), "Ubah", WHEN)

    def delete(self, path: str) -> None:
        self.writer.put({path: None}, Author(self.folder.name, "a@b.invalid"), "Hapus", WHEN)

    def sync(self) -> Trouble | None:
        return self.exchange.round().trouble

    def commit(self, message: str = "Dengan git") -> None:
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", f"--message={message}")

    def commit_by_hand(self) -> None:
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message=Dengan tangan")

    @property
    def head(self) -> str:
        return git(self.folder, "rev-parse", "HEAD")


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    return made(tmp_path)


@pytest.fixture
def ani(tmp_path: Path, hub: Path) -> Office:
    return Office(tmp_path / "ani", hub)


@pytest.fixture
def budi(tmp_path: Path, hub: Path) -> Office:
    return Office(tmp_path / "budi", hub)


def made(folder: Path) -> Path:
    """The repository both know, with a first commit in it."""
    hub, first = folder / "hub.git", folder / "first"
    (first / "content/articles").mkdir(parents=True)
    (first / "content" / PATH).write_text(TEXT)
    git(first, "init", "--quiet", "--initial-branch=main")
    git(first, "add", "--all")
    git(first, "commit", "--quiet", "--message=First")
    git(first, "clone", "--quiet", "--bare", ".", str(hub))
    shutil.rmtree(first)
    return hub


def converged(ani: Office, budi: Office) -> bool:
    """Both sides look until nothing is new; whether they hold the same."""
    for office in (ani, budi, ani, budi):
        assert office.sync() is None
    assert [git(office.folder, "status", "--porcelain") for office in (ani, budi)] == ["", ""]
    return ani.head == budi.head


def test_a_change_goes_there_and_comes_here(ani: Office, budi: Office):
    ani.edit(title="Pasar murah")
    assert ani.exchange.step.waiting == 1
    assert ani.sync() is None
    assert (ani.exchange.step.waiting, ani.exchange.has(ani.head)) == (0, True)
    assert budi.sync() is None
    assert "title: Pasar murah\n" in budi.read()
    assert budi.head == ani.head


def test_different_fields_merge_and_what_is_no_field_stays(ani: Office, budi: Office):
    ani.edit(summary="Gula")
    budi.edit(title="Pasar murah")
    (budi.content / PATH).write_text(budi.read().replace("summary:", "# tentang harga\nsummary:"))
    budi.commit()
    assert converged(ani, budi)
    assert ani.read() == "---\ntitle: Pasar murah\n# tentang harga\nsummary: Gula\n---\n\nIsi.\n"
    assert git(ani.folder, "log", "--merges", "--format=%an %s") == "Kentongan Gabung"
    assert ani.writer.splits.all() == budi.writer.splits.all() == []


def test_the_same_field_stays_as_it_is_here_and_both_are_kept(ani: Office, budi: Office):
    ani.edit(title="Judul Ani", summary="Gula")
    budi.edit(title="Judul Budi", body="Isi Budi.")
    assert ani.sync() is None
    assert budi.sync() is None
    found = parse(budi.read())
    assert (found.data["title"], found.data["summary"], found.body) == ("Judul Budi", "Gula", "Isi Budi.\n")
    (split,) = budi.writer.splits.all()
    assert (split.path, split.fields, split.who) == (PATH, ("title",), "ani")
    assert b"Judul Ani" in budi.writer.splits.theirs(split)
    assert converged(ani, budi)


def test_what_was_chosen_elsewhere_is_chosen_here_too(ani: Office, budi: Office):
    ani.edit(title="Judul Ani")
    budi.edit(title="Judul Budi")
    assert ani.sync() is None
    assert budi.sync() is None
    assert budi.writer.splits.of(PATH)
    assert ani.sync() is None
    ani.edit(title="Judul Ani")
    assert converged(ani, budi)
    assert budi.writer.splits.all() == []


def test_the_later_time_of_a_change_stands(ani: Office, budi: Office):
    ani.edit(summary="Gula", updated="2026-11-24 10:05")
    budi.edit(title="Judul Budi", updated="2026-11-24 10:04")
    assert converged(ani, budi)
    assert parse(ani.read()).data["updated"] == "2026-11-24 10:05"
    assert budi.writer.splits.all() == []


def test_deleted_here_and_edited_there(ani: Office, budi: Office):
    ani.edit(title="Judul Ani")
    budi.delete(PATH)
    assert ani.sync() is None
    assert budi.sync() is None
    (split,) = budi.writer.splits.all()
    assert split.fields == ()
    assert b"Judul Ani" in budi.writer.splits.theirs(split)
    assert converged(ani, budi)


def test_edited_here_and_deleted_there(ani: Office, budi: Office):
    ani.delete(PATH)
    budi.edit(title="Judul Budi")
    assert ani.sync() is None
    assert budi.sync() is None
    (split,) = budi.writer.splits.all()
    assert budi.writer.splits.theirs(split) is None
    assert "Judul Budi" in budi.read()
    assert converged(ani, budi)


def test_a_change_follows_a_file_that_was_renamed(ani: Office, budi: Office):
    long = "\n\n".join(f"Alinea {number}." for number in range(20))
    ani.edit(body=long)
    assert converged(ani, budi)
    git(ani.folder, "mv", f"content/{PATH}", "content/articles/pasar-murah.md")
    ani.commit("Ganti nama")
    budi.edit(title="Judul Budi")
    assert converged(ani, budi)
    assert not (budi.content / PATH).exists()
    assert "Judul Budi" in ani.read("articles/pasar-murah.md")


def test_a_file_that_cannot_be_read_is_kept_beside_ours(ani: Office, budi: Office):
    (ani.content / PATH).write_text("---\ntitle: [rusak\n---\n")
    ani.commit()
    budi.edit(title="Judul Budi")
    assert ani.sync() is None
    assert budi.sync() is None
    assert "Judul Budi" in budi.read()
    (split,) = budi.writer.splits.all()
    assert (split.fields, budi.writer.splits.theirs(split)) == ((), b"---\ntitle: [rusak\n---\n")


def test_pictures_are_never_mixed(ani: Office, budi: Office):
    path = "media/pasar.png"
    for office, data in ((ani, b"\x89PNG\0ani"), (budi, b"\x89PNG\0budi")):
        office.writer.put_bytes({path: data}, Author("x", "x@x.invalid"), "Gambar", WHEN)
    assert ani.sync() is None
    assert budi.sync() is None
    assert (budi.content / path).read_bytes() == b"\x89PNG\0budi"
    assert budi.writer.splits.theirs(budi.writer.splits.of(path)) == b"\x89PNG\0ani"
    assert converged(ani, budi)


def test_other_files_are_merged_by_their_lines(ani: Office, budi: Office):
    for office in (ani, budi):
        office.sync()
    (ani.content / "site.yml").write_text("name: Koperasi\n\n\n\nlanguage: id\n")
    ani.commit()
    assert converged(ani, budi)
    (ani.content / "site.yml").write_text(ani.read("site.yml").replace("Koperasi", "Koperasi Melati"))
    ani.commit()
    (budi.content / "site.yml").write_text(budi.read("site.yml") + "zone: WIB\n")
    (budi.folder / "catatan.txt").write_text("satu")
    budi.commit()
    assert converged(ani, budi)
    assert ani.read("site.yml") == "name: Koperasi Melati\n\n\n\nlanguage: id\nzone: WIB\n"
    assert (ani.folder / "catatan.txt").read_text() == "satu"


def test_what_is_not_committed_is_kept_before_it_would_be_written_over(ani: Office, budi: Office):
    ani.edit(title="Judul Ani")
    ani.sync()
    (budi.content / PATH).write_text(budi.read().replace("Beras", "Dengan tangan"))
    (budi.content / "articles/lain.md").write_text("belum selesai")
    assert budi.sync() is None
    found = parse(budi.read())
    assert (found.data["title"], found.data["summary"]) == ("Judul Ani", "Dengan tangan")
    assert git(budi.folder, "status", "--porcelain") == "?? content/articles/lain.md"


@pytest.mark.parametrize("merging", [True, False])
def test_a_move_that_was_cut_short_is_made_up_for(ani: Office, budi: Office, merging: bool, monkeypatch):
    ani.edit(title="Judul Ani")
    ani.sync()
    if merging:
        budi.edit("articles/lain.md", title="Lain")
    with monkeypatch.context() as killed:
        killed.setattr(budi.writer._joiner, "follow", lambda: None)
        budi.sync()
    assert "Judul Ani" not in budi.read()
    fresh = Writer(budi.content, budi.writer.state)
    fresh.write([Edit(PATH, TEXT, {"summary": "Gula"})], Author("b", "b@b.invalid"), "Ubah", WHEN)
    found = parse(budi.read())
    assert (found.data["title"], found.data["summary"]) == ("Judul Ani", "Gula")
    assert converged(ani, budi)


def test_a_move_that_never_began_is_forgotten(ani: Office, budi: Office, monkeypatch):
    ani.edit(title="Judul Ani")
    ani.sync()
    budi.edit("articles/lain.md", title="Lain")
    with monkeypatch.context() as killed:
        killed.setattr(budi.writer._repository, "add", lambda *_: sys.exit(137))
        with pytest.raises(SystemExit):
            budi.sync()
    assert (budi.writer.state / "journal/move.json").exists()
    Writer(budi.content, budi.writer.state).recover()
    assert not (budi.writer.state / "journal/move.json").exists()
    assert converged(ani, budi)


def test_who_merges_by_hand_is_not_disturbed(ani: Office, budi: Office):
    ani.edit(title="Judul Ani")
    ani.sync()
    (budi.folder / ".git/MERGE_HEAD").write_text(budi.head)
    assert budi.sync() is Trouble.FAILED
    assert budi.read() == TEXT
    (budi.folder / ".git/MERGE_HEAD").unlink()
    assert converged(ani, budi)


def test_the_lock_of_a_fetch_that_was_ended_is_healed(ani: Office, budi: Office):
    ani.edit(title="Judul Ani")
    ani.sync()
    lock = budi.folder / ".git/refs/remotes/origin/main.lock"
    lock.touch()
    assert budi.sync() is Trouble.BEHIND
    os.utime(lock, (0, 0))
    assert budi.sync() is None


def test_a_place_that_is_away_is_told_and_tried_later_and_later(ani: Office, hub: Path):
    ani.edit(title="Judul Ani")
    hub.rename(hub.with_name("away.git"))
    for number in range(len(BACKOFF) + 1):
        assert ani.sync() is Trouble.MISSING
        step = ani.exchange.step
        assert (step.waiting, step.again - ani.now) == (1, BACKOFF[min(number, len(BACKOFF) - 1)])
        assert not ani.exchange.is_due()
        ani.now = step.again
        assert ani.exchange.is_due()
    hub.with_name("away.git").rename(hub)
    assert ani.sync() is None
    assert (ani.exchange.step.failures, ani.exchange.step.again) == (0, ani.now + EVERY)
    assert git(hub, "rev-parse", "main") == ani.head


def test_a_new_change_is_tried_at_once(ani: Office, hub: Path):
    assert ani.sync() is None
    assert not ani.exchange.is_due()
    ani.edit(title="Judul Ani")
    assert ani.exchange.is_due()


def test_a_host_that_refuses_is_told_as_such(ani: Office, hub: Path):
    hook = hub / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho Cabang ini dilindungi >&2\nexit 1\n")
    hook.chmod(hook.stat().st_mode | stat.S_IEXEC)
    ani.edit(title="Judul Ani")
    assert ani.sync() is Trouble.REFUSED
    assert "dilindungi" in ani.exchange.step.said
    hook.unlink()
    assert ani.sync() is None


def test_what_was_rewritten_there_waits_for_a_person(ani: Office, budi: Office, hub: Path):
    ani.edit(title="Judul Ani")
    assert converged(ani, budi)
    git(hub, "update-ref", "refs/heads/main", "main~1")
    ani.edit(summary="Gula")
    assert ani.sync() is Trouble.REWRITTEN
    assert git(hub, "rev-parse", "main") != ani.head
    ani.now += 10_000
    assert ani.sync() is Trouble.REWRITTEN
    ani.exchange.accept()
    assert ani.sync() is None
    assert git(hub, "rev-parse", "main") == ani.head
    assert "Judul Ani" in ani.read()


def test_another_history_is_left_alone(ani: Office, tmp_path: Path):
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet", "--initial-branch=main")
    git(other, "commit", "--quiet", "--allow-empty", "--message=Lain")
    git(ani.folder, "remote", "set-url", "origin", str(other))
    assert ani.sync() is Trouble.UNRELATED
    assert ani.read() == TEXT


def test_an_empty_place_is_filled(ani: Office, tmp_path: Path):
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "empty.git")
    git(ani.folder, "remote", "set-url", "origin", str(tmp_path / "empty.git"))
    assert ani.sync() is None
    assert git(tmp_path / "empty.git", "rev-parse", "main") == ani.head


def test_no_remote_of_that_name_and_no_branch_are_told(ani: Office):
    git(ani.folder, "remote", "remove", "origin")
    assert ani.sync() is Trouble.MISSING
    git(ani.folder, "checkout", "--quiet", "--detach")
    assert ani.sync() is Trouble.FAILED


def test_one_process_at_a_time(ani: Office):
    ani.edit(title="Judul Ani")
    with ani.exchange._alone():
        other = Exchange(Writer(ani.content, ani.writer.state), ani.exchange.remote, "Gabung", lambda: ani.now)
        assert other.round().waiting > 0


def is_gone(process: int) -> bool:
    for _ in range(100):
        stat_ = Path(f"/proc/{process}/stat")
        if not stat_.exists() or stat_.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_git_that_hangs_ends_with_what_it_started(tmp_path: Path, monkeypatch):
    slow = tmp_path / "bin"
    slow.mkdir()
    (slow / "git").write_text(f"#!/bin/sh\nsleep 60 & echo $! > {tmp_path}/child\nwait\n")
    (slow / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow}:{os.environ['PATH']}")
    begun = time.monotonic()
    with pytest.raises(GitError, match="timed out"):
        git_afar(tmp_path, "fetch", patience=0.5)
    assert time.monotonic() - begun < 10
    assert is_gone(int((tmp_path / "child").read_text()))


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://budi:rahasia@forge.example/kantor/situs.git", "forge.example"),
        ("git@forge.example:kantor/situs.git", "forge.example"),
        ("ssh://git@forge.example:2222/situs.git", "forge.example"),
        ("/srv/git/situs.git", "origin"),
        ("http://[", "origin"),
    ],
)
def test_people_are_told_the_host_alone(ani: Office, url: str, place: str):
    git(ani.folder, "remote", "set-url", "origin", url)
    assert ani.exchange.remote.place == place


def test_no_password_is_told():
    error = RemoteError(Trouble.AWAY, "fatal: unable to access 'https://budi:rahasia@forge.example/x/': gone")
    assert "rahasia" not in error.said


@pytest.mark.parametrize("name", ["https://forge.example/x.git", "--upload-pack=x", "a b"])
def test_what_is_no_name_of_a_remote_is_refused(tmp_path: Path, monkeypatch, name: str):
    monkeypatch.setenv(VARIABLE, name)
    with pytest.raises(KentonganError, match="git remote add"):
        Remote.of(tmp_path)
    monkeypatch.delenv(VARIABLE)
    assert Remote.of(tmp_path) is None


def test_names_that_lead_elsewhere_are_never_written(ani: Office, budi: Office, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (ani.content / "tautan").symlink_to(outside)
    ani.commit()
    ani.sync()
    assert budi.sync() is None
    assert (budi.content / "tautan").readlink() == outside
    (budi.content / "media").symlink_to(outside)
    ani.writer.put_bytes({"media/x.png": b"x"}, Author("a", "a@b.invalid"), "Gambar", WHEN)
    ani.sync()
    assert budi.sync() is None
    assert list(outside.iterdir()) == []


WHO, FILE = st.sampled_from((0, 1)), st.sampled_from(("articles/a.md", "articles/b.md"))
ACTS = st.one_of(
    st.tuples(WHO, st.just("sync")),
    st.tuples(WHO, st.sampled_from(("title", "summary", "body")), FILE),
    st.tuples(WHO, st.sampled_from(("delete", "rename", "by hand")), FILE),
)


def done(office: Office, act: str, path: str, word: str) -> bool:
    """Does *act*; whether *word* was acknowledged."""
    there = (office.content / path).exists()
    match act:
        case "sync":
            assert office.sync() is None
        case "delete":
            office.delete(path)
        case "rename" if there:
            files = {path: None, path.replace(".md", "-baru.md"): office.read(path)}
            office.writer.put(files, Author("x", "x@x.invalid"), "Nama", WHEN)
        case "by hand" if there:
            (office.content / path).write_text(f"{office.read(path)}\n{word}\n")
        case "body":
            office.edit(path, word)
        case "title" | "summary":
            office.edit(path, **{act: word})
    return act in ("title", "summary", "body")


@settings(max_examples=examples(8))
@given(st.lists(ACTS, max_size=8))
def test_two_offices_that_sync_in_any_order_hold_the_same_and_lose_nothing(acts):
    """Every word that was ever acknowledged is in the history that both have."""
    with tempfile.TemporaryDirectory() as name:
        hub = made(Path(name))
        offices = (Office(Path(name) / "ani", hub), Office(Path(name) / "budi", hub))
        words = [
            f"kata-{number}-{who}"
            for number, (who, act, *path) in enumerate(acts)
            if done(offices[who], act, *path or [""], f"kata-{number}-{who}")
        ]
        for office in offices:
            office.commit_by_hand()
        assert converged(*offices)
        assert git(hub, "fsck", "--strict", "--no-dangling") == ""
        everything = git(offices[0].folder, "log", "-p", "-m", "--full-diff")
        assert [word for word in words if word not in everything] == []


def test_a_conflict_of_a_save_is_not_changed_by_the_later_time():
    base = "---\ntitle: A\nupdated: 2026-01-01 08:00\n---\n"
    now = "---\ntitle: A\nsummary: B\nupdated: 2026-01-02 08:00\n---\n"
    text = merged(Edit("a.md", base, {"title": "C", "updated": "2026-01-02 08:01"}), now)
    assert parse(text).data == {"title": "C", "summary": "B", "updated": "2026-01-02 08:01"}
    text = merged(Edit("a.md", base, {"title": "C", "updated": "2026-01-02 07:59"}), now)
    assert parse(text).data["updated"] == "2026-01-02 08:00"
    with pytest.raises(Conflict):
        merged(Edit("a.md", base, {"title": "C"}), now.replace("title: A", "title: D"))
