"""The laws of shipping, held against a target in memory that fails at any moment."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.deploy.manifest import GRACE, Manifest, changes, digests, is_below_the_root
from kentongan.deploy.ship import Shipment, ship
from kentongan.errors import KentonganError

NOW = datetime(2020, 7, 22, 1, tzinfo=UTC)
FOREIGN = {"milik-orang-lain.txt": "theirs"}


class Broken(Exception):
    """The line was cut."""


class Memory:
    """A target: path -> text. Every write to it may be the last one before the line is cut."""

    by_type = True

    def __init__(self, release, files=None):
        self.release = release
        self.files = dict(FOREIGN) if files is None else files
        self.manifest = None
        self.left = None
        self.sent = 0
        self.shown = set()

    def _touch(self):
        if self.left == 0:
            raise Broken
        self.left = None if self.left is None else self.left - 1

    def read(self):
        return self.manifest

    def write(self, manifest):
        self._touch()
        self.manifest = manifest

    def send(self, _folder, batch):
        for path in batch.paths:
            self._touch()
            self.files[path] = self.release[path]
            self.sent += 1
            self.check()
            yield path

    def delete(self, paths):
        for path in paths:
            self._touch()
            self.files.pop(path, None)
            self.check()

    def finish(self, subject):
        """Nothing is left to do."""

    def check(self):
        """Every asset that a page shows, or showed within the hour, is there; nobody else's file was touched."""
        for path, text in self.files.items():
            self.shown.update(text.split() if path.endswith(".html") else ())
        assert self.shown <= self.files.keys()
        assert FOREIGN.items() <= self.files.items()


ASSETS = [f"static/{letter}.css" for letter in "abc"]
PAGES = ["index.html", "berita/index.html", "berita/satu/index.html"]


@st.composite
def releases(draw):
    """A small site: pages whose text is the names of the assets that they show."""
    pages = draw(st.dictionaries(st.sampled_from(PAGES), st.sets(st.sampled_from(ASSETS)), min_size=1))
    shown = {path: " ".join(sorted(assets)) for path, assets in pages.items()}
    assets = {name: name for assets in pages.values() for name in assets}
    return {**assets, **shown, "feed.xml": draw(st.sampled_from(["one", "two"])), "version.json": draw(st.text())}


def deploy(target, release, now=NOW, **options):
    target.release = release
    if now >= NOW + GRACE or options:
        target.shown.clear()  # the hour is over, or was not asked for
    here = {path: sha256(text.encode()).hexdigest() for path, text in release.items()}
    shipment = Shipment.of(target, Path("release"), here, now, **options)
    ship(shipment, target, lambda: now, lambda _: None)
    return shipment


@given(st.lists(st.tuples(releases(), st.integers(0, 25)), min_size=1, max_size=4), releases())
def test_after_any_interruptions_the_target_holds_the_release_and_no_page_ever_lacked_an_asset(cut, last):
    target = Memory({})
    for release, left in cut:
        target.left = left
        try:
            deploy(target, release)
        except Broken:
            target.check()
    target.left = None
    shipment = deploy(target, last)
    kept = {path: target.files[path] for path in shipment.changes.keep if path in target.files}
    assert target.files == {**FOREIGN, **last, **kept}
    deploy(target, last, NOW + GRACE)
    assert target.files == {**FOREIGN, **last}


@given(releases())
def test_a_release_that_is_there_is_not_sent_again(release):
    target = Memory({})
    deploy(target, release)
    sent, target.left = target.sent, 0
    assert deploy(target, release).is_empty
    assert target.sent == sent


def test_an_asset_stays_for_an_hour_after_it_was_last_needed():
    target = Memory({})
    old = {"static/a.css": "a", "index.html": "static/a.css"}
    new = {"static/b.css": "b", "index.html": "static/b.css"}
    deploy(target, old)
    assert deploy(target, new).changes.keep == ("static/a.css",)
    assert deploy(target, new, NOW + GRACE - timedelta(seconds=1)).is_empty
    assert deploy(target, new, NOW + GRACE).changes.delete == ("static/a.css",)


def test_without_grace_it_goes_at_once_and_a_page_always_does():
    target = Memory({})
    deploy(target, {"static/a.css": "a", "tentang/index.html": "", "index.html": "static/a.css"})
    shipment = deploy(target, {"index.html": ""}, grace=timedelta())
    assert shipment.changes.delete == ("static/a.css", "tentang/index.html")


def test_all_sends_what_the_manifest_says_is_there():
    target = Memory({})
    deploy(target, {"index.html": ""})
    target.files["index.html"] = "judi"
    assert deploy(target, {"index.html": ""}).is_empty
    deploy(target, {"index.html": ""}, everything=True)
    assert target.files["index.html"] == ""


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"format":2,"files":{},"unneeded":{}}',
        b'{"format":1,"files":{"../x":null},"unneeded":{}}',
        b'{"format":1,"files":{},"unneeded":{"a":"kemarin"}}',
        b'{"format":1,"files":{},"unneeded":{"a":"2026-11-24T10:00:00"}}',
    ],
)
def test_a_manifest_that_makes_no_sense_is_told_and_all_writes_it_anew(told):
    with pytest.raises(KentonganError, match="--all"):
        Manifest.from_json(told)
    target = Memory({})
    target.manifest = told
    deploy(target, {"index.html": ""}, everything=True)
    assert Manifest.from_json(target.manifest).files.keys() == {"index.html"}


@given(st.dictionaries(st.text(min_size=1).filter(is_below_the_root), st.none() | st.text()))
def test_a_manifest_survives_its_own_writing(files):
    manifest = Manifest(files, dict.fromkeys(files, NOW))
    assert Manifest.from_json(manifest.to_json()) == manifest


def test_digests_leave_out_links_hidden_names_and_on_request_precompressed_forms(tmp_path):
    for name in ("index.html", "index.html.br", "arsip.gz", ".rahasia", "a/.git/config"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "pintasan.html").symlink_to("/etc/passwd")
    assert list(digests(tmp_path, precompressed=True)) == ["arsip.gz", "index.html", "index.html.br"]
    assert list(digests(tmp_path, precompressed=False)) == ["arsip.gz", "index.html"]
    assert digests(tmp_path, precompressed=False)["index.html"] == sha256(b"index.html").hexdigest()


def test_what_was_being_sent_is_sent_again():
    there = Manifest({"index.html": None, "feed.xml": "1"})
    assert changes(there, {"index.html": "2", "feed.xml": "1"}, NOW).send == ("index.html",)
