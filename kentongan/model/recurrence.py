"""Recurrence rules (RFC 5545, 3.3.10), checked before anything is computed from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated

from dateutil.rrule import rrule, rrulestr
from pydantic import AfterValidator

from kentongan.language import Message
from kentongan.model.fields import Text, fault

_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_WEEKDAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTHDAY = r"-?(?:[1-9]|[12]\d|3[01])"
_PARTS = {
    "FREQ": "[A-Z]+",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,3}",
    "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
    "BYDAY": rf"(?:[+-]?[1-5])?{_WEEKDAY}(?:,(?:[+-]?[1-5])?{_WEEKDAY})*",
    "BYMONTHDAY": f"{_MONTHDAY}(?:,{_MONTHDAY})*",
    "BYMONTH": r"(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*",
    "BYSETPOS": r"-?[1-9]\d?(?:,-?[1-9]\d?)*",
    "WKST": _WEEKDAY,
}
"""What each part may say: RFC 5545 without what no office needs and calendars disagree on."""

_SOONEST = datetime(2000, 1, 3)  # noqa: DTZ001 - any Monday will do to try a rule on


def parts_of(rule: str) -> dict[str, str]:
    """The parts of a rule, upper-case: ``{"FREQ": "WEEKLY", "BYDAY": "WE"}``."""
    pairs = (part.split("=", 1) for part in rule.upper().split(";") if part)
    return {pair[0]: pair[1] if len(pair) > 1 else "" for pair in pairs}


def expand(rule: str, start: datetime) -> rrule:
    """The naive local starts of *rule* from *start* on; ``until`` in the rule counts in local time."""
    expanded = rrulestr(rule, dtstart=start, ignoretz=True)
    if not isinstance(expanded, rrule):
        raise TypeError("one rule at a time")
    return expanded


def _rule(value: str) -> str:
    rule = re.sub(r"\s", "", value).upper().removeprefix("RRULE:")
    parts = parts_of(rule)
    if (complaint := _complaint(rule, parts)) is not None:
        raise fault("recurrence", complaint, Message("Write it like FREQ=WEEKLY;BYDAY=WE."))
    try:
        next(iter(expand(rule, _SOONEST)), None)
    except (ValueError, TypeError, OverflowError) as error:
        raise fault(
            "recurrence",
            Message("“{text}” is no recurrence rule.", {"text": value}),
            Message("Write it like FREQ=WEEKLY;BYDAY=WE."),
        ) from error
    return rule


def _complaint(rule: str, parts: Mapping[str, str]) -> Message | None:
    if len(parts) < len([part for part in rule.split(";") if part]):
        return Message("A recurrence rule says each thing once.")
    for name, value in parts.items():
        if name not in _PARTS:
            return Message("A recurrence rule has no part “{part}” here.", {"part": name})
        if name == "INTERVAL" and value.strip("0") == "":
            return Message("INTERVAL=0 never comes round.")
        if not re.fullmatch(_PARTS[name], value):
            return Message("“{part}” is no part of a recurrence rule.", {"part": f"{name}={value}"})
    if parts.get("FREQ") not in _FREQUENCIES:
        return Message("A recurrence rule needs FREQ: DAILY, WEEKLY, MONTHLY or YEARLY.")
    if "COUNT" in parts and "UNTIL" in parts:
        return Message("A recurrence rule has COUNT or UNTIL, not both.")
    if "BYMONTHDAY" in parts and parts["FREQ"] in ("DAILY", "WEEKLY"):
        return Message("BYMONTHDAY goes with MONTHLY or YEARLY.")
    if re.search(r"\d", parts.get("BYDAY", "")) and parts["FREQ"] not in ("MONTHLY", "YEARLY"):
        return Message("A numbered day like 1FR goes with MONTHLY: FREQ=MONTHLY;BYDAY=1FR.")
    if "BYSETPOS" in parts and parts["FREQ"] != "MONTHLY":
        return Message("BYSETPOS goes with MONTHLY.")
    return None


Recurrence = Annotated[Text, AfterValidator(_rule)]
"""``FREQ=WEEKLY;BYDAY=WE``: how often something comes round, in the words of RFC 5545."""


Lie = tuple[str, Message, Message]
"""What does not fit together: which rule is broken, what is wrong, how to mend it."""


def strays(also: Iterable[datetime], first: datetime, lasts: Iterable[datetime | None]) -> Lie | None:
    """Which of the starts *also* lies before *first* or after one of the days *lasts*; ``None``: none does."""
    ends = [day.replace(hour=23, minute=59) for day in lasts if day]
    stray = next((one for one in also if one < first or any(one > end for end in ends)), None)
    if stray is None:
        return None
    return (
        "recurrence-also",
        Message("“also” holds {start}, before it begins or after it ends.", {"start": f"{stray:%Y-%m-%d %H:%M}"}),
        Message("Correct it, or the days from and until which it holds."),
    )


def lies(rule: str, start: datetime, until: datetime | None) -> Lie | None:
    """Why *rule* does not fit *start* and *until*; ``None`` when it does.

    A start that its own rule does not hit is one more date to some programs and none to others.
    """
    if until is not None and until < start:
        return (
            "recurrence-until",
            Message("It ends before it begins for the first time."),
            Message("Correct “until” or “start”."),
        )
    first = next(iter(expand(rule, start)), None)
    if first != start:
        return (
            "recurrence-start",
            Message("“start” is not a day that the rule hits."),
            Message("Set “start” to {first}.", {"first": first.strftime("%Y-%m-%d %H:%M")})
            if first
            else Message("Correct the rule: it never comes round."),
        )
    return None
