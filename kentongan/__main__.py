"""``python -m kentongan`` is the ``kentongan`` command."""

from kentongan.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
