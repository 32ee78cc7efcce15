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

# Where Pelican itself puts things when it builds with a foreign theme: where ours are.
ARTICLE_URL = "berita/{slug}/"
ARTICLE_LANG_URL = "{lang}/news/{slug}/"
PAGE_URL = "{slug}/"
PAGE_LANG_URL = "{lang}/{slug}/"
CATEGORY_URL = "kategori/{slug}/"
TAG_URL = "tag/{slug}/"
AUTHOR_URL = "narasumber/{slug}/"
YEAR_ARCHIVE_URL = "arsip/{date:%Y}/"
ARTICLE_SAVE_AS = f"{ARTICLE_URL}index.html"
ARTICLE_LANG_SAVE_AS = f"{ARTICLE_LANG_URL}index.html"
PAGE_SAVE_AS = f"{PAGE_URL}index.html"
PAGE_LANG_SAVE_AS = f"{PAGE_LANG_URL}index.html"
CATEGORY_SAVE_AS = f"{CATEGORY_URL}index.html"
TAG_SAVE_AS = f"{TAG_URL}index.html"
AUTHOR_SAVE_AS = f"{AUTHOR_URL}index.html"
YEAR_ARCHIVE_SAVE_AS = f"{YEAR_ARCHIVE_URL}index.html"
DIRECT_TEMPLATES = ["index", "archives", "categories", "tags"]
ARCHIVES_SAVE_AS = "arsip/index.html"
CATEGORIES_SAVE_AS = "kategori/index.html"
TAGS_SAVE_AS = "tag/index.html"
ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = "translation_key"
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "Berita"

# Pelican would put drafts and hidden posts where everybody can read them.
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = ""

# Feeds of Pelican's own: ours stand in their place.
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None

STRICT = False
"""Whether a finding fails the build."""
