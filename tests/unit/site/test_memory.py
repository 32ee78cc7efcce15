"""What was made of a Site is made again when what was read of it has changed, and only then."""

from datetime import timedelta

import pytest

from kentongan.site.memory import Memory
from tests.unit import factories as made


class Kitchen:
    """Makes things of Sites, one turn after the other, and remembers what it made."""

    def __init__(self):
        self.memory, self.cooked = Memory(), []

    def serve(self, site, *orders):
        """The values of *orders*, and which of them had to be made."""
        self.cooked.clear()
        self.memory.turn(site)
        values = [self.memory.once(make, *args) for make, *args in orders]
        self.memory.settle()
        return values, list(self.cooked)

    def title(self, site, id_):
        self.cooked.append(id_)
        found = site.episode(id_)
        return found.title if found else None

    def titles(self, site):
        self.cooked.append("all")
        return [episode.title for episode in site.episodes]

    def length_of_title(self, site, id_):
        self.cooked.append("length")
        return len(site.once(self.title, id_))

    def is_short(self, site, id_):
        self.cooked.append("short")
        return site.once(self.length_of_title, id_) < 5

    def is_over(self, site):
        self.cooked.append("over")
        return site.now >= made.AFTER

    def stamp(self, site):
        self.cooked.append("stamp")
        return site.now.isoformat()

    def weekday(self, site):
        self.cooked.append("weekday")
        return site.today.weekday()


@pytest.fixture
def kitchen():
    return Kitchen()


def site(*titles, now=made.BEFORE):
    episodes = [made.episode(id=f"e{place}", guid=f"g{place}", title=title) for place, title in enumerate(titles)]
    return made.site(made.program(), made.station(), *episodes, now=now)


def test_only_what_read_a_changed_record_is_made_again(kitchen):
    orders = [(kitchen.title, "e0"), (kitchen.title, "e1"), (kitchen.titles,)]
    kitchen.serve(site("A", "B"), *orders)
    assert kitchen.serve(site("A", "B"), *orders)[1] == []
    values, cooked = kitchen.serve(site("A", "X"), *orders)
    assert (values[:2], cooked) == (["A", "X"], ["e1", "all"])


def test_what_was_not_there_is_found_when_it_comes_and_missed_when_it_goes(kitchen):
    order = (kitchen.title, "e1")
    assert kitchen.serve(site("A"), order)[0] == [None]
    assert kitchen.serve(site("A", "B"), order)[0] == ["B"]
    assert kitchen.serve(site("A"), order)[0] == [None]


def test_what_comes_out_equal_leaves_what_was_made_of_it_alone(kitchen):
    order = (kitchen.is_short, "e0")
    assert kitchen.serve(site("AB"), order) == ([True], ["short", "length", "e0"])
    assert kitchen.serve(site("XY"), order) == ([True], ["e0", "length"])
    assert kitchen.serve(site("XYZZY"), order) == ([False], ["e0", "length", "short"])


def test_the_clock_matters_where_it_passes_what_it_was_held_against(kitchen):
    order = (kitchen.is_over,)
    assert kitchen.serve(site(now=made.BEFORE), order) == ([False], ["over"])
    assert kitchen.serve(site(now=made.DURING), order) == ([False], [])
    assert kitchen.serve(site(now=made.AFTER), order) == ([True], ["over"])
    assert kitchen.serve(site(now=made.AFTER + timedelta(hours=1)), order) == ([True], ["over"])  # it was exactly then
    assert kitchen.serve(site(now=made.AFTER + timedelta(hours=2)), order) == ([True], [])
    assert kitchen.serve(site(now=made.BEFORE), order) == ([False], ["over"])


def test_what_prints_the_clock_is_made_at_every_instant(kitchen):
    order = (kitchen.stamp,)
    kitchen.serve(site(now=made.BEFORE), order)
    assert kitchen.serve(site(now=made.BEFORE), order)[1] == []
    assert kitchen.serve(site(now=made.BEFORE + timedelta(seconds=1)), order)[1] == ["stamp"]


def test_what_asks_for_the_day_holds_all_day(kitchen):
    order = (kitchen.weekday,)
    kitchen.serve(site(now=made.BEFORE), order)
    assert kitchen.serve(site(now=made.AFTER), order)[1] == []
    assert kitchen.serve(site(now=made.AFTER + timedelta(days=1)), order)[1] == ["weekday"]


def test_what_nobody_asks_for_is_forgotten(kitchen):
    kitchen.serve(site("A"), (kitchen.title, "e0"))
    kitchen.serve(site("A"))
    assert kitchen.serve(site("A"), (kitchen.title, "e0"))[1] == ["e0"]


def test_equal_instants_in_another_zone_are_not_the_same(kitchen):
    from kentongan.schedule import broadcasts

    east = made.site(
        made.program(),
        made.station(zone="WITA"),
        made.episode(broadcasts=[made.transmission(start="2020-07-22 11:00", end=None)]),
    )
    west = made.site(made.program(), made.station(zone="WIB"), made.episode(broadcasts=[made.transmission(end=None)]))
    assert broadcasts(east) != broadcasts(west)
    kitchen.serve(east, (broadcasts,))
    (dated,), _ = kitchen.serve(west, (broadcasts,))
    assert dated[0].start.hour == 10


def test_an_error_is_whoever_asks_ones_and_leaves_nothing_behind(kitchen):
    def fails(site):
        raise ValueError(site.office.name)

    for _ in range(2):
        with pytest.raises(ValueError, match="Koperasi"):
            kitchen.serve(site("A"), (fails,))
    assert kitchen.serve(site("A"), (kitchen.title, "e0"))[0] == ["A"]
