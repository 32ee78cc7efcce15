"""What the machine has: programs, and folders that can be written to."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kentongan import __version__
from kentongan.doctor.check import Check, fail, ok, warn
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.sound import ffmpeg
from kentongan.store.git import asked, require_own
from kentongan.web import SET_SITEURL, is_site_address

_LITTLE_ROOM = 1_000_000_000
"""Bytes: about twenty hours of talk."""


def versions() -> Check:
    return ok(
        "versions",
        Message(
            "Kentongan {version} on Python {python}.", {"version": __version__, "python": platform.python_version()}
        ),
    )


def git(content: Path) -> Check:
    """Without history a broken file has no last good version to stand in for it."""
    if not shutil.which("git"):
        return warn(
            "git",
            Message("git is not installed, so nothing stands in for a broken file."),
            Message("Install git."),
        )
    try:
        require_own(content)
    except KentonganError as error:
        return fail("git", error.message, error.mend)
    if asked(content, "rev-parse", "--is-inside-work-tree") is None:
        return warn(
            "git",
            Message("The content is in no git repository, so nothing stands in for a broken file."),
            Message("Run “git init” beside the content folder, and commit what is there."),
        )
    return ok("git", Message("The content has a history in git."))


def sound() -> Check:
    if ffmpeg.is_installed():
        return ok("ffmpeg", Message("ffmpeg is there: recordings are levelled."))
    return warn(
        "ffmpeg",
        Message("ffmpeg is not installed: recordings are used as they are."),
        Message("Install ffmpeg, so that every talk is equally loud and has a small version."),
    )


def folder(name: str, path: Path) -> Check:
    """Whether *path*, made where it is not there yet, takes files."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path):
            room = shutil.disk_usage(path).free
    except OSError as error:
        return fail(
            name,
            Message(
                "{path} cannot be written to: {error}.", {"path": str(path), "error": error.strerror or str(error)}
            ),
            Message("Give this account the right to write there, or name another folder."),
        )
    values = {"path": str(path), "room": f"{room / 1e9:.1f}"}
    if room < _LITTLE_ROOM:
        return warn(name, Message("{path} has only {room} GB left.", values), Message("Make room on that disk."))
    return ok(name, Message("{path} can be written to, {room} GB are free.", values))


def public_address(environment: Mapping[str, str] = os.environ) -> Check:
    """``SITEURL``, which every feed and calendar is written with."""
    url = environment.get("SITEURL", "")
    if not url:
        return warn("address", Message("The public address of the site is not known."), SET_SITEURL)
    if not is_site_address(url):
        return fail("address", Message("“{text}” cannot be the public address of a site.", {"text": url}), SET_SITEURL)
    if not url.startswith("https:"):
        return warn(
            "address",
            Message("The public address {url} does not begin with https://.", {"url": url}),
            Message("Get a certificate; browsers warn of sites without one."),
        )
    return ok("address", Message("The public address is {url}.", {"url": url}))
