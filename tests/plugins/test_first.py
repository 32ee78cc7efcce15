"""What a resident builder puts live first is what the whole build gives, and it is what readers look at."""

import locale
import re
from collections import Counter

import pytest
from pelican.settings import read_settings

from kentongan.site.memory import Memory
from tests.changes import Office, edit_title
from tests.steps import lying
from tests.thorough import examples


class Resident:
    """A resident builder in this process, and the office that it builds."""

    def __init__(self, folder, seed=5):
        self.office = Office(folder, seed)
        settings = read_settings(str(folder / "pelicanconf.py"), {"PATH": f"{folder}/content"})
        self.output = folder / "output"
        settings["OUTPUT_PATH"] = str(self.output)
        self.engine = settings["PELICAN_CLASS"](settings)
        self.engine.memory = Memory()
        self.seen = lying(folder)
        self.build()

    def build(self, changes=None):
        return self.engine.build(self.office.now, state=self.office.folder / "var", changes=changes)

    def changes(self):
        """What has changed since this was asked before."""
        before, self.seen = self.seen, lying(self.office.folder)
        return [path for path in before.keys() | self.seen.keys() if before.get(path) != self.seen.get(path)]

    def first(self, changes):
        """The files that go live first, with what they hold."""
        self.engine.put_first(changes, self.office.now, state=self.office.folder / "var")
        return {name: (self.output / name).read_bytes() for name in self.engine._first}

    def whole(self, changes, names):
        """The same files after the whole build."""
        self.build(changes)
        return {name: path.read_bytes() if (path := self.output / name).exists() else None for name in names}


@pytest.fixture
def resident(tmp_path):
    before = locale.setlocale(locale.LC_ALL)
    made = Resident(tmp_path / "office")
    yield made
    made.engine.close()
    locale.setlocale(locale.LC_ALL, before)  # Pelican has set its own


def test_what_goes_live_first_is_as_the_whole_build_makes_it(resident):
    made = Counter()
    for _ in range(examples(80)):
        change = resident.office.change()
        changes = resident.changes()
        first = resident.first(changes)
        whole = resident.whole(changes, first)
        assert [name for name, held in first.items() if whole[name] != held] == [], change
        made[change] += bool(first)
    assert sum(made.values()) > 2


def write(resident, path, text):
    path = resident.office.folder / "content" / path
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(("change", "is_live"), [("title: Lain\n", True), ("status: draft\ntitle: Lain\n", False)])
def test_it_says_whether_readers_see_all_of_it(resident, change, is_live):
    resident.office.edit(resident.office.content("articles")[0], "^title: .*\n", change)
    place = resident.office.folder / "var"
    assert resident.engine.put_first(resident.changes(), resident.office.now, state=place) is is_live


def test_what_disappears_is_not_shown_once_more(resident):
    program = resident.office.content("programs")[0]
    program.write_text(program.read_text().replace("---\n", "---\nstatus: draft\n", 1))
    episode = resident.office.content("episodes")[0].read_text()
    text = re.sub("^program: .*", f"program: {program.stem}", episode, count=1, flags=re.MULTILINE)
    write(resident, "episodes/baru.md", re.sub("^guid: .*\n", "", text, count=1, flags=re.MULTILINE))
    assert resident.first(resident.changes()) == {}


def test_as_long_as_something_waits_to_disappear_nothing_goes_first(resident):
    resident.office.content("articles")[0].unlink()
    gone = resident.changes()
    edit_title(resident.office)
    assert resident.first(gone) == {}
    edited = resident.changes()
    assert resident.first(edited) == {}
    resident.build([*gone, *edited])
    edit_title(resident.office)
    assert resident.first(resident.changes()) != {}


DAY, PICTURE = "date: 2026-01-01", "image: {src: tidak-ada.jpg, alt: x}"


@pytest.mark.parametrize("head", [f"{DAY}\nstatus: draft", "date: 2099-01-01", f"{DAY}\n{PICTURE}", "date: ???"])
def test_what_is_not_to_be_seen_does_not_go_first(resident, head):
    write(resident, "articles/belum.md", f"---\ntitle: Belum\n{head}\n---\n\nIsi.\n")
    assert resident.first(resident.changes()) == {}


def test_a_new_article_is_in_the_lists_first(resident):
    head = "title: Terbaru\ndate: 2026-06-30\ncategory: Usaha\ntags: [satu]"
    write(resident, "articles/terbaru.md", f"---\n{head}\n---\n\nIsi.\n")
    page, *lists = resident.first(resident.changes())
    assert page == "berita/terbaru/index.html"
    shown = {"berita/index.html", "kategori/usaha/index.html", "tag/satu/index.html", "index.html", "feed.xml"}
    assert shown <= set(lists)
