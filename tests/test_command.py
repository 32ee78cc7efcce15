"""The command line: exit codes, what goes to which stream, and in which language."""

import json

import pytest

from tests.offices import MORNING, ROOT, commit, kentongan, run, seed, tree, write

BROKEN = {"content/people/rusak.md": "---\nnama: Rusak\n---\n"}


def test_check_is_silent_when_all_is_well(tmp_path):
    done = kentongan(seed(tmp_path), "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "0 temuan.\n")


def test_check_names_file_line_rule_message_and_mend(tmp_path):
    done = kentongan(seed(tmp_path, BROKEN), "check", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)[1] == {
        "file": "people/rusak.md",
        "line": 2,
        "rule": "unknown-key",
        "message": "“nama” bukan kunci yang dikenal.",
        "mend": "Maksudnya “name”?",
    }


def test_findings_are_told_in_english_on_request_and_on_english_sites(tmp_path):
    office = seed(tmp_path, BROKEN)
    assert "Did you mean “name”?" in kentongan(office, "check", KENTONGAN_LANG="en").stderr
    write(office, {"content/site.yml": "name: Office\nlanguage: en\n"})
    assert "Did you mean “name”?" in kentongan(office, "check").stderr


def test_wrong_usage_is_2(tmp_path):
    assert kentongan(tmp_path, "nonsense").returncode == 2
    assert kentongan(tmp_path).returncode == 2


def test_help_works_for_every_command(tmp_path):
    for command in ("build", "serve", "check", "publish", "schedule"):
        assert kentongan(tmp_path, command, "--help").returncode == 0


def test_a_folder_without_content_is_told(tmp_path):
    done = kentongan(tmp_path, "build")
    assert done.returncode == 1
    assert done.stderr.startswith("Tidak ada folder")


def test_an_instant_that_is_none_is_told(tmp_path):
    done = kentongan(seed(tmp_path), "build", "--now", "kemarin")
    assert done.returncode == 1
    assert "kemarin" in done.stderr


def test_clean_builds_from_nothing(tmp_path):
    office = seed(tmp_path)
    kentongan(office, "build", "--now", MORNING)
    before = tree(office / "output")
    (office / "output/litter.txt").write_text("x")
    (office / "output/index.html").write_text("x")
    kentongan(office, "build", "--now", MORNING, "--clean")
    assert tree(office / "output") == {**before, "litter.txt": b"x"}


@pytest.mark.parametrize("output", [".", "content", "content/articles", ".."])
def test_an_output_that_would_mix_with_the_content_is_refused(tmp_path, output):
    office = seed(tmp_path / "kantor")
    before = tree(office)
    done = kentongan(office, "build", "--output", output, "--clean")
    assert done.returncode == 1
    assert {name: data for name, data in tree(office).items() if not name.startswith("var/")} == before


def test_publish_needs_a_public_address(tmp_path):
    office = seed(tmp_path, {"publishconf.py": "from kentongan_plugins.settings import *\nSITEURL = ''\n"})
    done = kentongan(office, "publish")
    assert done.returncode == 1
    assert "SITEURL" in done.stderr


def test_publish_cuts_a_release_that_knows_its_commit(tmp_path):
    office = seed(tmp_path)
    commit(office)
    done = kentongan(office, "publish", "--now", MORNING, SITEURL="https://kantor.example")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(office / "var/releases/20200722T010000Z")
    version = json.loads((office / "var/current/version.json").read_text())
    assert version["built"] == "2020-07-22T01:00:00Z"
    assert len(version["commit"]) == 40
    assert "https://kantor.example/berita/" in (office / "var/current/sitemap.xml").read_text()


def test_publish_gives_the_same_bytes_as_pelican_with_publishconf(tmp_path):
    office = seed(tmp_path, {"publishconf.py": (ROOT / "publishconf.py").read_text()})
    address = {"SITEURL": "https://kantor.example", "KENTONGAN_NOW": MORNING}
    assert kentongan(office, "publish", "--now", MORNING, **address).returncode == 0
    done = run(office, "-m", "pelican", "content", "-s", "publishconf.py", "-o", "two", **address)
    assert done.returncode == 0, done.stderr
    assert tree(office / "two") == tree(office / "var/current")


def test_a_strict_publish_with_findings_publishes_nothing(tmp_path):
    office = seed(tmp_path, BROKEN)
    done = kentongan(office, "publish", "--strict", SITEURL="https://kantor.example")
    assert done.returncode == 1
    assert not (office / "var/current").exists()


def test_schedule_prints_any_week_in_words_and_as_data(tmp_path):
    office = seed(tmp_path)
    done = kentongan(office, "schedule", "--week", "2020-07-22")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Rabu, 22 Juli 2020\n  10.00 WIB  Sudah disiarkan  Warung Sebelah: Koperasi Tangguh" in done.stdout
    assert kentongan(office, "schedule", "--now", MORNING).stdout == done.stdout.replace(
        "Sudah disiarkan", "Akan datang"
    )
    told = json.loads(kentongan(office, "schedule", "--now", MORNING, "--json").stdout)
    assert [one["status"] for one in told["broadcasts"]] == ["announced"]


def test_schedule_tells_of_findings_and_refuses_what_is_no_week(tmp_path):
    office = seed(tmp_path, BROKEN)
    done = kentongan(office, "schedule", "--week", "2020-W30")
    assert (done.returncode, done.stderr) == (0, "2 temuan.\n")
    assert kentongan(office, "schedule", "--week", "kemarin").returncode == 2
    assert kentongan(office, "schedule", "--content", "nowhere").returncode == 1
