"""What is public, at which instant, and what does not fit together."""

from datetime import datetime, timedelta

import pytest

from kentongan.model import Kind
from kentongan.site import assemble
from kentongan.store.contents import Contents, Source
from tests.unit import factories as made


def contents(*records):
    keyed = {(record.kind, record.id): record for record in records}
    return Contents(
        office=made.Office(name="Kantor"),
        records=keyed,
        sources={key: Source(f"{key[1]}.md") for key in keyed},
        bodies=dict.fromkeys(keyed, ""),
        findings=(),
    )


def ids(site):
    return sorted(id_ for _, id_ in site.records)


def test_only_published_records_that_are_due_are_public():
    site = made.site(
        made.article(id="past"),
        made.article(id="later", date="2020-07-23 08:00"),
        made.article(id="draft", status="draft"),
        made.article(id="review", status="review"),
        made.article(id="archived", status="archived"),
        now=made.BEFORE,
    )
    assert ids(site) == ["past"]
    assert site.next_change == datetime(2020, 7, 23, 8, tzinfo=made.WIB)


def test_a_record_is_public_from_its_very_instant_in_the_offices_zone():
    due = datetime(2020, 7, 20, 8, tzinfo=made.WIB)
    assert ids(made.site(made.article(), now=due - timedelta(seconds=1))) == []
    assert ids(made.site(made.article(), now=due)) == ["kabar"]


def test_an_episode_waits_for_its_program_and_a_consultation_for_its_episode():
    waiting = made.site(made.program(status="draft"), made.episode(), made.consultation())
    assert ids(waiting) == []
    assert ids(made.site(made.program(), made.episode(), made.consultation())) == ["konsultasi", "obrolan", "tangguh"]


def test_a_reference_to_nothing_is_a_finding_that_names_the_nearest():
    made_contents = contents(
        made.person(id="wulan-sari"),
        made.program(guid=made.PROGRAM_GUID),
        made.episode(credits=[{"person": "wulan-sar"}]),
    )
    site = assemble(made_contents, made.SITEURL, made.BEFORE)
    told = [(finding.path, finding.rule, finding.mend.told("en")) for finding in site.findings]
    assert told == [
        ("tangguh.md", "dangling", "Correct the name, or write the file stations/radio.md."),
        ("tangguh.md", "dangling", "Did you mean “wulan-sari”?"),
    ]


def test_a_draft_that_is_named_is_shown():
    site = assemble(
        contents(made.article(status="draft")), made.SITEURL, made.BEFORE, drafted=[(Kind.ARTICLE, "kabar")]
    )
    assert ids(site) == ["kabar"]


@pytest.mark.parametrize(
    ("siteurl", "link", "absolute"),
    [
        ("https://a.example", "/berita/kabar/", "https://a.example/berita/kabar/"),
        ("https://a.example/kantor/", "/kantor/berita/kabar/", "https://a.example/kantor/berita/kabar/"),
    ],
)
def test_a_site_may_live_below_a_path(siteurl, link, absolute):
    site = made.site(made.article(), siteurl=siteurl)
    path = site.path(site.articles[0])
    assert (site.addresses.link(path), site.addresses.absolute(path)) == (link, absolute)


def test_addresses_speak_the_sites_language():
    site = made.site(made.article(), made.program(), made.episode(), language="en")
    assert site.path(site.articles[0]) == "news/kabar/"
    assert site.path(site.episodes[0]) == "program/obrolan/tangguh/"


def test_lists_are_newest_first():
    site = made.site(made.article(id="a"), made.article(id="c", date="2020-07-21"), made.article(id="b"))
    assert [article.id for article in site.articles] == ["c", "b", "a"]
