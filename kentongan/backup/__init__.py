"""``kentongan backup`` and ``restore``: what an office could not make again, in one file, while everything runs."""

from kentongan.backup.office import Office
from kentongan.backup.restore import restore
from kentongan.backup.save import last_backup, save

__all__ = ["Office", "last_backup", "restore", "save"]
