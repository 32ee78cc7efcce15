"""A server with one open thread, and visitors who write there, for tests of comments over HTTP."""

from __future__ import annotations

import json
import re
from datetime import timedelta

from starlette.testclient import TestClient

from kentongan.comments import draft as drafts
from kentongan.comments.threads import DOCUMENT
from kentongan_cms.app import create_app
from kentongan_cms.status import BuildStatus

HOST = "http://127.0.0.1"
SITE = "https://koperasi.example"
THREAD = "articles/kabar"
FORM = {"thread": THREAD, "name": "Bu Ratmi", "email": "", "text": "Terima kasih, bermanfaat sekali."}


def office(folder, database, monkeypatch):
    """An application whose site has an open article, a closed one, and an announced talk; previews may be quick."""
    monkeypatch.setattr(drafts, "QUICKEST", timedelta(0))
    data = [
        {"thread": name, "title": name, "url": f"{SITE}/{name}/", "open": is_open, "closes": None, "asks": asks}
        for name, is_open, asks in (
            (THREAD, True, False),
            ("articles/lama", False, False),
            ("episodes/tangguh", True, True),
        )
    ]
    file = folder / "output" / DOCUMENT
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"site": {"name": "Koperasi Maju", "url": f"{SITE}/"}, "data": data}))
    return create_app(folder / "output", folder / "media", BuildStatus(), database, opened=True)


def visitor(app, address="203.0.113.7", origin=SITE):
    """A browser on a page of *origin* (``None``: it does not say)."""
    found = TestClient(app, HOST, follow_redirects=False, client=(address, 50000), raise_server_exceptions=True)
    if origin:
        found.headers["origin"] = origin
    return found


def token_in(page):
    """The token of a preview page."""
    found = re.search(r'name="token" value="([^"]+)"', page)
    return found[1] if found else None


def write(app, address="203.0.113.7", **fields):
    """Writes a comment and confirms it; the last answer."""
    token = token_in(visitor(app, address).post("/komentar", data={**FORM, **fields}).text)
    ticked = {"replies": "yes"} if fields.get("replies") else {}
    return visitor(app, address, HOST).post("/komentar", data={"token": token, **ticked})
