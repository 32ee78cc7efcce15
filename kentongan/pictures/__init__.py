"""Pictures on their way in: looked at before they are opened, made small and clean; and where each is shown."""

from kentongan.pictures.intake import CleanPicture, clean_picture

__all__ = ["CleanPicture", "clean_picture"]
