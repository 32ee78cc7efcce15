"""The ``kentongan`` command: the composition root, where domain, builder and server are put together."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kentongan import __version__
from kentongan.build.client import Builder, default_settings
from kentongan.build.plan import plan
from kentongan.build.recordings import link_recordings
from kentongan.build.release import Releases
from kentongan.build.report import BuildReport
from kentongan.build.websub import changed_topics, tell
from kentongan.build.workplace import STATE_VARIABLE, Workplace
from kentongan.clock import VARIABLE, build_instant
from kentongan.doctor import Verdict, examine
from kentongan.errors import Finding, KentonganError
from kentongan.language import LANGUAGES, Message, translations
from kentongan.markup import Prose
from kentongan.model import Kind
from kentongan.schedule import Week
from kentongan.schedule.listing import week_as_json, week_as_table
from kentongan.site import Site, assemble
from kentongan.site.slugs import slug
from kentongan.sound.chapters import read_chapters
from kentongan.sound.intake import find_episode, take
from kentongan.sound.media_store import MediaStore
from kentongan.store import load, require_folder
from kentongan.store.contents import Contents
from kentongan.store.fix import apply, mends
from kentongan.store.skeleton import write_new

LANGUAGE_VARIABLE = "KENTONGAN_LANG"
_SAMPLE = "sample"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0 well, 1 something is wrong with content or world, 2 wrong usage."""
    chosen = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except KentonganError as error:
        _say(error.told(_language()))
        return 1
    except KeyboardInterrupt:
        return 130


def build(chosen: argparse.Namespace) -> int:
    """``kentongan build``."""
    place = _workplace(chosen, default_settings(chosen.content), chosen.output)
    with Builder(place) as builder:
        report = builder.build(_now(chosen), clean=chosen.clean, jobs=chosen.jobs)
    _tell(report)
    return 1 if chosen.strict and report.findings else 0


def check(chosen: argparse.Namespace) -> int:
    """``kentongan check``."""
    site = _site(chosen, build_instant())
    findings = plan(site).findings
    if chosen.json:
        told = [finding.told(_language(site.language)) for finding in findings]
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _tell_findings(findings, site.language)
        _say(_count(len(findings), site.language))
    return 1 if findings else 0


def doctor(chosen: argparse.Namespace) -> int:
    """``kentongan doctor``."""
    site = _site(chosen, build_instant())
    language = _language(site.language)
    checks = []
    for one in examine(site, chosen.content, _state(chosen), chosen.seconds):
        checks.append(one)
        if not chosen.json:
            print(one.line_in(language), flush=True)
    if chosen.json:
        print(json.dumps([one.told(language) for one in checks], ensure_ascii=False, indent=1))
    return 1 if any(one.verdict is Verdict.FAIL for one in checks) else 0


def schedule(chosen: argparse.Namespace) -> int:
    """``kentongan schedule``."""
    site = _site(chosen, build_instant(chosen.now))
    week = chosen.week or Week.of(site.now.astimezone(site.zone))
    print(week_as_json(site, week) if chosen.json else week_as_table(site, week))
    if site.findings:
        _say(_count(len(site.findings), site.language))
    return 0


def _site(chosen: argparse.Namespace, now: datetime) -> Site:
    """The site that the content folder makes at *now*, in memory."""
    return assemble(_contents(chosen), os.environ.get("SITEURL") or "http://localhost", now)


def _contents(chosen: argparse.Namespace) -> Contents:
    prose = Prose()
    try:
        return load(chosen.content, prose)
    finally:
        prose.close()


def fix(chosen: argparse.Namespace) -> int:
    """``kentongan fix``."""
    require_folder(chosen.content)
    found = list(mends(chosen.content))
    for mend in found:
        if chosen.write:
            apply(chosen.content, mend)
        print(f"{mend.path}: {mend.key}: {mend.value}")
    if found and not chosen.write:
        _say(Message("Nothing was written. “kentongan fix --write” writes it.").told(_language()))
    return 0


def new(chosen: argparse.Namespace) -> int:
    """``kentongan new``."""
    require_folder(chosen.content)
    title = chosen.title or input(f"{translations(_language()).gettext('Title or name')}: ")
    id_ = chosen.id or slug(title)
    if not id_:
        raise KentonganError(Message("A title needs a letter or a digit."), Message("Write it with --title."))
    local = build_instant().astimezone(ZoneInfo(_contents(chosen).office.zone))
    print(write_new(chosen.content, Kind(chosen.kind), id_, title, local))
    return 0


def audio(chosen: argparse.Namespace) -> int:
    """``kentongan audio``."""
    contents = _contents(chosen)
    taken = take(
        chosen.content,
        contents,
        find_episode(contents, chosen.episode),
        chosen.file,
        MediaStore.of(_state(chosen)),
        chapters=read_chapters(chosen.chapters) if chosen.chapters else (),
        instead=chosen.replace,
        progress=_progress,
    )
    if not taken.levelled:
        _say(Message("ffmpeg is not installed, so the recording is used as it is.").told(_language()))
    print(json.dumps(asdict(taken), ensure_ascii=False, indent=1) if chosen.json else taken.path)
    return 0


def _progress(share: float) -> None:
    """A bar on a terminal; in a log it would be noise."""
    if sys.stderr.isatty():
        width = round(share * 30)
        end = "\n" if share >= 1 else ""
        print(f"\r[{'=' * width}{' ' * (30 - width)}] {share:4.0%}", end=end, file=sys.stderr, flush=True)


def publish(chosen: argparse.Namespace) -> int:
    """``kentongan publish``."""
    conf = _publish_settings(chosen)
    now = build_instant(chosen.now)
    places: list[Workplace] = []

    def into(folder: Path) -> BuildReport:
        places.append(_workplace(chosen, conf, folder))
        with Builder(places[-1]) as builder:
            report = builder.build(now)
        _tell_lacking(link_recordings(folder, MediaStore.of(_state(chosen))))
        return report

    releases = Releases(_state(chosen))
    former = releases.current.resolve() if releases.current.exists() else None
    try:
        report = releases.publish(now, into, strict=chosen.strict)
    finally:
        for place in places:
            place.ledger.unlink(missing_ok=True)  # it speaks of a folder that has another name now
    _tell(report)
    print(releases.current.resolve())
    _tell_followers(former, releases.current.resolve())
    return 0


def _tell_followers(former: Path | None, current: Path) -> None:
    """Whether or not hubs hear of it, the release is out."""
    told = list(tell(changed_topics(former, current)))
    for one in told:
        if one.failure:
            failed = Message("The hub {hub} did not hear of {url}.", {"hub": one.topic.hub, "url": one.topic.url})
            _say(f"{failed.told(_language())} {one.failure.told(_language())}")
    if heard := sum(one.failure is None for one in told):
        _say(Message("Hubs have heard of {count} changed feeds.", {"count": heard}).told(_language()))


def _tell_lacking(addresses: Sequence[str]) -> None:
    for address in addresses:
        told = Message("The recording {address} is not in the media store here.", {"address": address})
        _say(told.told(_language()))


def _publish_settings(chosen: argparse.Namespace) -> Path | None:
    """``publishconf.py``, which says where the site will be; else the development settings, and ``SITEURL`` says it."""
    conf: Path = chosen.content.resolve().parent / "publishconf.py"
    if chosen.settings or conf.is_file():
        return conf
    if not os.environ.get("SITEURL"):
        raise KentonganError(
            Message("The public address of the site is not known."),
            Message("Set SITEURL in the environment, like SITEURL=https://koperasi.example.id."),
        )
    return default_settings(chosen.content)


def serve(chosen: argparse.Namespace) -> int:
    """``kentongan serve``."""
    from kentongan_cms.serve import serve as run  # noqa: PLC0415 - no other command needs a web server

    os.environ.setdefault("SITEURL", f"http://localhost:{chosen.port}")
    return run(
        place=_sample_workplace(chosen)
        if chosen.sample
        else _workplace(chosen, default_settings(chosen.content), chosen.output),
        original=chosen.sample,
        host=chosen.host,
        port=chosen.port,
        tell=_tell,
        fail=lambda error: _say(error.told(_language())),
    )


def _sample_workplace(chosen: argparse.Namespace) -> Workplace:
    """The sample office is worked on in a copy below the state folder, with an output of its own."""
    folder = _state(chosen) / _SAMPLE
    settings = chosen.settings or default_settings(chosen.sample)
    return Workplace.of(folder / "content", settings, folder / "output", _state(chosen))


def _workplace(chosen: argparse.Namespace, settings: Path | None, output: Path) -> Workplace:
    return Workplace.of(chosen.content, chosen.settings or settings, output, _state(chosen))


def _state(chosen: argparse.Namespace) -> Path:
    beside: Path = (getattr(chosen, "sample", None) or chosen.content).resolve().parent / "var"
    return Path(chosen.state or os.environ.get(STATE_VARIABLE) or beside).resolve()


def _now(chosen: argparse.Namespace) -> datetime | None:
    return build_instant(chosen.now) if chosen.now or os.environ.get(VARIABLE) else None


def _language(site: str = LANGUAGES[0]) -> str:
    named = os.environ.get(LANGUAGE_VARIABLE, "")
    return named if named in LANGUAGES else site


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _tell(report: BuildReport) -> None:
    language = _language(report.language)
    _tell_findings(report.findings, language)
    done = Message(
        "{written} files written, {removed} removed, {unchanged} unchanged.",
        {
            "written": len(report.outcome.written),
            "removed": len(report.outcome.removed),
            "unchanged": report.outcome.unchanged,
        },
    )
    _say(done.told(language))
    if report.findings:
        _say(_count(len(report.findings), language))


def _tell_findings(findings: Iterable[Finding], language: str) -> None:
    for finding in findings:
        _say(finding.line_in(_language(language)))


def _count(count: int, language: str) -> str:
    words = translations(_language(language)).ngettext("{n} finding.", "{n} findings.", count)
    return words.format(n=count)


def _week(text: str) -> Week:
    try:
        return Week.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day like 2020-07-22") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kentongan", description="Radio talks, consultations and news of a cooperative office."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = _command(commands, "build", build, "build the site")
    _place(command)
    command.add_argument("--output", type=Path, default=Path("output"), metavar="DIR", help="where to build (output/)")
    command.add_argument("--now", metavar="ISO", help="build as of this instant")
    command.add_argument("--strict", action="store_true", help="exit 1 when there are findings")
    command.add_argument("--clean", action="store_true", help="empty the output folder first")
    command.add_argument("--jobs", type=int, metavar="N", help="how many processes may work (one per core)")

    command = _command(commands, "serve", serve, "build, serve the site and the CMS, and rebuild on every change")
    _place(command)
    command.add_argument("--output", type=Path, default=Path("output"), metavar="DIR", help="where to build (output/)")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    command.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    command.add_argument("--sample", type=Path, metavar="DIR", help="work on a copy of DIR in the state folder")

    command = _command(commands, "check", check, "list every finding")
    command.add_argument(
        "--content", type=Path, default=Path("content"), metavar="DIR", help="content folder (content/)"
    )
    command.add_argument("--json", action="store_true", help="as JSON on standard output")

    command = _command(commands, "schedule", schedule, "print the broadcasts of a week, past or coming")
    command.add_argument(
        "--content", type=Path, default=Path("content"), metavar="DIR", help="content folder (content/)"
    )
    command.add_argument(
        "--week", type=_week, metavar="YYYY-MM-DD", help="the week of this day, or 2020-W30 (this week)"
    )
    command.add_argument("--now", metavar="ISO", help="with states as of this instant")
    command.add_argument("--json", action="store_true", help="as JSON on standard output")

    command = _command(commands, "fix", fix, "mend what can be mended safely: guids that were never given")
    command.add_argument(
        "--content", type=Path, default=Path("content"), metavar="DIR", help="content folder (content/)"
    )
    command.add_argument("--write", action="store_true", help="write it; otherwise it is only shown")

    command = _command(commands, "new", new, "write the draft of a new record")
    command.add_argument("kind", choices=[kind.value for kind in Kind], help="its type")
    command.add_argument("--title", metavar="TEXT", help="its title or name; asked for when it is not given")
    command.add_argument("--id", metavar="NAME", help="its file's name without .md; made from the title by default")
    command.add_argument(
        "--content", type=Path, default=Path("content"), metavar="DIR", help="content folder (content/)"
    )

    command = _command(
        commands, "audio", audio, "take in a recording: level, tag and store it, and name it in its episode"
    )
    command.add_argument("episode", metavar="EPISODE", help="the episode's file, or its name without .md")
    command.add_argument("file", type=Path, metavar="FILE", help="the recording")
    _place(command)
    command.add_argument("--chapters", type=Path, metavar="FILE", help="its parts: lines like “06:12 Title”, or JSON")
    command.add_argument("--replace", action="store_true", help="put it in the place of a recording that is there")
    command.add_argument("--json", action="store_true", help="as JSON on standard output")

    command = _command(commands, "doctor", doctor, "look whether everything is there, and whether live streams play")
    _place(command)
    command.add_argument("--seconds", type=float, default=10.0, help="how long a stream may take to answer (10)")
    command.add_argument("--json", action="store_true", help="as JSON on standard output")

    command = _command(commands, "publish", publish, "cut a release and make it the current one")
    _place(command)
    command.add_argument("--now", metavar="ISO", help="publish as of this instant")
    command.add_argument("--strict", action="store_true", help="publish nothing when there are findings")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    help_: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.")
    command.set_defaults(command=run)
    return command


def _place(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--content", type=Path, default=Path("content"), metavar="DIR", help="content folder (content/)"
    )
    command.add_argument("--settings", type=Path, metavar="FILE", help="settings file (pelicanconf.py, publishconf.py)")
    command.add_argument("--state", type=Path, metavar="DIR", help="state folder (KENTONGAN_STATE, else var/)")
