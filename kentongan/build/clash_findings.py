"""Two broadcasts that want one station at one time, told where the later one is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kentongan.errors import Finding
from kentongan.language import Message, moment
from kentongan.model import Kind
from kentongan.schedule import Broadcast
from kentongan.schedule.clashes import Claim, Clash, clashes
from kentongan.schedule.wording import station_name
from kentongan.site import Site
from kentongan.store.contents import Key


def clash_findings(site: Site, dated: Iterable[Broadcast]) -> Iterator[Finding]:
    """A finding for each clash among the broadcasts that are still to come."""
    for clash in clashes(one for one in dated if one.counts_until > site.now):
        yield _finding(site, clash)


def _finding(site: Site, clash: Clash) -> Finding:
    location, key = _place(site, clash.second)
    return site.sources[key].finding(
        location,
        "clash",
        Message(
            "On {station} two broadcasts begin or run at the same time: {when}, with “{other}”.",
            {
                "station": station_name(site, clash.station),
                "when": moment(clash.at, site.language).sentence,
                "other": _name(site, clash.first),
            },
        ),
        Message("Move or cancel one of the two, or correct its length."),
    )


def _place(site: Site, claim: Claim) -> tuple[tuple[str | int, ...], Key]:
    """Where the claim is written: an episode's broadcasts, or a slot of its program."""
    if claim.episode and (Kind.EPISODE, claim.episode) in site.sources:
        return ("broadcasts",), (Kind.EPISODE, claim.episode)
    program = site.program(claim.program)
    slots = [slot.id for slot in program.slots] if program else []
    location = ("slots", slots.index(claim.slot)) if claim.slot in slots else ("slots",)
    return location, (Kind.PROGRAM, claim.program)


def _name(site: Site, claim: Claim) -> str:
    episode = site.episode(claim.episode) if claim.episode else None
    program = site.program(claim.program)
    return (episode or program).label if episode or program else claim.program  # type: ignore[union-attr]
