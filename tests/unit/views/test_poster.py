"""Posters say what a passer-by has to know, at every step of a talk's life."""

from kentongan.build.plan import plan
from kentongan.views.poster import consultation_poster, episode_poster
from tests.unit import factories as made

STATION = made.station(frequencies=[{"mhz": 97.5, "area": "Sleman"}])
ASK = {"whatsapp": "+62 812 0000 0000"}


def talk(now=made.BEFORE, **fields):
    episode = made.episode(credits=[made.credit(stated="Penyuluh")], **fields)
    consultation = made.consultation(ask=ASK, deadline="2020-07-21 15:00", cost="Gratis")
    return made.site(made.program(), STATION, made.person(), episode, consultation, now=now), episode, consultation


def test_before_a_talk_it_says_when_where_with_whom_and_how_to_ask():
    site, episode, _ = talk()
    poster = episode_poster(site, episode)
    assert poster.start.sentence == "Rabu, 22 Juli 2020 pukul 10.00 WIB"
    assert [(one.station, one.dial) for one in poster.hearings] == [("Radio Desa", "97,5 MHz FM, Sleman")]
    assert [(one.name, one.stated) for one in poster.people] == [("Wulan, S.Si", "Penyuluh")]
    assert (poster.ask.whatsapp, poster.ask.cost) == ("0812-0000-0000", "Gratis")
    assert not poster.over
    assert (poster.target.url, poster.target.qr) == ("/program/obrolan/tangguh/", "/program/obrolan/tangguh/qr.svg")


def test_afterwards_it_leads_to_the_recording():
    site, episode, _ = talk(made.AFTER, audio=made.audio())
    poster = episode_poster(site, episode)
    assert (poster.over, poster.recorded) == (True, True)


def test_a_cancelled_talk_says_why_and_its_consultation_too():
    site, episode, consultation = talk(cancelled="Tamu sakit.")
    assert episode_poster(site, episode).cancelled == "Tamu sakit."
    assert consultation_poster(site, consultation).cancelled == "Tamu sakit."


def test_a_consultation_on_air_is_where_its_talk_is():
    site, _, consultation = talk()
    poster = consultation_poster(site, consultation)
    assert [one.station for one in poster.hearings] == ["Radio Desa"]
    assert poster.venue is None


def test_a_further_broadcast_is_told_in_a_sentence():
    again = made.transmission(id="ulang", start="2020-07-23 20:00", end=None, kind="repeat")
    site, episode, _ = talk(broadcasts=[made.transmission(), again])
    assert episode_poster(site, episode).again == ("Kamis, 23 Juli 2020 pukul 20.00 WIB, Radio Desa",)


def test_posters_and_codes_are_there_and_no_search_engine_is_told():
    site, *_ = talk()
    artifacts = {one.path: one.view(site) for one in plan(site).artifacts}
    for page in ("program/obrolan/tangguh", "konsultasi/konsultasi"):
        assert f"{page}/poster/index.html" in artifacts
        assert artifacts[f"{page}/qr.svg"].url == f"{made.SITEURL}/{page}/"
    assert artifacts["program/obrolan/qr.svg"].url == f"{made.SITEURL}/program/obrolan/"
    assert not [address for address, _ in artifacts["sitemap.xml"].pages if "poster" in address]
