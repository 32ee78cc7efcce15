"""An office's own repository, to begin with: content, settings, workflows, and the engine as a dependency."""

from kentongan.starter.office import Beginning, begin

__all__ = ["Beginning", "begin"]
