"""What a program and its recordings say of themselves in the podcast namespace, and in Apple's."""

import json
from dataclasses import replace

import pytest
from lxml import etree

from kentongan.feeds.chapters import chapter_list, render_chapters
from kentongan.feeds.podcast import podcast_feed, render_podcast
from kentongan.model import Role
from kentongan.schedule import broadcasts
from kentongan.store.media import MediaFile
from tests.unit import factories as made

NAMESPACES = {
    "podcast": "https://podcastindex.org/namespace/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "atom": "http://www.w3.org/2005/Atom",
}
SLOT = {
    "id": "rabu",
    "station": "radio",
    "start": "2020-07-01 10:00",
    "duration": 60,
    "rule": "FREQ=WEEKLY;BYDAY=WE",
}


def channel_of(site):
    feed = podcast_feed(site, broadcasts(site), site.programs[0])
    return etree.fromstring(render_podcast(feed)).find("channel")


def talk(program=None, office=None, now=made.AFTER, **episode):
    episode = {"audio": made.audio()} | episode
    return made.site(
        made.program(**program or {}), made.station(), made.person(), made.episode(**episode), now=now, **office or {}
    )


def told(element, name):
    """Text and attributes of each element *name* below *element*."""
    return [((one.text or "").strip() or None, dict(one.attrib)) for one in element.findall(name, NAMESPACES)]


def file(path, media_type, **fields):
    return MediaFile(path, f"/{path}", "0" * 64, 123, media_type, **{"size": None} | fields)


@pytest.mark.parametrize(
    ("category", "nested"),
    [
        ("Business", ["Business"]),
        ("Non-Profit", ["Business", "Non-Profit"]),
        ("non-profit", ["Business", "Non-Profit"]),
        ("Bisnis", ["Business"]),
    ],
)
def test_a_subcategory_stands_below_its_category(category, nested):
    element, found = channel_of(talk(program={"category": category})), []
    while (element := element.find("itunes:category", NAMESPACES)) is not None:
        found.append(element.get("text"))
    assert found == nested


def test_a_guid_that_is_no_uuid_becomes_one_for_ever():
    first, again, other = (
        told(channel_of(talk(program={"guid": guid})), "podcast:guid") for guid in ("lama", "lama", "lain")
    )
    assert first == again != other


def test_a_season_has_its_name():
    program = {"seasons": [{"number": 2, "name": "Sesudah gempa"}]}
    named, unnamed = (channel_of(talk(program=program, season=number)).find("item") for number in (2, 3))
    assert told(named, "podcast:season") == [("2", {"name": "Sesudah gempa"})]
    assert told(unnamed, "podcast:season") == [("3", {})]


@pytest.mark.parametrize(
    ("license_", "expected"),
    [
        ("CC-BY-SA-4.0", [("cc-by-sa-4.0", {"url": "https://creativecommons.org/licenses/by-sa/4.0/"})]),
        ({"name": "Lisensi kita", "url": "https://a.example/l"}, [("Lisensi kita", {"url": "https://a.example/l"})]),
        ("Lisensi kita", []),
        (None, []),
    ],
)
def test_a_license_is_told_where_it_is_known_what_it_says(license_, expected):
    channel = channel_of(talk(program={"license": license_}, license=license_))
    assert told(channel, "podcast:license") == told(channel.find("item"), "podcast:license") == expected


def test_a_place_is_told_as_exactly_as_it_is_known():
    whole = {"name": "Sleman", "rel": "subject", "geo": "geo:-7.7,110.3", "osm": "R1", "country": "ID"}
    channel = channel_of(talk(program={"location": "Sleman"}, location=whole))
    assert told(channel, "podcast:location") == [("Sleman", {"rel": "creator"})]
    assert told(channel.find("item"), "podcast:location") == [(whole.pop("name"), whole)]


def test_an_episode_may_be_explicit_in_a_clean_program():
    channel = channel_of(talk(explicit="yes"))
    assert told(channel, "itunes:explicit") == [("false", {})]
    assert told(channel.find("item"), "itunes:explicit") == [("true", {})]


def test_a_serial_that_is_complete_says_both():
    channel = channel_of(talk(program={"serial": "yes", "complete": "yes"}))
    assert told(channel, "itunes:type") == [("serial", {})]
    assert told(channel, "itunes:complete") == [("yes", {})]
    [(words, attributes)] = told(channel, "podcast:updateFrequency")
    assert attributes == {"complete": "true"}
    assert words


def test_it_may_be_open_to_other_hosts():
    channel = channel_of(talk(program={"locked": "no"}, office={"contact": {"email": "a@koperasi.example"}}))
    assert told(channel, "podcast:locked") == [("no", {"owner": "a@koperasi.example"})]
    assert channel.findtext("itunes:owner/itunes:email", namespaces=NAMESPACES) == "a@koperasi.example"


def test_an_impossible_address_of_its_owner_is_left_out():
    channel = channel_of(talk(program={"owner": {"name": "Kantor", "email": "kantor kami"}}))
    assert channel.find("itunes:owner", NAMESPACES) is None
    assert told(channel, "podcast:locked") == [("yes", {})]


def test_a_trailer_is_told_of_the_channel_and_is_an_item():
    channel = channel_of(talk(episode_type="trailer", season=2))
    assert told(channel, "podcast:trailer") == [
        (
            "Koperasi Tangguh",
            {
                "url": "https://cdn.example/a.mp3",
                "pubdate": "Wed, 22 Jul 2020 10:00:00 +0700",
                "length": "1234",
                "type": "audio/mpeg",
                "season": "2",
            },
        )
    ]
    assert told(channel.find("item"), "itunes:episodeType") == [("trailer", {})]


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ([], []),
        (
            [SLOT],
            [
                (
                    "Setiap Rabu pukul 10.00 WIB",
                    {"rrule": "FREQ=WEEKLY;BYDAY=WE", "dtstart": "2020-07-01T10:00:00+07:00"},
                )
            ],
        ),
        ([SLOT | {"kind": "repeat"}], []),
        ([SLOT | {"until": "2020-07-08"}], []),
        (
            [SLOT, SLOT | {"id": "kamis", "start": "2020-07-02 10:00", "rule": "FREQ=WEEKLY;BYDAY=TH"}],
            [("Setiap Rabu pukul 10.00 WIB; Setiap Kamis pukul 10.00 WIB", {})],
        ),
    ],
)
def test_how_often_it_comes_is_what_its_slots_promise(slots, expected):
    assert told(channel_of(talk(program={"slots": slots})), "podcast:updateFrequency") == expected


@pytest.mark.parametrize(
    ("transcript", "expected"),
    [
        ({"file": "a.vtt"}, {"type": "text/vtt", "language": "id", "rel": "captions"}),
        ({"file": "a.srt", "language": "jv"}, {"type": "application/x-subrip", "language": "jv", "rel": "captions"}),
        ({"file": "a.pdf"}, None),
        ({"file": "hilang.vtt"}, None),
        (
            {"url": "https://a.example/t", "type": "application/srt"},
            {"type": "application/x-subrip", "rel": "captions"},
        ),
        ({"url": "https://a.example/t", "type": "text/html"}, {"type": "text/html"}),
    ],
)
def test_transcripts_are_told_in_the_types_that_podcasts_know(transcript, expected):
    site = talk(transcripts=[transcript])
    types = {"a.vtt": "text/vtt", "a.srt": "application/x-subrip", "a.pdf": "application/pdf"}
    channel = channel_of(replace(site, media={path: file(path, type_) for path, type_ in types.items()}))
    found = [attributes for _, attributes in told(channel.find("item"), "podcast:transcript")]
    url = transcript.get("url") or f"https://koperasi.example/media/{transcript['file'].replace('.', '.0000000000.')}"
    assert found == ([{"url": url, "language": "id"} | expected] if expected else [])


def test_smaller_versions_are_offered_beside_the_recording():
    small = {"url": "https://cdn.example/a.opus", "bytes": 99, "type": "audio/ogg", "bitrate": 24}
    item = channel_of(talk(audio=made.audio(renditions=[small]))).find("item")
    assert told(item, "podcast:alternateEnclosure") == [
        (None, {"type": "audio/mpeg", "length": "1234", "default": "true"}),
        (None, {"type": "audio/ogg", "length": "99", "bitrate": "24000", "title": "Hemat data"}),
    ]
    assert [one.get("uri") for one in item.iterfind(".//podcast:source", NAMESPACES)] == [
        "https://cdn.example/a.mp3",
        "https://cdn.example/a.opus",
    ]


CHAPTERS = [{"start": start, "title": title} for start, title in ((60, "Isi"), (0, "Salam"), (60, "Lagi"), (2760, "!"))]


def test_chapters_are_put_in_order_and_lie_within_the_recording():
    site = talk(chapters=CHAPTERS)
    written = json.loads(render_chapters(chapter_list(site, site.episodes[0])))
    assert written == {
        "version": "1.2.0",
        "title": "Koperasi Tangguh",
        "podcastName": "Obrolan",
        "chapters": [{"startTime": 0, "title": "Salam"}, {"startTime": 60, "title": "Isi"}],
    }


@pytest.mark.parametrize(("language", "name"), [("id", "bab.json"), ("en", "chapters.json")])
def test_the_feed_names_the_file_of_chapters_at_the_episodes_address(language, name):
    item = channel_of(talk(office={"language": language}, chapters=CHAPTERS)).find("item")
    url = f"https://koperasi.example/program/obrolan/tangguh/{name}"
    assert told(item, "podcast:chapters") == [(None, {"url": url, "type": "application/json+chapters"})]


@pytest.mark.parametrize("episode", [{}, {"audio": None, "chapters": CHAPTERS}])
def test_without_chapters_or_recording_there_is_no_such_file(episode):
    site = talk(**episode)
    assert chapter_list(site, site.episodes[0]) is None
    assert channel_of(site).find("item/podcast:chapters", NAMESPACES) is None


def test_a_portrait_is_told_where_it_may_be_shown():
    def portrait(path, media_type, consent):
        photo = {"src": path, "alt": "Wulan", "consent": consent}
        site = made.site(made.program(hosts=[made.credit(role="host")]), made.person(photo=photo))
        site = replace(site, media={path: file(path, media_type)})
        return told(channel_of(site), "podcast:person")[0][1].get("img")

    assert portrait("w.jpg", "image/jpeg", "yes") == "https://koperasi.example/media/w.0000000000.jpg"
    assert portrait("w.jpg", "image/jpeg", "no") is None
    assert portrait("w.svg", "image/svg+xml", "yes") is None


@pytest.mark.parametrize("role", Role)
def test_every_role_is_of_one_group_of_the_taxonomy(role):
    site = talk(credits=[made.credit(role=role.value.title())])
    [(_, attributes)] = told(channel_of(site).find("item"), "podcast:person")
    assert (attributes["role"], attributes["group"]) == (role.value, role.group)


def test_what_is_too_long_is_cut_with_a_mark():
    site = talk(
        program={"title": "t" * 200, "summary": "é" * 2000, "seasons": [{"number": 1, "name": "s" * 200}]},
        season=1,
        credits=[made.credit(name="n" * 200)],
    )
    channel = channel_of(site)
    assert channel.findtext("title") == "t" * 200
    assert len(channel.findtext("description").encode()) <= 4000
    assert told(channel.find("item"), "podcast:person")[0][0] == "n" * 127 + "…"
    assert told(channel.find("item"), "podcast:season")[0][1]["name"] == "s" * 127 + "…"


def test_the_picture_is_told_in_every_size():
    channel = channel_of(talk())
    images = [attributes for _, attributes in told(channel, "podcast:image")]
    assert [(one["width"], one["aspect-ratio"], one["type"]) for one in images] == [
        ("3000", "1/1", "image/jpeg"),
        ("1400", "1/1", "image/jpeg"),
    ]
    assert told(channel, "itunes:image") == [(None, {"href": images[0]["href"]})]
    assert told(channel.find("item"), "itunes:image") == []
