"""The index says of a content folder what reading all of it says, whatever happened to the folder before."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from kentongan.database import Database
from kentongan.errors import KentonganError
from kentongan.model import Kind
from kentongan.search import Entry, Index
from kentongan.search.tables import Row
from tests.databases import empty_database
from tests.thorough import examples

FILES = {
    "articles/rapat.md": "title: Rapat anggota\ndate: 2026-07-03 08:00\nsummary: Pembagian hasil usaha\n---\nPelayanan",
    "articles/panen.md": "title: Panen kopi\ndate: 2026-07-01\nstatus: draft\nauthors: ratri\n---\nMusyawarah pagi.",
    "programs/obrolan.md": "title: Obrolan Koperasi\nguid: g1\n---\n",
    "episodes/modal.md": (
        "title: Modal usaha\nprogram: obrolan\nguid: g2\ndate: 2026-07-02\nbroadcasts:\n"
        "  - {id: dua, station: radio, start: 2026-07-22 10:00}\n"
        "  - {id: satu, station: radio, start: 2026-07-15 10:00}\n"
        "credits:\n  - {person: dwi, name: 'Dwi Astuti, S.E.', organisation: Dinas Koperasi}\n---\nTentang simpanan."
    ),
    "consultations/pajak.md": "title: Tanya pajak\nmode: radio\nepisode: modal\ndate: 2026-07-02\n---\n",
    "people/ratri.md": "name: Ratri Wulandari\nprefix: Dra.\naliases: [Bu Ratri]\n---\n",
    "stations/radio.md": "name: Radio Contoh\nzone: WIB\n---\n",
}


def write(content: Path, path: str, text: str) -> None:
    place = content / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"---\n{text}", encoding="utf-8")


@pytest.fixture(scope="module")
def database(tmp_path_factory, database_url):
    with empty_database(tmp_path_factory.mktemp("state"), database_url) as database:
        yield database


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        write(tmp_path, path, text)
    return tmp_path


@pytest.fixture
def index(database: Database, content: Path) -> Index:
    """Of this folder; what an earlier test left in the database is forgotten with its files."""
    index = Index(database, content)
    index.refresh()
    return index


def ids(index: Index, **asked) -> list[str]:
    return [entry.id for entry in index.entries(**asked).entries]


def test_an_entry_is_what_a_list_shows(index: Index):
    assert index.entry(Kind.EPISODE, "modal") == Entry(
        kind=Kind.EPISODE,
        id="modal",
        path="episodes/modal.md",
        label="Modal usaha",
        status="published",
        date=datetime.fromisoformat("2026-07-02"),
        updated=None,
        parent="obrolan",
        starts=datetime.fromisoformat("2026-07-15T10:00"),
        broken=False,
    )
    assert index.entry(Kind.PERSON, "ratri").label == "Dra. Ratri Wulandari"
    assert index.entry(Kind.CONSULTATION, "pajak").parent == "modal"
    assert index.entry(Kind.ARTICLE, "modal") is None


def test_lists_are_newest_first_and_filtered(index: Index):
    assert ids(index) == ["rapat", "pajak", "modal", "panen", "ratri", "obrolan", "radio"]
    assert ids(index, kind=Kind.ARTICLE) == ["rapat", "panen"]
    assert ids(index, kind=Kind.ARTICLE, status=["draft", "review"]) == ["panen"]
    assert ids(index, parent="obrolan") == ["modal"]


def test_counts_and_labels(index: Index, content: Path):
    write(content, "people/adi.md", "name: adi\n---\n")
    write(content, "people/bagas.md", "name: Bagas\n---\n")
    index.refresh()
    assert list(index.labels(Kind.PERSON).items()) == [
        ("adi", "adi"),
        ("bagas", "Bagas"),
        ("ratri", "Dra. Ratri Wulandari"),
    ]
    assert index.counts()[Kind.ARTICLE, "draft"] == 1
    assert sum(index.counts().values()) == len(FILES) + 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("rapat", ["rapat"]),
        ("RÁPAT  anggota!", ["rapat"]),
        ("mus", ["panen"]),
        ("layanan", ["rapat"]),
        ("menyimpan", ["modal"]),
        ("dwi astuti", ["modal"]),
        ("dinas kop", ["modal"]),
        ("bu ratri", ["ratri"]),
        ("wulandari", ["ratri"]),
        ("usaha", ["modal", "rapat"]),
        ("rapat kopi", []),
        ("???", []),
        ('" OR * NEAR(', []),
        ("' ; DROP TABLE", []),
    ],
)
def test_search_finds_every_word_or_how_it_begins(index: Index, asked: str, found: list[str]):
    """The better a word stands in the record the earlier it comes: in the title before in the summary."""
    assert ids(index, search=asked) == found


def test_search_keeps_to_the_filters(index: Index):
    assert ids(index, kind=Kind.ARTICLE, search="usaha") == ["rapat"]
    assert ids(index, status=["draft"], search="usaha") == []


@given(search=st.text(max_size=30))
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_asked_is_an_error(index: Index, search: str):
    assert len(index.entries(search=search).entries) <= len(FILES)


@pytest.mark.parametrize("search", ["", "a"])
def test_pages_follow_each_other_without_gap_or_repeat(index: Index, content: Path, search: str):
    for number in range(11):
        write(content, f"articles/a{number}.md", f"title: A{number}\ndate: 2026-01-{number // 3 + 1:02}\n---\n")
    index.refresh()
    whole, seen, after = ids(index, search=search, limit=99), [], None
    while True:
        page = index.entries(search=search, limit=4, after=after)
        seen += [entry.id for entry in page.entries]
        after = page.next
        if after is None:
            break
    assert seen == whole


@pytest.mark.parametrize("after", ["x", "eyJhIjoxfQ==", "WzEsMl0=", "é"])
def test_a_cursor_that_is_none_is_told(index: Index, after: str):
    for search in ("", "rapat"):
        with pytest.raises(KentonganError, match="not there"):
            index.entries(search=search, after=after)


def test_a_broken_file_is_listed_by_its_name_and_found(index: Index, content: Path):
    write(content, "articles/rusak.md", "title: Judul\nstatus: draft\ndate: 2026-08-01\nwhat_is: this\n  :\n")
    write(content, "episodes/tanpa.md", "title: Tanpa acara\nstatus: draft\ndate: 2026-08-02\n---\nTeks unik\n")
    index.refresh()
    assert index.entry(Kind.ARTICLE, "rusak") == Entry(
        Kind.ARTICLE, "rusak", "articles/rusak.md", "rusak", "draft", None, None, None, None, broken=True
    )
    assert ids(index)[0] == "tanpa"
    assert index.entry(Kind.EPISODE, "tanpa").broken
    assert ids(index, search="unik") == ["tanpa"]


def test_what_cannot_be_read_is_an_entry_too(index: Index, content: Path):
    (content / "articles/biner.md").write_bytes(b"\xff\xfe\0")
    (content / "articles/putus.md").symlink_to("tidak-ada.md")
    (content / "articles/folder.md").mkdir()
    index.refresh()
    assert all(index.entry(Kind.ARTICLE, name).broken for name in ("biner", "putus", "folder"))


def test_only_the_changes_that_are_named_are_looked_at(index: Index, content: Path):
    write(content, "articles/rapat.md", "title: Rapat besar\ndate: 2026-07-03\n---\n")
    write(content, "articles/baru.md", "title: Baru\ndate: 2026-07-04\n---\n")
    (content / "people/ratri.md").unlink()
    index.refresh([])
    assert ids(index, kind=Kind.ARTICLE) == ["rapat", "panen"]
    index.refresh([Path("articles/rapat.md"), Path("people/ratri.md"), Path("../elsewhere"), Path("site.yml")])
    assert index.entry(Kind.ARTICLE, "rapat").label == "Rapat besar"
    assert index.entry(Kind.PERSON, "ratri") is None
    assert index.entry(Kind.ARTICLE, "baru") is None
    index.refresh([content / "articles"])
    assert index.entry(Kind.ARTICLE, "baru")
    assert ids(index, search="wulandari") == []


_STEPS = st.lists(
    st.tuples(st.sampled_from(["articles/a.md", "articles/b.md", "people/a.md"]), st.integers(0, 4), st.booleans()),
    max_size=8,
)


@given(steps=_STEPS)
@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_index_that_followed_equals_one_that_was_lost_and_filled_again(tmp_path_factory, database: Database, steps):
    content = tmp_path_factory.mktemp("content")
    index = Index(database, content)
    index.refresh()
    for path, version, is_named in steps:
        if version == 0:
            (content / path).unlink(missing_ok=True)
        else:
            write(content, path, f"title: T{version}\nname: N{version}\ndate: 2026-01-0{version}\n---\nkata{version}")
        index.refresh([content / path] if is_named else None)
    followed = _told(index)
    with database.session() as session:
        session.execute(delete(Row))
    index.refresh()
    assert followed == _told(index)


def _told(index: Index):
    return index.entries(limit=99), [index.entries(search=f"kata{version}", limit=99) for version in range(5)]


def test_several_refresh_at_once(tmp_path: Path, content: Path, database: Database, database_url):
    """Threads and processes; here each connects for itself."""
    with database.session() as session:
        session.execute(delete(Row))
    databases = [Database(tmp_path / "state", database_url) for _ in range(2)]
    indexes = [Index(database, content) for database in databases for _ in range(2)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda index: index.refresh(), indexes))
    assert all(sum(index.counts().values()) == len(FILES) for index in indexes)
    assert ids(indexes[0], search="usaha") == ["modal", "rapat"]
    for one in databases:
        one.close()


def test_a_file_that_was_replaced_within_one_tick_is_seen(index: Index, content: Path):
    path = content / "articles/rapat.md"
    was = path.stat()
    text = path.read_text().replace("Rapat anggota", "Rapat anggoto")
    path.write_text(text)
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns + 1))
    index.refresh()
    assert index.entry(Kind.ARTICLE, "rapat").label == "Rapat anggoto"
