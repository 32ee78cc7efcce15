"""Configurations of nginx, Caddy and systemd for one office, made from the policy and the release they serve."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.serving import policy

WEB_SERVERS = {"nginx": "nginx.conf", "caddy": "Caddyfile"}
CMS_ADDRESS = "127.0.0.1:8000"
ACCOUNT = "kentongan"
BACKUPS = Path("/var/backups/kentongan")
UNITS = tuple(
    f"kentongan-{name}"
    for name in ("cms.service", "publish.service", "publish.timer", "backup.service", "backup.timer")
)

_DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
_ADDRESS = re.compile(r"([0-9.]+|\[[0-9a-f:]+\]|[a-z0-9.-]+):(?P<port>[0-9]{1,5})")
_PATH = re.compile(r"/[\w./@+-]*", re.ASCII)
_USER = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
_UNQUOTABLE = re.compile(r"[\x00-\x1f\x7f\"'`\\{}$*]")
"""What means something to one server or the other even between quotes."""


@dataclass(frozen=True, slots=True)
class Host:
    """Where an office's site is served. Paths are absolute.

    ``root`` is the link to the current release. ``cms`` is the host and port of the CMS, if everybody shall
    reach its entrance. With ``listen``, a host and port on which plain HTTP is spoken, somebody
    in front does the HTTPS. Without ``tls`` nginx speaks plain HTTP to everybody, until there is a certificate.
    """

    domain: str
    root: Path
    cms: str | None = None
    listen: str | None = None
    tls: bool = True

    def __post_init__(self) -> None:
        """:raises KentonganError: for what would not be one word in a configuration."""
        _require(_DOMAIN, self.domain, Message("Write the name alone, like koperasi.example.id."))
        _require(_PATH, str(self.root), _PLAIN_PATH)
        for address in filter(None, (self.cms, self.listen)):
            _require_address(address)

    @property
    def name(self) -> str:
        """The domain as one word for a configuration's own names."""
        return re.sub(r"[^a-z0-9]", "_", self.domain)


@dataclass(frozen=True, slots=True)
class Service:
    """Who runs Kentongan on a host, and where its folders are. Paths are absolute."""

    program: Path
    office: Path
    content: Path
    state: Path
    user: str = ACCOUNT
    backups: Path = BACKUPS

    def __post_init__(self) -> None:
        """:raises KentonganError: for what would not be one word in a unit."""
        _require(_USER, self.user, Message("Write the name of an account, like kentongan."))
        for path in (self.program, self.office, self.content, self.state, self.backups):
            _require(_PATH, str(path), _PLAIN_PATH)


_PLAIN_PATH = Message("Use a path of letters, digits and . _ - @ + alone, without spaces.")


def web_server(server: str, host: Host) -> str:
    """The configuration of *server*, a key of :data:`WEB_SERVERS`."""
    return (
        _templates()
        .get_template(WEB_SERVERS[server])
        .render(
            asdict(host),
            former_root=host.root.with_name("former"),
            listener=urlsplit(f"//{host.listen or ''}"),
            name=host.name,
            certificates=f"/etc/letsencrypt/live/{host.domain}",
            headers=policy.HEADERS,
            embedded=policy.EMBEDDED,
            embedded_folders=policy.EMBEDDED_FOLDERS,
            shared_files=policy.SHARED_FILES,
            hsts=policy.HSTS,
            cms_paths=policy.CMS_PATHS,
            hashed_folders=policy.HASHED_FOLDERS,
            for_ever=policy.FOR_EVER,
            ask_each_time=policy.ASK_EACH_TIME,
            other_type=policy.OTHER_TYPE,
            types=policy.TYPES,
            names={name: type_ for name, type_ in policy.TYPES.items() if not name.startswith(".")},
            endings={name[1:]: type_ for name, type_ in policy.TYPES.items() if name.startswith(".")},
            compressible=[type_ for type_ in dict.fromkeys(policy.TYPES.values()) if _is_text(type_)],
            redirects=redirects(host.root),
        )
    )


def units(host: Host, service: Service) -> dict[str, str]:
    """systemd's units, by file name: the CMS, a timer that publishes what falls due, and one that
    keeps a backup each night."""
    cms = urlsplit(f"//{host.cms or CMS_ADDRESS}")
    given = {**asdict(host), **asdict(service), "cms_host": cms.hostname, "cms_port": cms.port}
    return {name: _templates().get_template(name).render(given) for name in UNITS}


def redirects(release: Path) -> dict[str, str]:
    """Former address (as it is asked for, decoded) -> new address (encoded), from the release's ``redirects.json``.

    An address with characters that a configuration could trip over is left to the page that stands there anyway.
    """
    try:
        moved: Mapping[str, str] = json.loads((release / "redirects.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    decoded = {unquote(former): quote(unquote(path), safe="/") for former, path in moved.items()}
    return {former: path for former, path in decoded.items() if not _UNQUOTABLE.search(former)}


def _is_text(type_: str) -> bool:
    return type_.startswith(("text/", "application/")) and "html" not in type_ and "pdf" not in type_


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - what it makes is no HTML, and every value is checked or quoted
    )
    environment.filters["quoted"] = lambda text: '"{}"'.format(str(text).replace("\\", "\\\\").replace('"', '\\"'))
    environment.filters["regex"] = re.escape
    return environment


def _require(pattern: re.Pattern[str], text: str, mend: Message) -> None:
    if not pattern.fullmatch(text):
        raise _unusable(text, mend)


def _require_address(text: str) -> None:
    match = _ADDRESS.fullmatch(text)
    if not match or not 0 < int(match["port"]) < 1 << 16:
        raise _unusable(text, Message("Write a host and a port, like 127.0.0.1:8000."))


def _unusable(text: str, mend: Message) -> KentonganError:
    return KentonganError(Message("“{text}” cannot stand in a server's configuration.", {"text": text}), mend)
