"""What is typed and not saved: kept on the server at every pause, so that nothing is lost but what was never sent."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Delete, delete, select

from kentongan.actions.newsroom import Actor, Newsroom
from kentongan.actions.tables import WorkingCopy


def keep(room: Newsroom, actor: Actor, path: str, base: str | None, answers: Mapping[str, str]) -> WorkingCopy:
    """Keeps *answers* to the form of *path*, in the place of those kept before."""
    with room.database.session() as session:
        session.execute(_one(actor, path))
        copy = WorkingCopy(account_id=actor.account.id, path=path, base=base, answers=dict(answers), at=room.now)
        session.add(copy)
        session.flush()
        return copy


def kept(room: Newsroom, actor: Actor, path: str) -> WorkingCopy | None:
    """What *actor* had typed into the form of *path*."""
    with room.database.reading() as session:
        wanted = (WorkingCopy.account_id == actor.account.id, WorkingCopy.path == path)
        return session.scalar(select(WorkingCopy).where(*wanted))


def all_kept(room: Newsroom, actor: Actor) -> list[WorkingCopy]:
    """All that *actor* has typed and not saved, newest first."""
    with room.database.reading() as session:
        mine = select(WorkingCopy).where(WorkingCopy.account_id == actor.account.id)
        return list(session.scalars(mine.order_by(WorkingCopy.at.desc())))


def forget(room: Newsroom, actor: Actor, path: str) -> None:
    """Lets go of what was saved, or is not wanted."""
    with room.database.session() as session:
        session.execute(_one(actor, path))


def _one(actor: Actor, path: str) -> Delete:
    return delete(WorkingCopy).where(WorkingCopy.account_id == actor.account.id, WorkingCopy.path == path)
