"""One writer queue: commits, hand-made edits, conflicts, and what a killed process leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.repository import Author, Conflict, Edit, Writer
from kentongan.repository.journal import Entry, Journal
from kentongan.store import atomic
from kentongan.store.git import STALE_SECONDS, git_environment

SITI = Author("Siti Rahma", "siti@kentongan.invalid")
WHEN = datetime(2026, 11, 24, 11, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
PATH = "articles/pasar.md"
TEXT = "---\ntitle: Pasar\ndate: 2026-07-01\n---\n\nIsi.\n"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=T", "-c", "user.email=t@example.invalid", *arguments],
        cwd=folder,
        env=git_environment(),
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    content = tmp_path / "office" / "content"
    (content / "articles").mkdir(parents=True)
    (content / PATH).write_text(TEXT)
    git(content.parent, "init", "--quiet", "--initial-branch=main")
    git(content.parent, "add", "--all")
    git(content.parent, "commit", "--quiet", "--message=First")
    return tmp_path


def writer(office: Path) -> Writer:
    return Writer(office / "office/content", office / "state")


def test_a_change_is_a_commit_of_its_author(office: Path):
    written = writer(office).write([Edit(PATH, TEXT, {"title": "Pasar “murah”"})], SITI, "Ganti judul", WHEN)
    content = office / "office/content"
    assert (content / PATH).read_text() == TEXT.replace("Pasar", "Pasar “murah”")
    assert git(content, "log", "-1", "--format=%H %an <%ae> %aI %s") == (
        f"{written.commit} Siti Rahma <siti@kentongan.invalid> 2026-11-24T11:30:00+07:00 Ganti judul"
    )
    assert git(content, "status", "--porcelain") == ""
    assert git(content, "fsck", "--strict") == ""


def test_a_group_goes_out_as_one_commit_or_not_at_all(office: Path):
    edits = [Edit(PATH, "---\ntitle: Lain\n---\n", {"title": "Baru"}), Edit("people/siti.md", None, {"name": "Siti"})]
    with pytest.raises(Conflict):
        writer(office).write(edits, SITI, "Dua", WHEN)
    assert not (office / "office/content/people/siti.md").exists()
    written = writer(office).write([Edit(PATH, TEXT, {"title": "Baru"}), edits[1]], SITI, "Dua", WHEN)
    assert git(office / "office", "show", "--format=", "--name-only", str(written.commit)).split() == [
        f"content/{PATH}", "content/people/siti.md",
    ]  # fmt: skip


def test_nothing_changed_is_no_commit(office: Path):
    before = git(office / "office", "rev-parse", "HEAD")
    assert writer(office).write([Edit(PATH, TEXT, {"title": "Pasar"}, "Isi.\r\n")], SITI, "Sama", WHEN).commit is None
    assert git(office / "office", "rev-parse", "HEAD") == before


def test_what_was_edited_by_hand_is_kept_in_history_first(office: Path):
    by_hand = TEXT.replace("Isi.", "Isi dengan tangan.")
    (office / "office/content" / PATH).write_text(by_hand)
    writer(office).write([Edit(PATH, TEXT, {"title": "Baru"})], SITI, "Ganti judul", WHEN)
    assert git(office / "office", "log", "-2", "--format=%an: %s").splitlines() == [
        "Siti Rahma: Ganti judul",
        "Kentongan: Keep what was changed by hand",
    ]
    assert git(office / "office", "show", f"HEAD~1:content/{PATH}") == by_hand.strip()
    assert "Isi dengan tangan" in (office / "office/content" / PATH).read_text()


def test_what_somebody_has_staged_stays_staged(office: Path):
    (office / "office/notes.txt").write_text("sebentar")
    git(office / "office", "add", "notes.txt")
    writer(office).write([Edit(PATH, TEXT, {"title": "Baru"})], SITI, "Ganti judul", WHEN)
    assert git(office / "office", "status", "--porcelain") == "A  notes.txt"


def test_a_stale_lock_is_healed_and_a_fresh_one_does_not_stop_a_save(office: Path):
    lock = office / "office/.git/index.lock"
    lock.touch()
    assert writer(office).write([Edit(PATH, TEXT, {"title": "Satu"})], SITI, "Satu", WHEN).commit
    os.utime(lock, (time.time() - 60,) * 2)
    assert writer(office).write([Edit("people/siti.md", None, {"name": "Siti"})], SITI, "Dua", WHEN).commit
    assert not lock.exists()
    assert "siti" not in git(office / "office", "status", "--porcelain")


def test_an_index_that_was_locked_is_told_later_and_what_was_staged_stays(office: Path):
    """Until then a commit by hand would undo the one that was made past the lock."""
    top, at_work = office / "office", writer(office)
    lock = top / ".git/index.lock"
    (top / "notes.txt").write_text("sebentar")
    git(top, "add", "notes.txt")
    lock.touch()
    edits = [Edit(PATH, TEXT, {"title": "Satu"}), Edit("people/siti.md", None, {"name": "Siti"})]
    assert at_work.write(edits, SITI, "Satu", WHEN).commit
    at_work.catch_up()
    assert at_work.index_is_behind
    lock.unlink()
    assert writer(office).index_is_behind
    (top / "content" / PATH).write_text("---\ntitle: Dua\n---\n")
    writer(office).catch_up()
    assert not at_work.index_is_behind
    assert git(top, "status", "--porcelain").splitlines() == [f"M content/{PATH}", "A  notes.txt"]
    git(top, "commit", "--message=By hand")
    assert git(top, "show", "HEAD:content/people/siti.md")
    assert "Satu" in git(top, "show", f"HEAD:content/{PATH}")


@pytest.mark.parametrize("name", ["refs/heads/main.lock", "HEAD.lock"])
def test_the_lock_of_a_killed_commit_is_healed_within_seconds(office: Path, name: str):
    lock = office / "office/.git" / name
    lock.touch()
    os.utime(lock, (time.time() - STALE_SECONDS + 0.3,) * 2)
    assert writer(office).write([Edit(PATH, TEXT, {"title": "Satu"})], SITI, "Satu", WHEN).commit
    assert not lock.exists()


def test_an_index_that_missed_a_commit_is_told_of_it(office: Path, monkeypatch: pytest.MonkeyPatch):
    """As when a process is killed between the two; what a person has staged stays staged."""
    (office / "office/notes.txt").write_text("sebentar")
    git(office / "office", "add", "notes.txt")
    with monkeypatch.context() as killed:
        killed.setattr("kentongan.repository.git.Repository.refresh", lambda *_: None)
        edits = [Edit(PATH, TEXT, {"title": "Baru"}), Edit("people/siti.md", None, {"name": "Siti"})]
        writer(office).write(edits, SITI, "Dua", WHEN)
    assert git(office / "office", "status", "--porcelain") != "A  notes.txt"
    writer(office).recover()
    assert git(office / "office", "status", "--porcelain") == "A  notes.txt"


def test_half_a_file_of_a_killed_writer_goes_and_that_of_a_living_one_stays(office: Path):
    folder = office / "office/content/articles"
    killed, alive = atomic.stage(folder / "a.md", b"setengah"), atomic.stage(folder / "b.md", b"setengah")
    os.utime(killed, (time.time() - 60,) * 2)
    writer(office).recover()
    assert (killed.exists(), alive.exists()) == (False, True)


def test_line_ends_and_byte_order_mark_stay(office: Path):
    path = office / "office/content" / PATH
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    writer(office).write([Edit(PATH, TEXT, {"title": "Baru"})], SITI, "Ganti", WHEN)
    assert path.read_bytes() == b"\xef\xbb\xbf" + TEXT.replace("Pasar", "Baru").replace("\n", "\r\n").encode()


def test_an_office_without_git_is_written_all_the_same(tmp_path: Path):
    (tmp_path / "office/content/articles").mkdir(parents=True)
    written = writer(tmp_path).write([Edit(PATH, None, {"title": "Baru"}, "Isi.")], SITI, "Baru", WHEN)
    assert (written.commit, written.trouble) == (None, None)
    assert (tmp_path / "office/content" / PATH).read_text() == "---\ntitle: Baru\n---\n\nIsi.\n"
    assert not list((tmp_path / "state/journal").glob("*.json"))


def test_git_that_cannot_be_used_is_told_and_made_up_for(office: Path, monkeypatch: pytest.MonkeyPatch):
    at_work = writer(office)
    with monkeypatch.context() as without:
        without.setenv("PATH", str(office))
        for title in ("Satu", "Dua"):
            base = (office / "office/content" / PATH).read_text()
            written = at_work.write([Edit(PATH, base, {"title": title})], SITI, title, WHEN)
            assert written.commit is None
            assert written.trouble
    at_work.recover()
    assert git(office / "office", "log", "-3", "--format=%s").split() == ["Dua", "Satu", "First"]
    assert git(office / "office", "status", "--porcelain") == ""


def test_a_name_outside_of_the_content_is_refused(office: Path):
    for path in ("../x.md", "/etc/x.md", ".git/config", "articles/../../x.md"):
        with pytest.raises(ValueError, match="not below"):
            writer(office).write([Edit(path, None, {"title": "X"})], SITI, "X", WHEN)


def test_a_commit_message_cannot_forge_another_commit(office: Path):
    writer(office).write(
        [Edit(PATH, TEXT, {"title": "Baru"})], Author("A\n>B", "a b<c"), "Satu\n\ndone\ncommit x", WHEN
    )
    assert git(office / "office", "log", "-1", "--format=%an|%ae|%s") == "AB|abc|Satu"
    assert git(office / "office", "rev-list", "--count", "HEAD") == "2"


def test_saves_of_many_threads_all_arrive(office: Path):
    at_work = writer(office)

    def save(number: int) -> object:
        return at_work.write([Edit(f"people/p{number}.md", None, {"name": f"P{number}"})], SITI, f"P{number}", WHEN)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(save, range(24)))
    assert len(git(office / "office", "ls-tree", "--name-only", "HEAD:content/people").split()) == 24
    assert git(office / "office", "fsck", "--strict") == ""


PICTURE, PNG = "media/pasar.png", b"\x89PNG\r\n\x1a\n\0\xff\xfe"


def test_bytes_that_are_no_text_are_a_commit_too(office: Path):
    written = writer(office).put_bytes({PICTURE: PNG}, SITI, "Gambar", WHEN)
    assert (office / "office/content" / PICTURE).read_bytes() == PNG
    assert git(office / "office", "log", "-1", "--format=%H %s") == f"{written.commit} Gambar"
    assert writer(office).put_bytes({PICTURE: PNG}, SITI, "Lagi", WHEN).commit is None
    assert writer(office).put_bytes({PICTURE: None}, SITI, "Hapus", WHEN).commit
    assert not (office / "office/content" / PICTURE).exists()
    assert git(office / "office", "status", "--porcelain") == ""


def test_bytes_wait_in_the_journal_for_a_git_that_can_be_used(office: Path, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as without:
        without.setenv("PATH", str(office))
        assert writer(office).put_bytes({PICTURE: PNG, PATH: b"text"}, SITI, "Gambar", WHEN).trouble
    writer(office).recover()
    show = ["git", "show", f"HEAD:content/{PICTURE}"]
    assert subprocess.run(show, cwd=office / "office", capture_output=True, check=True).stdout == PNG
    assert git(office / "office", "show", f"HEAD:content/{PATH}") == "text"
    assert not list((office / "state/journal").glob("*.json"))


@given(files=st.dictionaries(st.sampled_from("abc"), st.none() | st.binary() | st.text().map(str.encode)))
def test_the_journal_gives_back_every_byte(files: dict[str, bytes | None]):
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder))
        journal.add(Entry("1", SITI, "Gambar", WHEN, files, dict.fromkeys(files)))
        assert [entry.files for entry in journal.entries()] == [files]


SAVER = """
import sys
from pathlib import Path
from tests.unit.repository.test_writer import SITI, WHEN, Edit, writer
office, first = Path(sys.argv[1]), int(sys.argv[2])
for number in range(first, first + 1000):
    writer(office).write([Edit(f"people/p{number}.md", None, {"name": f"P{number}"})], SITI, f"P{number}", WHEN)
    print(number, flush=True)
"""


def killed(office: Path, first: int, seconds: float) -> list[int]:
    """Numbers of the saves that were acknowledged before the process was killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", SAVER, str(office), str(first)],
        stdout=subprocess.PIPE, cwd=Path(__file__).parents[3], start_new_session=True,
    )  # fmt: skip
    assert process.stdout
    acknowledged = [process.stdout.readline()]
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    acknowledged += process.stdout.read().splitlines()
    process.wait()
    return [int(line) for line in acknowledged if line.strip()]


def nothing_acknowledged_is_lost(office: Path, rounds: int) -> None:
    """Kills a process that saves, *rounds* times; then looks into git."""
    acknowledged: list[int] = []
    for number in range(rounds):
        acknowledged += killed(office, 1000 * number, 0.011 * (number % 30))
    writer(office).recover()
    there = git(office / "office", "ls-tree", "--name-only", "HEAD:content/people").split()
    assert {f"p{number}.md" for number in acknowledged} <= set(there)
    assert sorted(path.name for path in (office / "office/content/people").glob("*.md")) == sorted(there)
    assert git(office / "office", "fsck", "--strict") == ""
    assert not list((office / "state/journal").glob("*.json"))


@pytest.mark.long
def test_nothing_acknowledged_is_lost_to_kill(office: Path):
    nothing_acknowledged_is_lost(office, 10)
