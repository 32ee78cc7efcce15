"""Passkeys (WebAuthn Level 3): logging in by a phone's own lock instead of by password and code.

A passkey says who somebody is and that they are there, so it counts as both keys. It is bound to the domain that it was
made for and signs what it is asked once.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from kentongan.accounts.accounts import Accounts, Clock, utc_now
from kentongan.accounts.tables import Account, Challenge, Passkey
from kentongan.accounts.tokens import kept
from kentongan.database import Database
from kentongan.errors import KentonganError
from kentongan.language import Message

CHALLENGE_LASTS = timedelta(minutes=5)
_CONFUSED = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What is raised about an answer that no authenticator gave."""
_VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Whom passkeys are made for: the domain ``id``, as a browser sees it at ``origin``, called ``name``."""

    id: str
    origin: str
    name: str


class Passkeys:
    """Passkeys of accounts. Every challenge is answered once."""

    def __init__(self, database: Database, accounts: Accounts, clock: Clock = utc_now) -> None:
        self._database, self._accounts, self._clock = database, accounts, clock

    def of(self, account: Account) -> list[Passkey]:
        """Those of *account*, in the order in which they were added."""
        with self._database.reading() as session:
            return list(session.scalars(select(Passkey).where(Passkey.account_id == account.id).order_by(Passkey.id)))

    def proposal(self, account: Account, party: RelyingParty) -> str:
        """What a browser needs to make a passkey for *account*, as JSON (PublicKeyCredentialCreationOptionsJSON)."""
        options = generate_registration_options(
            rp_id=party.id,
            rp_name=party.name,
            user_id=_handle(account),
            user_name=account.login,
            user_display_name=account.name,
            challenge=self._challenge(account),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential) for one in self.of(account)],
        )
        return options_to_json(options)

    def add(self, account: Account, party: RelyingParty, answer: str, name: str) -> None:
        """Adds the passkey that a browser made, in its *answer* as JSON; a person knows it by *name*.

        :raises KentonganError: when it answers no proposal made to *account* by *party*, or is somebody's already.
        """
        try:
            credential = parse_registration_credential_json(answer)
            verified = verify_registration_response(
                credential=credential,
                expected_challenge=self._taken(credential.response.client_data_json, account),
                expected_rp_id=party.id,
                expected_origin=party.origin,
                require_user_verification=True,
            )
        except _CONFUSED as error:
            raise _unfit() from error
        with self._database.session() as session:
            if _with(session, verified.credential_id):
                raise _unfit()
            session.add(
                Passkey(
                    account_id=account.id,
                    credential=verified.credential_id,
                    public_key=verified.credential_public_key,
                    sign_count=verified.sign_count,
                    name=_cleaned(name) or party.id,
                    made=self._clock(),
                )
            )
        self._accounts.note(account.login, "passkey", account.login, _cleaned(name))

    def remove(self, account: Account, number: str) -> None:
        """Takes the passkey with the id *number* off, if it is one of *account*."""
        for passkey in self.of(account):
            if str(passkey.id) == number:
                with self._database.session() as session:
                    session.execute(delete(Passkey).where(Passkey.id == passkey.id))
                self._accounts.note(account.login, "passkey-off", account.login, passkey.name)

    def question(self, party: RelyingParty) -> str:
        """What a browser needs to ask for a passkey, as JSON (PublicKeyCredentialRequestOptionsJSON)."""
        challenge = self._challenge(None)
        return options_to_json(
            generate_authentication_options(rp_id=party.id, challenge=challenge, user_verification=_VERIFIED)
        )

    def opens(self, party: RelyingParty, answer: str, address: str) -> Account:
        """Whose passkey gave *answer* (JSON) to a question of *party*.

        :raises KentonganError: when nobody's did, or after too many such from *address*.
        """
        who = f"passkey {address}"
        self._accounts.require_patience(who, address)
        try:
            return self._verified(party, parse_authentication_credential_json(answer))
        except _CONFUSED as error:
            self._accounts.count_failure(who, address)
            raise _unfit() from error

    def _verified(self, party: RelyingParty, credential: AuthenticationCredential) -> Account:
        challenge = self._taken(credential.response.client_data_json, None)
        with self._database.reading() as session:
            passkey = _with(session, credential.raw_id)
        if passkey is None or passkey.account.disabled or not _is_theirs(credential, passkey.account):
            raise ValueError("nobody's passkey")
        count = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,  # compared when it is kept, so that a copied key is told from a wrong one
            require_user_verification=True,
        ).new_sign_count
        if not self._counted(passkey, count):
            self._accounts.note(passkey.account.login, "passkey-copied", passkey.account.login, passkey.name)
            raise ValueError("a copied passkey")
        return passkey.account

    def _counted(self, passkey: Passkey, count: int) -> bool:
        """Keeps how often *passkey* has signed; ``False``: no more often than before, as when there are two of it."""
        is_more = Passkey.sign_count < count if count else Passkey.sign_count == 0  # many authenticators never count
        counted = update(Passkey).where(Passkey.id == passkey.id, is_more).values(sign_count=count, used=self._clock())
        with self._database.session() as session:
            return session.scalar(counted.returning(Passkey.id)) is not None

    def _challenge(self, account: Account | None) -> bytes:
        challenge, now = secrets.token_bytes(32), self._clock()
        with self._database.session() as session:
            session.execute(delete(Challenge).where(Challenge.ends < now))
            owner = account.id if account else None
            session.add(Challenge(challenge=_hash(challenge), account_id=owner, ends=now + CHALLENGE_LASTS))
        return challenge

    def _taken(self, client_data: bytes, account: Account | None) -> bytes:
        """The challenge that was answered; it is none from now on.

        :raises ValueError: when it was not handed out for *account*, or long ago.
        """
        challenge = parse_client_data_json(client_data).challenge
        owner = Challenge.account_id == account.id if account else Challenge.account_id.is_(None)
        ours = delete(Challenge).where(Challenge.challenge == _hash(challenge), owner, Challenge.ends >= self._clock())
        with self._database.session() as session:
            if session.scalar(ours.returning(Challenge.challenge)) is None:
                raise ValueError("not our challenge")
        return challenge


def _with(session: Session, credential: bytes) -> Passkey | None:
    return session.scalar(select(Passkey).where(Passkey.credential == credential))


def _handle(account: Account) -> bytes:
    """What a passkey knows *account* by: nothing of the person, and not the same in two offices at one domain."""
    return sha256(f"{account.id} {account.made.isoformat()}".encode()).digest()


def _is_theirs(credential: AuthenticationCredential, account: Account) -> bool:
    return credential.response.user_handle in (None, _handle(account))


def _hash(challenge: bytes) -> str:
    return kept(bytes_to_base64url(challenge))


def _cleaned(name: str) -> str:
    return " ".join("".join(c for c in name if c.isprintable()).split())[:80]


def _unfit() -> KentonganError:
    return KentonganError(
        Message("This passkey did not fit."), Message("Try it once more, or log in with your password.")
    )
