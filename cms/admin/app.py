"""The admin's application. So far it has one page: what the last build found, in words, with file, line and mend."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from kentongan.language import translations

from ..status import BuildStatus

_FOLDER = Path(__file__).parent


def admin_app(status: BuildStatus) -> Starlette:
    """The admin of the site whose builds *status* tells of."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )

    async def home(request: Request) -> Response:
        language = status.language
        environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
        findings = [finding.told(language) for finding in status.report.findings] if status.report else []
        page = environment.get_template("home.html").render(
            language=language,
            findings=findings,
            error=status.error.told(language) if status.error else None,
            style=request.url_for("style").path,
        )
        return HTMLResponse(page, headers={"cache-control": "no-store"})

    async def style(_request: Request) -> Response:
        return FileResponse(_FOLDER / "static" / "admin.css", headers={"cache-control": "no-cache"})

    return Starlette(routes=[Route("/", home), Route("/admin.css", style, name="style")])
