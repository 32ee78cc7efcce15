"""nginx and Caddy as Debian packs them serve a release by the configurations that ``kentongan config`` prints."""

import gzip
import http.client as http_client
import http.server
import json
import ssl
import subprocess
import threading
from pathlib import Path

import pytest

from kentongan.serving.policy import HEADERS, particular_headers
from tests.offices import EPISODE_FILE, EPISODE_PAGE, MORNING, kentongan, seed
from tests.web.processes import ask, free_port, listens, needs, nginx, program, running, wait_until

FORMER = "/kabar lama/obrolan/"
AUDIO = bytes(range(256)) * 400
BROTLI = pytest.mark.skipif(
    not any(Path("/etc/nginx/modules-enabled").glob("*brotli-static*")), reason="nginx has no brotli_static module"
)
HTTPS = """{{
    admin off
    local_certs
    skip_install_trust
    http_port {http}
    https_port {https}
    storage file_system {folder}
}}
"""
CADDY = "{{\n\tadmin off\n\tstorage file_system {folder}\n}}\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A release with an audio file, precompressed files and an address that moved."""
    office = seed(tmp_path_factory.mktemp("office"))
    page = office / EPISODE_FILE
    page.write_text(page.read_text().replace("---\n", f'---\nwas: ["{FORMER}"]\n', 1))
    done = kentongan(office, "publish", "--now", MORNING, SITEURL="https://kantor.example")
    assert done.returncode == 0, done.stderr
    release = office / "var/current"
    (release / "media").mkdir(exist_ok=True)
    (release / "media/obrolan.0123456789ab.mp3").write_bytes(AUDIO)
    (release / "takarir.vtt").write_text("WEBVTT\n")
    (release / ".git").mkdir()
    (release / ".git/config").write_text("secret")
    for name in ("index.html", "feed.xml", "jadwal.ics"):
        (release / f"{name}.gz").write_bytes(gzip.compress((release / name).read_bytes(), mtime=0))
        (release / f"{name}.br").write_bytes(b"brotli of " + name.encode())
        (release / f"{name}.zst").write_bytes(b"zstd of " + name.encode())
    return office


@pytest.fixture(scope="module")
def cms():
    """Stands where the CMS will: answers with the request's headers, and a policy of its own."""

    class Echo(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("content-security-policy", "default-src 'none'")
            self.end_headers()
            self.wfile.write(
                json.dumps({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}}).encode()
            )

        do_POST = do_GET

        def log_message(self, *_):
            """Silence: a failing test says enough."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture(
    scope="module",
    params=[pytest.param("nginx", marks=[needs("nginx"), BROTLI]), pytest.param("caddy", marks=needs("caddy"))],
)
def port(request, office, cms, tmp_path_factory):
    folder, port = tmp_path_factory.mktemp(request.param), free_port()
    made = kentongan(
        office, "config", request.param, "--domain", "kantor.example",
        "--listen", f"127.0.0.1:{port}", "--cms", f"127.0.0.1:{cms}",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    if request.param == "nginx":
        with nginx(folder, made.stdout, port):
            yield port
        return
    (folder / "Caddyfile").write_text(CADDY.format(folder=folder) + made.stdout)
    with running([program("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], port):
        yield port


def get(port, path, method="GET", **headers):
    return ask(port, path, method, Host="kantor.example", **headers)


TYPES = {
    "/": "text/html; charset=utf-8",
    "/feed.xml": "application/xml; charset=utf-8",
    "/atom.xml": "application/xml; charset=utf-8",
    "/feed.json": "application/feed+json",
    "/program/warung-sebelah/feed.xml": "application/xml; charset=utf-8",
    "/program/warung-sebelah/akan-datang.xml": "application/xml; charset=utf-8",
    "/sematan/jadwal/": "text/html; charset=utf-8",
    "/jadwal.ics": "text/calendar; charset=utf-8",
    "/jadwal.json": "application/json; charset=utf-8",
    "/langganan.opml": "text/x-opml; charset=utf-8",
    "/media/obrolan.0123456789ab.mp3": "audio/mpeg",
    "/robots.txt": "text/plain; charset=utf-8",
    "/sitemap.xml": "application/xml; charset=utf-8",
    "/takarir.vtt": "text/vtt; charset=utf-8",
}


@pytest.mark.parametrize("path", TYPES)
def test_types_and_headers(port, path):
    answer = get(port, path)
    assert answer.status == 200
    assert answer.headers.get_all("content-type") == [TYPES[path]]
    kept = "public, max-age=31536000, immutable" if path.startswith("/media/") else "no-cache"
    assert answer.headers.get_all("cache-control") == [kept]
    assert answer.headers.get_all("strict-transport-security") == ["max-age=31536000"]
    for name, value in {**HEADERS, **particular_headers(path.lstrip("/"))}.items():
        assert answer.headers.get_all(name) == [value]
    assert ("access-control-allow-origin" in answer.headers) == (path in ("/jadwal.json", "/sematan/jadwal/"))


def test_head_says_the_length_and_sends_nothing(port):
    answer = get(port, "/media/obrolan.0123456789ab.mp3", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-length"] == str(len(AUDIO))
    assert answer.headers["accept-ranges"] == "bytes"


def test_byte_ranges_of_audio(port):
    answer = get(port, "/media/obrolan.0123456789ab.mp3", Range="bytes=1000-1999")
    assert (answer.status, answer.body) == (206, AUDIO[1000:2000])
    assert answer.headers["content-range"] == f"bytes 1000-1999/{len(AUDIO)}"
    assert get(port, "/media/obrolan.0123456789ab.mp3", Range=f"bytes={len(AUDIO)}-").status == 416


def test_what_a_page_shows_that_is_open_since_before_comes_from_the_former_release(port, office):
    former = office / "var/former"
    (former / "static").mkdir(parents=True, exist_ok=True)
    (former / "static/lama.0123456789ab.css").write_text("p {}")
    (former / "static/lama.0123456789ab.css.gz").write_bytes(gzip.compress(b"p {}"))
    (former / "lama.html").write_text("former")
    answer = get(port, "/static/lama.0123456789ab.css")
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"p {}", "text/css; charset=utf-8")
    assert answer.headers.get_all("cache-control") == ["public, max-age=31536000, immutable"]
    assert answer.headers.get_all("x-content-type-options") == ["nosniff"]
    assert get(port, "/static/lama.0123456789ab.css", Accept_Encoding="gzip").headers["content-encoding"] == "gzip"
    assert get(port, "/lama.html").status == 404
    assert get(port, "/static/nothing.css").body == (office / "var/current/404.html").read_bytes()


@pytest.mark.parametrize("path", ["/", "/feed.xml", "/jadwal.ics"])
def test_precompressed_variants(port, path, office):
    name = path.lstrip("/") or "index.html"
    plain = (office / "var/current" / name).read_bytes()
    assert get(port, path).body == plain
    for encoding, body in (("gzip", gzip.compress(plain, mtime=0)), ("br", b"brotli of " + name.encode())):
        answer = get(port, path, Accept_Encoding=encoding)
        assert (answer.headers["content-encoding"], answer.body) == (encoding, body)
        assert answer.headers["content-type"] == TYPES[path]
        assert answer.headers["vary"] == "Accept-Encoding"


def test_what_is_not_precompressed_is_compressed_on_the_way(port, office):
    answer = get(port, "/atom.xml", Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == (office / "var/current/atom.xml").read_bytes()


def test_a_file_that_has_not_changed_is_not_sent_again(port):
    etag = get(port, "/").headers["etag"]
    answer = get(port, "/", If_None_Match=etag)
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/nothing.ics",
        "/media/nothing.mp3",
        "/.git/config",
        "/berita/.rahasia",
        "/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_what_is_not_there_answers_with_the_404_page(port, path, office):
    answer = get(port, path)
    if answer.status == 400:  # nginx refuses to look above the root
        return
    assert (answer.status, answer.body) == (404, (office / "var/current/404.html").read_bytes())
    assert answer.headers.get_all("content-type") == ["text/html; charset=utf-8"]
    assert answer.headers.get_all("cache-control") == ["no-cache"]
    assert answer.headers.get_all("x-content-type-options") == ["nosniff"]


def test_a_moved_address_answers_301(port):
    answer = get(port, "/kabar%20lama/obrolan/")
    assert (answer.status, answer.headers["location"]) == (301, f"/{EPISODE_PAGE.removesuffix('index.html')}")


def test_a_folder_without_its_slash_is_led_to_it(port):
    answer = get(port, "/berita")
    assert answer.status in (301, 308)
    assert answer.headers["location"] == "/berita/"


@pytest.mark.parametrize(
    ("path", "method"),
    [("/admin/", "GET"), ("/api/v1/articles?x=1", "GET"), ("/komentar", "POST")],
)
def test_the_cms_answers_what_is_its_own(port, path, method):
    answer = get(port, path, method, X_Forwarded_For="6.6.6.6", X_Forwarded_Proto="gopher")
    heard = json.loads(answer.body)
    assert heard["path"] == path
    assert (heard["host"], heard["x-forwarded-for"], heard["x-forwarded-proto"]) == (
        "kantor.example",
        "127.0.0.1",
        "https",
    )
    assert answer.headers.get_all("content-security-policy") == ["default-src 'none'"]
    assert answer.headers.get_all("strict-transport-security") == ["max-age=31536000"]


def test_a_page_whose_name_begins_like_the_cms_is_a_page(port, office):
    (office / "var/current/administrasi").mkdir(exist_ok=True)
    (office / "var/current/administrasi/index.html").write_text("kantor")
    assert get(port, "/administrasi/").body == b"kantor"


def test_files_are_not_written_to(port):
    assert get(port, "/", "POST").status == 405


@needs("caddy")
def test_caddy_alone_does_https_and_leads_to_it(office, tmp_path):
    http, https = free_port(), free_port()
    made = kentongan(office, "config", "caddy", "--domain", "localhost")
    (tmp_path / "Caddyfile").write_text(HTTPS.format(folder=tmp_path, http=http, https=https) + made.stdout)
    command = [program("caddy"), "run", "--config", str(tmp_path / "Caddyfile"), "--adapter", "caddyfile"]
    with running(command, https):
        wait_until(lambda: listens(http))
        led = ask(http, "/berita/", Host="localhost")
        assert (led.status, led.headers["location"].split(":")[0]) == (308, "https")
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE  # the test's own authority signed it
        connection = http_client.HTTPSConnection("localhost", https, timeout=10, context=trusting)
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        connection.close()


@BROTLI
@needs("nginx", "openssl")
def test_nginx_does_https_with_the_certificate_of_the_domain(office, tmp_path):
    made = kentongan(office, "config", "nginx", "--domain", "kantor.example").stdout
    http, https = free_port(), free_port()
    certificate = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=kantor.example", "-days", "1"]
    made_here = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    subprocess.run(["openssl", *certificate, *made_here], check=True, capture_output=True)
    here = made.replace("/etc/letsencrypt/live/kantor.example", str(tmp_path))
    here = here.replace("listen 80;", f"listen 127.0.0.1:{http};").replace("listen 443 ", f"listen 127.0.0.1:{https} ")
    here = "\n".join(line for line in here.splitlines() if "listen [::]" not in line)
    with nginx(tmp_path, here, https):
        led = ask(http, "/berita/?x=1", Host="kantor.example")
        assert (led.status, led.headers["location"]) == (301, "https://kantor.example/berita/?x=1")
        trusting = ssl.create_default_context(cafile=tmp_path / "fullchain.pem")
        trusting.check_hostname = False
        connection = http_client.HTTPSConnection("127.0.0.1", https, timeout=10, context=trusting)
        connection.request("GET", "/", headers={"Host": "kantor.example"})
        assert connection.getresponse().status == 200
        connection.close()


@needs("nginx")
@BROTLI
def test_nginx_serves_before_the_first_certificate_is_there(office, tmp_path):
    made = kentongan(office, "config", "nginx", "--domain", "kantor.example", "--no-tls")
    assert made.returncode == 0, made.stderr
    port = free_port()
    plain = made.stdout.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("listen [::]:80;", "")
    with nginx(tmp_path / "first", plain.replace("/var/www/html", str(tmp_path)), port):
        (tmp_path / ".well-known/acme-challenge").mkdir(parents=True)
        (tmp_path / ".well-known/acme-challenge/a").write_text("proof")
        assert get(port, "/.well-known/acme-challenge/a").body == b"proof"
        assert get(port, "/").status == 200
