"""The database: whether it answers, and whether it is for nobody else to read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from kentongan.database import FILE, URL_VARIABLE, open_engine, unusable
from kentongan.doctor.check import Check, fail, ok, warn
from kentongan.language import Message

_OTHERS = 0o007


def database(state: Path, environment: Mapping[str, str] = os.environ) -> Check:
    """The one that the environment names, else the file in the folder *state*."""
    if url := environment.get(URL_VARIABLE):
        return _on_server(url)
    file = state / FILE
    if not file.is_file():
        return ok("database", Message("There is no database yet; the CMS makes one."))
    path = {"path": str(file)}
    if file.stat().st_mode & _OTHERS:
        return warn(
            "database",
            Message("Every account of this machine may read the database {path}.", path),
            Message("Keep others out with “chmod 600 {path}”.", path),
        )
    return ok("database", Message("The database {path} is for this account alone.", path))


def _on_server(url: str) -> Check:
    try:
        engine = open_engine(url)
        with engine.connect():
            pass
        engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        told = unusable(error)
        return fail("database", told.message, told.mend)
    return ok("database", Message("The database on the server answers."))
