"""Recordings on their way in: measured, levelled, tagged, and put into the media store."""
