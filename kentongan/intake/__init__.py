"""Text in: the reader of announcements."""

from kentongan.intake.announcement import Announcement
from kentongan.intake.reading import LIMIT, read_announcement

__all__ = ["LIMIT", "Announcement", "read_announcement"]
