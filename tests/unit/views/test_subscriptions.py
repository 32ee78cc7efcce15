"""Addresses that open a calendar app."""

from urllib.parse import parse_qs, urlsplit

from kentongan.views.subscriptions import calendar_links
from tests.unit import factories as made


def test_a_calendar_has_a_link_for_apple_for_google_and_for_any_other_app():
    site = made.site(siteurl="https://koperasi.example/sleman")
    links = calendar_links(site, site.addresses.calendar("obrolan"))
    assert links.file == "https://koperasi.example/sleman/program/obrolan/jadwal.ics"
    assert links.app == "webcal://koperasi.example/sleman/program/obrolan/jadwal.ics"
    google = urlsplit(links.google)
    assert (google.netloc, google.path) == ("calendar.google.com", "/calendar/r")
    assert parse_qs(google.query) == {"cid": [links.app]}
