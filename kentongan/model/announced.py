"""Records that began as somebody's announcement."""

from __future__ import annotations

from pydantic import Field

from kentongan.model.base import Model
from kentongan.model.fields import Pasted


class Announced(Model):
    """``announcement`` is the text that a record was read from, as it was pasted: for those who edit, not for readers.

    It may hold telephone numbers and names that the record leaves out, so no dump of a record ever carries it.
    """

    announcement: Pasted | None = Field(default=None, exclude=True, repr=False)
