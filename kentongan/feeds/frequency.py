"""How often a program is heard, as ``podcast:updateFrequency`` tells it."""

from __future__ import annotations

from kentongan.feeds.podcast_namespace import UpdateFrequency
from kentongan.language import translations
from kentongan.model import BroadcastKind, Program, Slot
from kentongan.schedule.habits import current_slots
from kentongan.schedule.lines import dates_of
from kentongan.schedule.rule_words import slot_words
from kentongan.site import Site


def update_frequency(site: Site, program: Program) -> UpdateFrequency | None:
    """What the slots that are not repeats promise: in words, and as a rule where they have one rule in common.

    ``None``: no slot promises anything, or there are no words for it.
    """
    if program.complete:
        words = translations(site.language).gettext("Complete: no further episodes will come.")
        return UpdateFrequency(words, complete=True)
    first_heard = [slot for slot in current_slots(site, program) if slot.kind is BroadcastKind.LIVE]
    told = list(dict.fromkeys(filter(None, (slot_words(site, slot) for slot in first_heard))))
    if not told:
        return None
    rules = {dates_of(site, slot).rrule() for slot in first_heard}
    return UpdateFrequency("; ".join(told)) if len(rules) > 1 else _by_rule(site, first_heard[0], told[0])


def _by_rule(site: Site, slot: Slot, words: str) -> UpdateFrequency:
    dates = dates_of(site, slot)
    return UpdateFrequency(words, dates.rrule(), dates.begins())
