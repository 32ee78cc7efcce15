"""A made-up office of any size. The same size is the same bytes everywhere, always."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

WORDS = (
    "koperasi anggota modal usaha pasar desa kebun panen simpan pinjam rapat pengurus warung kerajinan pelatihan "
    "harga pembeli pemasok gudang laporan catatan keputusan musyawarah tahun bulan pekan hari ini sudah akan dapat "
    "membuat menjual membeli menyimpan membagi menghitung belajar bersama tanpa dengan untuk dari yang dan atau juga "
    "karena ketika sebelum sesudah lebih kurang banyak sedikit baru lama muda tua perempuan pemuda kelompok tani"
).split()
CATEGORIES = ("Usaha", "Cerita anggota", "Pelatihan", "Kebijakan", "Pasar", "Keuangan")
TAGS = tuple(f"topik {number}" for number in range(1, 41))
NOW = datetime.fromisoformat("2026-07-01T08:00:00+07:00")
"""The instant that the office is built for."""

_SITE = """name: Koperasi Contoh
tagline: Kabar anggota
description: Berita, obrolan radio, dan konsultasi.
zone: WIB
contact:
  address: Jalan Contoh 17, Sleman
  whatsapp: +62 812 0000 0000
"""
_FIRST_DAY = date(2010, 1, 4)


def write_office(folder: Path, articles: int) -> None:
    """An office in *folder* with *articles* articles, and of everything else as much as goes with that."""
    for name, text in office_files(articles):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def office_files(articles: int) -> Iterator[tuple[str, str]]:
    """(path, text) of every file: for 1,000 articles 4 programs, 100 episodes, 50 consultations, 40 people."""
    chance = random.Random(articles)
    people, programs = max(4, articles // 25), max(2, articles // 250)
    yield "pelicanconf.py", "from kentongan_plugins.settings import *\n"
    yield "content/site.yml", _SITE
    yield "content/stations/radio-contoh.md", "---\nname: Radio Contoh\ncity: Sleman\nzone: WIB\n---\n"
    for number in range(people):
        yield f"content/people/orang-{number}.md", f"---\nname: Orang Ke {number}\nrole: Pengurus\n---\n"
    for number in range(programs):
        yield f"content/programs/acara-{number}.md", _program(chance, number)
    for number in range(articles // 10):
        yield f"content/episodes/obrolan-{number}.md", _episode(chance, number, programs, people)
    for number in range(articles // 20):
        yield f"content/consultations/tanya-{number}.md", _consultation(chance, number, people)
    for number in range(articles):
        yield f"content/articles/{article_id(number)}.md", article(chance, number, articles, people)


def article_id(number: int) -> str:
    """The id of the article *number*, and so its address."""
    return f"kabar-{number}"


def article(chance: random.Random, number: int, count: int, people: int) -> str:
    """The text of an article; the higher its number, the newer it is."""
    day = _FIRST_DAY + timedelta(days=number * 5900 // max(count, 1))
    tags = "".join(f"  - {tag}\n" for tag in sorted(chance.sample(TAGS, 3)))
    return (
        f"---\ntitle: {_title(chance, number)}\ndate: {day.isoformat()} 07:00\nsummary: {_sentence(chance)}\n"
        f"category: {chance.choice(CATEGORIES)}\ntags:\n{tags}authors: orang-{chance.randrange(people)}\n---\n\n"
        f"{body(chance)}"
    )


def body(chance: random.Random) -> str:
    """A text of some 350 words, with what people use of Markdown."""
    parts = [_paragraph(chance), _paragraph(chance)]
    for _ in range(chance.randint(1, 3)):
        parts += [f"## {_words(chance, 3).capitalize()}", _paragraph(chance), chance.choice(_EXTRAS)(chance)]
    return "\n\n".join([*parts, _paragraph(chance)]) + "\n"


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def _title(chance: random.Random, number: int) -> str:
    return f"{_words(chance, chance.randint(3, 7)).capitalize()} {number}"


def _sentence(chance: random.Random) -> str:
    return f"{_words(chance, chance.randint(6, 16)).capitalize()}."


def _paragraph(chance: random.Random) -> str:
    sentences = [_sentence(chance) for _ in range(chance.randint(3, 6))]
    place = chance.randrange(len(sentences))
    sentences[place] = chance.choice(_INLINES).format(chance.choice(WORDS), sentences[place])
    return " ".join(sentences)


def _list(chance: random.Random) -> str:
    return "\n".join(f"- {_words(chance, 6)}" for _ in range(chance.randint(3, 6)))


def _numbered(chance: random.Random) -> str:
    return "\n".join(f"{number}. {_words(chance, 6)}" for number in range(1, chance.randint(4, 7)))


def _table(chance: random.Random) -> str:
    rows = "\n".join(f"| {chance.choice(WORDS)} | {chance.randrange(100)} | {_words(chance, 4)} |" for _ in range(4))
    return f"| Barang | Jumlah | Catatan |\n| --- | --- | --- |\n{rows}"


def _quote(chance: random.Random) -> str:
    return f"> {_paragraph(chance)}"


_EXTRAS = (_list, _numbered, _table, _quote)
_INLINES = ("**{0}** {1}", "*{0}* {1}", "[{0}](https://contoh.example/{0}/) {1}", "`{0}` {1}", "{1}", "{1}")


def _program(chance: random.Random, number: int) -> str:
    day = ("MO", "TU", "WE", "TH", "FR")[number % 5]
    start = date(2020, 1, 6) + timedelta(days=number % 5)
    return (
        f"---\ntitle: Acara {number}\nguid: {_guid(1, number)}\nsummary: {_sentence(chance)}\n"
        f"stations: radio-contoh\nhosts:\n  - person: orang-0\n    role: host\nslots:\n  - id: mingguan\n"
        f"    station: radio-contoh\n    start: {start.isoformat()} {6 + number // 5 % 16:02}:00\n    duration: 60\n"
        f"    rule: FREQ=WEEKLY;BYDAY={day}\n---\n\n{_paragraph(chance)}\n"
    )


def _episode(chance: random.Random, number: int, programs: int, people: int) -> str:
    program = number % programs
    monday = date(2026, 7, 13) - timedelta(weeks=number // programs)
    start = f"{(monday + timedelta(days=program % 5)).isoformat()} {6 + program // 5 % 16:02}:00"
    return (
        f"---\ntitle: {_title(chance, number)}\nprogram: acara-{program}\nguid: {_guid(2, number)}\n"
        f"date: {(monday - timedelta(days=14)).isoformat()}\nsummary: {_sentence(chance)}\nbroadcasts:\n  - id: satu\n"
        f"    station: radio-contoh\n    start: {start}\ncredits:\n  - person: orang-{chance.randrange(people)}\n"
        f"    role: guest\n    stated: Pengurus\n---\n\n{_paragraph(chance)}\n\n{_paragraph(chance)}\n"
    )


def _consultation(chance: random.Random, number: int, people: int) -> str:
    head = f"---\ntitle: {_title(chance, number)}\nsummary: {_sentence(chance)}\n"
    if number % 2:
        return f"{head}mode: radio\nepisode: obrolan-{number}\ndate: 2020-01-01\n---\n\n{_paragraph(chance)}\n"
    day = date(2026, 7, 20) - timedelta(days=number * 3)
    return (
        f"{head}mode: office\nvenue: Kantor\ndate: 2010-01-01\nstart: {day.isoformat()} 09:00\n"
        f"end: {day.isoformat()} 11:00\nzone: WIB\n"
        f"credits:\n  - person: orang-{chance.randrange(people)}\n    role: guest\n---\n\n{_paragraph(chance)}\n"
    )


def _guid(kind: int, number: int) -> UUID:
    return UUID(int=kind << 64 | number)
