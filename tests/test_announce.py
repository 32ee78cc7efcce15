"""``kentongan announce``, from pasted text to drafts: nothing is invented, overwritten, lost or published."""

import contextlib
import io
import json
import re
import subprocess
import sys

import pytest

from kentongan.cli import main
from tests.offices import MORNING, ROOT, kentongan, seed, tree, write

TEXT = """Konsultasi PLUT : Koperasi Sehat di Musim Hujan

SLEMAN – Hujan datang lebih awal, dan banyak warung bertanya bagaimana menyimpan barang dagangan.

Karena itu, ikuti obrolan santai dengan J. Rahmat Sudrajat, S.Pt konsultan Pusat Layanan Usaha Terpadu , \
Sinta Dewi P, S.Gz Petugas Penyuluh Gizi Kementrian Kesehatan, UMKM dan Anom Wicaksana Ketua KOPMA UNY \
dalam program “Warung Sebelah “ hari Rabu tanggal 29 Juli 2020 pukul 10.00 di Radio Trijaya FM

Post Author: admin

Leave a Reply
"""
OFFICE_HOURS = "Konsultasi gratis di Kantor Dinas setiap Selasa pukul 09.00-11.00 WIB. WA 0812-3456-7890."
STANDING = "Program “Warung Sebelah” kini hadir setiap Senin dan Kamis pukul 06.00-06.30 WIB di Radio Trijaya FM."
NEWS = """Koperasi Tirta Gelar Rapat

BANTUL – Koperasi Tirta telah menggelar rapat pada Sabtu (18/2/2023) yang dihadiri 90 orang.
"""
STRANGER = """Program “Obrolan Sawah” di Radio Lumbung 98,1 FM, Rabu, 29 Juli 2020 pukul 10.00 WIB,
bersama Bu Ani Lestari, petani.
"""


@pytest.fixture
def office(tmp_path, monkeypatch):
    folder = seed(tmp_path / "kantor")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("KENTONGAN_NOW", raising=False)
    monkeypatch.setenv("KENTONGAN_LANG", "id")
    return folder


def command(*arguments):
    """What the command prints, run in this process: a tenth of the time."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(arguments)
    return code, out.getvalue()


def announce(office, text, *arguments):
    write(office, {"pengumuman.txt": text})
    code, said = command("announce", "pengumuman.txt", *arguments)
    assert code == 0
    return said


def findings():
    return [(one["file"], one["rule"]) for one in json.loads(command("check", "--json")[1])]


def read(office, text, *arguments):
    return json.loads(announce(office, text, "--json", *arguments))


def test_prose_with_three_guests_gives_an_episode_that_is_a_consultation_too(office):
    record = read(office, TEXT)
    assert (record["kind"], record["also"], record["mode"]) == ("episode", ["consultation"], "radio") or record[
        "also"
    ] == []
    assert (record["program"], record["station"], record["dateline"]) == (
        "Warung Sebelah",
        "Radio Trijaya FM",
        "SLEMAN",
    )
    assert (record["start"], record["end"], record["zone"]) == ("2020-07-29T10:00", None, None)
    assert sorted(record["ask"]) == ["end", "zone"]
    assert record["topic"] == "Koperasi Sehat di Musim Hujan"
    assert [(one["name"], one["suffix"], one["role"]) for one in record["people"]] == [
        ("J. Rahmat Sudrajat", "S.Pt", "konsultan Pusat Layanan Usaha Terpadu"),
        ("Sinta Dewi P", "S.Gz", "Petugas Penyuluh Gizi Kementrian Kesehatan, UMKM"),
        ("Anom Wicaksana", None, "Ketua KOPMA UNY"),
    ]
    assert "matched" not in record


def test_spans_show_where_each_value_was_read(office):
    record = read(office, TEXT)
    for field in ("program", "station", "dateline", "topic"):
        start, end = record["spans"][field]
        assert TEXT[start:end].strip("“” ") == record[field]
    start, end = record["spans"]["people.2.role"]
    assert TEXT[start:end] == "Ketua KOPMA UNY"


def test_the_real_announcement_where_it_is_at_hand(office):
    folder = ROOT.parent / "shared" / "seeds"
    files = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    if not files:
        pytest.skip("the real announcement is not beside this clone")
    record = read(office, files[0].read_text(encoding="utf-8"))
    assert (record["kind"], record["also"]) == ("episode", ["consultation"])
    assert (record["program"], record["station"]) == ("Warung Sebelah", "Radio Trijaya FM")
    assert (record["start"], record["dateline"], record["ask"]) == ("2020-07-22T10:00", "SLEMAN", ["zone", "end"])
    assert record["topic"] == "Koperasi Tangguh di Era Adaptasi Kebiasaan Baru"
    assert [(one["name"], one["suffix"], one["role"]) for one in record["people"]] == [
        ("J. Rahmat Sudrajat", "S.Pt", "konsultan Pusat Layanan Usaha Terpadu"),
        ("Wulan Anggraeny S", "S.Si", "Petugas Penyuluh Koperasi Lapangan Kementrian Koperasi, UMKM"),
        ("Agus Prasetya", None, "Ketua KOPMA UNY"),
    ]


def test_what_the_site_knows_stands_apart(office):
    record = read(office, TEXT.replace("Radio Trijaya FM", "Trijaya"), "--content", "content")
    assert record["zone"] is None
    known = record["matched"]
    assert known["zone"] == {"value": "WIB", "record": "stations/radio-trijaya-fm", "confidence": 0.8}
    assert known["program"]["record"] == "programs/warung-sebelah"
    assert known["people.0"] == {
        "value": "J. Rahmat Sudrajat, S.Pt",
        "record": "people/j-rahmat-sudrajat",
        "confidence": 1.0,
    }
    assert "people.1" not in known


@pytest.mark.parametrize("text", [TEXT, OFFICE_HOURS, NEWS, STRANGER])
def test_drafts_are_valid_and_overwrite_nothing(office, text):
    before = tree(office / "content")
    written = read(office, text, "--write", "--now", MORNING)["written"]
    assert written
    again = read(office, text, "--write", "--now", MORNING)["written"]
    assert not set(written) & set(again)
    after = tree(office / "content")
    assert {name: after[name] for name in before} == before
    for path in (*written, *again):
        assert "status: draft" in (office / path).read_text()
    assert findings() == []


def test_an_episode_and_its_consultation_name_each_other_and_whom_they_name(office):
    written = read(office, TEXT, "--write", "--now", MORNING)["written"]
    assert [path.split("/")[1] for path in written] == ["people", "people", "episodes", "consultations"]
    episode, consultation = ((office / path).read_text() for path in written[2:])
    assert "program: warung-sebelah" in episode
    assert "station: radio-trijaya-fm\n  start: 2020-07-29 10:00\n" in episode
    assert "person: j-rahmat-sudrajat" in episode
    assert "person: sinta-dewi-p" in episode
    assert "episode: koperasi-sehat-di-musim-hujan\n" in consultation
    assert "start:" not in consultation


def test_strangers_become_drafts_of_their_own(office):
    written = read(office, STRANGER, "--write")["written"]
    assert written == [
        "content/programs/obrolan-sawah.md",
        "content/stations/radio-lumbung.md",
        "content/people/ani-lestari.md",
        "content/episodes/obrolan-sawah.md",
    ]
    assert "mhz: 98.1" in (office / written[1]).read_text()


def test_a_missing_fact_is_a_finding_and_not_made_up(office):
    read(office, STRANGER.replace(" WIB", ""), "--write")
    assert findings() == [
        ("stations/radio-lumbung.md", "missing"),
        ("episodes/obrolan-sawah.md", "dangling"),
    ]


def test_a_standing_slot_is_proposed_and_nothing_is_written(office):
    before = tree(office / "content")
    record = read(office, STANDING, "--write", "--now", "2020-07-21T08:00+07:00")
    assert record["kind"] == "slot"
    assert record["written"] == []
    assert record["proposal"] == {
        "id": "mo-th",
        "station": "radio-trijaya-fm",
        "start": "2020-07-23 06:00",
        "duration": 30,
        "rule": "FREQ=WEEKLY;BYDAY=MO,TH",
    }
    assert tree(office / "content") == before


def test_the_original_text_is_kept_and_never_published(office):
    secret = TEXT.replace("Hujan datang", "Rahasia dapur 7391")
    for path in read(office, f"{secret}\r\nNUL:\0 dan 📅", "--write", "--now", MORNING)["written"]:
        file = office / path
        if "announcement" in file.read_text():
            text = file.read_text()
            assert "  SLEMAN – Rahasia dapur 7391" in text
            head, _, body = text.rpartition("\n---\n")
            file.write_text(head.replace("status: draft", "status: published") + "\n---\n")
            assert "Rahasia dapur 7391" in body
    assert kentongan(office, "build", "--now", MORNING).returncode == 0
    output = tree(office / "output")
    assert any(b"Koperasi Sehat di Musim Hujan" in data for data in output.values())
    assert [name for name, data in output.items() if b"7391" in data] == []


def test_a_person_is_told_what_was_read_what_is_doubtful_and_what_to_ask(office, monkeypatch):
    said = announce(office, TEXT, "--content", "content")
    assert "Program: Warung Sebelah (baris 5)" in said
    assert "Mohon diperiksa:" in said
    assert "mohon ditanyakan: zona waktu, selesai" in said
    assert "Radio Trijaya FM (stations/radio-trijaya-fm, 100 %)" in said
    monkeypatch.setenv("KENTONGAN_LANG", "en")
    assert "Program: Warung Sebelah (line 5)" in announce(office, TEXT)


def pipe(office, data):
    arguments = [sys.executable, "-m", "kentongan", "announce", "-", "--json"]
    return subprocess.run(arguments, cwd=office, input=data, capture_output=True, check=False, timeout=60)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_standard_input_in_any_encoding(office, encoding):
    done = pipe(office, TEXT.encode(encoding))
    assert json.loads(done.stdout)["program"] == "Warung Sebelah"


def test_windows_text_and_binary_are_read_as_far_as_they_go(office):
    assert json.loads(pipe(office, TEXT.encode("cp1252")).stdout)["dateline"] == "SLEMAN"
    assert json.loads(pipe(office, bytes(range(256)) * 20).stdout)["kind"] == "article"


def test_ten_megabytes_and_a_missing_file_are_refused_politely(office):
    done = pipe(office, b"a" * 10_000_000)
    assert (done.returncode, done.stdout) == (1, b"")
    assert "terlalu panjang" in done.stderr.decode()
    assert command("announce", "tidak-ada.txt") == (1, "")


@pytest.mark.parametrize(
    ("zone", "start", "told"),
    [("WITA", "2020-07-29 09:00", True), ("WIT", "2020-07-29 08:00", True), ("WIB", "2020-07-29 10:00", False)],
)
def test_a_talk_is_written_by_the_clock_of_its_station(office, zone, start, told):
    said = announce(office, TEXT.replace("pukul 10.00", f"pukul 10.00 {zone}"), "--write", "--now", MORNING)
    (written,) = (line.strip() for line in said.splitlines() if line.startswith("  content/episodes/"))
    assert f"start: {start}\n" in (office / written).read_text()
    assert ("di sana mulainya pukul" in said) == told
    assert findings() == []


def test_a_standing_slot_is_by_the_clock_of_its_station(office):
    now = ("--content", "content", "--now", "2020-07-21T08:00+07:00")
    proposal = read(office, STANDING.replace("WIB", "WITA"), *now)["proposal"]
    assert (proposal["start"], proposal["duration"]) == ("2020-07-23 05:00", 30)
    midnight = STANDING.replace("06.00-06.30 WIB", "00.30-01.00 WITA")
    assert read(office, midnight, *now)["proposal"]["rule"] is None


@pytest.mark.parametrize("text", ["", " \n\t\n", "\0"])
def test_a_text_without_words_is_refused(office, capsys, text):
    write(office, {"pengumuman.txt": text})
    before = tree(office / "content")
    assert command("announce", "pengumuman.txt", "--write") == (1, "")
    assert "Teks ini kosong." in capsys.readouterr().err
    assert tree(office / "content") == before


def test_either_all_drafts_are_written_or_none(office, capsys):
    before = tree(office / "content")
    (office / "content/episodes").rename(office / "content/siaran")
    write(office, {"content/episodes": "a file where a folder should be", "pengumuman.txt": STRANGER})
    assert command("announce", "pengumuman.txt", "--write") == (1, "")
    assert "Tidak ada draf yang ditulis" in capsys.readouterr().err
    (office / "content/episodes").unlink()
    (office / "content/siaran").rename(office / "content/episodes")
    assert tree(office / "content") == before


def test_a_record_that_cannot_be_read_is_named(office, capsys):
    write(office, {"content/people/agus-prasetya.md": "---\nname: [\n---\n"})
    announce(office, TEXT, "--content", "content")
    assert "people/agus-prasetya.md tidak terbaca" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        STANDING.replace("setiap Senin dan Kamis", "Rabu 22 Juli 2020"),
        f"Nanti malam ada yang seru!\n{STRANGER}\nnarasumbernya Teguh Prihatin\n",
    ],
)
def test_a_draft_keeps_every_word_of_its_text(office, text):
    *_, episode = read(office, text, "--write", "--now", MORNING)["written"]
    head, _, body = (office / episode).read_text().rpartition("\n---\n")
    title = head.partition("\ntitle: ")[2].partition("\n")[0]
    assert set(re.findall(r"\w+", text)) <= set(re.findall(r"\w+", f"{title} {body}"))
