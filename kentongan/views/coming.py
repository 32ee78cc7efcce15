"""What of an announcement is still to come; as long as anything is, its page has a picture that invites to it."""

from __future__ import annotations

from kentongan.model import Consultation, Episode
from kentongan.schedule import Broadcast, broadcasts_of
from kentongan.schedule.consultations import next_meeting
from kentongan.site import Site


def coming_broadcasts(site: Site, episode: Episode) -> tuple[Broadcast, ...]:
    """Those that are not over, in order; of a cancelled episode those that were to be."""
    dated = (one for one in broadcasts_of(site, episode) if one.takes_place or episode.cancelled)
    return tuple(one for one in dated if one.counts_until > site.now)


def is_coming(site: Site, record: Episode | Consultation) -> bool:
    """Whether there is still something to invite to."""
    if isinstance(record, Consultation):
        return site.once(next_meeting, record) is not None
    return bool(coming_broadcasts(site, record))


def status_address(site: Site, record: Episode | Consultation) -> str | None:
    """Where the picture for a WhatsApp status is, as a page writes it; ``None``: there is none any more."""
    return site.addresses.link(site.addresses.status(record)) if is_coming(site, record) else None
