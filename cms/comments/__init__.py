"""What the CMS answers to readers at ``/komentar``: the form, its preview, one's own comment, one's own data."""

from .app import comment_routes
from .room import Room

__all__ = ["Room", "comment_routes"]
