"""``deploy.toml``: the places an office ships its site to, by name. No secret stands in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from kentongan.deploy.carrier import Carrier
from kentongan.deploy.git import Git
from kentongan.deploy.rclone import Rclone
from kentongan.deploy.rsync import Rsync
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.model.fields import fault
from kentongan.model.messages import faults

FILE = "deploy.toml"
_NAME = re.compile(r"[\w-]+")
"""It also names files in the state folder."""


def _no_option(value: str) -> str:
    """A tool would take what begins with a hyphen for one of its options."""
    if value and not value.startswith("-") and value.isprintable() and value.strip() == value:
        return value
    raise fault(
        "target",
        Message("“{text}” cannot be the place of a target.", {"text": value}),
        Message("Write it as docs/deploy.md shows."),
    )


_Place = Annotated[str, AfterValidator(_no_option)]


class _Target(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    to: _Place


class RsyncTarget(_Target):
    """``to`` is ``[user@]host:/folder`` or a folder; ``options`` go to rsync."""

    by: Literal["rsync"]
    options: tuple[str, ...] = ()
    precompressed: bool = True

    def carrier(self, store: Path) -> Carrier:
        return Rsync(self.to, self.options)


class RcloneTarget(_Target):
    """``to`` is ``remote:folder``, the remote as rclone's configuration or environment knows it."""

    by: Literal["rclone"]
    options: tuple[str, ...] = ()
    precompressed: bool = False

    def carrier(self, store: Path) -> Carrier:
        return Rclone(self.to, self.options)


class GitTarget(_Target):
    """``to`` is a repository, as ``git push`` takes it."""

    by: Literal["git"]
    branch: _Place = "pages"
    precompressed: bool = False

    def carrier(self, store: Path) -> Carrier:
        return Git(self.to, self.branch, store)


Target: TypeAlias = RsyncTarget | RcloneTarget | GitTarget
_KINDS: dict[str, type[Target]] = {"rsync": RsyncTarget, "rclone": RcloneTarget, "git": GitTarget}


def read_target(file: Path, name: str) -> Target:
    """The target *name* of the settings file *file*.

    :raises KentonganError: when there is no such file or target, or what it says cannot be.
    """
    if not _NAME.fullmatch(name):
        raise KentonganError(
            Message("“{name}” cannot be the name of a target.", {"name": name}),
            Message("Use letters, digits, - and _."),
        )
    targets = _read(file)
    table = targets.get(name)
    if not isinstance(table, dict):
        raise KentonganError(
            Message("{file} has no target “{name}”.", {"file": file.name, "name": name}),
            Message("Its targets: {names}.", {"names": ", ".join(sorted(targets)) or "–"}),
        )
    kind = _KINDS.get(str(table.get("by")))
    if kind is None:
        raise KentonganError(
            Message("{file} does not say by what “{name}” is shipped.", {"file": file.name, "name": name}),
            Message("Add a line “by = …” with one of: {choices}.", {"choices": ", ".join(_KINDS)}),
        )
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        (key, *_), rule, message, mend = next(iter(faults(error, kind)))
        if rule == "missing":
            message = Message(
                "The target “{name}” of {file} lacks “{key}”.", {"name": name, "file": file.name, "key": str(key)}
            )
            mend = Message("Write it as docs/deploy.md shows.")
        raise KentonganError(message, mend) from error


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KentonganError(
            Message("There is no {file}, which names where the site is shipped to.", {"file": str(file)}),
            Message("Write it as docs/deploy.md shows."),
        ) from error
    except ValueError as error:
        raise KentonganError(
            Message("{file} is not valid TOML: {reason}.", {"file": file.name, "reason": str(error)}),
            Message("Write it as docs/deploy.md shows."),
        ) from error
