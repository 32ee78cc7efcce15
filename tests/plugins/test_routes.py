"""Three ways to build give the same bytes: the command, plain ``python -m pelican``, and the builder process."""

from datetime import datetime

import pytest

from kentongan.build.client import Builder
from kentongan.build.workplace import Workplace
from tests.offices import EPISODE_PAGE, MORNING, kentongan, run, seed, tree


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return seed(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def built(office):
    done = kentongan(office, "build", "--now", MORNING)
    assert done.returncode == 0, done.stderr
    return tree(office / "output")


def test_the_command_builds_the_whole_site(built):
    assert len(built) > 40
    assert EPISODE_PAGE in built


@pytest.mark.long
def test_pelican_itself_gives_the_same_bytes(office, built):
    done = run(
        office,
        "-m",
        "pelican",
        "content",
        "-s",
        "pelicanconf.py",
        "-o",
        "by-pelican",
        KENTONGAN_NOW=MORNING,
        LC_ALL="C",
    )
    assert done.returncode == 0, done.stderr
    assert tree(office / "by-pelican") == built


@pytest.mark.long
def test_a_resident_builder_gives_the_same_bytes(office, built):
    place = Workplace.of(office / "content", office / "pelicanconf.py", office / "by-builder", office / "var")
    with Builder(place) as builder:
        builder.build(datetime.fromisoformat("2020-07-01T00:00+07:00"))
        builder.build(datetime.fromisoformat(MORNING))
    assert tree(office / "by-builder") == built


def test_no_english_date_under_the_c_locale(built):
    text = "".join(data.decode() for name, data in built.items() if name.endswith(".html"))
    assert "Rabu, 22 Juli 2020 pukul 10.00 WIB" in text
    for english in ("Wednesday", "July", "Monday", "August"):
        assert english not in text


def test_a_second_build_writes_nothing(office, built):
    before = {path: path.stat().st_mtime_ns for path in (office / "output").rglob("*")}
    done = kentongan(office, "build", "--now", MORNING)
    assert done.stderr.startswith("0 ")
    assert {path: path.stat().st_mtime_ns for path in (office / "output").rglob("*")} == before
    assert tree(office / "output") == built
