"""What other sites may show and read of ours, and what they may not."""

import urllib.error
import urllib.request

import pytest

from tests.offices import write
from tests.site_server import served

SHOWN = ("/sematan/jadwal/", "/sematan/jadwal.js", "/embed/schedule/", "/embed/schedule.js")
READ = ("/jadwal.json", "/schedule.json")
OWN = ("/", "/kini.js", "/admin/", "/nothing/")


@pytest.fixture(scope="module")
def get(tmp_path_factory):
    """Asks for a path; gives (status, headers)."""
    names = [f"{path[1:]}index.html" if path.endswith("/") else path[1:] for path in (*SHOWN, *READ, "/", "/kini.js")]
    with served(write(tmp_path_factory.mktemp("output"), dict.fromkeys(names, "text"))) as address:

        def answer(path, **headers):
            request = urllib.request.Request(address + path, headers=headers)
            try:
                with urllib.request.urlopen(request, timeout=10) as got:
                    return got.status, got.headers
            except urllib.error.HTTPError as error:
                return error.code, error.headers

        yield answer


@pytest.mark.parametrize("path", SHOWN)
def test_other_sites_may_frame_and_load_it_also_when_they_ask_again(get, path):
    first, headers = get(path)
    again, later = get(path, **{"If-None-Match": headers["etag"]})
    assert (first, again) == (200, 304)
    for answer in (headers, later):
        assert "frame-ancestors *" in answer["content-security-policy"]
        assert "default-src 'self'" in answer["content-security-policy"]
        assert answer["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", READ)
def test_their_scripts_may_read_the_schedule_but_not_frame_it(get, path):
    _, headers = get(path)
    assert headers["access-control-allow-origin"] == "*"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", OWN)
def test_nothing_else_is_for_them(get, path):
    _, headers = get(path)
    assert "access-control-allow-origin" not in headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
