"""Releases: verified first, switched by one rename, old ones kept for a while."""

from datetime import UTC, datetime, timedelta

import pytest

from kentongan.build.apply import Outcome
from kentongan.build.release import KEPT, Releases
from kentongan.build.report import BuildReport
from kentongan.build.verify import dead_links
from kentongan.errors import Finding, KentonganError
from kentongan.language import Message
from tests.offices import write

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
HOME = '<link rel="canonical" href="https://a.example/"><a href="/a/">a</a><a href="https://b.example/x">b</a>'
FINDING = Finding("a.md", 1, "rule", Message("Wrong."), Message("Mend it."))


def builder(files, findings=()):
    def build(folder):
        write(folder, files)
        return BuildReport(Outcome((), (), 0), findings, "id", NOW)

    return build


GOOD = {"index.html": HOME, "a/index.html": "A"}


def test_a_release_goes_live_whole(tmp_path):
    releases = Releases(tmp_path)
    releases.publish(NOW, builder(GOOD))
    assert releases.names() == ["20261124T040000Z"]
    assert (tmp_path / "current").is_symlink()
    assert (tmp_path / "current/a/index.html").read_text() == "A"


def test_two_in_one_second_have_two_names(tmp_path):
    releases = Releases(tmp_path)
    releases.publish(NOW, builder(GOOD))
    releases.publish(NOW, builder(GOOD | {"a/index.html": "B"}))
    assert releases.names() == ["20261124T040000Z", "20261124T040000Z-001"]
    assert (releases.current / "a/index.html").read_text() == "B"


@pytest.mark.parametrize("bad", [{"a/index.html": "A"}, {"index.html": HOME}])
def test_what_does_not_verify_never_goes_live(tmp_path, bad):
    releases = Releases(tmp_path)
    releases.publish(NOW, builder(GOOD))
    with pytest.raises(KentonganError):
        releases.publish(NOW + timedelta(1), builder(bad))
    assert releases.current.resolve().name == "20261124T040000Z"
    releases.publish(NOW + timedelta(2), builder(GOOD))
    assert len(list(releases.folder.iterdir())) == 2


def test_strict_publishes_nothing_with_findings(tmp_path):
    with pytest.raises(KentonganError, match="1 findings"):
        Releases(tmp_path).publish(NOW, builder(GOOD, (FINDING,)), strict=True)
    assert not (tmp_path / "current").exists()


def test_only_the_newest_are_kept(tmp_path):
    releases = Releases(tmp_path)
    for day in range(KEPT + 2):
        releases.publish(NOW + timedelta(day), builder(GOOD))
    assert len(releases.names()) == KEPT
    assert releases.current.resolve().name == releases.names()[-1]


def test_dead_links_below_a_path(tmp_path):
    write(
        tmp_path,
        {
            "index.html": '<link rel="canonical" href="https://a.example/kantor/"><a href="/kantor/a/">a</a>'
            '<a href="/lain/">keluar</a><a href="#x">x</a><img src="b.png">',
            "a/index.html": '<a href="../">up</a><a href="../none/">none</a>',
        },
    )
    assert list(dead_links(tmp_path)) == [
        ("a/index.html", "../none/"),
        ("index.html", "/lain/"),
        ("index.html", "b.png"),
    ]
