"""Who may read a release: a web server is somebody else than who publishes, whatever the umask is here."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_READ, _PASS = 0o044, 0o011


def let_all_read(folder: Path) -> None:
    """Lets everybody read all that is below *folder*; what a link leads to is left as it is."""
    for path in (folder, *folder.rglob("*")):
        if path.exists() and not path.is_symlink():
            _allow(path, _READ | _PASS if path.is_dir() else _READ)


def let_all_pass(*folders: Path) -> None:
    """Lets everybody pass through *folders*, but not look around; those of somebody else are left as they are."""
    for folder in folders:
        with suppress(PermissionError):
            _allow(folder, _PASS)


def _allow(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode & 0o7777 | bits)
