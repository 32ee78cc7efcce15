"""Signing up for something: on our own domain, with a quota and a day on which it closes itself."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from kentongan.language import Message
from kentongan.model.base import Model
from kentongan.model.fields import LocalTime, WebAddress, fault


class Registrable(Model):
    """Keys of what people can sign up for. ``seats_left`` is typed by hand meanwhile; ``closes`` ends it by itself."""

    registration: WebAddress | None = None
    quota: Annotated[int, Field(gt=0)] | None = None
    seats_left: Annotated[int, Field(ge=0)] | None = None
    closes: LocalTime | None = None

    @model_validator(mode="after")
    def _leaves_no_more_than_there_are(self) -> Self:
        if self.quota is not None and self.seats_left is not None and self.seats_left > self.quota:
            raise fault(
                "seats",
                Message("There are more seats left than there ever were."),
                Message("Correct “seats_left” or “quota”."),
            )
        return self
