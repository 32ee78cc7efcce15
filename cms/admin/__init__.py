"""The admin: HTML pages for the people of the office, mounted at ``/admin/``."""

from .app import admin_app

__all__ = ["admin_app"]
