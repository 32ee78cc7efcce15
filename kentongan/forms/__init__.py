"""Forms of records, made from the model: which fields there are, record -> form -> record, and what is wrong where."""

from kentongan.forms.check import Trouble, record_of, troubles
from kentongan.forms.decode import changes, placed
from kentongan.forms.encode import Values, encoded
from kentongan.forms.field import Field, Section, Widget
from kentongan.forms.layout import form_of

__all__ = [
    "Field",
    "Section",
    "Trouble",
    "Values",
    "Widget",
    "changes",
    "encoded",
    "form_of",
    "placed",
    "record_of",
    "troubles",
]
