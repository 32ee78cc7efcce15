"""What a resident builder puts live first is what the whole build gives, and it is what readers look at."""

import locale
from collections import Counter

import pytest
from pelican.settings import read_settings

from kentongan.site.memory import Memory
from tests.changes import Office
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
