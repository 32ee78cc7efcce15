"""Pictures for a WhatsApp status: what is coming, upright on one screen of a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kentongan.language import moment, translations
from kentongan.model import Consultation, Episode
from kentongan.schedule.consultations import next_meeting
from kentongan.site import Site
from kentongan.views.coming import coming_broadcasts
from kentongan.views.poster import PosterPage, consultation_poster, episode_poster, hearings

BROWN = "#7a3f1d"
"""The ground where the office has no colour of its own."""


@dataclass(frozen=True, slots=True)
class StatusPicture:
    """What is told, from top to bottom, on a ground of ``colour``. ``url`` is what the QR code leads to."""

    media_type: ClassVar[str] = "image/jpeg"

    office: str
    kind: str
    title: str
    alarm: str | None
    """That it is cancelled, and why."""
    when: tuple[str, ...]
    where: tuple[str, ...]
    people: tuple[str, ...]
    invitation: str
    site: str
    url: str
    colour: str


def episode_status(site: Site, episode: Episode) -> StatusPicture:
    """The picture of an episode: its next broadcast, on all stations that carry it then."""
    coming = coming_broadcasts(site, episode)
    together = [one for one in coming if one.start == coming[0].start]
    stations = tuple(f"{one.station}, {one.dial}" if one.dial else one.station for one in hearings(site, together))
    when = tuple(moment(one.start, site.language).sentence for one in together[:1])
    return _drawn(site, episode, episode_poster(site, episode), when, stations)


def consultation_status(site: Site, consultation: Consultation) -> StatusPicture:
    """The picture of a consultation: its rhythm, where it has one, and its next meeting."""
    poster, meeting = consultation_poster(site, consultation), next_meeting(site, consultation)
    when = (poster.rhythm, moment(meeting.start, site.language).sentence if meeting else None)
    stations = tuple(one.station for one in poster.hearings)
    where = stations or tuple(filter(None, (poster.venue,)))
    return _drawn(site, consultation, poster, tuple(filter(None, when)), where)


def _drawn(
    site: Site, record: Episode | Consultation, poster: PosterPage, when: tuple[str, ...], where: tuple[str, ...]
) -> StatusPicture:
    _ = translations(site.language).gettext
    return StatusPicture(
        office=poster.frame.name,
        kind=poster.kind,
        title=poster.title,
        alarm=_("Cancelled: {reason}").format(reason=poster.cancelled) if poster.cancelled else None,
        when=when,
        where=where,
        people=tuple(one.name for one in poster.people),
        invitation=_("More about it, and a reminder for your calendar:"),
        site=poster.target.site,
        url=site.addresses.absolute(site.path(record)),
        colour=site.office.colours.light or BROWN,
    )
