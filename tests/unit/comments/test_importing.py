"""Exports of other systems, taken over with what they had decided."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select

from kentongan.comments.importing import read_disqus, read_isso, take_over
from kentongan.comments.moderation import public
from kentongan.comments.tables import Comment, Reader, Source, State
from kentongan.errors import KentonganError

PAGES = {"/berita/kabar/": "articles/kabar"}

DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><link>https://lama.example/berita/kabar/</link></thread>
<thread dsq:id="2"><link>https://lama.example/hilang/</link></thread>
<post dsq:id="11"><message><![CDATA[<p>Halo <a href="javascript:alert(1)">klik</a>
 <a href="https://baik.example">baca</a></p>]]></message><createdAt>2019-05-01T10:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Tini</name><email>tini@contoh.example</email></author><thread dsq:id="1"/></post>
<post dsq:id="12"><message>Setuju</message><createdAt>2019-05-01T11:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Budi</name></author><thread dsq:id="1"/>
<parent dsq:id="11"/></post>
<post dsq:id="13"><message>slot gacor</message><createdAt>2019-05-01T12:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>true</isSpam><author><name>X</name></author><thread dsq:id="1"/></post>
<post dsq:id="14"><message>di halaman lain</message><createdAt>2019-05-01T12:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Y</name></author><thread dsq:id="2"/></post>
</disqus>"""


def kept(hand):
    with hand.comments.database.reading() as session:
        return list(session.scalars(select(Comment).order_by(Comment.id)))


def test_disqus_keeps_states_and_answers_and_drops_unsafe_links(hand, tmp_path):
    (tmp_path / "disqus.xml").write_text(DISQUS)
    done = take_over(hand.comments, Source.DISQUS, read_disqus(tmp_path / "disqus.xml"), PAGES.get)
    assert (done.new, done.known, done.lost) == (3, 0, ("/hilang/",))
    first, answer, spam = kept(hand)
    assert first.text == "Halo klik\n [baca](https://baik.example)"
    assert (answer.parent_id, spam.state) == (first.id, "spam")
    assert [one.name for one in public(hand.comments, None).threads["articles/kabar"]] == ["Tini", "Budi"]
    with hand.comments.database.reading() as session:
        assert session.scalars(select(Reader)).all() == []


def test_taking_over_twice_keeps_one(hand, tmp_path):
    (tmp_path / "disqus.xml").write_text(DISQUS)
    for new, known in ((3, 0), (0, 3)):
        done = take_over(hand.comments, Source.DISQUS, read_disqus(tmp_path / "disqus.xml"), PAGES.get)
        assert (done.new, done.known) == (new, known)


BOMB = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><disqus xmlns="http://disqus.com">&c;</disqus>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><disqus xmlns="http://disqus.com">&b;</disqus>'


@pytest.mark.parametrize("text", ["", "bukan xml", "<disqus", BOMB, OUTSIDE])
def test_hostile_exports_of_disqus_are_refused_in_words(hand, tmp_path, text):
    (tmp_path / "disqus.xml").write_text(text)
    with pytest.raises(KentonganError):
        list(read_disqus(tmp_path / "disqus.xml"))


@pytest.mark.parametrize("read", [read_disqus, read_isso])
def test_an_export_that_is_not_there_is_told_as_that(tmp_path, read):
    with pytest.raises(KentonganError, match="is no export that can be read"):
        list(read(tmp_path / "tidak-ada"))


def test_isso_is_read_from_its_database(hand, tmp_path):
    with closing(sqlite3.connect(tmp_path / "isso.db")) as isso:
        isso.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri TEXT, title TEXT)")
        isso.execute("CREATE TABLE comments (tid, id, parent, created, mode, author, email, remote_addr, text)")
        isso.execute("INSERT INTO threads VALUES (1, '/berita/kabar/', 'Kabar')")
        rows = [(1, 1, None, 1556704800.5, 1, "Tini", "t@c.example", "1.2.3.4", "Halo"),
                (1, 2, 1, 1556704900.0, 2, None, None, "1.2.3.5", "Menunggu"),
                (1, 3, None, "kemarin", 1, "Udin", None, "1.2.3.6", "Tanpa waktu"),
                (1, 4, None, 1e300, 1, "Edi", None, "1.2.3.6", "Di luar waktu")]  # fmt: skip
        isso.executemany("INSERT INTO comments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        isso.commit()
    take_over(hand.comments, Source.ISSO, read_isso(tmp_path / "isso.db"), PAGES.get)
    assert [(one.name, one.state, one.parent_id) for one in kept(hand)] == [
        ("Udin", "approved", None),
        ("Edi", "approved", None),
        ("Tini", "approved", None),
        ("–", "pending", 3),
    ]


def test_what_was_written_elsewhere_long_ago_stands_before_what_was_written_here(hand, tmp_path):
    hand.moderation.decide([hand.write().id], State.APPROVED, "ratri")
    (tmp_path / "disqus.xml").write_text(DISQUS)
    take_over(hand.comments, Source.DISQUS, read_disqus(tmp_path / "disqus.xml"), PAGES.get)
    assert [one.name for one in public(hand.comments, None).threads["articles/kabar"]] == ["Tini", "Budi", "Bu Ratmi"]


def test_a_file_that_is_no_isso_is_refused_in_words(tmp_path):
    (tmp_path / "isso.db").write_bytes(b"not a database, and long enough to look like one" * 9)
    with pytest.raises(KentonganError):
        list(read_isso(tmp_path / "isso.db"))
