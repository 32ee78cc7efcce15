"""How often something comes round: a recurrence rule (RFC 5545, 3.3.10) <-> the few choices that a person is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOW, TEXT = "how", "text"
WEEKLY, FORTNIGHTLY, MONTHLY, OTHER = "weekly", "fortnightly", "monthly", "other"
"""Every week on some days; every other week; each month on the same day of the same week; any other rule, as text."""


def rule_values(rule: str) -> dict[str, str]:
    """The answers that stand for *rule*."""
    if not rule:
        return {}
    parts = dict(part.partition("=")[::2] for part in rule.upper().removeprefix("RRULE:").split(";"))
    days = parts.get("BYDAY", "").split(",")
    interval = parts.pop("INTERVAL", "1")
    if set(parts) == {"FREQ", "BYDAY"} and parts["FREQ"] == "WEEKLY" and set(days) <= set(DAYS) and interval in "12":
        return {HOW: WEEKLY if interval == "1" else FORTNIGHTLY, **dict.fromkeys(days, "on")}
    nth = re.fullmatch(r"FREQ=MONTHLY;BYDAY=-?\d(?:MO|TU|WE|TH|FR|SA|SU)", rule.upper())
    return {HOW: MONTHLY} if nth else {HOW: OTHER, TEXT: rule}


def rule_of(answers: Mapping[str, str], start: datetime | None, before: str = "") -> str:
    """The rule that *answers* ask for, of what is first held at *start*; "" where it is held once.

    *before* is the rule that stood there: where it says the same, it stays as it was written.
    """
    how = answers.get(HOW, "")
    if how and {**rule_values(before)} == {**answers}:
        return before
    days = [day for day in DAYS if answers.get(day)] or ([DAYS[start.weekday()]] if start else [])
    match how:
        case "weekly":
            return f"FREQ=WEEKLY;BYDAY={','.join(days)}"
        case "fortnightly":
            return f"FREQ=WEEKLY;INTERVAL=2;BYDAY={','.join(days)}"
        case "monthly" if start:
            return f"FREQ=MONTHLY;BYDAY={_week(start)}{DAYS[start.weekday()]}"
        case "other":
            return answers.get(TEXT, "").strip()
    return ""


def _week(start: datetime) -> int:
    """Which of its weekday in the month *start* is; a fifth one is the last."""
    number = (start.day - 1) // 7 + 1
    return -1 if number == 5 else number
