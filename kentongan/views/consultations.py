"""Consultations: the list, and one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from kentongan.language import Moment, moment, translations
from kentongan.model import Consultation
from kentongan.schedule import broadcasts_of
from kentongan.site import Site
from kentongan.views import structured
from kentongan.views.cards import (
    ConsultationCard,
    CreditLine,
    consultation_card,
    consultation_over,
    credit_lines,
    program_link,
    station_link,
)
from kentongan.views.page import Head, Link, Page, frame, link_to, whatsapp_to


@dataclass(frozen=True, slots=True)
class ConsultationsPage(Page):
    """Every consultation: those to come in order, then those gone by. ``calendar`` is the address of them all."""

    template: ClassVar[str] = "consultations"

    coming: tuple[ConsultationCard, ...]
    past: tuple[ConsultationCard, ...]
    calendar: str


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
    venue: str | None
    channel: str | None
    episode: Link | None
    program: Link | None
    stations: tuple[Link, ...]
    deadline: Moment | None
    quota: int | None
    audience: str | None
    cost: str | None
    ask: AskWays | None
    consultants: tuple[CreditLine, ...]
    body: Markup
    event: str | None


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
        coming=tuple(card for card in reversed(cards) if not card.over),
        past=tuple(card for card in cards if card.over),
        calendar=site.addresses.link(site.addresses.consultations_calendar()),
    )


def consultation_page(site: Site, consultation: Consultation) -> ConsultationPage:
    start = site.consultation_start(consultation)
    episode = site.episode(consultation.episode) if consultation.episode else None
    dated = broadcasts_of(site, episode) if episode else ()
    end = dated[0].end if dated else site.consultation_end(consultation)
    return ConsultationPage(
        frame=frame(site, site.addresses.segments.consultations),
        head=Head(
            title=consultation.title,
            description=consultation.summary or consultation.title,
            canonical=site.addresses.absolute(site.path(consultation)),
            kind="article",
            data=structured.consultation(site, consultation, start),
        ),
        title=consultation.title,
        summary=consultation.summary,
        mode=consultation.mode.value,
        over=consultation_over(site, consultation),
        cancelled=episode.cancelled if episode else None,
        start=moment(start, site.language) if start else None,
        end=moment(end, site.language).clock if end else None,
        venue=consultation.venue,
        channel=consultation.channel,
        episode=link_to(site, episode) if episode else None,
        program=program_link(site, episode.program) if episode else None,
        stations=tuple(station_link(site, id_) for id_ in dict.fromkeys(one.station for one in dated)),
        deadline=moment(site.local(consultation.deadline), site.language) if consultation.deadline else None,
        quota=consultation.quota,
        audience=consultation.audience,
        cost=consultation.cost,
        ask=_ask_ways(consultation),
        consultants=credit_lines(site, site.consultants(consultation)),
        body=site.body(consultation),
        event=site.addresses.link(site.addresses.event(consultation)) if start else None,
    )


def _ask_ways(consultation: Consultation) -> AskWays | None:
    ask = consultation.ask
    if ask is None:
        return None
    return AskWays(
        whatsapp=ask.whatsapp,
        whatsapp_url=whatsapp_to(ask.whatsapp) if ask.whatsapp else None,
        phone=ask.phone,
        phone_url=f"tel:{ask.phone}" if ask.phone else None,
        form_url=ask.form,
    )
