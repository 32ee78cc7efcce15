"""Settings of the development build. Everything that is not said here has its default in kentongan_plugins.settings."""

from kentongan_plugins.settings import *  # noqa: F403
