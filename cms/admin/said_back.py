"""A recurrence said back in words, with its next dates: people check sentences, not controls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice

from pydantic import TypeAdapter, ValidationError

from kentongan.forms.rules import rule_of
from kentongan.language import moment
from kentongan.model.recurrence import Recurrence, lies
from kentongan.schedule.recurring import Recurring
from kentongan.schedule.rule_words import rule_words

_RULE: TypeAdapter[str] = TypeAdapter(Recurrence)
_AHEAD = timedelta(days=800)
_SHOWN = 5


def said_back(
    answers: Mapping[str, str], start: str, zone: str, now: datetime, language: str
) -> tuple[str, list[str]] | None:
    """How often *answers* let something come round that first begins at *start* (local in *zone*), and when next.

    ``None`` where that cannot be said yet.
    """
    try:
        begins = datetime.fromisoformat(start.replace(" ", "T"))
        rule = _RULE.validate_python(rule_of(answers, begins))
    except (ValueError, ValidationError):
        return None
    if lies(rule, begins, None):
        return None
    dates = Recurring.of(rule, begins, zone)
    coming = islice(dates.between(now, now + _AHEAD), _SHOWN)
    return rule_words(dates, now, language) or rule, [moment(date, language).sentence for date in coming]
