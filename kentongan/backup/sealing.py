"""Encryption by a passphrase, in the format of age (age-encryption.org/v1).

A sealed backup is a zip of two files, so that also ``age -d -i key.age backup.tar.zst.age`` opens it: a key of its own,
encrypted by the passphrase, and the archive, encrypted by that key as it streams.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage

from kentongan.backup.archive import damaged
from kentongan.errors import KentonganError
from kentongan.language import Message

_KEY = "key.age"
_BODY = "backup.tar.zst.age"


def is_sealed(file: Path) -> bool:
    """Whether the backup *file* is encrypted."""
    with file.open("rb") as data:
        return data.read(4) == b"PK\x03\x04"


@contextmanager
def sealing(sink: IO[bytes], passphrase: str) -> Iterator[IO[bytes]]:
    """Something to write to; what arrives in *sink* is encrypted."""
    identity = pyrage.x25519.Identity.generate()
    with zipfile.ZipFile(sink, "w") as box:
        box.writestr(_KEY, pyrage.passphrase.encrypt(str(identity).encode(), passphrase))
        with box.open(_BODY, "w", force_zip64=True) as body, _encrypting(body, identity.to_public()) as stream:
            yield stream


@contextmanager
def _encrypting(body: IO[bytes], recipient: Any) -> Iterator[IO[bytes]]:
    """The library reads; we write: a pipe and a thread join the two."""
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(_encrypt, reading, body, recipient)
        try:
            with os.fdopen(writing, "wb") as stream:
                yield stream
        except BrokenPipeError:
            done.result()  # says why the other end has gone
            raise
        done.result()


def _encrypt(reading: int, body: IO[bytes], recipient: Any) -> None:
    with os.fdopen(reading, "rb") as source:
        pyrage.encrypt_io(source, body, [recipient])


def unseal(file: Path, passphrase: str, into: Path) -> None:
    """Writes the archive in the sealed backup *file* to the new file *into*.

    :raises KentonganError: for another passphrase, or when the file is not whole.
    """
    with _telling_damage(), zipfile.ZipFile(file) as box:
        key = box.read(_KEY)
        identity = pyrage.x25519.Identity.from_str(_opened(key, passphrase))
        with box.open(_BODY) as body, into.open("xb") as out:
            pyrage.decrypt_io(body, out, [identity])


def _opened(key: bytes, passphrase: str) -> str:
    try:
        return str(pyrage.passphrase.decrypt(key, passphrase), "ascii")
    except pyrage.DecryptError as error:
        raise KentonganError(Message("This is not the passphrase of the backup.")) from error


@contextmanager
def _telling_damage() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, pyrage.DecryptError, pyrage.IdentityError, KeyError, ValueError, EOFError) as error:
        raise damaged() from error
    except OSError as error:
        if error.errno is not None:  # the machine refused, not the file
            raise
        raise damaged() from error
