"""The Pelican side of Kentongan, loaded by Pelican as ``kentongan_plugins``; no rule of the domain is here."""

from pelican import signals

from .generator import SiteGenerator
from .reader import RecordReader
from .writer import OutputWriter


def register() -> None:
    """Called by Pelican. The receivers are module-level, for Pelican keeps only weak references to them."""
    signals.readers_init.connect(_use_our_reader)
    signals.get_generators.connect(_our_generator)
    signals.get_writer.connect(_our_writer)


def _use_our_reader(readers):  # type: ignore[no-untyped-def]
    for extension in RecordReader.file_extensions:
        readers.reader_classes[extension] = RecordReader


def _our_generator(_engine):  # type: ignore[no-untyped-def]
    return SiteGenerator


def _our_writer(_engine):  # type: ignore[no-untyped-def]
    return OutputWriter
