"""Setelan situs. Yang tidak disebut di sini memakai setelan bawaan mesin."""

from kentongan_plugins.settings import *

PLUGIN_PATHS = ["plugins"]
# PLUGINS = [*PLUGINS, "nama_plugin"]
