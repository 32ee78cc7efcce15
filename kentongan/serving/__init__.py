"""How the public site is served: one policy, and the configurations of web servers that are made from it."""

from kentongan.serving.policy import CMS_PATHS, HEADERS, HSTS, TYPES, cache_control, media_type

__all__ = ["CMS_PATHS", "HEADERS", "HSTS", "TYPES", "cache_control", "media_type"]
