"""Loading: one bad file is held back, named, and its last good version stands in for it."""

import os

import pytest

from kentongan.errors import KentonganError
from kentongan.markup import Prose
from kentongan.model import Kind
from kentongan.site.checks import check
from kentongan.store import load
from tests.offices import commit, write

GOOD = "---\nname: Wulan\n---\n"
SITE = {"content/site.yml": "name: Kantor\n"}


@pytest.fixture(scope="module")
def prose():
    prose = Prose(seconds=1.0)
    yield prose
    prose.close()


def loaded(folder, prose, files):
    write(folder, SITE | files)
    return load(folder / "content", prose)


def rules(contents):
    return [(finding.path, finding.line, finding.rule) for finding in contents.findings]


def people(contents):
    return sorted(id_ for kind, id_ in contents.records if kind is Kind.PERSON)


def test_an_override_of_the_office_that_cannot_be_is_told_with_its_line(tmp_path, prose):
    lines = "overrides:\n  - first: 2027-03-14\n    last: 2027-03-08\n    cancel: yes\n    reason: Lebaran\n"
    contents = loaded(tmp_path, prose, {"content/site.yml": f"name: Kantor\n{lines}"})
    assert rules(contents) == [("site.yml", 3, "override-when")]


def test_a_good_folder_has_no_findings(tmp_path, prose):
    contents = loaded(tmp_path, prose, {"content/people/wulan.md": GOOD + "\n*Halo*\n"})
    assert rules(contents) == []
    assert contents.records[(Kind.PERSON, "wulan")].label == "Wulan"
    assert contents.bodies[(Kind.PERSON, "wulan")] == "<p><em>Halo</em></p>"


BAD = {
    "empty": ("", 1, "front-matter"),
    "unclosed": ("---\nname: x\n", 1, "front-matter-open"),
    "no-name": ("---\nrole: x\n---\n", None, "missing"),
    "empty-name": ("---\nname:\n---\n", 2, "missing"),
    "map-for-text": ("---\nname:\n  a: b\n---\n", 2, "string_type"),
    "unknown": ("---\nname: x\nnick: y\n---\n", 3, "unknown-key"),
    "own-id": ("---\nname: x\nid: y\n---\n", 3, "reserved-key"),
    "Not A Slug": (GOOD, None, "slug"),
    "endless": (GOOD + "[" * 20_000, None, "endless-text"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_the_others_stay(tmp_path, prose, name):
    text, line, rule = BAD[name]
    contents = loaded(tmp_path, prose, {f"content/people/{name}.md": text, "content/people/wulan.md": GOOD})
    assert rules(contents) == [(f"people/{name}.md", line, rule)]
    assert people(contents) == ["wulan"]


RAW = {
    "latin": (b"---\nname: Caf\xe9\n---\n", 2, "encoding"),
    "utf16": ("---\nname: x\n---\n".encode("utf-16"), 1, "encoding"),
    "nul": (b"---\nname: x\0y\n---\n", 2, "encoding"),
    "huge": (b"---\nname: x\n---\n" + b"x" * 1_000_001, None, "too-long"),
}


@pytest.mark.parametrize("name", RAW)
def test_bytes_that_are_no_text(tmp_path, prose, name):
    data, line, rule = RAW[name]
    write(tmp_path, SITE | {"content/people/wulan.md": GOOD})
    (tmp_path / f"content/people/{name}.md").write_bytes(data)
    contents = load(tmp_path / "content", prose)
    assert rules(contents) == [(f"people/{name}.md", line, rule)]
    assert people(contents) == ["wulan"]


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path, prose):
    write(tmp_path, SITE)
    (tmp_path / "content/people").mkdir()
    (tmp_path / "content/people/a.md").write_bytes(b"\xef\xbb\xbf---\r\nname: A\r\n---\r\n\r\nIsi\r\n")
    contents = load(tmp_path / "content", prose)
    assert rules(contents) == []
    assert contents.bodies[(Kind.PERSON, "a")] == "<p>Isi</p>"


def test_links_pipes_and_folders_are_not_read(tmp_path, prose):
    write(tmp_path, SITE | {"content/people/wulan.md": GOOD, "secret.md": GOOD})
    folder = tmp_path / "content/people"
    (folder / "out.md").symlink_to(tmp_path / "secret.md")
    (folder / "dangling.md").symlink_to(tmp_path / "nowhere.md")
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "pipe.md")
    contents = load(tmp_path / "content", prose)
    assert {(path, rule) for path, _, rule in rules(contents)} == {
        (f"people/{name}.md", "not-a-file") for name in ("out", "dangling", "folder", "pipe")
    }
    assert people(contents) == ["wulan"]


def test_of_two_files_of_one_name_the_later_path_is_held_back(tmp_path, prose):
    contents = loaded(tmp_path, prose, {"content/people/a/wulan.md": GOOD, "content/people/b/wulan.md": GOOD})
    assert rules(contents) == [("people/b/wulan.md", None, "same-name")]


def test_the_last_good_committed_version_stands_in(tmp_path, prose):
    loaded(tmp_path, prose, {"content/people/wulan.md": GOOD})
    commit(tmp_path)
    write(tmp_path, {"content/people/wulan.md": "---\nname:\n---\n"})
    commit(tmp_path)
    contents = loaded(tmp_path, prose, {"content/people/wulan.md": "---\nnama: Wulan\n---\n"})
    assert contents.records[(Kind.PERSON, "wulan")].label == "Wulan"
    assert {rule for _, _, rule in rules(contents)} == {"missing", "unknown-key"}
    assert contents.commit is not None
    assert len(contents.commit) == 40


PROGRAM = "---\ntitle: Warung\nguid: 5e2b4c1e-6a43-4d0e-9c2e-0d4d2f0f6a11\n---\n"
EPISODE = "---\ntitle: Bincang\nprogram: {}\ndate: 2020-07-01\nguid: bincang\n---\n"


def test_a_record_of_a_parent_that_is_not_there_gives_way_to_its_last_version_that_had_one(tmp_path, prose):
    loaded(tmp_path, prose, {"content/programs/warung.md": PROGRAM, "content/episodes/a.md": EPISODE.format("warung")})
    commit(tmp_path)
    slip = EPISODE.format("warnug")
    contents = loaded(tmp_path, prose, {"content/episodes/a.md": slip, "content/episodes/b.md": slip})
    first, second = (Kind.EPISODE, "a"), (Kind.EPISODE, "b")
    assert contents.records[first].program == "warung"
    assert contents.written(first)[0].program == "warnug"
    assert contents.records[second].program == "warnug", "without a better version it stays as it is"
    assert [(one.path, one.line, one.rule) for one in check(contents)] == [
        ("episodes/a.md", 3, "dangling"),
        ("episodes/b.md", 3, "dangling"),
        ("episodes/b.md", 5, "same-guid"),
    ]


def test_a_broken_site_file_falls_back_too(tmp_path, prose):
    loaded(tmp_path, prose, {})
    commit(tmp_path)
    contents = loaded(tmp_path, prose, {"content/site.yml": "nam: x\n"})
    assert contents.office.name == "Kantor"
    assert {rule for _, _, rule in rules(contents)} == {"missing", "unknown-key"}


def test_a_folder_without_site_file_still_loads(tmp_path, prose):
    write(tmp_path, {"content/people/wulan.md": GOOD})
    contents = load(tmp_path / "content", prose)
    assert rules(contents) == [("site.yml", None, "no-office")]
    assert people(contents) == ["wulan"]


def test_markdown_where_no_type_lives_is_named(tmp_path, prose):
    stray = {"content/lepas.md": GOOD, "content/berita/satu.md": GOOD, "content/people/besar.MD": GOOD}
    contents = loaded(tmp_path, prose, stray | {"content/catatan.txt": "x"})
    assert rules(contents) == [
        ("people/besar.MD", None, "ending"),
        ("berita/satu.md", None, "stray"),
        ("lepas.md", None, "stray"),
    ]


def test_no_folder_at_all_is_an_error(tmp_path, prose):
    with pytest.raises(KentonganError, match="no folder"):
        load(tmp_path / "nothing", prose)
