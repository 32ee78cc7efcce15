"""The records: fields, rules, and the messages a person reads when one is broken."""

from kentongan.model.article import Article
from kentongan.model.base import Kind, Record, Status
from kentongan.model.consultation import Consultation, Mode
from kentongan.model.credit import Credit, Role
from kentongan.model.episode import Audio, BroadcastKind, Episode, Transmission
from kentongan.model.office import Office
from kentongan.model.person import Person
from kentongan.model.program import Program
from kentongan.model.station import Frequency, Station, Stream

RECORD_TYPES: dict[Kind, type[Record]] = {
    type_.kind: type_ for type_ in (Article, Program, Episode, Consultation, Person, Station)
}
"""Every type that has a folder of its own in ``content/``."""

__all__ = [
    "RECORD_TYPES",
    "Article",
    "Audio",
    "BroadcastKind",
    "Consultation",
    "Credit",
    "Episode",
    "Frequency",
    "Kind",
    "Mode",
    "Office",
    "Person",
    "Program",
    "Record",
    "Role",
    "Station",
    "Status",
    "Stream",
    "Transmission",
]
