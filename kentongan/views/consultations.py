"""Consultations: the list, and one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from kentongan.language import Moment, moment, translations
from kentongan.model import Consultation
from kentongan.schedule import Broadcast, broadcasts_of
from kentongan.schedule.consultations import is_over, meetings
from kentongan.schedule.rule_words import consultation_words
from kentongan.site import Site
from kentongan.views import structured
from kentongan.views.cards import (
    ConsultationCard,
    CreditLine,
    consultation_card,
    credit_lines,
    meeting_shown,
    program_link,
    soonest,
    station_link,
)
from kentongan.views.coming import status_address
from kentongan.views.comments import Discussion, discussion, feed_links
from kentongan.views.page import Head, Link, Page, frame, link_to, opening, readable, whatsapp_to
from kentongan.views.pages import SignUp, sign_up
from kentongan.views.share import Share, share

DATES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ConsultationsPage(Page):
    """Every consultation: those to come in order, then those gone by. ``calendar_url`` opens them all in a calendar."""

    template: ClassVar[str] = "consultations"

    coming: tuple[ConsultationCard, ...]
    past: tuple[ConsultationCard, ...]
    calendar: str
    calendar_url: str


@dataclass(frozen=True, slots=True)
class AskWays:
    """How to put a question; each with the address that opens the app."""

    whatsapp: str | None
    whatsapp_url: str | None
    phone: str | None
    phone_url: str | None
    form_url: str | None


@dataclass(frozen=True, slots=True)
class ConsultationPage(Page):
    """One consultation. ``end`` is the clock alone (``None``: not announced); ``cancelled`` the reason, on air."""

    template: ClassVar[str] = "consultation"

    title: str
    summary: str | None
    mode: str
    over: bool
    cancelled: str | None
    start: Moment | None
    end: str | None
    rhythm: str | None
    """How it comes round, in words."""
    dates: tuple[Moment, ...]
    """Its next dates, where it comes round."""
    venue: str | None
    channel: str | None
    episode: Link | None
    program: Link | None
    stations: tuple[Link, ...]
    deadline: Moment | None
    audience: str | None
    cost: str | None
    ask: AskWays | None
    sign_up: SignUp | None
    consultants: tuple[CreditLine, ...]
    body: Markup
    event: str | None
    share: Share
    discussion: Discussion | None


def consultations_page(site: Site) -> ConsultationsPage:
    _ = translations(site.language).gettext
    words = site.addresses.segments
    cards = [consultation_card(site, one) for one in site.consultations]
    return ConsultationsPage(
        frame=frame(site, words.consultations),
        head=Head(
            title=_("Consultations"),
            description=_("Consultations on cooperatives by {name}.").format(name=site.office.name),
            canonical=site.addresses.absolute(f"{words.consultations}/"),
            kind="website",
        ),
        coming=soonest(cards),
        past=tuple(card for card in cards if card.over),
        calendar=site.addresses.link(site.addresses.consultations_calendar()),
        calendar_url=opening("webcal", site.addresses.absolute(site.addresses.consultations_calendar())),
    )


def consultation_page(site: Site, consultation: Consultation) -> ConsultationPage:
    meeting = meeting_shown(site, consultation)
    start = meeting.start if meeting else None
    episode = site.episode(consultation.episode) if consultation.episode else None
    dated = broadcasts_of(site, episode) if episode else ()
    end = meeting.end if meeting else None
    rhythm = consultation_words(site, consultation)
    return ConsultationPage(
        frame=frame(site, site.addresses.segments.consultations),
        head=Head(
            title=consultation.title,
            description=consultation.summary or consultation.title,
            canonical=site.addresses.absolute(site.path(consultation)),
            kind="article",
            feeds=feed_links(site, consultation),
            data=structured.consultation(site, consultation, start, end),
        ),
        title=consultation.title,
        summary=consultation.summary,
        mode=consultation.mode.value,
        over=is_over(site, consultation),
        cancelled=consultation.cancelled or (episode.cancelled if episode else None),
        start=moment(start, site.language) if start else None,
        end=moment(end, site.language).clock if end else None,
        rhythm=rhythm,
        dates=_dates(site, consultation) if consultation.rule else (),
        venue=consultation.venue,
        channel=consultation.channel,
        episode=link_to(site, episode) if episode else None,
        program=program_link(site, episode.program) if episode else None,
        stations=tuple(station_link(site, id_) for id_ in dict.fromkeys(one.station for one in dated)),
        deadline=moment(site.local(consultation.deadline), site.language) if consultation.deadline else None,
        audience=consultation.audience,
        cost=consultation.cost,
        ask=_ask_ways(consultation),
        sign_up=sign_up(site, consultation),
        consultants=credit_lines(site, site.consultants(consultation)),
        body=site.body(consultation),
        event=site.addresses.link(site.addresses.event(consultation)) if start else None,
        share=_share(site, consultation, start, dated),
        discussion=discussion(site, consultation),
    )


def _share(site: Site, consultation: Consultation, start: datetime | None, dated: tuple[Broadcast, ...]) -> Share:
    _ = translations(site.language).gettext
    ask = consultation.ask.whatsapp if consultation.ask else None
    facts = [
        consultation_words(site, consultation) or (moment(start, site.language).sentence if start else None),
        consultation.venue or ", ".join(dict.fromkeys(station_link(site, one.station).label for one in dated)) or None,
        _("Ask on WhatsApp: {address}").format(address=whatsapp_to(ask).removeprefix("https://")) if ask else None,
    ]
    address = site.addresses
    page, poster = address.absolute(site.path(consultation)), address.link(address.poster(consultation))
    return share(_("Consultation"), consultation.title, facts, page, poster, status_address(site, consultation))


def _dates(site: Site, consultation: Consultation) -> tuple[Moment, ...]:
    return tuple(moment(one.start, site.language) for one in meetings(site, consultation, site.now, DATES_SHOWN))


def _ask_ways(consultation: Consultation) -> AskWays | None:
    ask = consultation.ask
    if ask is None:
        return None
    return AskWays(
        whatsapp=readable(ask.whatsapp),
        whatsapp_url=whatsapp_to(ask.whatsapp) if ask.whatsapp else None,
        phone=readable(ask.phone),
        phone_url=f"tel:{ask.phone}" if ask.phone else None,
        form_url=ask.form,
    )
