"""Configurations: what is refused, what is quoted, and that the policy knows every type we publish."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.errors import KentonganError
from kentongan.serving import cache_control, media_type
from kentongan.serving.configuration import WEB_SERVERS, Host, Service, redirects, units, web_server
from kentongan.store.media import TYPES as UPLOADS

ROOT = Path("/srv/kantor/var/current")


@pytest.mark.parametrize(
    "given",
    [
        {"domain": "kantor.example; return 200"},
        {"domain": "Kantor.example"},
        {"domain": "-kantor.example"},
        {"domain": ""},
        {"root": Path("/srv/dinas koperasi")},
        {"root": Path('/srv/a"b')},
        {"cms": "127.0.0.1"},
        {"cms": "127.0.0.1:0"},
        {"listen": "127.0.0.1:65536"},
        {"listen": "127.0.0.1:80;"},
    ],
)
def test_what_is_not_one_word_is_refused(given):
    with pytest.raises(KentonganError):
        Host(**{"domain": "kantor.example", "root": ROOT, **given})


def test_a_service_refuses_what_is_not_one_word():
    with pytest.raises(KentonganError):
        Service(Path("/usr/bin/kentongan"), ROOT, ROOT, ROOT, user="root\nExecStart=/bin/sh")


@pytest.mark.parametrize("server", WEB_SERVERS)
def test_configurations_are_the_same_each_time(server, tmp_path):
    host = Host("kantor.example", tmp_path)
    assert web_server(server, host) == web_server(server, host)


@pytest.mark.parametrize("server", WEB_SERVERS)
def test_readers_reach_the_cms_only_where_that_was_asked_for(server, tmp_path):
    closed, opened = (web_server(server, Host("kantor.example", tmp_path, cms)) for cms in (None, "127.0.0.1:8000"))
    assert not {"proxy", "admin"} & set(re.findall(r"[a-z]+", closed))
    assert "admin|api|komentar" in opened
    assert not re.search("healthz|metrics", opened)


@pytest.mark.parametrize("cms", [None, "127.0.0.1:9000"])
def test_the_unit_answers_others_only_where_that_was_asked_for(cms):
    service = Service(ROOT, ROOT, ROOT, ROOT)
    unit = units(Host("kantor.example", ROOT, cms), service)["kentongan-cms.service"]
    assert (" --cms\n" in unit) == bool(cms)
    assert f"--host 127.0.0.1 --port {9000 if cms else 8000}" in unit


def test_the_backup_is_made_by_the_account_that_has_the_secrets():
    made = units(Host("kantor.example", ROOT), Service(ROOT, ROOT, ROOT, ROOT, backups=Path("/srv/cadangan")))
    cms, backup = made["kentongan-cms.service"], made["kentongan-backup.service"]
    for line in ("User=kentongan", "EnvironmentFile=-/etc/kentongan/kantor.example.env"):
        assert line in cms.splitlines()
        assert line in backup.splitlines()
    assert "ReadWritePaths=/srv/cadangan" in backup.splitlines()
    assert "backup /srv/cadangan --content" in backup


def test_nginx_starts_without_a_certificate_to_get_the_first_one():
    first = web_server("nginx", Host("kantor.example", ROOT, tls=False))
    assert not re.search("ssl|443|return 301 https", first)
    assert first.count("listen 80;") == first.count("location ^~ /.well-known/acme-challenge/") == 1
    assert "ssl_certificate" in web_server("nginx", Host("kantor.example", ROOT))


def test_redirects_are_read_decoded_and_written_encoded(tmp_path):
    moved = {"/lama/": "/baru/", "/kabar%20lama/": "/berita/é$1/", "/a\\": "/x/", '/b";evil': "/x/", "/c{path}": "/x/"}
    (tmp_path / "redirects.json").write_text(json.dumps(moved))
    assert redirects(tmp_path) == {"/lama/": "/baru/", "/kabar lama/": "/berita/%C3%A9%241/"}


def test_a_release_that_is_not_there_yet_has_no_redirects(tmp_path):
    assert redirects(tmp_path / "current") == {}


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1), max_size=5))
def test_no_redirect_brings_a_character_that_means_something_to_a_server(tmp_path_factory, moved):
    folder = tmp_path_factory.mktemp("release")
    (folder / "redirects.json").write_text(json.dumps(moved))
    for former, path in redirects(folder).items():
        assert not set(former) & set("\"'`\\{}$*\r\n\t")
        assert path.isascii()
        assert not set(path) & set("\"'`\\{}$;* \r\n\t")


@pytest.mark.parametrize("ending", UPLOADS)
def test_every_media_file_we_take_is_served_as_what_it_is(ending):
    assert media_type(f"media/a.0123{ending}").split(";")[0] == UPLOADS[ending]
    assert "immutable" in cache_control(f"media/a.0123{ending}")


def test_types_follow_the_name_before_the_ending():
    assert media_type("kabar/feed.json") == "application/feed+json"
    assert media_type("sitemap.xml").startswith("application/xml")
    assert media_type("a/b.C") == "application/octet-stream"
    assert cache_control("mediasi/index.html") == "no-cache"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
def test_systemd_finds_no_fault_in_the_units(tmp_path):
    true = Path(shutil.which("true"))
    service = Service(true, Path("/srv"), Path("/srv/content"), Path("/srv/var"), user="root")
    made = units(Host("kantor.example", ROOT), service)
    for name, text in made.items():
        (tmp_path / name).write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *(tmp_path / name for name in made)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
