"""Where links that are passed on lead: never where a forged Host header says."""

import pytest
from starlette.requests import Request

from kentongan_cms.near import own_address

SITE, CMS = "https://koperasi.contoh", "https://cms.koperasi.contoh"


@pytest.mark.parametrize(
    ("host", "server", "told", "address"),
    [
        ("localhost:8000", "127.0.0.1", {}, "http://localhost:8000"),
        ("[::1]:8000", "::1", {}, "http://[::1]:8000"),
        ("jahat.contoh", "127.0.0.1", {}, "http://127.0.0.1:8000"),
        ("jahat.contoh", "fe80::1", {}, "http://[fe80::1]:8000"),
        ("jahat.contoh", "127.0.0.1", {"SITEURL": SITE}, SITE),
        ("localhost:8000", "127.0.0.1", {"SITEURL": f"{SITE}/"}, SITE),
        ("localhost:8000", "127.0.0.1", {"SITEURL": SITE, "KENTONGAN_CMS_URL": CMS}, CMS),
        ("localhost:8001", "127.0.0.1", {"SITEURL": "http://localhost:8000"}, "http://localhost:8001"),
    ],
)
def test_links_lead_where_the_office_says_it_is(monkeypatch, host, server, told, address):
    for name in ("SITEURL", "KENTONGAN_CMS_URL"):
        monkeypatch.setenv(name, told.get(name, ""))
    headers = [(b"host", host.encode())]
    scope = {"type": "http", "scheme": "http", "path": "/", "headers": headers, "server": (server, 8000)}
    assert own_address(Request(scope)) == address
