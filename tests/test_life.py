"""One announcement's life: announced, live, aired, recorded; or moved; or cancelled.

At each step page, feeds, calendars, structured data, the day's list, the schedule and the API say the same, and its
guid, UID and address are what they were on the first day.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree import ElementTree

import icalendar
import pytest

from tests.offices import EPISODE, EPISODE_FILE, EPISODE_PAGE, MORNING, edit, kentongan, seed

GUID = "0b7a2c52-8f0a-4d6e-8a43-2f9f6f1f9d10"
UID = f"{GUID}-siaran"
ADDRESS = f"/program/warung-sebelah/{EPISODE}/"
PODCASTS = ("program/warung-sebelah/feed.xml", "program/feed.xml")
CALENDARS = (
    "jadwal.ics",
    "konsultasi.ics",
    "program/warung-sebelah/jadwal.ics",
    f"program/warung-sebelah/{EPISODE}/acara.ics",
    f"konsultasi/{EPISODE}/acara.ics",
)
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"

TEN, TWO = "2020-07-22T10:00+07:00", "2020-07-23T14:00+07:00"
LIVE, NOON, EVENING = "2020-07-22T09:59+07:00", "2020-07-22T12:00+07:00", "2020-07-22T19:00+07:00"
RECORDING = "audio:\n  url: https://cdn.example/tangguh.mp3\n  bytes: 1234567\n  duration: 2760\n"


@dataclass
class Told:
    """What everything that is published says of the episode at one step."""

    state: str
    """On its page and in the list of its program."""
    start: str = TEN
    podcast: str | None = "pending"
    """The status of its liveItem; ``None``: there is none."""
    recorded: bool = False
    coming: bool = True
    event: str = "CONFIRMED"
    sequence: int = 0
    day: list[tuple[str, str]] = field(default_factory=list)
    """Status and start of its program in ``jadwal.json``."""
    rows: list[str] = field(default_factory=list)
    """Its rows in the schedule."""
    status: str = "EventScheduled"
    is_live: bool | None = None


ANNOUNCED = Told("announced", day=[("announced", TEN)], rows=["announced"])
FLIPPED = Told(
    "announced", podcast="live", coming=False, sequence=599, day=[("live", TEN)], rows=["announced"], is_live=True
)
AIRED = Told("aired", podcast="ended", coming=False, sequence=720, day=[("aired", TEN)], rows=["aired"])
RECORDED = Told(
    "recorded", podcast=None, recorded=True, coming=False, sequence=1140, day=[("aired", TEN)], rows=["aired"]
)
CANCELLED = Told(
    "cancelled",
    podcast="ended",
    event="CANCELLED",
    sequence=480,
    day=[("cancelled", TEN)],
    rows=["cancelled"],
    status="EventCancelled",
)
MOVED = Told(
    "announced",
    start=TWO,
    sequence=480,
    day=[("moved", TEN), ("announced", TWO)],
    rows=["moved", "announced"],
    status="EventRescheduled",
)


@pytest.fixture
def office(tmp_path):
    return seed(tmp_path)


def step(office, old, new, saved):
    """What an editor does: changes the episode's file, which is then dated."""
    path = office / EPISODE_FILE
    text = re.sub(r"^updated: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(
        text.replace("credits:\n", f"updated: {saved[:10]} {saved[11:16]}\ncredits:\n", 1), encoding="utf-8"
    )
    edit(path, old, new)


def published(office, now):
    done = kentongan(office, "build", "--now", now)
    assert done.returncode == 0, done.stderr
    output = office / "output"
    return lambda name: (output / name).read_text(encoding="utf-8")


def told(read):
    """Reads everything back; whatever speaks of the episode in more than one place must say one thing."""
    page, record = read(EPISODE_PAGE), json.loads(read(f"data/v1/episodes/{EPISODE}.json"))["data"]
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    [broadcast] = data["publication"]
    live, items = podcasts(read)
    events = [event for name in CALENDARS for event in icalendar.Calendar.from_ical(read(name)).events]
    [event] = {event.to_ical() for event in events}
    event = icalendar.Event.from_ical(event)
    entries = ElementTree.fromstring(read("program/warung-sebelah/akan-datang.xml")).findall(f"{ATOM}entry")
    assert {data["identifier"], record["guid"], *live, *items} == {GUID}
    assert {broadcast["identifier"], str(event["uid"])} == {UID}
    assert {path(data["url"]), path(record["url"]), path(str(event["url"]))} == {ADDRESS}
    assert {path(link.get("href")) for entry in entries for link in entry[-2:] if "html" in link.get("type")} <= {
        ADDRESS
    }
    starts = {broadcast["startDate"], minute(event["dtstart"].dt.isoformat())}
    [start] = starts
    return Told(
        state=listed(page),
        start=start,
        podcast=live.get(GUID),
        recorded=bool(items),
        coming=bool(entries),
        event=str(event["status"]),
        sequence=event["sequence"],
        day=of_the_day(read),
        rows=re.findall(r'<li class="slot (\w+)"', read("jadwal/2020-W30/index.html")),
        status=broadcast["eventStatus"].rpartition("/")[2],
        is_live=broadcast.get("isLiveBroadcast"),
    )


def path(url):
    return url.removeprefix("http://localhost:8000")


def minute(iso):
    return f"{iso[:16]}{iso[-6:]}"


def listed(page):
    """The state that the page's own words tell."""
    words = {"Batal": "cancelled", "<audio": "recorded", "tidak diumumkan": "aired", "belum diumumkan": "announced"}
    return next(state for word, state in words.items() if word in page)


def podcasts(read):
    """The liveItems (guid -> status) and items (guids) of both feeds, which must agree."""
    found = []
    for name in PODCASTS:
        channel = ElementTree.fromstring(read(name)).find("channel")
        live = {item.findtext("guid"): item.get("status") for item in channel.findall(f"{PODCAST}liveItem")}
        found.append((live, [item.findtext("guid") for item in channel.findall("item")]))
    assert found[0] == found[1]
    return found[0]


def of_the_day(read):
    zone = datetime.fromisoformat(TEN).tzinfo
    return [
        (one["status"], datetime.fromisoformat(one["start"]).astimezone(zone).isoformat(timespec="minutes"))
        for one in json.loads(read("jadwal.json"))["broadcasts"]
    ]


def test_announced_live_aired_recorded(office):
    assert told(published(office, MORNING)) == ANNOUNCED
    step(office, "credits:\n", "on_air: yes\ncredits:\n", LIVE)
    assert told(published(office, LIVE)) == FLIPPED
    step(office, "on_air: yes\n", "", "2020-07-22T12:00")
    assert told(published(office, NOON)) == AIRED
    step(office, "credits:\n", f"{RECORDING}credits:\n", EVENING)
    assert told(published(office, EVENING)) == RECORDED


def test_cancelled(office):
    assert told(published(office, MORNING)) == ANNOUNCED
    step(office, "credits:\n", "cancelled: Narasumber sakit.\ncredits:\n", MORNING)
    read = published(office, "2020-07-22T08:01+07:00")
    assert told(read) == CANCELLED
    for name in (EPISODE_PAGE, f"konsultasi/{EPISODE}/index.html", "jadwal/2020-W30/index.html", *PODCASTS):
        assert "Narasumber sakit." in read(name), name


def test_moved(office):
    assert told(published(office, MORNING)) == ANNOUNCED
    move = "start: 2020-07-23 14:00\n    moved_from: 2020-07-22 10:00\n    reason: Studio dipakai.\n"
    step(office, "start: 2020-07-22 10:00\n", move, MORNING)
    read = published(office, "2020-07-22T08:01+07:00")
    assert told(read) == MOVED
    for name in (EPISODE_PAGE, "jadwal/2020-W30/index.html", "jadwal.json", *PODCASTS):
        assert "Studio dipakai." in read(name), name
    assert "Kamis, 23 Juli 2020 pukul 14.00 WIB" in read(f"konsultasi/{EPISODE}/index.html")
