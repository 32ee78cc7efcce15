"""The first page: what waits for whoever looks, what is on air, what appears by itself, what to mend."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from kentongan.accounts import Right, may
from kentongan.actions.choosing import may_choose
from kentongan.actions.newsroom import kind_of
from kentongan.actions.review import remarked
from kentongan.errors import Finding, KentonganError
from kentongan.language import moment
from kentongan.language.dates import clock, day_name, short_weekday
from kentongan.model import Kind
from kentongan.search import Entry
from kentongan.site.addresses import SEGMENTS

from ..comments import Room
from ..publication import Outgoing
from .desk import Desk, Visit
from .leftovers import leftovers
from .sending import sending
from .sheets import TITLES
from .splits import address_of, name_of
from .workshop import Workshop

_MOST_FINDINGS = 20
_GREETINGS = ((11, "morning"), (15, "midday"), (18, "afternoon"), (24, "evening"))


class Home:
    """The office room."""

    def __init__(self, desk: Desk, shop: Workshop | None, room: Room) -> None:
        self._desk, self._shop, self._room = desk, shop, room

    def routes(self) -> list[Route]:
        """Its address."""
        return [Route("/", self._desk.closed(self.show), name="home")]

    def show(self, visit: Visit) -> Response:
        """The page."""
        status = self._desk.status
        values: dict[str, Any] = {
            "error": self._desk.said(status.error) if status.error else None,
            "findings": [self._finding(one) for one in self._findings()],
            "more_findings": max(0, len(self._findings()) - _MOST_FINDINGS),
            "titles": {kind.value: self._desk.told(words) for kind, words in TITLES.items()},
            "kinds": [kind.value for kind in Kind if may(visit.me.role, Right.DRAFT, kind)],
            "written": self._written(visit),
            **(self._work(visit, self._shop) if self._shop else _NOTHING),
        }
        return self._desk.page("home.html", visit, **values)

    def _written(self, visit: Visit) -> dict[str, int]:
        """How many comments and questions wait for somebody who may decide on them."""
        if not may(visit.me.role, Right.MODERATE):
            return {"comments": 0, "questions": 0}
        count = self._room.moderation.count
        return {"comments": count(asks=False), "questions": count(asks=True)}

    def _work(self, visit: Visit, shop: Workshop) -> dict[str, Any]:
        now, language = shop.room.now, self._desk.status.language
        mine = [kind for kind in Kind if may(visit.me.role, Right.DRAFT, kind)]
        published = [kind for kind in mine if may(visit.me.role, Right.PUBLISH, kind)]
        local = now.replace(tzinfo=None)
        unpublished = [one for kind in mine for one in shop.entries(kind, status=("draft", "review")).entries]
        newest = [one for kind in mine for one in shop.entries(kind, status=("published",), limit=20).entries]
        return {
            "day": day_name(now.date(), language),
            "part": next(part for hour, part in _GREETINGS if now.hour < hour),
            "typed": list(leftovers(shop.room, shop.actor(visit))),
            "reviews": [one for one in unpublished if one.status == "review" and one.kind in published],
            "proposed": [one for one in _remarked(shop) if one.status == "published" and one.kind in published],
            "drafts": [one for one in unpublished if one.status == "draft" and self._may_change(visit, shop, one)],
            "waiting": [(one, self._when(one.date)) for one in newest if one.date and one.date > local],
            "week": self._week(shop, now),
            **self._outside(visit, shop),
        }

    def _outside(self, visit: Visit, shop: Workshop) -> dict[str, Any]:
        """What lies between here and elsewhere: two versions, what is on its way, and what is not sent yet."""
        actor = shop.actor(visit)
        splits = [one for one in shop.room.writer.splits.all() if may_choose(shop.room, actor, one)]
        going = shop.publication.under_way() if shop.publication else []
        return {
            "uncommitted": shop.room.writer.uncommitted,
            "splits": [(address_of(one), name_of(shop, one)) for one in splits],
            "outgoing": [self._going(shop, one) for one in going if shop.room.may(actor, Right.EDIT, one.path)],
            "sending": sending(self._desk, shop),
            "rolled_back": bool(shop.publication and shop.publication.is_rolled_back),
        }

    def _going(self, shop: Workshop, one: Outgoing) -> dict[str, str]:
        going = shop.going(one.path)
        address = f"/admin/isi/{one.path.removesuffix('.md')}/tayang"
        return {"label": one.label, "address": address, "why": self._desk.told(going.why.message) if going.why else ""}

    def _may_change(self, visit: Visit, shop: Workshop, row: Entry) -> bool:
        return shop.room.may(shop.actor(visit), Right.EDIT, row.path)

    def _when(self, local: datetime) -> str:
        return moment(local.replace(tzinfo=self._desk.status.zone), self._desk.status.language).sentence

    def _week(self, shop: Workshop, now: datetime) -> list[dict[str, Any]]:
        """Seven days from Monday on, each with what is on air, from the schedule that readers see."""
        language, zone = self._desk.status.language, self._desk.status.zone
        monday = (now - timedelta(days=now.weekday())).date()
        days: list[dict[str, Any]] = [
            {"name": short_weekday(day, language), "number": day.day, "today": day == now.date(), "on": []}
            for day in (monday + timedelta(days=place) for place in range(7))
        ]
        for one in _broadcasts(shop):
            starts = datetime.fromisoformat(one["start"]).astimezone(zone)
            if 0 <= (place := (starts.date() - monday).days) < 7:
                days[place]["on"].append(_told(one, f"{days[place]['name']}, {clock(starts, language)}"))
        return days

    def _findings(self) -> tuple[Finding, ...]:
        return tuple(self._desk.status.report.findings) if self._desk.status.report else ()

    def _finding(self, finding: Finding) -> dict[str, Any]:
        """What is wrong, with the form where it is mended."""
        told = finding.told(self._desk.status.language)
        try:
            kind_of(finding.path)
            address = f"/admin/isi/{finding.path.removesuffix('.md')}"
        except KentonganError:
            address = ""
        return {**told, "address": address}


_NOTHING: dict[str, Any] = {
    "day": "",
    "part": "morning",
    "typed": [],
    "reviews": [],
    "proposed": [],
    "drafts": [],
    "waiting": [],
    "week": [],
    "uncommitted": 0,
    "splits": [],
    "outgoing": [],
    "sending": None,
    "rolled_back": False,
}


def _remarked(shop: Workshop) -> Iterator[Entry]:
    """The records that are there and to which something is still to be done."""
    for path in remarked(shop.room):
        if one := shop.entry(kind_of(path), path.rpartition("/")[2].removesuffix(".md")):
            yield one


def _broadcasts(shop: Workshop) -> list[dict[str, Any]]:
    """The schedule as the site tells it to machines; nothing while there is none."""
    try:
        text = (shop.output / f"{SEGMENTS[shop.room.office.language].schedule}.json").read_bytes()
        return list(json.loads(text)["broadcasts"])
    except (OSError, ValueError, KeyError):
        return []


def _told(one: dict[str, Any], when: str) -> dict[str, Any]:
    episode = one.get("episode_id")
    return {
        "when": when,
        "program": one.get("program", ""),
        "station": one.get("station", ""),
        "episode": one.get("episode", ""),
        "address": f"/admin/isi/episodes/{episode}" if episode else "/admin/tempel",
        "shape": _shape(one),
        "status": one.get("status", ""),
    }


def _shape(one: dict[str, Any]) -> str:
    """How the week draws it: a dot where it is off, hollow while it wants words, else full."""
    if one.get("status") in ("cancelled", "moved"):
        return "off"
    return "" if one.get("episode_id") else "todo"
