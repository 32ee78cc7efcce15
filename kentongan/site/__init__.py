"""The immutable Site: public records, resolved against each other, with their addresses."""

from kentongan.site.addresses import Addresses
from kentongan.site.assemble import assemble
from kentongan.site.site import Site

__all__ = ["Addresses", "Site", "assemble"]
