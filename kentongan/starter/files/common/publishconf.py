"""Setelan untuk terbit: sama dengan pelicanconf.py, ditambah alamat umum situs."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pelicanconf import *

SITEURL = os.environ.get("SITEURL", __ADDRESS_QUOTED__).rstrip("/")
