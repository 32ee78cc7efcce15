"""The defaults of Pelican's settings for Kentongan. An office's ``pelicanconf.py`` begins with
``from kentongan_plugins.settings import *`` and says only what differs."""

import os
from pathlib import Path

import kentongan_theme

from .engine import Engine

PELICAN_CLASS = Engine
PLUGINS = ["kentongan_plugins"]

PATH = "content"
OUTPUT_PATH = "output"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS: list[str] = []

SITEURL = os.environ.get("SITEURL", "http://localhost:8000").rstrip("/")
DEFAULT_LANG = "id"
TIMEZONE = "UTC"
LOCALE = ["C"]  # dates come from Babel, whatever the machine speaks

THEME = str(Path(kentongan_theme.__file__).parent)
THEME_TEMPLATES_OVERRIDES = ["theme/templates"]
THEME_STATIC_PATHS: list[str] = []  # ours are artifacts, with hashed names

READERS = {"rst": None, "html": None, "htm": None}
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.sane_lists": {},
    },
    "output_format": "html",
}

ARTICLE_URL = "berita/{slug}/"
ARTICLE_SAVE_AS = "berita/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"

# Pelican would put drafts and hidden posts where everybody can read them.
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = ""

# Lists and feeds of Pelican's own: ours stand in their place.
DIRECT_TEMPLATES: list[str] = []
CATEGORY_SAVE_AS = TAG_SAVE_AS = AUTHOR_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None

STRICT = False
"""Whether a finding fails the build."""
