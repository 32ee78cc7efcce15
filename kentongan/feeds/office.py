"""What the feeds of the whole office say of it, and how apps know such a feed."""

from __future__ import annotations

from kentongan.language import translations
from kentongan.schedule.identity import stable_uuid
from kentongan.schedule.wording import clean, label, office_name
from kentongan.site import Site


def about_office(site: Site) -> str:
    """The office in its own words, else its name: RSS 2.0 and PSP-1 ask for a description."""
    return clean(site.office.description or site.office.tagline or "") or office_name(site)


def feed_uuid(site: Site, what: str) -> str:
    """The UUID of a feed of the whole office, *what* naming which.

    It comes from the office's name, so it survives a change of domain. Podcasting 2.0 would have it from the feed's
    address, but only to be computed once and kept; a build keeps nothing, so it starts from what changes least.
    """
    return stable_uuid(what, office_name(site))


def all_programs_title(site: Site) -> str:
    """What the podcast of all programs is called."""
    return translations(site.language).gettext("All programs of {office}").format(office=office_name(site))


def all_programs_description(site: Site) -> str:
    """Which programs it holds; what the office is about while it has none."""
    if not site.programs:
        return about_office(site)
    _ = translations(site.language).gettext
    return _("All talks in one feed: {programs}.").format(programs=", ".join(map(label, site.programs)))
