"""``/api/v1/``: what the pages show and the admin does, for programs. It holds no rule of its own: actions do."""

from .app import api_app, api_mount
from .description import ROOT

__all__ = ["ROOT", "api_app", "api_mount"]
