"""Kentongan's domain: records, the Site, and every page, feed, calendar and API answer as a pure function of it.

Nothing here (but :mod:`kentongan.cli`) imports Pelican, a web framework, the plugins or the CMS.
"""

__version__ = "0.1.0"
