"""Group commit: the work of all threads that wait is one transaction, so that the disk is waited for once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")


class Together:
    """Does work in the transactions of SQLite that *begin* opens. Whoever has the turn does that of all who wait."""

    def __init__(self, begin: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._begin = begin
        self._waiting: deque[_Work[object]] = deque()
        self._turn = Lock()

    def do(self, work: Callable[[Connection], T]) -> T:
        """What *work* gives, once it is kept for good; what it raises undoes its own changes and nobody else's."""
        mine = _Work(work)
        self._waiting.append(mine)  # type: ignore[arg-type]
        with self._turn:
            if not mine.done:
                self._work_off()
        return mine.result()

    def _work_off(self) -> None:
        batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
        try:
            with self._begin() as connection:
                for one in batch:
                    one.run(connection)
        except Exception as error:
            for one in batch:
                one.fail(error)
        finally:
            for one in batch:
                one.done = True


class _Work(Generic[T]):
    """The work of one thread, and how it ended."""

    def __init__(self, work: Callable[[Connection], T]) -> None:
        self._work, self._given, self._error = work, list[T](), list[Exception]()
        self.done = False

    def run(self, connection: Connection) -> None:
        """Savepoints go past SQLAlchemy, which takes longer for one than SQLite for all the rest."""
        sqlite: Any = connection.connection.driver_connection
        sqlite.execute("SAVEPOINT work")
        try:
            self._given.append(self._work(connection))
        except Exception as error:
            sqlite.execute("ROLLBACK TO work")
            self.fail(error)
        finally:
            sqlite.execute("RELEASE work")

    def fail(self, error: Exception) -> None:
        """The first thing that went wrong is what is told."""
        self._given.clear()
        self._error.append(error)

    def result(self) -> T:
        if self._error:
            raise self._error[0]
        return self._given[0]
