"""Markdown -> clean HTML: Python-Markdown, then nh3 with a stated allowlist, in a worker that can be killed."""

from kentongan.markup.cache import Cache
from kentongan.markup.convert import Dialect
from kentongan.markup.prose import CannotRender, Prose

__all__ = ["Cache", "CannotRender", "Dialect", "Prose"]
