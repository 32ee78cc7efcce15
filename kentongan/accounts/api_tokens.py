"""Keys with which programs act for an account: never more than its role allows, and no more than their scopes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update

from kentongan.accounts.accounts import Accounts, Clock, utc_now
from kentongan.accounts.tables import Account, ApiToken
from kentongan.accounts.tokens import kept, new_token
from kentongan.database import Database
from kentongan.errors import KentonganError
from kentongan.language import Message

PREFIX = "ktg_"
"""By which scanners for leaked secrets, and people, know a token of ours."""
LONGEST = timedelta(days=366)
_NOTED_EVERY = timedelta(minutes=5)


class Scope(StrEnum):
    """What a token is for, besides what everybody may read."""

    READ = "read"
    """See what is not public yet."""
    WRITE = "write"
    """Begin and change what is not public."""
    PUBLISH = "publish"
    """Change what readers see."""


class ApiTokens:
    """The tokens of all accounts. Making and ending one is in the audit log."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock
        self._accounts = Accounts(database, clock)

    def make(self, account: Account, name: str, scopes: Collection[Scope], lasts: timedelta) -> str:
        """A new token of *account*, which may read in any case; it is not shown again.

        :raises KentonganError: when it has no name, no scope, or would last longer than a year.
        """
        name = " ".join(name.split())[:80]
        if not name:
            raise KentonganError(Message("Give the key a name."), Message("Say which app it is for."))
        if not scopes or not timedelta() < lasts <= LONGEST:
            raise KentonganError(Message("Choose what the key is for, and for how long, up to a year."))
        token, now = PREFIX + new_token(), self._clock()
        words = " ".join(scope for scope in Scope if scope in {Scope.READ, *scopes})
        with self._database.session() as session:
            session.add(
                ApiToken(account_id=account.id, name=name, digest=kept(token), scopes=words, made=now, ends=now + lasts)
            )
        self._accounts.note(account.login, "make-api-token", name, words)
        return token

    def of(self, account: Account) -> list[ApiToken]:
        """The tokens of *account* that still open something, newest first."""
        with self._database.reading() as session:
            mine = select(ApiToken).where(ApiToken.account_id == account.id, ApiToken.ends > self._clock())
            return list(session.scalars(mine.order_by(ApiToken.id.desc())))

    def end(self, account: Account, id_: int) -> None:
        """Ends the token *id_*, if it is one of *account*'s."""
        with self._database.session() as session:
            found = session.get(ApiToken, id_)
            if found is None or found.account_id != account.id:
                return
            name = found.name
            session.execute(delete(ApiToken).where(ApiToken.id == id_))
        self._accounts.note(account.login, "end-api-token", name)

    def known(self, token: str) -> ApiToken | None:
        """What *token* opens; ``None``: nothing, it never did, is over, or its account is shut."""
        now = self._clock()
        with self._database.reading() as session:
            found = session.scalar(select(ApiToken).where(ApiToken.digest == kept(token)))
        if found is None or found.ends <= now or found.account.disabled:
            return None
        if found.used is None or now - found.used > _NOTED_EVERY:
            with self._database.session() as session:
                session.execute(update(ApiToken).where(ApiToken.id == found.id).values(used=now))
        return found
