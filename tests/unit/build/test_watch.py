"""The watcher misses nothing: not what changes while it opens, nor a folder that is replaced, nor a file that comes."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from kentongan.build import watch
from kentongan.build.apply import Outcome
from kentongan.build.report import BuildReport
from kentongan.build.watch import keep_built
from kentongan.errors import KentonganError
from kentongan.language import Message

PATIENCE = 30


class Keeper:
    """Keeps something built in a thread; says what each build was told and what it found."""

    def __init__(self, folder, *places):
        self.folder, self.places = folder, places
        self.built, self.failures = [], []
        self.happened = threading.Condition()
        self.stop = threading.Event()
        self.during = lambda: None

    def __enter__(self):
        self.thread = threading.Thread(target=keep_built, args=(self.places, self.build, self.failed, self.stop))
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join(PATIENCE)

    def build(self, changed):
        found = sorted(path.name for path in self.folder.rglob("*") if path.is_file())
        self.during()
        with self.happened:
            self.built.append((changed, found))
            self.happened.notify_all()
        return BuildReport(Outcome((), (), 0), (), "id", datetime.now(UTC) + timedelta(days=1))

    def failed(self, error):
        self.failures.append(error)

    def wait_until(self, seen):
        with self.happened:
            assert self.happened.wait_for(lambda: any(seen(*one) for one in self.built), PATIENCE), self.built


@pytest.fixture
def content(tmp_path):
    (tmp_path / "content").mkdir()
    return tmp_path / "content"


def test_a_change_is_told_by_its_path(content):
    with Keeper(content, content) as keeper:
        keeper.wait_until(lambda *_: len(keeper.built) > 1)
        (content / "a.md").write_text("a")
        keeper.wait_until(lambda changed, found: changed == {content / "a.md"} and found == ["a.md"])


def test_what_changes_during_the_first_build_is_built(content):
    keeper = Keeper(content, content)
    keeper.during = lambda: (content / "early.md").write_text("x")
    with keeper:
        keeper.wait_until(lambda _, found: found == ["early.md"])


def test_a_folder_that_is_replaced_is_watched_on(content):
    with Keeper(content.parent, content) as keeper:
        keeper.wait_until(lambda *_: len(keeper.built) > 1)
        content.rename(content.with_name("old"))
        content.mkdir()
        (content / "new.md").write_text("x")
        keeper.wait_until(lambda _, found: "new.md" in found)
        keeper.wait_until(lambda changed, _: changed is None)
        (content / "later.md").write_text("x")
        keeper.wait_until(lambda _, found: "later.md" in found)


def test_a_file_that_comes_later_is_watched(content):
    settings = content.parent / "pelicanconf.py"
    with Keeper(content.parent, content, settings) as keeper:
        keeper.wait_until(lambda *_: len(keeper.built) > 1)
        settings.write_text("x")
        keeper.wait_until(lambda _, found: "pelicanconf.py" in found)


def test_a_build_that_fails_is_told_and_tried_again(content):
    keeper = Keeper(content, content)

    def failing():
        if not keeper.failures:
            raise KentonganError(Message("No."))

    keeper.during = failing
    with keeper:
        keeper.wait_until(lambda *_: True)
    assert len(keeper.failures) == 1


def test_after_a_while_all_is_looked_at_again(content, monkeypatch):
    monkeypatch.setattr("kentongan.build.watch._LOOK_AGAIN", 0.5)
    with Keeper(content, content) as keeper:
        keeper.wait_until(lambda *_: len(keeper.built) > 1)
        (content / "a.md").write_text("a")
        keeper.wait_until(lambda changed, _: changed == {content / "a.md"})
        keeper.wait_until(lambda changed, _: changed is None and len(keeper.built) > 3)


def test_a_watcher_that_fails_is_told_and_opened_again(content, monkeypatch):
    opened = []

    def changes(*told):
        opened.append(told)
        if len(opened) == 1:
            raise PermissionError(13, "no", str(content))
        return watched(*told)

    watched = watch._changes
    monkeypatch.setattr(watch, "_changes", changes)
    with Keeper(content, content) as keeper:
        keeper.wait_until(lambda *_: len(opened) > 1)
        keeper.wait_until(lambda *_: len(keeper.built) > 2)
        (content / "a.md").write_text("a")
        keeper.wait_until(lambda changed, _: changed == {content / "a.md"})
    assert len(keeper.failures) == 1
