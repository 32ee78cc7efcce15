"""All records of an office as lists show them, and their words: found without opening a file."""

from kentongan.search.entry import Entry
from kentongan.search.index import Index
from kentongan.search.page import Page

__all__ = ["Entry", "Index", "Page"]
