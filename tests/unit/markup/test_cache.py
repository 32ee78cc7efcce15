"""The cache of texts: what is not whole is not there, and nothing it does can spoil a build."""

import sqlite3

from kentongan.markup import Cache, Dialect, Prose
from kentongan.markup.cache import key_of

ONE, TWO = key_of("satu"), key_of("dua")


def test_what_is_kept_is_known_to_the_next_and_can_be_carried_elsewhere(tmp_path):
    Cache(tmp_path / "a").keep({ONE: "1"})
    (tmp_path / "a").rename(tmp_path / "b")
    assert Cache(tmp_path / "b").known([ONE, TWO]) == {ONE: "1"}


def test_a_value_that_was_damaged_is_not_there(tmp_path):
    Cache(tmp_path / "a").keep({ONE: "1", TWO: "2"})
    with sqlite3.connect(tmp_path / "a") as database:
        database.execute("UPDATE made SET value = 'x' WHERE key = ?", (ONE,))
    assert Cache(tmp_path / "a").known([ONE, TWO]) == {TWO: "2"}


def test_a_value_under_another_key_is_not_there(tmp_path):
    Cache(tmp_path / "a").keep({ONE: "1"})
    with sqlite3.connect(tmp_path / "a") as database:
        database.execute("UPDATE made SET key = ?", (TWO,))
    assert Cache(tmp_path / "a").known([TWO]) == {}


def test_a_file_that_is_no_cache_is_told_and_replaced(tmp_path, capsys):
    (tmp_path / "a").write_bytes(b"not a database at all" * 100)
    cache = Cache(tmp_path / "a")
    assert cache.known([ONE]) == {}
    assert str(tmp_path / "a") in capsys.readouterr().err
    cache.keep({ONE: "1"})
    assert cache.known([ONE]) == {ONE: "1"}


def test_a_folder_in_its_place_is_told_and_does_no_harm(tmp_path, capsys):
    (tmp_path / "a").mkdir()
    cache = Cache(tmp_path / "a")
    cache.keep({ONE: "1"})
    assert cache.known([ONE]) == {}
    assert "a" in capsys.readouterr().err


def test_what_nobody_asks_for_goes_in_the_end(tmp_path):
    cache = Cache(tmp_path / "a")
    cache.keep({key_of(str(number)): "x" for number in range(5000)})
    later = Cache(tmp_path / "a")
    assert later.known([key_of("1")]) == {key_of("1"): "x"}
    later.keep({ONE: "1"})
    assert later.known([key_of("1"), key_of("2"), ONE]) == {key_of("1"): "x", ONE: "1"}


def test_texts_are_rendered_once_and_by_their_own_dialect(tmp_path):
    cache = Cache(tmp_path / "a")
    first = Prose(cache=cache)
    assert first.html("*a*") == "<p><em>a</em></p>"
    first.close()
    second = Prose(cache=cache)
    assert second.render(["*a*", " "]) == {"*a*": "<p><em>a</em></p>", " ": ""}
    assert second._workers == []
    breaks = Prose(Dialect.of({"extensions": ["markdown.extensions.nl2br"]}), cache=cache)
    assert breaks.html("a\nb") == "<p>a<br>\nb</p>"
    breaks.close()


def test_many_texts_on_several_workers_come_back_each_as_its_own():
    prose = Prose(jobs=3)
    texts = [f"kata {number}" for number in range(300)]
    assert prose.render(texts) == {text: f"<p>{text}</p>" for text in texts}
    prose.close()
