"""Every way to follow, as addresses that apps open."""

from urllib.parse import parse_qs, urlsplit

import pytest

from kentongan.views.podcast_apps import podcast_links
from kentongan.views.subscribe import subscribe_page
from tests.unit import factories as made

FEED = "https://koperasi.example/sleman/program/obrolan/feed.xml"


def test_a_podcast_is_opened_by_each_app_in_its_own_way():
    site = made.site(made.program(), siteurl="https://koperasi.example/sleman")
    links = podcast_links(site, site.addresses.program_feed("obrolan"), "Obrolan & tawa")
    assert links.feed == FEED
    assert links.apple == FEED.replace("https://", "podcast://")
    assert links.pocket_casts == FEED.replace("https://", "pktc://subscribe/")
    assert parse_qs(urlsplit(links.antennapod).query) == {"url": [FEED], "title": ["Obrolan & tawa"]}


def test_whatsapp_opens_a_chat_that_asks_to_be_told():
    page = subscribe_page(made.site(contact={"whatsapp": "+62 812 0000 0000"}))
    assert page.whatsapp_url.startswith("https://wa.me/6281200000000?text=Halo%20Koperasi%20Maju")
    assert subscribe_page(made.site()).whatsapp_url is None


@pytest.mark.parametrize(
    ("social", "channel"),
    [
        ("https://whatsapp.com/channel/0029Va", "https://whatsapp.com/channel/0029Va"),
        ("https://www.whatsapp.com/channel/0029Va", "https://www.whatsapp.com/channel/0029Va"),
        ("https://video.example/channel/0029Va", None),
    ],
)
def test_a_whatsapp_channel_is_found_among_the_social_links(social, channel):
    assert subscribe_page(made.site(social=["https://sosial.example/@kantor", social])).channel == channel
