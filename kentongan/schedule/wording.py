"""What calendars and feeds say of a broadcast, in the site's language and without characters they cannot carry."""

from __future__ import annotations

import re
from typing import overload

from kentongan.language import moment, translations
from kentongan.model import Credit, Record
from kentongan.schedule.broadcast import Broadcast
from kentongan.site import Site

_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
# The characters of XML 1.0 (2.2) but for the controls it discourages, which RFC 5545 (3.1) forbids.
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@overload
def clean(text: str) -> str: ...
@overload
def clean(text: None) -> None: ...
def clean(text: str | None) -> str | None:
    """*text* with ``\\n`` for line ends, and without what XML and iCalendar cannot hold."""
    if text is None:
        return None
    return _UNPRINTABLE.sub("", _LINE_END.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """*text*, cleaned, on one line."""
    return " ".join(clean(text).split())


def label(record: Record) -> str:
    """What a person calls a record; its id where nothing printable is left of that."""
    return one_line(record.label) or record.id


def office_name(site: Site) -> str:
    """The office's name; the site's address where nothing printable is left of it."""
    return one_line(site.office.name) or site.addresses.siteurl


def program_name(site: Site, id_: str) -> str:
    """A program by its title; one we have no record of by its id."""
    program = site.program(id_)
    return label(program) if program else id_


def station_name(site: Site, id_: str) -> str:
    """A station by its name; one we have no record of by its id."""
    station = site.station(id_)
    return label(station) if station else id_


def person_name(site: Site, credit: Credit) -> str:
    """The name as then stated, else as the person's record has it, else the id that leads nowhere."""
    person = site.person(credit.person)
    return one_line(credit.name or "") or (label(person) if person else credit.person)


def when_and_where(site: Site, broadcast: Broadcast) -> str:
    """``Rabu, 22 Juli 2020 pukul 10.00 WIB di Radio Trijaya FM``, in the station's zone."""
    _ = translations(site.language).gettext
    when = moment(broadcast.start, site.language).sentence
    return _("{when} on {station}").format(when=when, station=station_name(site, broadcast.station))


def remarks(site: Site, broadcast: Broadcast, summary: str | None) -> tuple[str, ...]:
    """Lines below a broadcast: what is not as planned and why, what it is about, that its end is unknown."""
    change = change_words(site, broadcast)
    told = about(site, summary, end_known=bool(broadcast.end or broadcast.cancelled))
    return (change, *told) if change else told


def change_words(site: Site, broadcast: Broadcast) -> str | None:
    """``Batal: tamu sakit``, or where it was moved, or what is on instead, and why; ``None``: it is as planned."""
    _ = translations(site.language).gettext
    reason = one_line(broadcast.reason or "")
    if broadcast.replaced_by:
        other = program_name(site, broadcast.replaced_by)
        return _("{program} is on instead: {reason}").format(program=other, reason=reason)
    if broadcast.instead_of:
        other = program_name(site, broadcast.instead_of)
        return _("Instead of {program}: {reason}").format(program=other, reason=reason)
    if broadcast.cancelled:
        return _("Cancelled: {reason}").format(reason=reason)
    if broadcast.moved_to:
        when = moment(broadcast.moved_to, site.language).sentence
        return _("Moved to {when}: {reason}").format(when=when, reason=reason)
    if broadcast.moved_from:
        when = moment(broadcast.moved_from, site.language).sentence
        return _("Moved here from {when}: {reason}").format(when=when, reason=reason)
    return reason or None


def about(site: Site, summary: str | None, *, end_known: bool) -> tuple[str, ...]:
    """What it is about, and that its end is unknown: an unknown end is said, never guessed."""
    _ = translations(site.language).gettext
    end = None if end_known else _("The end has not been announced yet.")
    return tuple(line for line in (clean(summary), end) if line)
