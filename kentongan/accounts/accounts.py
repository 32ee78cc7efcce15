"""Accounts: made through one-time links, logged in by password, shut when somebody leaves."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kentongan.accounts.passwords import fits, hashed, require_strong
from kentongan.accounts.roles import Role
from kentongan.accounts.tables import Account, AccountSession, ApiToken, Audit, Failure, Link, Purpose
from kentongan.accounts.tokens import kept, new_token
from kentongan.database import Database
from kentongan.errors import KentonganError
from kentongan.language import Message

LINK_LASTS = {Purpose.OWNER: timedelta(days=1), Purpose.INVITE: timedelta(days=7), Purpose.RESET: timedelta(days=1)}
FAILURES, WINDOW = 10, timedelta(minutes=15)
"""So many failed logins, of one account or from one address, are too many within that time."""
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


class Accounts:
    """The accounts of one office. Every change is in the audit log."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database, self._clock = database, clock

    def all(self) -> list[Account]:
        """Everybody, those who were shut out too, by name."""
        with self._database.reading() as session:
            return list(session.scalars(select(Account).order_by(Account.name, Account.id)))

    def named(self, login: str) -> Account:
        """Whose login is *login*.

        :raises KentonganError: when nobody's is.
        """
        with self._database.reading() as session:
            return _named(session, login)

    def is_empty(self) -> bool:
        """Whether nobody has an account yet."""
        with self._database.reading() as session:
            return not session.scalar(select(func.count()).select_from(Account))

    def owner_link(self) -> str:
        """A token for the first owner; one made before works no more.

        :raises KentonganError: when there is somebody already.
        """
        if not self.is_empty():
            raise KentonganError(Message("This office has an owner."), Message("Ask the owner for an invitation."))
        with self._database.session() as session:
            session.execute(delete(Link).where(Link.purpose == Purpose.OWNER))
        return self._link(Purpose.OWNER, Role.OWNER, "", None, "kentongan")

    def invite(self, name: str, role: Role, by: str) -> str:
        """A token with which somebody called *name* can make an account of *role*."""
        return self._link(Purpose.INVITE, role, _cleaned(name), None, by)

    def reset(self, login: str, by: str) -> str:
        """A token with which *login* chooses a new password. The old one works until then."""
        account = self.named(login)
        return self._link(Purpose.RESET, account.role, account.name, account.id, by)

    def link(self, token: str) -> Link:
        """What *token* is for.

        :raises KentonganError: when it was used, is over, or never was.
        """
        with self._database.reading() as session:
            return self._valid(session, token)

    def accept(self, token: str, login: str, name: str, password: str) -> Account:
        """Makes the account that *token* is for, or gives its account a new password and ends its sessions and
        its keys for apps.

        :raises KentonganError: when the link is over, the login taken or unfit, or the password weak.
        """
        with self._database.session() as session:
            link = self._valid(session, token)
            if link.account_id:
                account = session.get_one(Account, link.account_id)
            else:
                account = _new(session, login, _cleaned(name or link.name), Role(link.role), self._clock())
            require_strong(password, account.login, account.name)
            account.password = hashed(password)
            _end_ways_in(session, account)
            session.delete(link)
            self._note(session, account.login, f"link-{link.purpose}", account.login)
            return account

    def log_in(self, login: str, password: str, address: str) -> Account | None:
        """Whose *login* and *password* these are; ``None``: nobody's, and not which of both is wrong.

        :raises KentonganError: after too many failures of that account or from that *address*.
        """
        who = f"login {login.strip().lower()}"
        self.require_patience(who, address)
        with self._database.reading() as session:
            account = session.scalar(select(Account).where(Account.login == login.strip().lower()))
        if fits(account.password if account and not account.disabled else None, password):
            with self._database.session() as session:
                session.execute(delete(Failure).where(Failure.key == _key(who)))
            return account
        self.count_failure(who, address)
        return None

    def require_patience(self, who: str, address: str) -> None:
        """Refuses to look at another secret of *who*, or one sent from *address*, after too many wrong ones.

        :raises KentonganError: then.
        """
        since = self._clock() - WINDOW
        with self._database.reading() as session:
            for key in (_key(who), _key(address)):
                recent = select(func.count()).where(Failure.key == key, Failure.at >= since)
                if (session.scalar(recent) or 0) >= FAILURES:
                    raise KentonganError(
                        Message("Too many attempts to log in."), Message("Wait a quarter of an hour, then try again.")
                    )

    def count_failure(self, who: str, address: str) -> None:
        """Remembers a wrong secret for a quarter of an hour."""
        with self._database.session() as session:
            session.execute(delete(Failure).where(Failure.at < self._clock() - WINDOW))
            session.add_all(Failure(key=_key(one), at=self._clock()) for one in (who, address))

    def change_password(self, login: str, old: str, new: str) -> None:
        """Gives *login* a new password and ends all of its sessions.

        :raises KentonganError: when *old* is not its password, or *new* is weak.
        """
        with self._database.session() as session:
            account = _named(session, login)
            if not fits(account.password, old):
                raise KentonganError(Message("The present password is another one."), Message("Type it once more."))
            require_strong(new, account.login, account.name)
            account.password = hashed(new)
            _end_sessions(session, account)
            self._note(session, login, "password", login)

    def disable(self, login: str, by: str) -> None:
        """Shuts *login* out at once; what they wrote stays theirs.

        :raises KentonganError: when it is the last owner.
        """
        with self._database.session() as session:
            account = _named(session, login)
            _require_other_owner(session, account)
            account.disabled = account.disabled or self._clock()
            _end_sessions(session, account)
            session.execute(delete(Link).where(Link.account_id == account.id))
            self._note(session, by, "disable", login)

    def end_ways_in(self, login: str, by: str) -> None:
        """Ends the sessions and the keys for apps of *login*, who may log in anew."""
        with self._database.session() as session:
            _end_ways_in(session, _named(session, login))
            self._note(session, by, "end-ways-in", login)

    def enable(self, login: str, by: str) -> None:
        """Lets *login* in again, with the password they had."""
        with self._database.session() as session:
            _named(session, login).disabled = None
            self._note(session, by, "enable", login)

    def change_role(self, login: str, role: Role, by: str) -> None:
        """Gives *login* another *role*, from its next click on.

        :raises KentonganError: when it is the last owner.
        """
        with self._database.session() as session:
            account = _named(session, login)
            if role is not Role.OWNER:
                _require_other_owner(session, account)
            account.role_name = role
            self._note(session, by, "role", login, role)

    def note(self, who: str, action: str, target: str, note: str = "") -> None:
        """Adds a line to the audit log."""
        with self._database.session() as session:
            self._note(session, who, action, target, note)

    def audit(self, limit: int = 200, *, action: str = "", target: str = "") -> list[Audit]:
        """The newest *limit* lines of the audit log, newest first; of one *action* and *target*, where named."""
        wanted = select(Audit).order_by(Audit.id.desc()).limit(limit)
        if action:
            wanted = wanted.where(Audit.action == action)
        if target:
            wanted = wanted.where(Audit.target == target)
        with self._database.reading() as session:
            return list(session.scalars(wanted))

    def _link(self, purpose: Purpose, role: Role, name: str, account_id: int | None, by: str) -> str:
        token, ends = new_token(), self._clock() + LINK_LASTS[purpose]
        with self._database.session() as session:
            session.execute(delete(Link).where(Link.ends < self._clock()))
            session.add(
                Link(token=kept(token), purpose=purpose, role=role, name=name, account_id=account_id, ends=ends)
            )
            self._note(session, by, f"make-{purpose}", name, role)
        return token

    def _valid(self, session: Session, token: str) -> Link:
        link = session.get(Link, kept(token))
        if link is None or link.ends < self._clock():
            raise KentonganError(
                Message("This link has been used, or its time is over."), Message("Ask the owner for a new one.")
            )
        return link

    def _note(self, session: Session, who: str, action: str, target: str, note: str = "") -> None:
        session.add(Audit(at=self._clock(), who=who[:120], action=action[:40], target=target[:200], note=note))


def _named(session: Session, login: str) -> Account:
    account = session.scalar(select(Account).where(Account.login == login.strip().lower()))
    if account is None:
        raise KentonganError(
            Message("Nobody here is called “{login}”.", {"login": login}), Message("See “kentongan user list”.")
        )
    return account


def _new(session: Session, login: str, name: str, role: Role, now: datetime) -> Account:
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise KentonganError(
            Message("“{login}” cannot be a user name.", {"login": login}),
            Message("Take 3 to 40 small letters, digits, dots or dashes, like ratri."),
        )
    if session.scalar(select(Account.id).where(Account.login == login)):
        raise KentonganError(
            Message("Somebody here is called “{login}” already.", {"login": login}), Message("Choose another name.")
        )
    account = Account(login=login, name=name or login, role_name=role, made=now)
    session.add(account)
    session.flush()
    return account


def _end_sessions(session: Session, account: Account) -> None:
    session.execute(delete(AccountSession).where(AccountSession.account_id == account.id))


def _end_ways_in(session: Session, account: Account) -> None:
    _end_sessions(session, account)
    session.execute(delete(ApiToken).where(ApiToken.account_id == account.id))


def _require_other_owner(session: Session, account: Account) -> None:
    owners = select(Account.id).where(Account.role_name == Role.OWNER, Account.disabled.is_(None))
    if set(session.scalars(owners)) == {account.id}:
        raise KentonganError(
            Message("“{login}” is the last owner of this office.", {"login": account.login}),
            Message("Make somebody else an owner first."),
        )


def _key(of: str) -> str:
    return sha256(of.encode(errors="replace")).hexdigest()


def _cleaned(name: str) -> str:
    return " ".join("".join(c for c in name if c.isprintable()).split())[:120]
