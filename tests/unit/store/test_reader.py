"""Files are read again when they have changed, and only then; a cache of parsed files changes nothing."""

import os

import pytest

from kentongan.markup import Cache, Prose
from kentongan.model import Kind
from kentongan.store import Documents, Reader, Refused, files
from tests.offices import ROOT

OLD = 1_600_000_000


@pytest.fixture
def office(tmp_path):
    for name in "ab":
        write(tmp_path, name, name.upper())
    return tmp_path


def write(folder, name, title, when=OLD):
    path = folder / f"articles/{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\ntitle: {title}\ndate: 2020-01-01\n---\n\n*{title}*\n")
    os.utime(path, (when, when))
    return path


@pytest.fixture
def reader(office, monkeypatch):
    """A reader that notes which files it opens."""
    prose = Prose()
    reader = Reader(office, prose)
    reader.opened = []
    read = files.read_text

    def noted(path):
        reader.opened.append(path.name)
        return read(path)

    monkeypatch.setattr(files, "read_text", noted)
    yield reader
    prose.close()


def look(reader, changes=None):
    """The titles there are, and which files were opened for that."""
    reader.opened.clear()
    paths = [f"articles/{path.name}" for path in sorted((reader.content / "articles").glob("*.md"))]
    reader.look([(Kind.ARTICLE, path) for path in paths], changes)
    return [reader.read(path).record.title for path in paths], reader.opened


def test_an_unchanged_file_is_not_opened_again(reader, office):
    assert look(reader) == (["A", "B"], ["a.md", "b.md"])
    assert look(reader) == (["A", "B"], [])
    write(office, "b", "X", OLD + 1)
    assert look(reader) == (["A", "X"], ["b.md"])


def test_a_file_that_was_written_just_now_is_read_again_since_it_may_change_unseen(reader, office):
    (office / "articles/b.md").touch()
    look(reader)
    assert look(reader)[1] == ["b.md"]


def test_where_changes_are_given_nothing_else_is_looked_at(reader, office):
    look(reader)
    changed = write(office, "a", "X", OLD + 1)
    write(office, "b", "Y", OLD + 1)
    assert look(reader, [changed]) == (["X", "B"], ["a.md"])
    assert look(reader, [office / "articles"]) == (["X", "Y"], ["b.md"])


def test_a_new_file_is_read_and_one_that_is_gone_forgotten(reader, office):
    look(reader)
    write(office, "c", "C")
    (office / "articles/a.md").unlink()
    assert look(reader, []) == (["B", "C"], ["c.md"])
    with pytest.raises(KeyError):
        reader.read("articles/a.md")


def test_a_bad_file_is_refused_each_time_and_mended_when_it_is(reader, office):
    path = office / "articles/b.md"
    path.write_text("---\ntitle: [\n---\n")
    os.utime(path, (OLD, OLD))
    for _ in range(2):
        with pytest.raises(Refused):
            look(reader)
    write(office, "b", "X", OLD + 1)
    assert look(reader)[0] == ["A", "X"]


def test_documents_from_a_cache_are_those_that_parsing_gives(tmp_path):
    paths = sorted((ROOT / "content").rglob("*.md"))
    kinds = {"articles": Kind.ARTICLE, "pages": Kind.PAGE}
    texts = {str(path): (kinds.get(path.parent.name, Kind.EPISODE), path.read_text()) for path in paths}
    texts["legacy"] = (Kind.ARTICLE, "Title: Lama\nDate: 2020-01-01\nTags: a, b\n\nIsi\n")
    parsed = Documents().parse(texts)
    cache = Cache(tmp_path / "cache")
    assert Documents(cache).parse(texts) == parsed
    again = Documents(cache).parse(texts)
    assert len(cache.known(cache._asked)) == len(texts)
    for path, document in parsed.items():
        kept = again[path]
        assert (kept.data, dict(kept.lines), kept.body, kept.body_line) == (
            document.data,
            dict(document.lines),
            document.body,
            document.body_line,
        )
