"""Real programs read what we publish: newsboat every feed, khal every calendar, in the right local time."""

import shutil
import socketserver
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler
from xml.etree import ElementTree

import pytest

from tests.offices import ROOT, kentongan

NOW = "2026-11-24T10:00+07:00"


def needs(program):
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not on this machine")


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    office = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "content", office / "content")
    assert kentongan(office, "build", "--now", NOW).returncode == 0
    return office / "output"


@pytest.fixture(scope="module")
def address(output):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Silence: a failing test says enough."""

    handler = partial(Quiet, directory=str(output))
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def newsboat(folder, url):
    """How many unread articles newsboat finds in *url*."""
    (folder / "urls").write_text(f"{url}\n")
    (folder / "cache").unlink(missing_ok=True)
    command = ["newsboat", "-q", "-u", folder / "urls", "-c", folder / "cache", "-C", "/dev/null", "-x"]
    subprocess.run([*command, "reload"], check=True, capture_output=True, timeout=60)
    told = subprocess.run(
        [*command, "print-unread"], check=True, capture_output=True, encoding="utf-8", timeout=60
    ).stdout
    return int(told.split()[0])


@needs("newsboat")
def test_newsboat_finds_every_item_of_every_feed(output, address, tmp_path):
    feeds = [path for path in output.rglob("*.xml") if path.name != "sitemap.xml"]
    assert len(feeds) > 15
    for path in feeds:
        root = ElementTree.parse(path).getroot()
        items = len(root.findall("channel/item")) or len(root.findall("{http://www.w3.org/2005/Atom}entry"))
        assert newsboat(tmp_path, f"{address}/{path.relative_to(output)}") == items, path


def khal(folder, calendar, zone, *arguments):
    """What khal prints of the file *calendar* in *zone*."""
    (folder / "events").mkdir(parents=True)
    (folder / "conf").write_text(
        f"[calendars]\n[[a]]\npath = {folder}/events\n[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
        f"longdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = {folder}/db\n"
    )
    command = ["khal", "-c", folder / "conf"]
    subprocess.run([*command, "import", "--batch", "-a", "a", calendar], check=True, capture_output=True, timeout=60)
    done = subprocess.run([*command, *arguments], check=True, capture_output=True, encoding="utf-8", timeout=60)
    return done.stdout.splitlines()


LIST = ("list", "--format", "{start-long} {title}", "--day-format", "", "2026-11-28", "1d")


@needs("khal")
@pytest.mark.parametrize(
    ("zone", "time"), [("Asia/Jakarta", "07:00"), ("Asia/Makassar", "08:00"), ("America/New_York", "19:00")]
)
def test_khal_shows_a_broadcast_in_wita_at_its_local_time(output, tmp_path, zone, time):
    day = ("2026-11-27", "2d") if zone == "America/New_York" else ("2026-11-28", "1d")
    told = khal(tmp_path / "khal", output / "jadwal.ics", zone, *LIST[:-2], *day)
    assert any(f"{time} Buku Kas: Laporan satu halaman (siaran ulang)" in line for line in told)


@needs("khal")
def test_khal_shows_what_was_cancelled_and_moved(output, tmp_path):
    told = khal(
        tmp_path / "khal",
        output / "jadwal.ics",
        "Asia/Jakarta",
        *("list", "--format", "{start-long} {cancelled}{title}", "--day-format", "", "2026-11-26", "3d"),
    )
    assert "2026-11-26 06:00 CANCELLED Pasar Pagi" in told
    assert told.count("2026-11-28 19:30 Rembuk Anggota") == 2
    assert not [line for line in told if line.startswith("2026-11-27 16:00")]


@needs("khal")
@pytest.mark.long
def test_khal_reads_every_calendar(output, tmp_path):
    for number, path in enumerate(sorted(output.rglob("*.ics"))):
        khal(tmp_path / str(number), path, "Asia/Jakarta", "list", "2020-01-01", "1d")
        uids = {line for line in path.read_text().splitlines() if line.startswith("UID:")}
        assert len(list((tmp_path / str(number) / "events").glob("*.ics"))) == len(uids), path
