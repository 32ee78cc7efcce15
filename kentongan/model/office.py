"""``site.yml``: what the office says of itself."""

from __future__ import annotations

from typing import Literal

from kentongan.model.base import Model
from kentongan.model.fields import Phone, Text, WebAddress, Zone


class Contact(Model):
    """How to reach the office."""

    address: Text | None = None
    phone: Phone | None = None
    whatsapp: Phone | None = None
    email: Text | None = None
    hours: Text | None = None


class Office(Model):
    """Who speaks on this site, in which language and zone. ``format`` is the version of these files."""

    format: Literal["1"] = "1"
    name: Text
    tagline: Text | None = None
    description: Text | None = None
    language: Literal["id", "en"] = "id"
    zone: Zone = "Asia/Jakarta"
    contact: Contact = Contact()
    social: tuple[WebAddress, ...] = ()
