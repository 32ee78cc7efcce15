"""Pages: our theme's templates over views, and the theme's static files under hashed names."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import cast
from urllib.parse import quote

import rcssmin
from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError, meta
from markupsafe import Markup

from kentongan.build.artifact import Artifact, View
from kentongan.build.documents import StaticFile, StyleSheet, own_colours
from kentongan.build.identity import source_version
from kentongan.build.render import render_data
from kentongan.errors import KentonganError
from kentongan.language import Message, translations
from kentongan.model.office import Colours
from kentongan.site import Addresses
from kentongan.views.page import Printed
from kentongan.views.scripts import Script

_HASH_LENGTH = 10
STYLE = "style.css"
_UNREAD = re.compile(r"^[ \t]*(?://.*)?\n|^[ \t]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class InnerSheet:
    """A stylesheet to stand inside a page, and what a Content-Security-Policy calls it (CSP 3, 2.3.1)."""

    text: Markup
    source: str


@dataclass(frozen=True)
class StaticFiles:
    """The theme's static files; of two folders with a file of one name, the later one's counts."""

    folders: tuple[Path, ...]
    addresses: Addresses
    colours: Colours

    @cached_property
    def files(self) -> dict[str, StaticFile]:
        """Name below ``static/`` -> file."""
        found = {}
        for folder in self.folders:
            for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
                if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                    name = path.relative_to(folder).as_posix()
                    found[name] = StaticFile(str(path), sha256(path.read_bytes()).hexdigest())
        return found

    @cached_property
    def sheet(self) -> StyleSheet | None:
        """The stylesheet with the office's own colours below it, where it has any."""
        if STYLE not in self.files or not (own := own_colours(self.colours)):
            return None
        return StyleSheet(Path(self.files[STYLE].source).read_text(encoding="utf-8") + own)

    def artifacts(self) -> Iterator[Artifact]:
        """Each file under its hashed name, so that it can be kept by browsers for ever."""
        for name, file in self.files.items():
            view = self.sheet if name == STYLE and self.sheet else file
            yield Artifact(self._hashed(name), view)

    def link(self, name: str) -> str:
        """The address of the static file *name*, for templates.

        :raises KentonganError: when there is none.
        """
        self._found(name)
        return self.addresses.link(self._hashed(name))

    def inlined(self, name: str) -> str:
        """The drawing *name* as an address that holds it whole (RFC 2397), so that no page asks for it."""
        file = self._found(name)
        return _whole(file.source, file.digest)

    def inner_sheet(self, name: str) -> InnerSheet:
        """The stylesheet *name* without what only its authors read: on a slow line the way to a file of its own is
        longer than the file.

        :raises KentonganError: when there is none.
        """
        file = self._found(name)
        return _inner(self.sheet.text) if name == STYLE and self.sheet else _inner_file(file.source, file.digest)

    def digest(self, name: str) -> str:
        """The SHA-256 of what is put out for *name*."""
        return self.sheet.digest if name == STYLE and self.sheet else self.files[name].digest

    def _found(self, name: str) -> StaticFile:
        if name not in self.files:
            raise KentonganError(
                Message("The theme has no static file {name}.", {"name": name}),
                Message("Put it into theme/static/, or correct the template."),
            )
        return self.files[name]

    def _hashed(self, name: str) -> str:
        path = PurePosixPath(name)
        return f"static/{path.with_name(f'{path.stem}.{self.digest(name)[:_HASH_LENGTH]}{path.suffix}')}"


class ThemeRenderer:
    """Renders the artifacts of one build: pages by the theme (:func:`theme_environment`), the rest by the domain.

    *office* is the version of the office's own code.
    """

    def __init__(self, environment: Environment, static: StaticFiles, language: str, office: str) -> None:
        self.static = static
        self._environment = environment
        self._made_by = f"{our_version()} {office} {language} {static.addresses.link('')}"
        environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
        environment.globals |= {"static": static.link, "inlined": static.inlined, "inner_sheet": static.inner_sheet}
        self._versions: dict[str, str] = {}
        self._sources: dict[str, str] = {}

    def version(self, type_: type[View]) -> str:
        """A fingerprint of the page's template with all it includes; the domain's own bytes need none."""
        if not issubclass(type_, Printed):
            return ""
        name = _template(type_)
        if name not in self._versions:
            self._versions[name] = self._fingerprint(name)
        return self._versions[name]

    def render(self, view: View) -> bytes:
        """The bytes of an artifact that shows *view*.

        :raises KentonganError: when its template fails.
        """
        if not isinstance(view, Printed):
            return render_data(view)
        name = _template(type(view))
        try:
            text = self._environment.get_template(name).render(page=view) + "\n"
            return (_bare(text) if view.suffix == Script.suffix else text).encode()
        except TemplateSyntaxError as error:
            raise _broken(f"{error.name}:{error.lineno}", error) from error
        except KentonganError:
            raise
        except Exception as error:
            raise _broken(name, error) from error

    def _fingerprint(self, name: str) -> str:
        digest = sha256(f"{self._made_by}\0".encode())
        for included in sorted(self._included(name, set())):
            digest.update(f"{included}\0{self._source(included)}\0".encode())
        for static in sorted(self.static.files):
            digest.update(f"{static}\0{self.static.digest(static)}\0".encode())
        return digest.hexdigest()

    def _included(self, name: str, seen: set[str]) -> set[str]:
        if name not in seen:
            seen.add(name)
            try:
                names = _referenced(self._environment, self._source(name), name)
            except TemplateSyntaxError as error:
                raise _broken(f"{name}:{error.lineno}", error) from error
            for included in names:
                self._included(included, seen)
        return seen

    def _source(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = self._read(name)
        return self._sources[name]

    def _read(self, name: str) -> str:
        loader = cast(BaseLoader, self._environment.loader)
        try:
            return loader.get_source(self._environment, name)[0]
        except TemplateNotFound as error:
            raise KentonganError(
                Message("The theme has no template {name}.", {"name": name}),
                Message("Put it into theme/templates/, or delete what asks for it."),
            ) from error


def theme_environment(environment: Environment) -> Environment:
    """Pelican's environment made as strict as our templates are; one may serve many builds of equal templates."""
    strict = environment.overlay(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    strict.add_extension("jinja2.ext.i18n")
    strict.globals = dict(strict.globals)
    return strict


def templates_version(environment: Environment) -> str:
    """A fingerprint of all templates there are, and so of which of two folders each comes from."""
    loader, digest = cast(BaseLoader, environment.loader), sha256()
    for name in loader.list_templates():
        if name.endswith((".html", ".js", ".css", ".xml")):
            digest.update(f"{name}\0{loader.get_source(environment, name)[0]}\0".encode())
    return digest.hexdigest()


@lru_cache(maxsize=500)
def _referenced(environment: Environment, source: str, name: str) -> tuple[str, ...]:
    """The templates that the template *name* includes; one named at run time has no fingerprint: our theme has none."""
    found = meta.find_referenced_templates(environment.parse(source, name))
    return tuple(included for included in found if included is not None)


@cache
def our_version() -> str:
    """A fingerprint of what is ours between template and bytes."""
    return source_version(*Path(__file__).parent.glob("*.py"))


@lru_cache(maxsize=16)
def _whole(drawing: str, _digest: str) -> str:
    return f"data:image/svg+xml,{quote(Path(drawing).read_bytes())}"


@lru_cache(maxsize=16)
def _inner_file(source: str, _digest: str) -> InnerSheet:
    return _inner(Path(source).read_text("utf-8"))


@lru_cache(maxsize=16)
def _inner(sheet: str) -> InnerSheet:
    text = str(rcssmin.cssmin(sheet)).replace("</", "<\\/")
    print_ = b64encode(sha256(text.encode()).digest()).decode()
    return InnerSheet(Markup(text), f"'sha256-{print_}'")  # noqa: S704 - the theme's own stylesheet


def _template(type_: type[Printed]) -> str:
    """The name of the template that prints views of *type_*."""
    return f"{type_.template}{type_.suffix}"


def _bare(script: str) -> str:
    """*script* without its indentation and the lines that are comments: readers read the source, phones load this."""
    return _UNREAD.sub("", script)


def _broken(where: str, error: Exception) -> KentonganError:
    return KentonganError(
        Message("The template {where} fails: {error}.", {"where": where, "error": str(error).rstrip(".")}),
        Message("Mend it in theme/templates/."),
    )


def static_folders(theme: str, overrides: list[str]) -> tuple[Path, ...]:
    """Where static files are looked for: the theme's, then those beside an office's own templates."""
    return tuple(Path(os.path.normpath(folder)) / "static" for folder in (theme, *(f"{one}/.." for one in overrides)))
