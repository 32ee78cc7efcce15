"""The records: fields, rules, and the messages a person reads when one is broken."""

from kentongan.model.article import Article
from kentongan.model.audio import Audio, Chapter, Rendition, Transcript
from kentongan.model.base import Kind, Record, Status, Translated
from kentongan.model.broadcast import BroadcastKind, Transmission
from kentongan.model.consultation import Consultation, Mode
from kentongan.model.credit import Credit, Role
from kentongan.model.episode import Episode, EpisodeType
from kentongan.model.image import Image
from kentongan.model.office import Office
from kentongan.model.page import Document, Layout, Page, Service
from kentongan.model.person import Person
from kentongan.model.podcast import LicenseTerms, Place, Season
from kentongan.model.program import Program
from kentongan.model.registration import Registrable
from kentongan.model.slot import OfficeOverride, Override, Slot
from kentongan.model.station import Frequency, Station, Stream

RECORD_TYPES: dict[Kind, type[Record]] = {
    type_.kind: type_ for type_ in (Article, Page, Program, Episode, Consultation, Person, Station)
}
"""Every type that has a folder of its own in ``content/``."""

__all__ = [
    "RECORD_TYPES",
    "Article",
    "Audio",
    "BroadcastKind",
    "Chapter",
    "Consultation",
    "Credit",
    "Document",
    "Episode",
    "EpisodeType",
    "Frequency",
    "Image",
    "Kind",
    "Layout",
    "LicenseTerms",
    "Mode",
    "Office",
    "OfficeOverride",
    "Override",
    "Page",
    "Person",
    "Place",
    "Program",
    "Record",
    "Registrable",
    "Rendition",
    "Role",
    "Season",
    "Service",
    "Slot",
    "Station",
    "Status",
    "Stream",
    "Transcript",
    "Translated",
    "Transmission",
]
