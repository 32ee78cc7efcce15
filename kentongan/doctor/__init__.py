"""``kentongan doctor``: is everything there that an office needs, and does the world answer?"""

from kentongan.doctor.checkup import Check, Verdict, examine

__all__ = ["Check", "Verdict", "examine"]
