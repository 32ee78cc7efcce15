"""Sessions: a random token in a cookie, its hash in the database, an end by idleness and an end in any case."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select, update

from kentongan.accounts.accounts import Clock, utc_now
from kentongan.accounts.tables import Account, AccountSession
from kentongan.accounts.tokens import kept, new_token
from kentongan.database import Database

IDLE, LASTS = timedelta(days=3), timedelta(days=30)
"""After so long without a click, and after so long in any case, one has to log in again (OWASP ASVS 5.0, 7.3)."""
WAITS = timedelta(minutes=10)
"""So long there is for showing the second key."""
_NOTED_EVERY = timedelta(minutes=5)


class Sessions:
    """Who is logged in, and where."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    def begin(self, account: Account, device: str, *, waits: bool = False) -> str:
        """A new token for *account*; what is over is cleared away. One that *waits* opens nothing."""
        now, token = self._clock(), new_token()
        with self._database.session() as session:
            session.execute(
                delete(AccountSession).where((AccountSession.seen < now - IDLE) | (AccountSession.made < now - LASTS))
            )
            session.add(
                AccountSession(
                    token=kept(token), account_id=account.id, device=device[:120], made=now, seen=now, waits=waits
                )
            )
        return token

    def account(self, token: str) -> Account | None:
        """Whose *token* this is, as long as the session lasts and the account is not shut."""
        found = self._found(token, IDLE)
        if found is None or found.waits:
            return None
        if self._clock() - found.seen > _NOTED_EVERY:
            self._note_seen(found)
        return found.account

    def waiting(self, token: str) -> Account | None:
        """Whose *token* this is, where only the second key has to be shown yet."""
        found = self._found(token, WAITS)
        return found.account if found and found.waits else None

    def of(self, account: Account) -> list[AccountSession]:
        """Where *account* is logged in, the latest first."""
        with self._database.reading() as session:
            mine = select(AccountSession).where(
                AccountSession.account_id == account.id, AccountSession.waits.is_(False)
            )
            return list(session.scalars(mine.order_by(AccountSession.seen.desc())))

    def end(self, token: str) -> None:
        """Logs out."""
        with self._database.session() as session:
            session.execute(delete(AccountSession).where(AccountSession.token == kept(token)))

    def end_other(self, account: Account, named: str) -> None:
        """Ends the session of *account* whose kept token begins with *named*, as a list of sessions shows it."""
        with self._database.session() as session:
            mine = AccountSession.account_id == account.id
            session.execute(delete(AccountSession).where(mine, AccountSession.token.startswith(named, autoescape=True)))

    def _found(self, token: str, idle: timedelta) -> AccountSession | None:
        now = self._clock()
        with self._database.reading() as session:
            found = session.get(AccountSession, kept(token))
        over = found is None or found.account.disabled or now - found.seen > idle or now - found.made > LASTS
        return None if over else found

    def _note_seen(self, found: AccountSession) -> None:
        with self._database.session() as session:
            session.execute(
                update(AccountSession).where(AccountSession.token == found.token).values(seen=self._clock())
            )
