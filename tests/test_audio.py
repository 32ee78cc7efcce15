"""``kentongan audio``: from a recording somebody was handed to the podcast, and what can go wrong on the way."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256

import pytest
from mutagen.mp3 import MP3

from kentongan.cli import main
from kentongan.sound import ffmpeg
from tests.offices import EPISODE, EPISODE_FILE, ROOT, edit, kentongan, seed, tree

needs_ffmpeg = pytest.mark.skipif(not ffmpeg.is_installed(), reason="no ffmpeg on this machine: nothing is levelled")
SAMPLE = ROOT / "content/media/audio/kas-kecil.mp3"
AFTER = "2020-07-23T08:00+07:00"


@pytest.fixture
def office(tmp_path):
    return seed(tmp_path, {"publishconf.py": (ROOT / "publishconf.py").read_text()})


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine that has git and no ffmpeg."""
    folder = tmp_path.parent / f"{tmp_path.name}-bin"
    folder.mkdir()
    (folder / "git").symlink_to(shutil.which("git"))
    monkeypatch.setenv("PATH", str(folder))


@pytest.fixture
def audio(office, capsys, monkeypatch):
    """The command, run in the office: (exit code, standard output, standard error)."""
    monkeypatch.chdir(office)
    for name in [name for name in os.environ if name.startswith("KENTONGAN_")]:
        monkeypatch.delenv(name)

    def run(*arguments):
        code = main(["audio", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def refused(office, audio):
    """What the command says when it does nothing."""

    def run(*arguments):
        before = {name: data for name, data in tree(office).items() if not name.startswith("var/")}
        code, _, told = audio(*arguments)
        assert code == 1
        assert {name: data for name, data in tree(office).items() if not name.startswith("var/")} == before
        assert not list((office / "var/media").rglob("*.mp3"))
        return told

    return run


def sound(path, *arguments):
    """A file made by ffmpeg."""
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments, path], check=True, stdin=subprocess.DEVNULL)
    return path


def talk(path, seconds=8, volume=-40, channels=1):
    """Something as lively as a voice, far too quiet."""
    source = f"anoisesrc=d={seconds}:c=pink:seed=7,tremolo=f=0.7:d=0.9,volume={volume}dB"
    return sound(path, "-f", "lavfi", "-i", source, "-ac", str(channels))


def test_a_cancelled_episode_takes_no_recording(office, refused):
    edit(office / EPISODE_FILE, "\nprogram:", "\ncancelled: Tamu sakit.\nprogram:")
    told = refused(EPISODE, SAMPLE)
    assert "Tamu sakit." in told
    assert f"“cancelled” di {EPISODE_FILE.removeprefix('content/')}" in told


@needs_ffmpeg
@pytest.mark.parametrize(("name", "volume", "channels"), [("a.wav", -40, 1), ("a.m4a", 3, 2)])
def test_a_recording_is_levelled_tagged_stored_and_named(office, audio, name, volume, channels):
    file = talk(office / name, volume=volume, channels=channels)
    (office / "bab.txt").write_text("0:00 Salam\n0:05 Isi\n")
    before = (office / EPISODE_FILE).read_text()
    code, out, _ = audio(EPISODE, file, "--chapters", "bab.txt", "--json")
    assert code == 0
    told = json.loads(out)
    made = told["audio"]
    assert (told["levelled"], made["type"], made["duration"]) == (True, "audio/mpeg", 8)
    stored = office / "var" / made["url"].lstrip("/")
    assert made["loudness"] == pytest.approx(-16, abs=1)
    assert ffmpeg.measure(stored, None, lambda _: None).integrated == pytest.approx(-16, abs=1)
    assert stored.stat().st_size == made["bytes"]
    assert sha256(stored.read_bytes()).hexdigest().startswith(stored.stem)
    assert MP3(stored).info.channels == channels
    assert str(MP3(stored).tags["TIT2"]).startswith("Koperasi Tangguh")
    assert len(MP3(stored).tags.getall("CHAP")) == 2
    small = made["renditions"][0]
    assert small["bytes"] < made["bytes"] / 2
    assert MP3(office / "var" / small["url"].lstrip("/")).info.channels == 1
    after = (office / EPISODE_FILE).read_text()
    kept = [line for line in after.splitlines() if line in before.splitlines()]
    assert kept == before.splitlines()
    assert "episodes/" not in kentongan(office, "check").stderr


@needs_ffmpeg
def test_the_same_recording_gives_the_same_bytes(office, audio):
    file = talk(office / "a.wav", seconds=5)
    told = [audio(EPISODE, file, "--json", "--replace")[1] for _ in range(2)]
    assert told[0] == told[1]
    assert len(list((office / "var/media/audio").iterdir())) == 2


@pytest.mark.usefixtures("bare")
def test_without_ffmpeg_it_is_used_as_it_is_and_that_is_said(office, audio):
    code, out, err = audio(EPISODE, SAMPLE, "--json")
    assert code == 0
    assert "ffmpeg" in err
    told = json.loads(out)
    assert told["levelled"] is False
    assert "loudness" not in told["audio"]
    assert MP3(office / "var" / told["audio"]["url"].lstrip("/")).info.length == pytest.approx(17.8, abs=0.1)


@pytest.mark.usefixtures("bare")
def test_a_release_holds_the_recordings_that_are_public_and_no_other(office, audio):
    audio(EPISODE, SAMPLE)
    store = office / "var/media/audio"
    (store / f"{'0' * 32}.mp3").write_bytes(b"of a draft")
    done = kentongan(office, "publish", "--now", AFTER, SITEURL="https://kantor.example")
    assert done.returncode == 0, done.stderr
    public = next(path for path in store.iterdir() if path.stem != "0" * 32)
    released = office / "var/current/media/audio" / public.name
    assert released.samefile(public)
    assert [path.name for path in released.parent.iterdir()] == [public.name]
    address = f"https://kantor.example/media/audio/{public.name}"
    assert address in (office / "var/current/program/warung-sebelah/feed.xml").read_text()
    page = office / f"var/current/program/warung-sebelah/{EPISODE}/index.html"
    assert address in page.read_text()
    public.unlink()
    done = kentongan(office, "publish", "--now", AFTER, SITEURL="https://kantor.example")
    assert done.returncode == 0
    assert f"/media/audio/{public.name}" in done.stderr


@pytest.mark.parametrize("with_ffmpeg", [pytest.param(True, marks=needs_ffmpeg), False])
@pytest.mark.parametrize("kind", ["text", "empty", "cut", "folder", "pipe", "missing", "playlist"])
def test_what_is_no_whole_recording_is_refused(office, tmp_path, refused, request, kind, with_ffmpeg):
    if not with_ffmpeg:
        request.getfixturevalue("bare")
    file = office / "rekaman.mp3"
    match kind:
        case "text":
            file.write_text("bukan suara\n" * 100)
        case "empty":
            file.touch()
        case "cut":
            file.write_bytes(SAMPLE.read_bytes()[:30_000])
        case "folder":
            file = office / "content"
        case "pipe":
            file = tmp_path.parent / f"{tmp_path.name}.pipe"
            os.mkfifo(file)
        case "playlist":
            file.write_text(f"#EXTM3U\n#EXTINF:10,\nfile://{SAMPLE}\n")
    assert file.name in refused(EPISODE, file)


@needs_ffmpeg
def test_video_silence_and_a_cut_m4a_are_refused(office, refused):
    moving = sound(office / "a.mp4", "-f", "lavfi", "-i", "testsrc=d=2:s=64x64", "-f", "lavfi", "-i", "sine=d=2")
    assert "a.mp4" in refused(EPISODE, moving)
    silent = sound(office / "diam.wav", "-f", "lavfi", "-i", "anullsrc", "-t", "2")
    assert "diam.wav" in refused(EPISODE, silent)
    whole = sound(office / "b.m4a", "-f", "lavfi", "-i", "sine=d=60", "-movflags", "+faststart")
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert "b.m4a" in refused(EPISODE, whole)


@needs_ffmpeg
def test_a_video_is_known_without_ffmpeg(office, refused, request):
    moving = sound(office / "a.mp4", "-f", "lavfi", "-i", "testsrc=d=2:s=64x64", "-f", "lavfi", "-i", "sine=d=2")
    request.getfixturevalue("bare")
    assert "a.mp4" in refused(EPISODE, moving)


def test_an_unknown_episode_is_refused_and_the_nearest_named(refused):
    assert EPISODE in refused(EPISODE[:-1], SAMPLE)
    assert "site" in refused("../../site", SAMPLE)


def test_an_episode_with_findings_is_not_touched(office, refused):
    edit(office / EPISODE_FILE, "title: ", "titel: ")
    before = (office / EPISODE_FILE).read_bytes()
    refused(EPISODE, SAMPLE)
    assert (office / EPISODE_FILE).read_bytes() == before


@pytest.mark.usefixtures("bare")
def test_a_recording_that_is_there_gives_way_only_on_request(office, audio):
    assert audio(EPISODE_FILE, SAMPLE)[0] == 0
    other = ROOT / "content/media/audio/kuitansi.mp3"
    assert "--replace" in audio(EPISODE, other)[2]
    assert audio(EPISODE, other, "--replace")[0] == 0
    assert (office / EPISODE_FILE).read_text().count("audio:") == 1
    assert len(list((office / "var/media/audio").iterdir())) == 2


@pytest.mark.usefixtures("bare")
def test_chapters_past_the_end_are_refused(office, refused):
    (office / "bab.txt").write_text("0:00 Salam\n9:00 Terlambat\n")
    assert "Terlambat" in refused(EPISODE, SAMPLE, "--chapters", "bab.txt")


@pytest.mark.parametrize("after", [0.8, pytest.param(1.6, marks=pytest.mark.long)])
@needs_ffmpeg
def test_killed_at_any_moment_nothing_is_half_written(office, audio, after):
    file = talk(office / "a.wav", seconds=40)
    before = (office / EPISODE_FILE).read_bytes()
    command = [sys.executable, "-m", "kentongan", "audio", EPISODE, str(file)]
    process = subprocess.Popen(command, cwd=office, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    store = office / "var/media/audio"
    for path in store.iterdir() if store.exists() else ():
        assert sha256(path.read_bytes()).hexdigest().startswith(path.stem)
    if (office / EPISODE_FILE).read_bytes() == before:
        assert audio(EPISODE, file)[0] == 0
