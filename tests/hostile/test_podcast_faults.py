"""Everything that Apple, PSP-1 and Podcasting 2.0 would refuse: a fault in a sound office is a finding at its line.

A fault of form holds the file back; one that only apps would stumble over does not, and the feed stays sound.
"""

import json
import shutil
from datetime import datetime

import feedparser
import pytest
from PIL import Image

from kentongan.feeds.podcast import podcast_feed, render_podcast
from kentongan.markup import Prose
from kentongan.schedule import broadcasts
from kentongan.site import assemble
from kentongan.store import load
from tests.offices import ROOT, kentongan, write

NOW = datetime.fromisoformat("2026-11-24T10:00+07:00")
PROGRAM, EPISODE, SECOND = "programs/obrolan.md", "episodes/kas.md", "episodes/utang.md"
FILES = {
    "site.yml": "name: Kantor\nzone: WIB\ncontact:\n  email: halo@kantor.example\nhub: https://hub.example/\n",
    "stations/radio.md": "---\nname: Radio Desa\nzone: WIB\n---\n",
    "people/tini.md": "---\nname: Tini\n---\n",
    PROGRAM: """---
title: Obrolan
guid: 9b024349-ccf0-4f69-a609-6b82873eab3c
summary: Tentang koperasi.
language: id
stations: [radio]
hosts:
  - person: tini
    role: host
category: Non-Profit
explicit: no
seasons:
  - number: 1
    name: Musim pertama
  - number: 2
    name: Musim kedua
license: CC-BY-SA-4.0
location:
  name: Sleman
  geo: geo:-7.7,110.3
  osm: R123
  country: ID
owner:
  name: Kantor
  email: radio@kantor.example
artwork:
  src: sampul.png
  alt: Ceret.
slots:
  - id: rabu
    station: radio
    start: 2026-01-07 10:00
    duration: 60
    rule: FREQ=WEEKLY;BYDAY=WE
---
""",
    EPISODE: """---
title: Kas kecil
program: obrolan
guid: guid-kas
date: 2026-11-01 08:00
season: 1
number: 1
episode_type: full
summary: Uang laci.
broadcasts:
  - id: siaran
    station: radio
    start: 2026-11-04 10:00
    end: 2026-11-04 11:00
credits:
  - person: tini
    role: guest
    name: Tini, S.E.
audio:
  url: https://cdn.example/kas.mp3
  bytes: 1000000
  type: audio/mpeg
  duration: 1800
  renditions:
    - url: https://cdn.example/kas.opus
      bytes: 300000
      type: audio/ogg
transcripts:
  - file: kas.vtt
    type: text/vtt
    language: id
chapters:
  - start: 0
    title: Salam
  - start: 10:00
    title: Isi
  - start: 20:00
    title: Penutup
---
""",
    SECOND: """---
title: Utang
program: obrolan
guid: guid-utang
date: 2026-11-02 08:00
season: 1
number: 2
audio:
  file: utang.mp3
---
""",
    "media/kas.vtt": "WEBVTT\n\n00:00.000 --> 00:05.000\nSelamat pagi.\n",
    "media/kosong.vtt": "WEBVTT\n",
    "media/naskah.pdf": "%PDF-1.4\n",
}
LONG = "a" * 300
NAME = "b" * 130
TWICE = "url: https://cdn.example/kas.mp3\n  bytes: 1000000"
FAULTS = {
    # the program
    "title too long": (PROGRAM, "title: Obrolan", f"title: {LONG}", "too-long"),
    "HTML in the title": (PROGRAM, "title: Obrolan", "title: Obrolan <b>kita</b>", "podcast-html"),
    "entity in the title": (PROGRAM, "title: Obrolan", "title: Obrolan &amp; kita", "podcast-html"),
    "summary too long": (PROGRAM, "summary: Tentang koperasi.", f"summary: {'語' * 1400}", "podcast-too-long"),
    "guid is no UUID": (PROGRAM, "guid: 9b024349-ccf0-4f69-a609-6b82873eab3c", "guid: obrolan", "podcast-guid"),
    "unknown category": (PROGRAM, "category: Non-Profit", "category: Bisnis", "podcast-category"),
    "no such language": (PROGRAM, "language: id", "language: xx", "podcast-language"),
    "malformed language": (PROGRAM, "language: id", "language: Bahasa Indonesia", "language"),
    "explicit neither yes nor no": (PROGRAM, "explicit: no", "explicit: clean", "flag"),
    "owner without e-mail": (PROGRAM, "  email: radio@kantor.example\n", "", "podcast-owner", "owner:"),
    "e-mail address": (PROGRAM, "email: radio@kantor.example", "email: radio di kantor", "podcast-email"),
    "no artwork": (PROGRAM, "artwork:\n  src: sampul.png\n  alt: Ceret.\n", "", "podcast-artwork", None),
    "artwork that is not there": (PROGRAM, "src: sampul.png", "src: sampel.png", "no-media"),
    "artwork too small": (PROGRAM, "src: sampul.png", "src: kecil.png", "podcast-artwork-size"),
    "artwork of a kind": (PROGRAM, "src: sampul.png", "src: sampul.gif", "podcast-artwork-type"),
    "host with a wrong role": (PROGRAM, "role: host", "role: hots", "choice"),
    "season twice": (PROGRAM, "number: 2", "number: 1", "season-number", None),
    "name of a season too long": (PROGRAM, "name: Musim kedua", f"name: {NAME}", "podcast-too-long"),
    "license unknown": (PROGRAM, "license: CC-BY-SA-4.0", "license: lisensi-kami", "podcast-license"),
    "place off the map": (PROGRAM, "geo: geo:-7.7,110.3", "geo: -7.7 110.3", "geo"),
    "not of OpenStreetMap": (PROGRAM, "osm: R123", "osm: Sleman", "osm"),
    "country in words": (PROGRAM, "country: ID", "country: Indonesia", "country"),
    "name of a place too long": (PROGRAM, "name: Sleman", f"name: {NAME}", "podcast-too-long", "location:"),
    "rule that never comes round": (PROGRAM, "rule: FREQ=WEEKLY", "rule: FREQ=WEEKLY;INTERVAL=0", "recurrence"),
    "start that the rule does not hit": (PROGRAM, "start: 2026-01-07", "start: 2026-01-08", "recurrence-start", "- id"),
    # the episode
    "number in the title": (EPISODE, "title: Kas kecil", "title: 'Episode 12: kas kecil'", "podcast-title"),
    "program in the title": (EPISODE, "title: Kas kecil", "title: 'Obrolan: kas kecil'", "podcast-title"),
    "HTML in the summary": (EPISODE, "summary: Uang laci.", "summary: <p>Uang laci.</p>", "podcast-html"),
    "guid twice": (SECOND, "guid: guid-utang", "guid: guid-kas", "same-guid"),
    "number twice in a season": (SECOND, "number: 2", "number: 1", "podcast-same-number"),
    "number zero": (EPISODE, "number: 1", "number: 0", "greater_than"),
    "unknown type": (EPISODE, "episode_type: full", "episode_type: teaser", "choice"),
    "end before start": (EPISODE, "end: 2026-11-04 11:00", "end: 2026-11-04 09:00", "broadcast-end", "- id"),
    "guest with a wrong role": (EPISODE, "role: guest", "role: tamu", "choice"),
    "name of a guest too long": (EPISODE, "name: Tini, S.E.", f"name: {NAME}", "podcast-too-long"),
    # its recording
    "relative enclosure": (EPISODE, "url: https://cdn.example/kas.mp3", "url: /rekaman/kas.mp3", "address"),
    "enclosure by plain http": (EPISODE, "url: https://cdn.", "url: http://cdn.", "podcast-https"),
    "no bytes": (EPISODE, "bytes: 1000000", "bytes: 0", "greater_than"),
    "bytes missing": (EPISODE, "  bytes: 1000000\n", "", "audio-bytes", "audio:"),
    "bytes that are not its own": (SECOND, "  file:", "  bytes: 99\n  file:", "podcast-bytes", "bytes: 99"),
    "type that is not its own": (SECOND, "  file:", "  type: audio/mp4\n  file:", "podcast-type", "type: a"),
    "type Apple does not play": (EPISODE, "type: audio/mpeg", "type: audio/flac", "podcast-enclosure-type"),
    "ending of another type": (EPISODE, "kas.mp3", "kas.m4a", "podcast-enclosure-ending"),
    "no ending": (EPISODE, "kas.mp3", "unduh?id=7", "podcast-enclosure-ending"),
    "one recording twice": (SECOND, "file: utang.mp3", TWICE, "podcast-same-audio", "audio:"),
    "larger rendition": (EPISODE, "bytes: 300000", "bytes: 3000000", "podcast-rendition", "- url"),
    "length in words": (EPISODE, "duration: 1800", "duration: setengah jam", "duration"),
    "chapters out of order": (EPISODE, "start: 20:00", "start: 05:00", "podcast-chapter-order"),
    "chapter past the end": (EPISODE, "start: 20:00", "start: 30:00", "podcast-chapter-end"),
    "type of a transcript": (EPISODE, "type: text/vtt", "type: text/plain", "podcast-type"),
    "transcript as PDF": (EPISODE, "file: kas.vtt\n    type: text/vtt", "file: naskah.pdf", "podcast-transcript-type"),
    "transcript without captions": (EPISODE, "file: kas.vtt", "file: kosong.vtt", "no-captions"),
    # the office
    "relative hub": ("site.yml", "hub: https://hub.example/", "hub: hub.example", "address"),
}  # fmt: skip


@pytest.fixture(scope="module")
def prose():
    prose = Prose()
    yield prose
    prose.close()


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    office = write(tmp_path_factory.mktemp("office"), {f"content/{name}": text for name, text in FILES.items()})
    shutil.copy(ROOT / "content/media/audio/kas-kecil.mp3", office / "content/media/utang.mp3")
    for name, side in (("sampul.png", 1400), ("kecil.png", 900), ("sampul.gif", 1400)):
        Image.new("L", (side, side)).save(office / "content/media" / name)
    return office / "content"


@pytest.fixture
def seeded(content):
    """Writes one fault into *content*, and the sound text back afterwards."""
    changed = []

    def seed(name, old, new):
        text = FILES[name].replace(old, new, 1)
        assert text != FILES[name]
        (content / name).write_text(text)
        changed.append(name)
        return text

    yield seed
    for name in changed:
        (content / name).write_text(FILES[name])


def site_of(content, prose):
    return assemble(load(content, prose), "https://kantor.example", NOW)


def line_of(text, words):
    return text[: text.index(words)].count("\n") + 1


def test_the_sound_office_has_no_finding(content, prose):
    assert [finding.told("en") for finding in site_of(content, prose).findings] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_at_its_line_and_the_feed_stays_sound(content, prose, seeded, fault):
    name, old, new, rule, *at = FAULTS[fault]
    text = seeded(name, old, new)
    site = site_of(content, prose)
    first = at[0] if at else new.split("\n")[0]
    line = line_of(text, first) if first else None
    assert (name, line, rule) in [(one.path, one.line, one.rule) for one in site.findings]
    for program in site.programs:
        feed = feedparser.parse(render_podcast(podcast_feed(site, broadcasts(site), program)))
        assert not feed.bozo
        assert feed.feed.image.href.endswith(".jpg")


@pytest.mark.parametrize("fault", [name for name, fault in FAULTS.items() if fault[3].startswith("podcast-")])
def test_no_listener_loses_an_episode_for_what_apps_only_stumble_over(content, prose, seeded, fault):
    seeded(*FAULTS[fault][:3])
    site = site_of(content, prose)
    [program] = site.programs
    assert len(podcast_feed(site, broadcasts(site), program).items) == 2


@pytest.mark.parametrize("fault", [name for name, fault in FAULTS.items() if fault[3].startswith("podcast-")])
def test_each_of_them_names_whose_rule_it_is(content, prose, seeded, fault):
    seeded(*FAULTS[fault][:3])
    [finding] = [one for one in site_of(content, prose).findings if one.rule == FAULTS[fault][3]]
    assert any(whose in finding.message.told("en") for whose in ("Apple", "PSP-1", "Podcasting 2.0", "Podcast apps"))


def test_the_command_tells_them(content, seeded):
    names = ("unknown category", "no such language", "e-mail address")
    text = FILES[PROGRAM]
    for name in names:
        _, old, new, _ = FAULTS[name]
        text = text.replace(old, new, 1)
    seeded(PROGRAM, FILES[PROGRAM], text)
    done = kentongan(content.parent, "check", "--json")
    assert done.returncode == 1
    told = {(one["rule"], one["line"]) for one in json.loads(done.stdout)}
    assert told == {(FAULTS[name][3], line_of(text, FAULTS[name][2])) for name in names}
