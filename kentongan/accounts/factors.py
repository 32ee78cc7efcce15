"""The second key: codes of an app (TOTP, RFC 6238), and codes on paper for the day the phone is lost."""

from __future__ import annotations

import re
import secrets

import pyotp
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kentongan.accounts.accounts import Accounts, Clock, utc_now
from kentongan.accounts.tables import Account, Factor, PaperCode, Passkey
from kentongan.accounts.tokens import kept
from kentongan.database import Database
from kentongan.errors import KentonganError
from kentongan.language import Message

STEP_SECONDS = 30
PAPER_CODES = 8
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for one another."""
_SECRET = re.compile(r"[A-Z2-7]{32}")
"""160 bits in base 32, as :func:`pyotp.random_base32` makes them."""


class Factors:
    """Second keys of accounts. A code opens once, whether it came from the app or from paper."""

    def __init__(self, database: Database, accounts: Accounts, clock: Clock = utc_now) -> None:
        self._database, self._accounts, self._clock = database, accounts, clock

    def has(self, account: Account) -> bool:
        """Whether *account* has a second key: an app with codes, or a passkey."""
        with self._database.reading() as session:
            mine = select(Passkey.id).where(Passkey.account_id == account.id).limit(1)
            return session.get(Factor, account.id) is not None or session.scalar(mine) is not None

    def has_app(self, account: Account) -> bool:
        """Whether *account* has an app with codes."""
        with self._database.reading() as session:
            return session.get(Factor, account.id) is not None

    def proposal(self, account: Account, office: str, secret: str = "") -> tuple[str, str]:
        """A secret that *account* may begin to use, and the ``otpauth:`` address that an app reads from a QR code.

        It is *secret*, where that is one.
        """
        secret = secret if _SECRET.fullmatch(secret) else pyotp.random_base32()
        return secret, pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(
            name=account.login, issuer_name=office
        )

    def begin(self, account: Account, secret: str, code: str) -> tuple[str, ...]:
        """Makes *secret* the second key of *account*, once *code* shows that the app has it.

        :returns: the codes for paper; they are not shown again.
        :raises KentonganError: when *code* is not of *secret*, or that is none.
        """
        if not _SECRET.fullmatch(secret):
            raise KentonganError(
                Message("The letters of this key are not complete."),
                Message("Let the app look at the new picture, and type the digits that it shows then."),
            )
        step = self._step(secret, code)
        if step is None:
            raise wrong_code()
        codes = tuple("".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(PAPER_CODES))
        with self._database.session() as session:
            self._forget(session, account)
            session.add(Factor(account_id=account.id, secret=secret, step=step))
            session.add_all(PaperCode(account_id=account.id, code=kept(one)) for one in codes)
        self._accounts.note(account.login, "second-key", account.login)
        return codes

    def opens(self, account: Account, code: str, address: str) -> bool:
        """Whether *code* opens for *account*; it never does again.

        :raises KentonganError: after too many wrong ones.
        """
        plain = "".join(code.split()).replace("-", "").lower()
        who, where = f"code {account.login}", f"code {account.login} {address}"
        self._accounts.require_patience(who, where)  # others of the office share the address
        with self._database.session() as session:
            opened = self._app_code(session, account, plain) or self._paper_code(session, account, plain)
        if not opened:
            self._accounts.count_failure(who, where)
        return opened

    def end(self, login: str, by: str) -> None:
        """Takes the second keys of *login* away, passkeys too, as for a phone that is lost."""
        account = self._accounts.named(login)
        with self._database.session() as session:
            self._forget(session, account)
            session.execute(delete(Passkey).where(Passkey.account_id == account.id))
        self._accounts.note(by, "second-key-off", login)

    def _app_code(self, session: Session, account: Account, code: str) -> bool:
        factor = session.get(Factor, account.id, with_for_update=True)
        step = self._step(factor.secret, code) if factor else None
        if factor is None or step is None or step <= factor.step:
            return False
        factor.step = step
        return True

    def _paper_code(self, session: Session, account: Account, code: str) -> bool:
        mine = PaperCode.account_id == account.id
        found = session.scalar(select(PaperCode).where(mine, PaperCode.code == kept(code)).with_for_update())
        if found:
            session.delete(found)
        return found is not None

    def _forget(self, session: Session, account: Account) -> None:
        session.execute(delete(Factor).where(Factor.account_id == account.id))
        session.execute(delete(PaperCode).where(PaperCode.account_id == account.id))

    def _step(self, secret: str, code: str) -> int | None:
        """The time step whose code *code* is: the present one or one beside it, for clocks that are a little off."""
        app = pyotp.TOTP(secret, interval=STEP_SECONDS)
        now = int(self._clock().timestamp()) // STEP_SECONDS
        for step in (now, now - 1, now + 1):
            if secrets.compare_digest(app.at(step * STEP_SECONDS).encode(), "".join(code.split()).encode()):
                return step
        return None


def wrong_code() -> KentonganError:
    """What to say of a code that does not open."""
    return KentonganError(
        Message("This code does not fit."), Message("Wait for the next one in the app, and type that one.")
    )
