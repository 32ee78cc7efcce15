"""Many threads that write at once: few transactions, and each thread answers for its own work alone."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, func, select

from kentongan.comments.tables import Mark

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
WRITERS = 16


@pytest.fixture
def commits(database):
    """One entry for each transaction that wrote."""
    counted = []
    event.listen(database.engine, "commit", lambda _: counted.append(1))
    return counted


def keep(database, name):
    def work(session):
        session.add(Mark(name=name, at=NOW))
        session.flush()
        if name.startswith("bad"):
            raise ValueError(name)
        return name

    return database.together(work)


def held_up(database, names):
    """Keeps all of *names* at once, while somebody else has the turn: whoever is next has them all."""
    with ThreadPoolExecutor(WRITERS) as threads:
        with database._turn:
            made = [threads.submit(keep, database, name) for name in names]
            while len(database._together._waiting) < len(names) - 1:
                time.sleep(0.001)
        return made


def kept(database):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Mark))


def test_all_who_wait_are_written_at_once(database, commits):
    names = [f"mark-{number}" for number in range(WRITERS)]
    made = held_up(database, names)
    assert [one.result() for one in made] == names
    assert kept(database) == WRITERS
    assert len(commits) <= 2, "the first may have begun alone"


def test_what_fails_undoes_its_own_work_and_nobody_elses(database):
    names = ["good-1", "bad-1", "good-2", "good-1"]
    made = held_up(database, names)
    told = sorted(type(one.exception()).__name__ for one in made)
    assert told == ["IntegrityError", "NoneType", "NoneType", "ValueError"]
    assert kept(database) == 2


def test_when_the_disk_refuses_nobody_is_told_that_it_was_kept(database):
    def refuse(_connection):
        raise OSError("no space left")

    event.listen(database.engine, "commit", refuse)
    made = held_up(database, ["a", "b", "c"])
    event.remove(database.engine, "commit", refuse)
    assert [type(one.exception()) for one in made] == [OSError] * 3
    assert kept(database) == 0
    assert keep(database, "later") == "later"
