"""What a WhatsApp status says, as long as there is something to invite to."""

import pytest

from kentongan.build.plan import plan
from kentongan.views.consultations import consultation_page
from kentongan.views.programs import episode_page
from kentongan.views.status import consultation_status, episode_status
from tests.unit import factories as made

STATION = made.station(frequencies=[{"mhz": 97.5, "area": "Sleman"}])
AGAIN = made.transmission(id="ulang", start="2020-07-23 20:00", end=None, kind="repeat")


def talk(now=made.BEFORE, **fields):
    episode = made.episode(credits=[made.credit(stated="Penyuluh")], **fields)
    held = made.consultation()
    return made.site(made.program(), STATION, made.person(), episode, held, now=now), episode, held


def pictures(site):
    return {one.path for one in plan(site).artifacts if one.path.endswith("status.jpg")}


def test_it_says_what_when_where_and_with_whom():
    site, episode, _ = talk()
    told = episode_status(site, episode)
    assert (told.office, told.kind, told.title, told.alarm) == ("Koperasi Maju", "Obrolan", "Koperasi Tangguh", None)
    assert told.when == ("Rabu, 22 Juli 2020 pukul 10.00 WIB",)
    assert told.where == ("Radio Desa, 97,5 MHz FM, Sleman",)
    assert told.people == ("Wulan, S.Si",)
    assert (told.site, told.url) == ("koperasi.example", "https://koperasi.example/program/obrolan/tangguh/")


def test_of_several_broadcasts_it_invites_to_the_next():
    site, episode, _ = talk(made.AFTER, broadcasts=[made.transmission(), AGAIN])
    assert episode_status(site, episode).when == ("Kamis, 23 Juli 2020 pukul 20.00 WIB",)


def test_two_stations_at_one_hour_are_both_told():
    east = made.station(id="timur", name="Radio Timur", zone="WIT")
    both = [made.transmission(), made.transmission(id="b", station="timur", start="2020-07-22 12:00", end=None)]
    episode = made.episode(broadcasts=both)
    site = made.site(made.program(), STATION, east, episode)
    told = episode_status(site, episode)
    assert (len(told.when), len(told.where)) == (1, 2)


def test_a_cancelled_one_says_so_first():
    site, episode, held = talk(cancelled="Tamu sakit.")
    assert episode_status(site, episode).alarm == consultation_status(site, held).alarm == "Dibatalkan: Tamu sakit."


def test_a_consultation_on_air_is_where_its_talk_is_and_others_at_their_venue():
    site, _, held = talk()
    assert consultation_status(site, held).where == ("Radio Desa",)
    weekly = made.meeting(rule="FREQ=WEEKLY;BYDAY=TH", venue="Aula")
    told = consultation_status(made.site(weekly), weekly)
    assert told.where == ("Aula",)
    assert told.when == ("Setiap Kamis pukul 09.00 WIB, mulai 23 Juli 2020", "Kamis, 23 Juli 2020 pukul 09.00 WIB")


@pytest.mark.parametrize(("now", "coming"), [(made.BEFORE, True), (made.DURING, True), (made.AFTER, False)])
def test_the_page_links_it_as_long_as_it_is_there(now, coming):
    site, episode, held = talk(now)
    linked = {episode_page(site, episode).share.status, consultation_page(site, held).share.status} - {None}
    assert linked == {f"/{path}" for path in pictures(site)}
    assert len(linked) == 2 * coming
