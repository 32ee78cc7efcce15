"""The builder process: one per workplace, shared by its clients, gone when nobody needs it."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from kentongan.build.client import Builder
from kentongan.build.workplace import Workplace, open_locked
from kentongan.errors import KentonganError
from tests.offices import EPISODE, EPISODE_FILE, MORNING, edit, run, seed, write

NOW = datetime.fromisoformat(MORNING)
EDITED = {
    f"program/warung-sebelah/{EPISODE}/index.html",
    "program/warung-sebelah/index.html",
    "jadwal/index.html",
    "jadwal/2020-W30/index.html",
    "index.html",
    "program/warung-sebelah/jadwal.ics",
    "program/warung-sebelah/akan-datang.xml",
    "program/warung-sebelah/feed.xml",
    "jadwal.ics",
    "jadwal.json",
}
"""Where readers meet an episode's title."""


@pytest.fixture
def office(tmp_path):
    return seed(tmp_path)


def place_of(office):
    return Workplace.of(office / "content", office / "pelicanconf.py", office / "output", office / "var")


def test_a_new_title_reaches_page_program_schedule_feeds_and_calendars(office):
    with Builder(place_of(office)) as builder:
        builder.build(NOW)
        edit(office / EPISODE_FILE, "title: Koperasi Tangguh", "title: Koperasi Kuat")
        report = builder.build(NOW)
    assert set(report.outcome.written) >= EDITED
    for name in EDITED:
        assert "Koperasi Kuat" in (office / "output" / name).read_text().replace("\r\n ", "")
    untouched = {
        "narasumber/index.html",
        "stasiun/radio-trijaya-fm.html",
        "feed.xml",
        "404.html",
        "langganan/index.html",
    }
    assert not untouched & set(report.outcome.written)


def test_a_report_says_when_the_site_changes_by_itself(office):
    with Builder(place_of(office)) as builder:
        assert builder.build(NOW).next_change == datetime.fromisoformat("2020-07-22T10:00+07:00")


def test_a_preview_is_the_real_page_of_an_unsaved_text(office):
    text = (office / EPISODE_FILE).read_text()
    with Builder(place_of(office)) as builder:
        builder.build(NOW)
        page = builder.preview({f"episodes/{EPISODE}.md": text}, NOW)
        assert page == (office / "output/program/warung-sebelah" / EPISODE / "index.html").read_text()
        draft = text.replace("title: Koperasi", "title: Belum Koperasi").replace("date:", "status: draft\ndate:")
        assert "Belum Koperasi" in builder.preview({"episodes/baru.md": draft}, NOW)
        with pytest.raises(KentonganError, match="title"):
            builder.preview({"episodes/baru.md": text.replace("title:", "titel:")}, NOW)
    assert not (office / "output/program/warung-sebelah/baru").exists()


def test_many_clients_share_one_process(office):
    place = place_of(office)

    def once(_):
        with Builder(place) as builder:
            return builder.build(NOW).outcome

    with Builder(place) as first:
        first.build(NOW)
        with ThreadPoolExecutor(3) as pool:
            outcomes = list(pool.map(once, range(3)))
        assert {outcome.written for outcome in outcomes} == {()}
        with pytest.raises(KentonganError), open_locked(place.residence):
            pass
    with open_locked(place.residence, patience=10):
        pass


def test_it_is_started_again_when_settings_change(office):
    with Builder(place_of(office)) as builder:
        builder.build(NOW)
        write(
            office, {"pelicanconf.py": "from kentongan_plugins.settings import *\nSITEURL = 'https://baru.example'\n"}
        )
        builder.build(NOW)
    assert "https://baru.example/" in (office / "output/sitemap.xml").read_text()


def test_it_leaves_when_its_parent_is_killed(office):
    place = place_of(office)
    code = (
        "import sys, time; from pathlib import Path; from kentongan.build.client import Builder;"
        "from kentongan.build.workplace import Workplace;"
        "p = [Path(a) for a in sys.argv[1:]];"
        "Builder(Workplace.of(*p)).build(); print('built', flush=True); time.sleep(60)"
    )
    paths = [str(path) for path in (place.content, place.settings, place.output, place.state)]
    parent = subprocess.Popen([sys.executable, "-c", code, *paths], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert parent.stdout.readline() == b"built\n"
    parent.kill()
    parent.communicate()
    with open_locked(place.residence, patience=15):
        pass


def test_pelican_waits_for_a_build_that_is_running(office):
    with ThreadPoolExecutor(1) as pool:
        with place_of(office).locked():
            waiting = pool.submit(
                run, office, "-m", "pelican", "content", "-s", "pelicanconf.py", KENTONGAN_NOW=MORNING
            )
            time.sleep(2)
            assert not waiting.done()
            assert not (office / "output/index.html").exists()
        assert waiting.result().returncode == 0
    assert (office / "output/index.html").exists()
