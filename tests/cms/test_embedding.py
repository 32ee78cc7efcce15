"""What other sites may show and read of ours, and what they may not."""

import pytest
from starlette.testclient import TestClient

from kentongan_cms.app import create_app
from kentongan_cms.status import BuildStatus
from tests.offices import write

SHOWN = ("/sematan/jadwal/", "/sematan/jadwal.js", "/embed/schedule/", "/embed/schedule.js")
READ = ("/jadwal.json", "/schedule.json")
OWN = ("/", "/kini.js", "/admin/", "/nothing/")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    names = [f"{path[1:]}index.html" if path.endswith("/") else path[1:] for path in (*SHOWN, *READ, "/", "/kini.js")]
    output = write(tmp_path_factory.mktemp("output"), dict.fromkeys(names, "text"))
    return TestClient(create_app(output, BuildStatus()))


@pytest.mark.parametrize("path", SHOWN)
def test_other_sites_may_frame_and_load_it_also_when_they_ask_again(client, path):
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    for answer in (first, again):
        assert "frame-ancestors *" in answer.headers["content-security-policy"]
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", READ)
def test_their_scripts_may_read_the_schedule_but_not_frame_it(client, path):
    headers = client.get(path).headers
    assert headers["access-control-allow-origin"] == "*"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", OWN)
def test_nothing_else_is_for_them(client, path):
    headers = client.get(path).headers
    assert "access-control-allow-origin" not in headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
