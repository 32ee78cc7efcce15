"""The Atom feed of what is coming, read back by feedparser."""

from datetime import timedelta

import feedparser
from lxml import etree

from kentongan.feeds.coming import coming_feed, render_coming
from kentongan.schedule import broadcasts
from tests.unit import factories as made


def render(site):
    return render_coming(coming_feed(site, broadcasts(site), site.programs[0]))


def read(site):
    parsed = feedparser.parse(render(site))
    assert not parsed.bozo
    assert parsed.version == "atom10"
    return parsed


def talk(now=made.BEFORE, station=None, **episode):
    return made.site(made.program(), made.station(**station or {}), made.episode(**episode), now=now)


def test_the_feed_names_the_program_and_itself():
    feed = read(talk()).feed
    assert "Obrolan" in feed.title
    assert feed.author == "Koperasi Maju"
    assert {(link.rel, link.href, link.type) for link in feed.links} == {
        ("self", "https://koperasi.example/program/obrolan/akan-datang.xml", "application/atom+xml"),
        ("alternate", "https://koperasi.example/program/obrolan/", "text/html"),
    }


def test_an_entry_tells_when_and_where():
    fields = {"summary": "Ringkas.", "updated": "2020-07-21 07:30"}
    [entry] = read(talk(made.BEFORE - timedelta(hours=9), station={"zone": "WITA"}, **fields)).entries
    when, summary = entry.summary.split("\n")
    assert when.startswith("Rabu, 22 Juli 2020 pukul 10.00 WITA")
    assert when.endswith("Radio Desa")
    assert summary == "Ringkas."
    assert (entry.title, entry.published, entry.updated) == (
        "Koperasi Tangguh",
        "2020-07-20T08:00:00+07:00",
        "2020-07-21T07:30:00+07:00",
    )
    page = "https://koperasi.example/program/obrolan/tangguh/"
    assert [(link.rel, link.href, link.type) for link in entry.links] == [
        ("alternate", page, "text/html"),
        ("related", f"{page}acara.ics", "text/calendar"),
    ]


def test_an_unknown_end_is_said():
    known, unknown = (read(talk(broadcasts=[made.transmission(end=end)])) for end in ("2020-07-22 11:00", None))
    assert len(unknown.entries[0].summary.split("\n")) == len(known.entries[0].summary.split("\n")) + 1


def test_ids_are_those_of_broadcasts_and_survive_a_change_of_title_and_domain():
    both = [made.transmission(), made.transmission(id="ulang", start="2020-07-23 10:00", end=None)]
    records = made.program(), made.station(), made.episode(broadcasts=both)
    renamed = made.program(title="Lain"), made.station(), made.episode(broadcasts=both, title="Lain")
    here, there = read(made.site(*records)), read(made.site(*renamed, siteurl="https://baru.example"))
    ids = [entry.id for entry in here.entries]
    assert ids == [entry.id for entry in there.entries]
    assert here.feed.id == there.feed.id
    assert len({here.feed.id, *ids}) == 3
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_what_is_on_air_or_over_is_not_coming():
    assert [len(read(talk(now)).entries) for now in (made.BEFORE, made.DURING, made.AFTER)] == [1, 0, 0]


def test_a_cancelled_broadcast_stays_with_its_reason_until_it_would_be_over():
    cancelled = [read(talk(now, cancelled="Tamu sakit")).entries for now in (made.BEFORE, made.DURING, made.AFTER)]
    assert [len(entries) for entries in cancelled] == [1, 1, 0]
    assert "Tamu sakit" in cancelled[0][0].summary


def test_an_empty_feed_is_dated_by_what_it_was_about():
    parsed = read(talk(made.AFTER, updated="2020-07-21 07:30"))
    assert (parsed.entries, parsed.feed.updated) == ([], "2020-07-21T07:30:00+07:00")
    assert read(made.site(made.program())).feed.updated == "1970-01-01T00:00:00+00:00"


def test_soonest_first_and_of_this_program_alone():
    tomorrow = made.transmission(start="2020-07-23 10:00", end=None)
    site = made.site(
        made.program(),
        made.program(id="lain", title="Zzz", guid="g"),
        made.station(),
        made.episode(id="besok", title="B", guid="b", broadcasts=[tomorrow]),
        made.episode(id="kini", title="A", guid="a"),
        made.episode(id="asing", title="C", guid="c", program="lain"),
    )
    assert [entry.title for entry in read(site).entries] == ["A", "B"]


def test_bytes_change_with_the_state_alone():
    assert render(talk()) == render(talk(made.BEFORE - timedelta(hours=9)))


def test_hostile_text_is_carried_as_text(hostile, printable):
    site = made.site(
        made.program(title=hostile),
        made.station(name=hostile),
        made.episode(title=hostile, summary=hostile, cancelled=hostile),
        name=hostile,
    )
    title = etree.fromstring(render(site)).findtext("{*}entry/{*}title")
    assert title == printable
