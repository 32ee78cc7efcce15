"""The secret of an office: it signs tokens, finds e-mail addresses by their hash, and opens those that are sealed."""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any, Self

import pyrage
from itsdangerous import BadData, URLSafeSerializer

from kentongan.errors import KentonganError
from kentongan.language import Message

VARIABLE = "KENTONGAN_SECRET"
FILE = "secret"


class Forged(ValueError):
    """A token that is not of ours, or was changed on the way."""


class Secret:
    """An age identity (``AGE-SECRET-KEY-1…``), from ``KENTONGAN_SECRET``, else from a file of the state folder.

    :raises KentonganError: when it is no such identity.
    """

    def __init__(self, text: str) -> None:
        self._text = text.strip()
        self._serializers: dict[str, URLSafeSerializer] = {}
        try:
            self._identity = pyrage.x25519.Identity.from_str(self._text)
        except Exception as error:  # pyrage's own is no subclass of anything narrower
            raise KentonganError(
                Message("The secret of this office cannot be read."),
                Message(
                    "{variable}, or the file “secret” in the state folder, begins with AGE-SECRET-KEY-1.",
                    {"variable": VARIABLE},
                ),
            ) from error

    @classmethod
    def of(cls, state: Path) -> Self:
        """The secret of the office with the folder *state*; a new one where there is none."""
        given = os.environ.get(VARIABLE)
        return cls(given or _kept(state / FILE))

    def sign(self, purpose: str, content: Any) -> str:
        """A token that holds *content* (JSON), fit for an address."""
        return str(self._serializer(purpose).dumps(content))

    def signed(self, purpose: str, token: str) -> Any:
        """What *token* holds.

        :raises Forged: when it was not made here for *purpose*.
        """
        try:
            return self._serializer(purpose).loads(token)
        except (BadData, ValueError, RecursionError) as error:
            raise Forged(purpose) from error

    def hash(self, purpose: str, text: str) -> str:
        """64 hex digits that tell nobody without the secret what *text* was."""
        key = hashlib.sha256(f"{purpose}\0{self._text}".encode()).digest()
        return hmac.new(key, text.encode(errors="replace"), hashlib.sha256).hexdigest()

    @property
    def snapshot_token(self) -> str:
        """The bearer token that opens the public snapshot at the CMS."""
        return self.hash("snapshot", "token")

    def seal(self, text: str) -> str:
        """*text*, encrypted."""
        return b64encode(pyrage.encrypt(text.encode(), [self._identity.to_public()])).decode()

    def unseal(self, sealed: str) -> str | None:
        """What :meth:`seal` was given; ``None``: it was sealed by another secret."""
        try:
            return str(pyrage.decrypt(b64decode(sealed), [self._identity]).decode())
        except Exception:  # as above
            return None

    def _serializer(self, purpose: str) -> URLSafeSerializer:
        if purpose not in self._serializers:
            made = URLSafeSerializer(self._text, salt=purpose, signer_kwargs={"digest_method": hashlib.sha256})
            self._serializers[purpose] = made
        return self._serializers[purpose]


def _kept(file: Path) -> str:
    """The secret in *file*, which the first of several processes makes."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        own = file.with_name(f".{FILE}.{os.getpid()}.{os.urandom(4).hex()}")
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(f"{pyrage.x25519.Identity.generate()}\n")
            new.flush()
            os.fsync(new.fileno())
        try:
            os.link(own, file)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    if file.stat().st_mode & 0o077:
        file.chmod(0o600)  # a backup was unpacked
    return file.read_text(encoding="utf-8")
