"""From "Terbitkan" to what readers see, in an office of 10,000 articles; and what its pages of the admin cost."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import httpx2 as httpx

from bench.corpus import NOW, write_office
from bench.resident import serving
from kentongan.accounts import Accounts
from kentongan.actions.newcomers import NEW
from kentongan.database import Database
from tests.offices import commit

ARTICLES, ROUNDS = 10_000, 10
VISIBLE_SECONDS = 2.0
"""From the press of the button until the last of the places has it, usually."""
PAGE_SECONDS = 0.5
"""For any page of the admin, usually."""

_PAGES = {
    "home": "/admin/",
    "list": "/admin/isi/articles/",
    "search": "/admin/isi/articles/?cari=koperasi+panen",
    "form of news": "/admin/isi/articles/kabar-5000",
    "form of a talk": "/admin/isi/episodes/obrolan-500",
    "history": "/admin/isi/articles/kabar-5000/riwayat",
    "preview": "/admin/isi/articles/kabar-5000/lihat",
    "the page in it": "/admin/isi/articles/kabar-5000/halaman",
}
_OURS = ("draft", "answer")
"""What readers do not see: how long drafting takes, and the answer to the button, which waits for the whole build."""
_PATIENCE = 60.0
_TODAY = f"{NOW:%Y-%m-%dT%H:%M}"


def prove() -> dict[str, Any]:
    """Publishes talks and news one after another.

    :raises AssertionError: when they are seen too late, or a page takes too long.
    """
    with tempfile.TemporaryDirectory() as name, _office(Path(name)) as browser:
        talks = [_published(browser, *_talk(number)) for number in range(ROUNDS)]
        news = [_published(browser, *_news(number)) for number in range(ROUNDS)]
        pages = {name: _seconds(lambda address=address: browser.get(address)) for name, address in _PAGES.items()}
    facts = {"articles": ARTICLES, "talks": _told(talks), "news": _told(news), "pages": pages}
    slowest = [max(seen for name, seen in one.items() if name not in _OURS) for one in (*talks, *news)]
    assert median(slowest) < VISIBLE_SECONDS, facts
    assert max(pages.values()) < PAGE_SECONDS, facts
    return facts


@contextmanager
def _office(folder: Path) -> Iterator[httpx.Client]:
    """A browser in which the owner of the office is logged in."""
    write_office(folder, ARTICLES)
    commit(folder)
    command = (sys.executable, "-m", "kentongan", "serve", "--port", "{port}")
    with serving(command, folder, "/healthz", {"KENTONGAN_NOW": NOW.isoformat()}) as (port, _):
        address = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=address, headers={"origin": address}, timeout=_PATIENCE) as browser:
            with closing(Database(folder / "var")) as database:
                link = Accounts(database).owner_link()
            given = {"login": "ratri", "name": "Ratri", "password": "kuda besi makan pelangi"}
            assert browser.post(f"/admin/tautan/{link}", data=given).status_code == 303
            yield browser


def _talk(number: int) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
    """Folder, answers, and where readers see it."""
    title, day = f"Tanda bukti {number} baru", number + 2
    answers = {
        "title": title,
        "date": _TODAY,
        "program": "acara-1",
        "broadcasts.0.was": "-",
        "broadcasts.0.station": "radio-contoh",
        "broadcasts.0.start": f"2026-07-{day:02}T10:00",
        "credits.0.was": "-",
        "credits.0.person": NEW,
        "credits.0.name": f"Tamu Ke {number}, S.E.",
    }
    page = f"/program/acara-1/tanda-bukti-{number}-baru/"
    places = {"page": page, "schedule": "/jadwal.json", "calendar": "/jadwal.ics"}
    return "episodes", answers, {**places, "feed": "/program/acara-1/akan-datang.xml"}


def _news(number: int) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
    title = f"Kabar bukti {number} baru"
    answers = {"title": title, "date": _TODAY, "body": "Satu kalimat.\n\nLalu satu lagi.", "category": "Usaha"}
    places = {"page": f"/berita/kabar-bukti-{number}-baru/", "list": "/berita/", "feed": "/feed.xml"}
    return "articles", answers, places


def _published(
    browser: httpx.Client, folder: str, answers: Mapping[str, str], places: Mapping[str, str]
) -> dict[str, float]:
    """Seconds of drafting it and of each place until readers see it there, from the press of the button."""
    new = browser.get(f"/admin/isi/{folder}/baru").headers["location"]
    began = time.perf_counter()
    form = browser.post(new, data={**answers, "do": "lihat"})
    drafted = time.perf_counter() - began
    assert form.status_code == 303, form.status_code
    began = time.perf_counter()
    with ThreadPoolExecutor() as pool:  # readers need not wait for the answer to whoever pressed the button
        pressed = pool.submit(_answered, browser, form.headers["location"])
        watched = {name: pool.submit(_seen, browser, place, answers["title"]) for name, place in places.items()}
        answered = pressed.result() - began
        seen = {name: found.result() - began for name, found in watched.items()}
    return {"draft": drafted, "answer": answered, **seen}


def _answered(browser: httpx.Client, address: str) -> float:
    """Presses the button; when an answer came."""
    assert browser.post(address, data={"do": "terbit"}).status_code == 303
    return time.perf_counter()


def _seen(browser: httpx.Client, place: str, title: str) -> float:
    """When *title* is there."""
    deadline = time.perf_counter() + _PATIENCE
    while title not in browser.get(place).text:
        assert time.perf_counter() < deadline, place
        time.sleep(0.05)
    return time.perf_counter()


def _seconds(do: Callable[[], httpx.Response]) -> float:
    """What it takes usually."""
    spent = []
    for _ in range(5):
        began = time.perf_counter()
        answer = do()
        spent.append(time.perf_counter() - began)
        assert answer.status_code == 200, answer.status_code
    return round(median(spent), 3)


def _told(rounds: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Median and worst of each."""
    return {
        name: {"median": round(median(spent), 3), "worst": round(max(spent), 3)}
        for name in rounds[0]
        for spent in [[one[name] for one in rounds]]
    }
