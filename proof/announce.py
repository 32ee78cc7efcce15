"""The announcement reader on texts that nobody writes: linear time on 100 kB of each kind, and many random ones."""

from __future__ import annotations

import random
import time
from datetime import date
from typing import Any

from kentongan.intake import read_announcement

NOW = date(2020, 7, 20)
SMALL, LARGE = 25_000, 100_000
TEXTS = 5_000
MOST_SECONDS = 1.0
"""On a quiet machine."""
MOST_RATIO = 2.0
"""How much longer than in proportion the large text may take; noise takes some of it."""
UNITS = {
    "digits": "1",
    "digits and commas": "1, ",
    "digits and dashes": "1-",
    "commas": ",",
    "dan": "dan ",
    "brackets": "([{<",
    "opened tags": "<p",
    "opened comments": "<!--",
    "entities": "&amp",
    "cells": "<td>a</td>",
    "emoji": "📅",
    "dates": "22 Juli 2020, ",
    "dates without a year": "22 Juli, ",
    "moved hours": "10.00 dipindah ke ",
    "days left out": "setiap Senin kecuali 16 Desember 2026 ",
    "short dates": "22/07/2020 ",
    "besok": "besok ",
    "Rabu depan": "Rabu depan ",
    "weekdays": "Senin, ",
    "setiap": "setiap Senin dan ",
    "hours": "10.00-",
    "jam": "jam 7 ",
    "names": "Budi Santoso, S.E., ",
    "titles": "Dr. ",
    "posts": "Ketua Koperasi, ",
    "posts and names": "Ketua Kopma UNY Galih Pamungkas, ",
    "narasumber": "Narasumber: ",
    "dengan": "dengan ",
    "akan hadir": "Budi akan hadir ",
    "cards": "Budi Santoso\nKetua X\n",
    "stations": "Radio ",
    "FM": "Aa FM ",
    "programs": 'program "',
    "topics": "membahas ",
    "venues": "di kantor ",
    "addresses": "www.",
    "mail": "a@",
    "phones": "0812 ",
    "lines": "\nA",
    "marks": "*_~",
    "sessions": "Sesi 1 09.00-10.00, ",
    "numbered guests": "1. Budi Santoso (Ketua KSP) ",
    "bare programs": "Warung Sebelah di Radio Suka ",
    "bare frequencies": "di Trijaya 97.0, ",
    "quoted names": '"Warung" di ',
    "broken days": "13/14/2026 pukul 25.00 WIB ",
    "ends": "selesai 10.00 ",
    "chat links": "wa.me/6281234567890 ",
    "polite posts": "Pak Lurah ",
    "NUL": "\0",
    "surrogates": "\ud800",
    "right to left": "\u202e",
    "combining": "e\u0301",
    "full width": "１",
}
PIECES = (
    *UNITS.values(),
    " ",
    "\n",
    ".",
    "Rabu, 22 Juli 2020",
    "pukul 10.00 WIB",
    "Radio Suka 97,5 FM",
    "S.Pt",
    "(",
    ")",
)


def seconds(text: str) -> float:
    """Processor time to read *text* and to tell it as JSON."""
    begun = time.process_time()
    read_announcement(text, NOW).to_json("id")
    return time.process_time() - begun


def ratio(unit: str) -> tuple[float, float]:
    """How long 100 kB of *unit* take, and how much more that is than four times what 25 kB take.

    :raises AssertionError: when it is more than linear, or more than a second.
    """
    small, large = (min(seconds((unit * size)[:size]) for _ in range(2)) for size in (SMALL, LARGE))
    times = large / small / (LARGE / SMALL)
    assert times < MOST_RATIO, (unit, times)
    assert large < MOST_SECONDS, (unit, large)
    return large, times


def random_texts() -> int:
    """Reads random texts, always the same ones; returns how many.

    :raises AssertionError: when something was read outside of its text.
    """
    chance = random.Random(1)
    for _ in range(TEXTS):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 60)))
        record = read_announcement(text, NOW).to_json("id")
        assert all(0 <= start < end <= len(text) for start, end in record["spans"].values()), text
    return TEXTS


def prove() -> dict[str, Any]:
    """Runs both; processor seconds."""
    measured = {name: ratio(unit) for name, unit in UNITS.items()}
    slowest = max(measured, key=lambda name: measured[name][0])
    return {
        "random texts": random_texts(),
        "kinds of 100 kB": len(measured),
        "slowest": slowest,
        "seconds": round(measured[slowest][0], 2),
        "worst ratio to linear": round(max(times for _, times in measured.values()), 2),
    }
