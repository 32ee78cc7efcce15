"""What git is asked about the content."""

import subprocess

from kentongan.store.history import History
from tests.offices import commit, write


def test_which_commit_came_after_which(tmp_path):
    write(tmp_path, {"a.md": "satu"})
    commit(tmp_path)
    history = History(tmp_path)
    first = history.commit()
    write(tmp_path, {"a.md": "dua"})
    commit(tmp_path)
    second = history.commit()
    assert history.includes(second, first)
    assert history.includes(first, first)
    assert not history.includes(first, second)
    for strange in ("0" * 40, "--all", "", "main~5"):
        assert not history.includes(strange, first)
        assert not history.includes(second, strange)


def test_what_was_ever_written_is_remembered(tmp_path):
    write(tmp_path, {"content/a.md": "Surat: Halo@Kantor.example"})
    commit(tmp_path)
    write(tmp_path, {"content/a.md": "Dihapus."})
    commit(tmp_path)
    history = History(tmp_path / "content")
    assert history.mentions("halo@kantor.example")
    assert not history.mentions("lain@kantor.example")


def test_without_a_repository_there_is_no_history(tmp_path):
    history = History(tmp_path)
    assert not history.mentions("a")
    assert not history.includes("a", "b")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert history.commit() is None
    assert not history.mentions("a")
