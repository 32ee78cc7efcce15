"""Random changes to an office, as people make them: each a file written, moved, spoilt, mended or deleted."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bench.corpus import NOW, body, write_office
from tests.offices import CONF, ROOT, commit

Change = Callable[["Office"], None]


class Office:
    """An office in *folder* that is changed at random, by *seed*; ``now`` is the instant to build it for."""

    def __init__(self, folder: Path, seed: int, articles: int = 26) -> None:
        self.folder, self.chance, self.now = folder, random.Random(seed), NOW
        self.spoilt: dict[Path, str] = {}
        write_office(folder, articles)
        commit(folder)

    def change(self) -> str:
        """Makes one change, and says which."""
        made = self.chance.choices(list(CHANGES), weights=list(CHANGES.values()))[0]
        made(self)
        return made.__name__

    def content(self, kind: str) -> list[Path]:
        return sorted((self.folder / "content" / kind).glob("*.md"))

    def one_of(self, *kinds: str) -> Path:
        return self.chance.choice([path for kind in kinds for path in self.content(kind) if path not in self.spoilt])

    def edit(self, path: Path, pattern: str, new: str) -> None:
        """Replaces the first match of *pattern*, where there is one."""
        path.write_text(re.sub(pattern, lambda _: new, path.read_text(), count=1, flags=re.MULTILINE))

    def word(self) -> str:
        return f"kata{self.chance.randrange(1000)}"


def edit_body(office: Office) -> None:
    path = office.one_of("articles", "episodes", "consultations", "programs", "people", "stations")
    path.write_text(path.read_text() + f"\n{office.word()} **tebal**\n")


def edit_title(office: Office) -> None:
    path = office.one_of("articles", "episodes", "consultations", "programs")
    office.edit(path, "^title: .*", f"title: {office.word()}")


def add_article(office: Office) -> None:
    day = (office.now + timedelta(days=office.chance.randint(-400, 1))).date()
    text = f"---\ntitle: {office.word()}\ndate: {day} 0{office.chance.randrange(10)}:00\ncategory: Usaha\n---\n\n"
    (office.folder / f"content/articles/baru-{office.word()}.md").write_text(text + body(office.chance))


def rename(office: Office) -> None:
    path = office.one_of("articles", "episodes", "people")
    path.rename(path.with_name(f"pindah-{office.word()}.md"))


def delete(office: Office) -> None:
    kind = office.chance.choice(["articles", "articles", "episodes", "consultations", "people"])
    if len(office.content(kind)) > 1:
        office.one_of(kind).unlink()


def change_category(office: Office) -> None:
    office.edit(
        office.one_of("articles"), "^category: .*", f"category: {office.chance.choice(['Baru', 'Usaha', 'A B'])}"
    )


def change_tags(office: Office) -> None:
    office.edit(office.one_of("articles"), "^  - topik .*", f"  - topik {office.chance.randrange(5)}")


def change_author(office: Office) -> None:
    office.edit(
        office.one_of("articles"), "^authors: .*", f"authors: {office.chance.choice(['orang-1', 'Siapa Saja'])}"
    )


def link(office: Office) -> None:
    target = office.chance.choice(["/content/articles/tidak-ada.md", "/berita/tidak-ada/", "/program/"])
    found = f"/{office.one_of('articles', 'episodes').relative_to(office.folder / 'content')}"
    path = office.one_of("articles")
    path.write_text(f"{path.read_text()}\n[ke sana]({office.chance.choice([target, '{filename}' + found])})\n")


def publish_later(office: Office) -> None:
    due = office.now + timedelta(hours=office.chance.randint(-3, 48))
    office.edit(office.one_of("articles", "episodes"), "^date: .*", f"date: {due:%Y-%m-%d %H:%M}")


def hide(office: Office) -> None:
    path = office.one_of("articles", "programs", "people", "consultations", "episodes")
    office.edit(path, "^---$", f"---\nstatus: {office.chance.choice(['draft', 'archived'])}")


def move_broadcast(office: Office) -> None:
    start = office.now + timedelta(hours=office.chance.randint(-200, 200))
    office.edit(office.one_of("episodes"), "^    start: .*", f"    start: {start:%Y-%m-%d %H:00}")


def end_broadcast(office: Office) -> None:
    path = office.one_of("episodes")
    if found := re.search(r"^    start: (\S+ \S+)$", path.read_text(), re.MULTILINE):
        end = datetime.fromisoformat(found[1]) + timedelta(minutes=90)
        office.edit(path, "^credits:", f"    end: {end:%Y-%m-%d %H:%M}\ncredits:")


def cancel(office: Office) -> None:
    office.edit(office.one_of("episodes"), "^summary: .*", f"summary: s\ncancelled: {office.word()}")


def flip_on_air(office: Office) -> None:
    office.edit(office.one_of("episodes"), "^summary: .*", "summary: s\non_air: yes")


def change_slot(office: Office) -> None:
    path = office.one_of("programs")
    office.edit(path, "^    duration: .*", f"    duration: {office.chance.choice([30, 45, 90])}")
    office.edit(path, "BYDAY=..", f"BYDAY={office.chance.choice(['MO', 'WE', 'SA'])}")


def override_slot(office: Office) -> None:
    day = (office.now + timedelta(days=office.chance.randint(0, 9))).date()
    rule = f"overrides:\n  - date: {day}\n    cancel: yes\n    reason: libur\n"
    office.edit(office.one_of("programs"), "^stations: ", f"{rule}stations: ")


def change_zone(office: Office) -> None:
    office.edit(office.one_of("stations"), "^zone: .*", f"zone: {office.chance.choice(['WIB', 'WITA', 'WIT'])}")


def change_person(office: Office) -> None:
    office.edit(office.one_of("people"), "^name: .*", f"name: {office.word().capitalize()}")


def change_office(office: Office) -> None:
    office.edit(office.folder / "content/site.yml", "^tagline: .*", f"tagline: {office.word()}")


def add_page(office: Office) -> None:
    text = (
        f"---\ntitle: {office.word()}\nmenu: {office.chance.randrange(9)}\nwas: /lama-{office.word()}/\n---\n\nIsi.\n"
    )
    path = office.folder / f"content/pages/{office.word()}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def add_picture(office: Office) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {office.chance.randint(1, 9)} 9"/>'
    path = office.folder / f"content/media/gambar-{office.chance.randrange(3)}.svg"
    path.parent.mkdir(exist_ok=True)
    path.write_text(drawing)
    office.edit(office.one_of("articles"), "^category: .*", f"category: A\nimage:\n  src: {path.name}\n  alt: Gambar")


def spoil(office: Office) -> None:
    path = office.one_of("articles", "episodes", "programs")
    office.spoilt[path] = path.read_text()
    path.write_text(office.chance.choice(["", "---\ntitle: [\n---\n", "---\ntitle: x\ndate: 2026-02-31\n---\n", "\0"]))


def mend(office: Office) -> None:
    for path, text in office.spoilt.items():
        path.write_text(text)
    office.spoilt.clear()


def commit_all(office: Office) -> None:
    (office.folder / "content/articles" / f"simpan-{office.word()}.md").write_text(
        "---\ntitle: S\ndate: 2020-01-01\n---\n"
    )
    commit(office.folder)


def change_template(office: Office) -> None:
    name = office.chance.choice(["article.html", "parts/marks.html"])
    path = office.folder / "theme/templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{(ROOT / 'theme/templates' / name).read_text()}{{# {office.word()} #}}\n")


def change_settings(office: Office) -> None:
    site = f"https://{office.word()}.example/{office.chance.choice(['', 'koperasi/'])}".rstrip("/")
    (office.folder / "pelicanconf.py").write_text(f"{CONF}SITEURL = {site!r}\n")


def move_clock(office: Office) -> None:
    office.now += timedelta(minutes=office.chance.choice([1, 30, 60, 60 * 24, 60 * 24 * 8, -45, -60 * 24]))


CHANGES: dict[Change, int] = {
    edit_body: 4,
    edit_title: 4,
    add_article: 3,
    rename: 2,
    delete: 2,
    change_category: 2,
    change_tags: 2,
    change_author: 1,
    link: 2,
    publish_later: 2,
    hide: 1,
    move_broadcast: 3,
    end_broadcast: 2,
    cancel: 1,
    flip_on_air: 2,
    change_slot: 2,
    override_slot: 2,
    change_zone: 1,
    change_person: 1,
    change_office: 1,
    add_page: 1,
    add_picture: 2,
    spoil: 2,
    mend: 2,
    commit_all: 1,
    change_template: 1,
    change_settings: 1,
    move_clock: 6,
}
