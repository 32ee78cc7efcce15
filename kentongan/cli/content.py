"""``kentongan check``, ``fix`` and ``new``: what people write, looked at, mended and begun."""

from __future__ import annotations

import argparse
import json
from zoneinfo import ZoneInfo

from kentongan.build.plan import plan
from kentongan.cli.common import (
    Commands,
    add_command,
    add_content,
    contents_of,
    count_of,
    language_of,
    say,
    site_of,
    tell_findings,
)
from kentongan.clock import build_instant
from kentongan.errors import KentonganError
from kentongan.language import Message, translations
from kentongan.model import Kind
from kentongan.site.slugs import slug
from kentongan.store import require_folder
from kentongan.store.fix import apply, mends
from kentongan.store.skeleton import write_new


def add(commands: Commands) -> None:
    """Adds the commands of this family."""
    command = add_command(commands, "check", check, "list every finding")
    add_content(command)
    command.add_argument("--json", action="store_true", help="as JSON on standard output")

    command = add_command(commands, "fix", fix, "mend what can be mended safely: guids that were never given")
    add_content(command)
    command.add_argument("--write", action="store_true", help="write it; otherwise it is only shown")

    command = add_command(commands, "new", new, "write the draft of a new record")
    command.add_argument("kind", choices=[kind.value for kind in Kind], help="its type")
    command.add_argument("--title", metavar="TEXT", help="its title or name; asked for when it is not given")
    command.add_argument("--id", metavar="NAME", help="its file's name without .md; made from the title by default")
    add_content(command)


def check(chosen: argparse.Namespace) -> int:
    """``kentongan check``."""
    site = site_of(chosen, build_instant())
    findings = plan(site).findings
    if chosen.json:
        told = [finding.told(language_of(site.language)) for finding in findings]
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        tell_findings(findings, site.language)
        say(count_of(len(findings), site.language))
    return 1 if findings else 0


def fix(chosen: argparse.Namespace) -> int:
    """``kentongan fix``."""
    require_folder(chosen.content)
    found = list(mends(chosen.content))
    for mend in found:
        if chosen.write:
            apply(chosen.content, mend)
        print(f"{mend.path}: {mend.key}: {mend.value}")
    if found and not chosen.write:
        say(Message("Nothing was written. “kentongan fix --write” writes it.").told(language_of()))
    return 0


def new(chosen: argparse.Namespace) -> int:
    """``kentongan new``."""
    require_folder(chosen.content)
    title = chosen.title or input(f"{translations(language_of()).gettext('Title or name')}: ")
    id_ = chosen.id or slug(title)
    if not id_:
        raise KentonganError(Message("A title needs a letter or a digit."), Message("Write it with --title."))
    local = build_instant().astimezone(ZoneInfo(contents_of(chosen).office.zone))
    print(write_new(chosen.content, Kind(chosen.kind), id_, title, local))
    return 0
