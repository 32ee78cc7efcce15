"""The announcement reader on texts that nobody writes: linear time on 100 kB of each, and hours of random ones.

``python proof/announce.py [--texts N]`` prints a table and exits 1 when something took more than linear time, more than
a second of processor time for 100 kB, or failed.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from datetime import date

from kentongan.intake import read_announcement

NOW = date(2020, 7, 20)
SMALL, LARGE = 25_000, 100_000
MOST_SECONDS = 1.0
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


def is_linear(name: str, unit: str) -> bool:
    """Whether 100 kB of *unit* take their share of time; prints a line of the table."""
    small, large = (min(seconds((unit * size)[:size]) for _ in range(2)) for size in (SMALL, LARGE))
    ratio = large / small / (LARGE / SMALL)
    good = ratio < MOST_RATIO and large < MOST_SECONDS
    print(f"{name:<22}{large:>8.3f} s{ratio:>8.2f}{'' if good else '   TOO SLOW'}", flush=True)
    return good


def survives(texts: int) -> bool:
    """Whether *texts* random texts are read, each span within its text; the seed is fixed."""
    chance = random.Random(1)  # noqa: S311 - the same texts every time
    for _ in range(texts):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 60)))
        record = read_announcement(text, NOW).to_json("id")
        if not all(0 <= start < end <= len(text) for start, end in record["spans"].values()):
            print(f"span outside of {text!r}")
            return False
    print(f"{texts} random texts read")
    return True


def main() -> int:
    """Runs both; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=20_000, help="how many random texts (20000)")
    texts = parser.parse_args().texts
    print(f"{'100 kB of':<22}{'time':>10}{'ratio':>8}")
    good = [is_linear(name, unit) for name, unit in UNITS.items()]
    return 0 if all([*good, survives(texts)]) else 1


if __name__ == "__main__":
    sys.exit(main())
