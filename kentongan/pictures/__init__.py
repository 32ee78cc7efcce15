"""Pictures on their way in: looked at before they are opened, made small and clean; and where each is shown."""

from kentongan.pictures.intake import MAX_BYTES, CleanPicture, clean_picture

__all__ = ["MAX_BYTES", "CleanPicture", "clean_picture"]
