"""Releases: verified first, switched by one rename, old ones kept for a while and gone back to."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kentongan.build.apply import Outcome
from kentongan.build.private import Private
from kentongan.build.release import KEPT, Releases, Terms
from kentongan.build.report import BuildReport
from kentongan.errors import Finding, KentonganError
from kentongan.language import Message
from tests.offices import write

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
FIRST = "20261124T040000Z"
HOME = '<link rel="canonical" href="https://a.example/"><a href="/a/">a</a><a href="https://b.example/x">b</a>'
FINDING = Finding("a.md", 1, "rule", Message("Wrong."), Message("Mend it."))
GOOD = {"index.html": HOME, "a/index.html": "A", "version.json": '{"commit": "c0ffee", "built": "2026"}'}
LONG = "<p>" + "Selamat datang. " * 100


def builder(files, findings=(), strict=False):
    def build(folder):
        write(folder, files)
        return BuildReport(Outcome((), (), 0), findings, "id", NOW, strict)

    return build


@pytest.fixture
def terms(tmp_path):
    return Terms(Private({}, tmp_path / "content"))


@pytest.fixture
def releases(tmp_path):
    return Releases(tmp_path / "var")


def test_a_release_goes_live_whole(releases, terms):
    releases.publish(NOW, builder(GOOD), terms)
    assert releases.names() == [FIRST]
    assert releases.current.is_symlink()
    assert (releases.current / "a/index.html").read_text() == "A"
    assert not releases.draft.exists()


def test_of_who_asked_to_be_forgotten_no_release_is_kept_that_one_could_go_back_to(releases, terms):
    for days in range(4):
        releases.publish(NOW + timedelta(days=days), builder(GOOD | {"a/index.html": f"Hari {days}"}), terms)
    releases.forget(NOW + timedelta(days=1))
    assert releases.names() == [FIRST, "20261127T040000Z"]
    assert (releases.current / "a/index.html").read_text() == "Hari 3"
    releases.publish(NOW + timedelta(days=4), builder(GOOD), terms)
    assert releases.names() == [FIRST, "20261128T040000Z"]
    assert not any(b"Hari 3" in path.read_bytes() for path in releases.state.rglob("*") if path.is_file())
    releases.publish(NOW + timedelta(days=5), builder(GOOD), terms)
    assert len(releases.names()) == 3, "what is forgotten once, is not forgotten for ever"


def test_two_in_one_second_have_two_names(releases, terms):
    releases.publish(NOW, builder(GOOD), terms)
    releases.publish(NOW, builder(GOOD | {"a/index.html": "B"}), terms)
    assert releases.names() == [FIRST, f"{FIRST}-001"]
    assert (releases.current / "a/index.html").read_text() == "B"


@pytest.mark.parametrize("lost", ["index.html", "a/index.html", "version.json"])
def test_what_does_not_verify_never_goes_live(releases, terms, lost):
    releases.publish(NOW, builder(GOOD), terms)
    with pytest.raises(KentonganError):
        releases.publish(NOW + timedelta(1), builder({name: GOOD[name] for name in GOOD if name != lost}), terms)
    assert releases.current.resolve().name == FIRST
    releases.publish(NOW + timedelta(2), builder(GOOD), terms)
    assert len(list(releases.folder.iterdir())) == 2


def test_strict_publishes_nothing_with_findings(releases, terms):
    for build, chosen in (
        (builder(GOOD, (FINDING,)), Terms(terms.private, strict=True)),
        (builder(GOOD, (FINDING,), strict=True), terms),
    ):
        with pytest.raises(KentonganError, match="1 findings"):
            releases.publish(NOW, build, chosen)
    assert not releases.current.exists()
    releases.publish(NOW, builder(GOOD, (FINDING,)), terms)
    assert releases.current.exists()


def test_only_the_newest_are_kept_and_what_they_share(releases, terms):
    for day in range(KEPT + 2):
        releases.publish(NOW + timedelta(day), builder(GOOD | {"a/index.html": f"{LONG}{day}"}), terms)
    assert len(releases.names()) == KEPT
    assert releases.current.resolve().name == releases.names()[-1]
    kept = {path.stat().st_ino for path in releases.folder.rglob("*") if path.is_file()}
    objects = {path.stat().st_ino for path in releases.objects.folder.rglob("*") if path.is_file()}
    assert objects == kept


def test_what_stays_equal_is_one_file_on_the_disk(releases, terms):
    same = GOOD | {"a/index.html": LONG}
    releases.publish(NOW, builder(same), terms)
    releases.publish(NOW, builder(same | {"index.html": f"{HOME}B"}), terms)
    one, two = (releases.folder / name for name in releases.names())
    for name in ("a/index.html", "a/index.html.br", "a/index.html.gz", "a/index.html.zst", "version.json"):
        assert (one / name).samefile(two / name)
    assert not (one / "index.html").samefile(two / "index.html")


def test_a_shared_file_that_somebody_damaged_is_not_shared_again(releases, terms):
    releases.publish(NOW, builder(GOOD), terms)
    (releases.current / "a/index.html").write_text("X")  # into the file itself, against all advice
    releases.publish(NOW, builder(GOOD), terms)
    assert (releases.current / "a/index.html").read_text() == "A"
    releases.publish(NOW, builder(GOOD), terms)
    assert (releases.current / "a/index.html").read_text() == "A"


def test_where_there_are_no_hard_links_releases_are_copies(releases, terms, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    releases.publish(NOW, builder(GOOD), terms)
    releases.publish(NOW, builder(GOOD | {"a/index.html": LONG}), terms)
    assert (releases.current / "a/index.html.br").is_file()
    assert len(releases.names()) == 2


def test_back_to_the_one_before_or_to_a_named_one(releases, terms):
    for day in range(3):
        releases.publish(NOW + timedelta(day), builder(GOOD | {"a/index.html": str(day)}), terms)
    names = releases.names()
    assert releases.rollback() == names[1]
    assert (releases.current / "a/index.html").read_text() == "1"
    assert releases.rollback() == names[0]
    with pytest.raises(KentonganError, match="before"):
        releases.rollback()
    assert releases.rollback(names[2]) == names[2]
    for strange in ("..", "kemarin", "../releases", ""):
        if strange:
            with pytest.raises(KentonganError, match="no release"):
                releases.rollback(strange)
    assert releases.current.resolve().name == names[2]


def test_a_release_gone_back_to_is_never_pruned(releases, terms):
    releases.publish(NOW, builder(GOOD), terms)
    releases.publish(NOW + timedelta(1), builder(GOOD), terms)
    releases.rollback()
    with pytest.raises(KentonganError):
        releases.publish(NOW + timedelta(2), builder({}), terms)
    assert releases.current.resolve().name == FIRST


def test_a_way_back_waits_for_no_publish_and_is_not_undone_by_it(releases, terms):
    for day in range(2):
        releases.publish(NOW + timedelta(day), builder(GOOD), terms)

    def build(folder):
        assert releases.rollback() == FIRST
        return builder(GOOD)(folder)

    with pytest.raises(KentonganError, match=f"went back to {FIRST}"):
        releases.publish(NOW + timedelta(2), build, terms)
    assert releases.current.resolve().name == FIRST
    assert len(releases.names()) == 2
    assert not releases.draft.exists()


def test_it_is_held_from_a_way_back_until_the_next_release(releases, terms):
    assert not releases.is_held
    for day in range(2):
        releases.publish(NOW + timedelta(day), builder(GOOD), terms)
    assert not releases.is_held
    releases.rollback()
    assert releases.is_held
    releases.rollback(releases.names()[-1])
    assert not releases.is_held
    releases.rollback()
    releases.publish(NOW + timedelta(2), builder(GOOD), terms)
    assert not releases.is_held


def test_a_publish_that_was_killed_before_the_switch_holds_nothing(releases, terms):
    releases.publish(NOW, builder(GOOD), terms)
    write(releases.folder / "20261124T050000Z", GOOD)
    assert not releases.is_held


@pytest.mark.parametrize("clock", [NOW - timedelta(9999), NOW + timedelta(9999)])
def test_a_clock_that_was_wrong_spoils_no_order(releases, terms, clock):
    for now in (clock, NOW, NOW + timedelta(1), NOW + timedelta(1)):
        releases.publish(now, builder(GOOD), terms)
        assert releases.current.resolve().name == releases.names()[-1]
    before = releases.names()[-2]
    assert releases.rollback() == before


def test_more_than_a_thousand_of_one_instant_stay_in_order(releases, terms):
    for number in (998, 999):
        write(releases.folder / f"{FIRST}-{number}", GOOD)
    for expected in (f"{FIRST}-1000", f"{FIRST}-1001"):
        releases.publish(NOW, builder(GOOD), terms)
        assert releases.current.resolve().name == expected
    assert releases.rollback() == f"{FIRST}-1000"


def test_what_was_live_before_is_at_hand_for_pages_that_are_open(releases, terms):
    releases.publish(NOW, builder(GOOD), terms)
    assert not releases.former.exists()
    releases.publish(NOW + timedelta(1), builder(GOOD), terms)
    assert releases.former.resolve().name == FIRST
    releases.rollback()
    assert releases.former.resolve().name == releases.names()[-1]
    releases.publish(NOW + timedelta(2), builder(GOOD), replace(terms, grace=False))
    assert not releases.former.exists()


def test_others_may_read_it_whatever_the_umask(releases, terms):
    before = os.umask(0o077)
    try:
        releases.publish(NOW, builder(GOOD | {"a/index.html": LONG}), terms)
    finally:
        os.umask(before)
    found = [releases.folder / FIRST, *(releases.folder / FIRST).rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in found if path.is_dir()} == {0o755}
    assert {path.stat().st_mode & 0o777 for path in found if path.is_file()} == {0o644}
    assert {path.stat().st_mode & 0o011 for path in (releases.state, releases.folder)} == {0o011}


def test_what_was_half_pruned_is_no_release_and_goes(releases, terms):
    releases.publish(NOW, builder(GOOD), terms)
    write(releases.folder / ".gone-20200101T000000Z", GOOD)
    assert releases.names() == [FIRST]
    releases.publish(NOW, builder(GOOD), terms)
    assert len(list(releases.folder.iterdir())) == 2


def test_a_folder_in_the_place_of_the_link_is_told_and_left_alone(releases, terms):
    write(releases.current, {"index.html": "somebody's"})
    for deed in (lambda: releases.publish(NOW, builder(GOOD), terms), releases.rollback):
        with pytest.raises(KentonganError, match="no link"):
            deed()
    assert (releases.current / "index.html").read_text() == "somebody's"
    assert releases.names() == []


def test_they_say_what_they_are(releases, terms):
    releases.publish(NOW, builder(GOOD), terms)
    (releases.folder / "20200101T000000Z").mkdir()
    old, new = releases.all()
    assert (old.current, old.commit, old.built, old.pages) == (False, None, None, 0)
    assert (new.name, new.current, new.commit, new.built, new.pages) == (FIRST, True, "c0ffee", "2026", 2)


def test_a_machine_that_refuses_leaves_the_former_release(releases, terms):
    releases.publish(NOW, builder(GOOD), terms)

    def full(folder):
        write(folder, {"index.html": HOME})
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        releases.publish(NOW, full, terms)
    assert releases.current.resolve().name == FIRST
    assert not releases.draft.exists()
