"""Our Pelican: a run reads content, makes the Site, puts out its artifacts; a failure is never only a log line."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from blinker import Signal
from jinja2 import Environment
from pelican import Pelican
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.plugins import signals

import kentongan_theme
from kentongan.build.apply import apply, put_first, remove
from kentongan.build.body_links import without_dead_links
from kentongan.build.first import first_artifacts
from kentongan.build.forks import cores
from kentongan.build.identity import source_version
from kentongan.build.ledger import Ledger
from kentongan.build.plan import plan
from kentongan.build.record_pages import record_page
from kentongan.build.report import BuildReport
from kentongan.build.views import KeptViews, Views
from kentongan.build.workplace import Workplace
from kentongan.clock import build_instant
from kentongan.comments import snapshot
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.markup import Cache, Dialect, Prose
from kentongan.model import Kind
from kentongan.site import Site, assemble
from kentongan.site.amend import amend
from kentongan.site.memory import Memory
from kentongan.store import (
    OFFICE_FILE,
    Contents,
    Documents,
    History,
    Read,
    Reader,
    Refused,
    load_by,
    read_drafts,
    with_drafts,
)
from kentongan.store.contents import Key
from kentongan.views.page import Printed
from kentongan.web import SET_SITEURL

from .generator import SilentArticles, SilentPages, SiteGenerator
from .loud import loud
from .pages import StaticFiles, ThemeRenderer, static_folders, templates_version, theme_environment
from .reader import CONTENTS, SITE
from .writer import OutputWriter

OUR_THEME = Path(kentongan_theme.__file__).parent.resolve()
_THEIR_STATIC = ["static"]

logger = logging.getLogger(__name__)

_SIGNALS = tuple(signal for signal in vars(signals).values() if isinstance(signal, Signal))
"""All of Pelican's: a plugin may take articles from what is told to it, or from the context of its own generator."""
_OURS = "kentongan_plugins"


class Engine(Pelican):
    """Pelican with a :class:`~kentongan.site.Site` in the middle. It may :meth:`build` many times in one process."""

    site: Site
    jobs = cores()
    """How many processes may work on a build."""

    memory: Memory | None = None
    """What one that builds many times keeps from one to the next."""

    heed: Callable[[], None] = staticmethod(lambda: None)
    """Called now and then in a build, as long as nothing is written; what it raises ends the build."""

    _kept_ledger: Ledger | None = None
    _kept_reader: Reader | None = None
    _history: History | None = None
    _contents: Contents | None = None
    _drawn: ThemeRenderer | None = None
    """What rendered the build before."""
    _first: tuple[str, ...] = ()
    """What went live since the last whole build."""
    is_behind = False
    """Whether something has changed since then that only a whole build can show or take away."""
    is_watched = False
    """Whether somebody tells what changes, so that nothing else needs a look."""
    _told_way = False
    _theme: tuple[str, Environment] | None = None

    def __init__(self, settings: dict[str, Any]) -> None:
        if not settings["SITEURL"].startswith(("https://", "http://")):
            raise KentonganError(Message("The public address of the site is not known."), SET_SITEURL)
        root = Path(settings["PATH"]).parent
        own = settings["THEME_TEMPLATES_OVERRIDES"]
        settings["THEME_TEMPLATES_OVERRIDES"] = [one if Path(one).is_dir() else str(root / one) for one in own]
        if Path(settings["THEME"]).resolve() != OUR_THEME and not settings["THEME_STATIC_PATHS"]:
            settings["THEME_STATIC_PATHS"] = list(_THEIR_STATIC)
        super().__init__(settings)

    def init_plugins(self) -> None:
        """Pelican logs a plugin that fails and goes on without it; a site that lacks half of itself is worse than none.

        :raises KentonganError: when a plugin cannot be loaded or registered.
        """
        wanted = len(self.settings["PLUGINS"] or ())
        super().init_plugins()
        if len(self.plugins) < wanted:
            raise KentonganError(
                Message("A plugin failed."),
                Message("Read the error above; correct PLUGINS in the settings, or install what is missing."),
            )

    def run(self) -> None:
        """What ``python -m pelican`` calls: builds, tells every finding, and exits 1 where plain Pelican would not."""
        try:
            report = self.build()
        except KentonganError as error:
            logger.critical(error.told("en"))
            raise SystemExit(1) from error
        finally:
            self.close()
        for finding in report.findings:
            logger.warning(finding.line_in(report.language))
        if report.findings and self.settings.get("STRICT"):
            logger.critical("STRICT is on, and there are %s findings", len(report.findings))
            raise SystemExit(1)

    def build(
        self,
        now: datetime | None = None,
        *,
        clean: bool = False,
        state: Path | None = None,
        changes: Collection[Path] | None = None,
    ) -> BuildReport:
        """One build as of *now*; *clean* removes what was written before and begins from nothing.

        *changes* are the paths that may have changed since the last build of this engine; ``None``: any may have.

        :raises KentonganError: when a plugin, the theme or the engine fails; a finding never does.
        """
        place = self._workplace(state)
        _refuse_unsafe(place)
        with place.locked():
            if clean:
                _forget(place)
            self._ledger = self._opened_ledger(place, is_told=changes is not None)
            try:
                self._read(place, now, changes)
                with loud(logging.getLogger("pelican")):
                    super().run()
            except Exception:
                self.is_behind = True
                raise
        first, self._first = self._first, ()
        self.is_behind = False
        return self._report.after(first)

    def put_first(self, changes: Collection[Path], now: datetime | None = None, *, state: Path | None = None) -> bool:
        """Puts live what readers look at first of *changes*, where that is known before all is read again.

        The next :meth:`build` with the same changes does the rest. Until then nothing more goes first when some of
        them cannot: what is to disappear must not be shown once more.

        :returns: whether all of *changes* are records, and their pages live.
        :raises KentonganError: when the theme fails.
        """
        place = self._workplace(state)
        if self.is_behind or not (self.memory and self.memory.site and self._is_plain):
            return False
        with place.locked():
            self._ledger = self._opened_ledger(place, is_told=True)
            names = _inside(place.content, changes)
            amended = self._amended_by(self.memory.site, names, now)
            self.is_behind = amended is None
            if amended:
                self._first += self._put_first(self.memory, *amended)
        return bool(amended and names and len(amended[1]) == len(names))

    def _amended_by(
        self, site: Site, names: Sequence[str] | None, now: datetime | None
    ) -> tuple[Site, tuple[Key, ...]] | None:
        """*site* with what the files *names* hold now, and whose records those are; ``None``: that would not be all."""
        if names is None or not (self._kept_reader and self._contents and self._drawn):
            return None
        reads = self._kept_reader.look_first(names)
        amended, keys = amend(site, self._contents, reads, build_instant_of(now))
        if any(read.record.key in site.records and read.record.key not in keys for read in reads):
            return None
        return without_dead_links(amended, self._ledger.names, keys), keys

    def _put_first(self, memory: Memory, site: Site, keys: Sequence[Key]) -> tuple[str, ...]:
        if not (keys and self._drawn):
            return ()
        views = KeptViews(memory.turn(site, keys), memory)
        artifacts = first_artifacts(site, [site.records[key] for key in keys])
        writer = OutputWriter(self.output_path, settings=self.settings)
        return put_first(artifacts, views, self._drawn, self._ledger, writer)

    def preview(self, texts: Mapping[str, str], now: datetime | None = None, *, state: Path | None = None) -> bytes:
        """The page of the first file of *texts*, were they all saved and public; nothing is written.

        :raises KentonganError: when one of them is no valid record.
        """
        place, instant = self._workplace(state), build_instant_of(now)
        try:
            reads = read_drafts(self._reader(place), texts)
        except Refused as refused:
            raise KentonganError(refused.findings[0].message, refused.findings[0].mend) from refused
        key, amended = reads[0].record.key, self._amended(reads, instant)
        site = amended or self._drafted(place, reads, instant)
        if key not in site.records:
            raise KentonganError(Message("The record has no page yet: what it belongs to is not published."))
        drawn = self._drawn if amended else None  # else the theme may have changed, too
        renderer = drawn or self._renderer(self._environment(), site)
        return renderer.render(record_page(site, site.records[key]).view(site))

    def _amended(self, reads: Sequence[Read], now: datetime) -> Site | None:
        """The Site of the build before with *reads* in it, where nothing else has changed since and nothing else hangs
        on them."""
        site = self.memory.site if self.memory and self.is_watched else None
        if not (site and self._contents):
            return None
        amended, keys = amend(site, self._contents, reads, now, drafted=True)
        return amended if len(keys) == len(reads) else None

    def _drafted(self, place: Workplace, reads: Sequence[Read], now: datetime) -> Site:
        """The Site of all that is there now, with *reads* in it."""
        reader = self._reader(place)
        contents = load_by(reader, self._history or History(reader.content), () if self.is_watched else None)
        comments = snapshot.read(place.state, contents.office.comments.system)
        drafted, keys = with_drafts(contents, reads), [read.record.key for read in reads]
        return assemble(drafted, self.settings["SITEURL"], now, comments=comments, drafted=keys)

    def _environment(self) -> Environment:
        generator = self._make(
            SiteGenerator,
            context={},
            settings=self.settings,
            path=self.path,
            theme=self.theme,
            output_path=self.output_path,
        )
        environment: Environment = generator.env
        return environment

    @property
    def is_ours(self) -> bool:
        """Whether the theme is ours; with a foreign one Pelican builds articles, pages and lists in its own way."""
        return Path(self.theme).resolve() == OUR_THEME

    @property
    def _is_plain(self) -> bool:
        """Whether nobody but us has a say in what is written."""
        return self.is_ours and not self.has_listeners

    @property
    def has_listeners(self) -> bool:
        """Whether a third-party plugin listens to Pelican, and so may ask for its content objects."""
        return any(
            not str(getattr(receiver, "__module__", "")).startswith(_OURS)
            for signal in _SIGNALS
            for receiver in signal.receivers_for(None)
        )

    def put_out(self, environment: Environment, writer: OutputWriter) -> None:
        """Called by our generator: plan, render what changed, write it."""
        site = self._site_after_plugins()
        renderer = self._drawn = self._renderer(environment, site)
        self.heed()
        planned = plan(site, self.memory.turn) if self.memory else plan(site)
        artifacts = [*renderer.static.artifacts(), *planned.artifacts]
        views = KeptViews(planned.site, self.memory) if self.memory else Views(planned.site)
        if not self.is_ours:
            artifacts = [one for one in artifacts if not isinstance(views.view(one), Printed)]
        writer.subjects = self._subjects()
        self._tell_way(site.language)
        outcome = apply(artifacts, views, renderer, self._ledger, writer, self.jobs, self.heed)
        if self.memory:
            self.memory.settle()
        self._report = BuildReport(
            outcome,
            planned.findings,
            site.language,
            planned.next_change,
            strict=bool(self.settings.get("STRICT")),
            zone=site.office.zone,
        )

    def _tell_way(self, language: str) -> None:
        """Says once why builds take longer than they need."""
        if self._told_way or (self.is_ours and not self.has_listeners):
            return
        way = (
            Message("A plugin listens to Pelican: articles and pages go Pelican's own way too, which takes longer.")
            if self.is_ours
            else Message("The theme is not ours: Pelican makes articles and pages in its own way, which takes longer.")
        )
        print(way.told(language), file=sys.stderr)
        self._told_way = True

    def _get_generator_classes(self) -> list[Any]:
        """Pelican's classes, ours knowing this engine; Pelican's own two write nothing with our theme."""
        silent = {ArticlesGenerator: SilentArticles, PagesGenerator: SilentPages} if self.is_ours else {}
        classes = []
        for class_ in super()._get_generator_classes():
            chosen = silent.get(class_, class_)
            ours = chosen in (SilentArticles, SilentPages, SiteGenerator)
            classes.append(partial(self._make, chosen) if ours else chosen)
        return classes

    def _make(self, class_: type, **arguments: Any) -> Any:
        """A generator that knows this engine from its first line on."""
        generator = class_(engine=self, **arguments)
        if class_ is SilentArticles:
            self._articles = generator
        if class_ is SilentPages:
            self._pages = generator
        return generator

    def _opened_ledger(self, place: Workplace, *, is_told: bool) -> Ledger:
        """The one that was kept, unless somebody else has written since; *is_told*: what changes is.

        One that is opened anew is not trusted: who wrote it may have been killed before the last line.
        """
        kept = self._kept_ledger if self.memory else None
        if kept and kept.is_as_we_left_it():
            kept.trusting = is_told
            return kept
        self._kept_ledger = Ledger(place.ledger, place.output)
        return self._kept_ledger

    def _reader(self, place: Workplace) -> Reader:
        """Made once: it knows what it has read."""
        if self._kept_reader is None:
            cache = Cache(place.cache)
            prose = Prose(Dialect.of(self.settings["MARKDOWN"]), cache=cache, jobs=self.jobs)
            self._kept_reader = Reader(place.content, prose, Documents(cache))
        return self._kept_reader

    def close(self) -> None:
        """Ends the processes that it has started."""
        if self._kept_reader:
            self._kept_reader.prose.close()

    def _read(self, place: Workplace, now: datetime | None, changes: Collection[Path] | None) -> None:
        self._history = self._history or History(place.content)
        self.is_watched = changes is not None
        contents = self._contents = load_by(self._reader(place), self._history, changes)
        self.heed()
        office = contents.office
        comments = snapshot.read(place.state, office.comments.system)
        self.site = assemble(contents, self.settings["SITEURL"], build_instant_of(now), comments=comments)
        self.heed()
        self.settings |= {CONTENTS: contents, SITE: self.site, "SITENAME": office.name, "TIMEZONE": office.zone}
        self.settings |= {"SITESUBTITLE": office.tagline or "", "DEFAULT_LANG": office.language}

    def _site_after_plugins(self) -> Site:
        """The Site with the text of articles as listening plugins have left it."""
        if not (self.is_ours and self.has_listeners):
            return self.site
        heard = {(Kind.ARTICLE, content.slug): content for content in self._articles.content_objects()}
        bodies = {key: content.content for key, content in heard.items() if key in self.site.records}
        return replace(self.site, bodies={**self.site.bodies, **bodies}) if bodies else self.site

    def _subjects(self) -> dict[str, dict[str, Any]]:
        """What the file of an article or a page is about, as Pelican tells it to who listens to what is written."""
        if not (self.is_ours and self.has_listeners):
            return {}
        articles = {one.save_as: {"article": one} for one in self._articles.content_objects()}
        return articles | {one.save_as: {"page": one} for one in self._pages.content_objects()}

    def _renderer(self, environment: Environment, site: Site) -> ThemeRenderer:
        folders = static_folders(self.theme, self.settings["THEME_TEMPLATES_OVERRIDES"])
        version = templates_version(environment)
        if self._theme is None or self._theme[0] != version:  # what is compiled once serves many builds
            self._theme = version, theme_environment(environment)
        static = StaticFiles(folders, site.addresses, site.office.colours)
        return ThemeRenderer(self._theme[1], static, site.language, self._office_version())

    def _office_version(self) -> str:
        """A fingerprint of the office's own code: filters in its settings, plugins of its own."""
        root = Path(self.path).parent
        return source_version(*root.glob("*conf.py"), *root.glob("plugins/**/*.py"))

    def _workplace(self, state: Path | None) -> Workplace:
        return Workplace.of(Path(self.path), None, Path(self.output_path), state)


def build_instant_of(now: datetime | None) -> datetime:
    """*now*, else the instant that the environment or the clock says."""
    return now or build_instant()


def _inside(content: Path, changes: Collection[Path]) -> list[str] | None:
    """*changes* as paths below *content*; ``None`` when something else has changed, or a record is gone: it may only
    have another name now, and is not shown twice."""
    visible = [path for path in changes if not path.name.startswith(".")]
    if not all(path.is_relative_to(content) and path.name != OFFICE_FILE and path.exists() for path in visible):
        return None
    return [path.relative_to(content).as_posix() for path in visible]


def _refuse_unsafe(place: Workplace) -> None:
    """An output that holds the content, or lies in it, would mix what is written with what is made from it."""
    if place.output in (place.content, *place.content.parents) or place.content in place.output.parents:
        raise KentonganError(
            Message("The output folder {path} holds the content, or lies in it.", {"path": str(place.output)}),
            Message("Choose another with --output."),
        )


def _forget(place: Workplace) -> None:
    """Removes what we once wrote; what people put there by hand stays."""
    ledger = Ledger(place.ledger, place.output)
    for name in ledger.strangers(()):
        remove(place.output, name)
    place.ledger.unlink(missing_ok=True)
