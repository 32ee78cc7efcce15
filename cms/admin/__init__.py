"""The admin: pages in plain HTML, for who works on the site."""

from .app import admin_app
from .workshop import Workshop

__all__ = ["Workshop", "admin_app"]
