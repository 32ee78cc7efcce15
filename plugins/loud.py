"""What Pelican only logs when a plugin fails on a file ends our build."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from kentongan.errors import KentonganError
from kentongan.language import Message

from .reader import NotARecord


class _Errors(logging.Handler):
    """Collects what is logged as an error, but for files that are told as findings already."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        cause = record.exc_info[1] if record.exc_info else None
        arguments = record.args if isinstance(record.args, tuple) else ()
        if not any(isinstance(one, NotARecord) for one in (cause, *arguments)):
            self.told.append(record.getMessage().strip().replace("\n", " "))


@contextmanager
def loud(logger: logging.Logger) -> Iterator[None]:
    """Raises what *logger* was told as an error meanwhile.

    :raises KentonganError: with the first error.
    """
    errors = _Errors()
    logger.addHandler(errors)
    try:
        yield
    finally:
        logger.removeHandler(errors)
    if errors.told:
        raise KentonganError(
            Message("A plugin failed on the content: {error}.", {"error": errors.told[0].rstrip(".")}),
            Message("Read the error above; mend the plugin, or take it out of PLUGINS."),
        )
