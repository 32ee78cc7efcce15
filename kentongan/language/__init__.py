"""Texts people read, in the languages we speak: messages through gettext catalogues, dates through Babel."""

from kentongan.language.catalogue import LANGUAGES, Message, translations
from kentongan.language.dates import Moment, moment

__all__ = ["LANGUAGES", "Message", "Moment", "moment", "translations"]
