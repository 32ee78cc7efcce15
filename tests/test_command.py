"""The command line: exit codes, what goes to which stream, and in which language."""

import json
import os
import pwd
import re
import sqlite3
import subprocess
from contextlib import closing
from importlib import import_module
from unittest.mock import Mock

import pytest

from kentongan.cli import _FAMILIES
from tests.offices import (
    CONF,
    EPISODE_FILE,
    EPISODE_PAGE,
    MORNING,
    ROOT,
    commit,
    edit,
    kentongan,
    run,
    seed,
    tree,
    write,
)
from tests.servers import answer, answering, serving

SHOUT = """
from pelican import signals

def shout(path, context):
    with open(path, "a") as file:
        file.write("<!-- shout -->")

def register():
    signals.content_written.connect(shout)
"""
BROKEN = {"content/people/rusak.md": "---\nnama: Rusak\n---\n"}


def git_head(folder):
    return subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, encoding="utf-8", check=True
    ).stdout[:40]


def _as_built(release):
    """What a release holds besides compressed twins."""
    return {name: data for name, data in tree(release).items() if not name.endswith((".br", ".gz", ".zst"))}


def test_check_is_silent_when_all_is_well(tmp_path):
    done = run(seed(tmp_path), "-m", "kentongan", "check")
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
    listed = set(re.findall(r"^    (\w+) ", kentongan(tmp_path, "--help").stdout, re.MULTILINE))
    assert {"build", "serve", "check", "publish", "releases", "rollback", "schedule"} < listed
    for command in listed:
        done = kentongan(tmp_path, command, "--help")
        assert (done.returncode, done.stdout.startswith(f"usage: kentongan {command} ")) == (0, True)


def test_each_command_is_in_the_module_that_is_loaded_for_it():
    for family, names in _FAMILIES.items():
        commands = Mock()
        import_module(f"kentongan.cli.{family}").add(commands)
        assert tuple(call.args[0] for call in commands.add_parser.call_args_list) == names


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


@pytest.mark.long
def test_publish_gives_the_same_bytes_as_pelican_with_publishconf(tmp_path):
    office = seed(tmp_path, {"publishconf.py": (ROOT / "publishconf.py").read_text()})
    address = {"SITEURL": "https://kantor.example", "KENTONGAN_NOW": MORNING}
    assert kentongan(office, "publish", "--now", MORNING, **address).returncode == 0
    done = run(office, "-m", "pelican", "content", "-s", "publishconf.py", "-o", "two", **address)
    assert done.returncode == 0, done.stderr
    released = {
        name: data for name, data in tree(office / "var/current").items() if not name.endswith((".br", ".gz", ".zst"))
    }
    assert tree(office / "two") == released


def test_a_strict_publish_with_findings_publishes_nothing(tmp_path):
    office = seed(tmp_path, BROKEN)
    done = kentongan(office, "publish", "--strict", SITEURL="https://kantor.example")
    assert done.returncode == 1
    assert not (office / "var/current").exists()


def test_the_settings_may_suffer_no_finding_either(tmp_path):
    office = seed(tmp_path, {**BROKEN, "pelicanconf.py": f"{CONF}STRICT = True\n"})
    done = kentongan(office, "publish", SITEURL="https://kantor.example")
    assert done.returncode == 1
    assert not (office / "var/current").exists()


def test_releases_are_listed_and_gone_back_to(tmp_path):
    office = seed(tmp_path)
    for now in ("2020-07-22T08:00", "2020-07-22T09:00"):
        done = kentongan(office, "publish", "--now", now, "--keep", "2", SITEURL="https://kantor.example")
        assert done.returncode == 0, done.stderr
    assert kentongan(office, "publish", "--keep", "0").returncode == 2
    assert [line.split()[0] for line in kentongan(office, "releases").stdout.splitlines()] == ["20200722T080000Z", "*"]
    done = kentongan(office, "rollback")
    assert (done.returncode, done.stdout) == (0, "20200722T080000Z\n")
    listed = json.loads(kentongan(office, "releases", "--json").stdout)
    assert [(one["name"], one["current"]) for one in listed] == [
        ("20200722T080000Z", True),
        ("20200722T090000Z", False),
    ]
    assert listed[0]["built"] == "2020-07-22T08:00:00Z"
    assert kentongan(office, "rollback", "").returncode == 1
    done = kentongan(office, "rollback", "kemarin")
    assert (done.returncode, done.stderr.splitlines()) == (
        1,
        ["Tidak ada terbitan kemarin. “kentongan releases” menampilkan semua yang ada."],
    )


def test_a_publish_after_another_renders_only_what_changed(tmp_path):
    office = seed(tmp_path)
    address = {"SITEURL": "https://kantor.example"}
    kentongan(office, "publish", "--now", MORNING, **address)
    edit(office / EPISODE_FILE, "summary: ", "summary: Baru. ")
    again = kentongan(office, "publish", "--now", MORNING, **address)
    assert again.returncode == 0, again.stderr
    old, new = sorted((office / "var/releases").iterdir())
    before = _as_built(old)
    changed = {name for name, data in _as_built(new).items() if data != before[name]}
    assert again.stderr.startswith(f"{len(changed)} berkas ditulis")
    assert EPISODE_PAGE in changed
    assert "static/" not in "".join(changed)
    kentongan(office, "publish", "--now", MORNING, "--state", "fresh", **address)
    assert tree(office / "fresh/current") == tree(new)


def test_a_plugin_that_writes_in_place_never_reaches_an_older_release(tmp_path):
    office = seed(tmp_path)
    address = {"SITEURL": "https://kantor.example"}
    kentongan(office, "publish", "--now", MORNING, **address)
    before = tree(office / "var/current/")
    settings = f"{CONF}PLUGIN_PATHS = ['plugins']\nPLUGINS = [*PLUGINS, 'shout']\n"
    write(office, {"plugins/shout.py": SHOUT, "pelicanconf.py": settings})
    done = kentongan(office, "publish", "--now", MORNING, **address)
    assert done.returncode == 0, done.stderr
    old, new = sorted((office / "var/releases").iterdir())
    assert tree(old) == before
    assert (new / "index.html").read_text().endswith("<!-- shout -->")


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


def test_live_tells_whether_readers_get_the_commit(tmp_path):
    office = seed(tmp_path)
    assert "komit" in kentongan(office, "live", "--address", "http://127.0.0.1:9").stderr
    commit(office)
    assert "SITEURL" in kentongan(office, "live").stderr
    head = git_head(office)
    body = json.dumps({"commit": head, "built": "2020-07-22T01:00:00Z"}).encode()
    with serving(answering(answer(body=body))) as url:
        done = kentongan(office, "live", SITEURL=url)
        assert (done.returncode, done.stdout) == (0, f"Sudah tayang. {url}\n")
        write(office, {"content/site.yml": "name: Lain\n"})
        commit(office)
        assert kentongan(office, "live", "--address", url, "--commit", head[:10]).returncode == 0
        told = json.loads((done := kentongan(office, "live", "--address", url, "--wait", "0.1", "--json")).stdout)
        assert (done.returncode, told["state"], told["commit"]) == (1, "publishing", head)
        (office / "var/releases/a").mkdir(parents=True)
        (office / "var/current").symlink_to("releases/a")
        (office / "var/held").write_text("a")
        done = kentongan(office, "live", "--address", url, "--wait", "60")
        assert (done.returncode, done.stdout) == (
            1,
            f"Dikembalikan ke {head[:10]}; tidak akan maju sendiri. {url}\n",
        )
    newer = json.dumps({"commit": git_head(office), "built": ""}).encode()
    with serving(answering(answer(body=newer))) as url:
        assert kentongan(office, "live", "--address", url, "--commit", head).returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another account")
@pytest.mark.parametrize("command", [["due"], ["publish"], ["backup", ".."], ["doctor"]])
def test_the_repository_of_another_account_is_refused_and_the_account_named(tmp_path, command):
    office = seed(tmp_path / "office")
    commit(office)
    for path in (office, office / "content", office / ".git"):
        os.chown(path, pwd.getpwnam("nobody").pw_uid, -1)
    done = kentongan(office, *command, SITEURL="https://kantor.example")
    assert done.returncode == 1
    assert "sudo -u nobody" in done.stdout + done.stderr
    assert not (office / "var/current").exists()


@pytest.mark.parametrize(
    "address", ["https://", "https://a b", 'https://x"id', "https://x\n", "ftp://x", "x.id", "http://x/?a"]
)
def test_what_cannot_be_an_address_is_refused(tmp_path, address):
    assert kentongan(tmp_path, "init", "kantor", "--address", address).returncode == 2
    office = seed(tmp_path)
    done = kentongan(office, "publish", SITEURL=address)
    assert (done.returncode, "tidak bisa menjadi alamat" in done.stderr) == (1, True)
    assert not (office / "var/current").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["restore", "none.zip", "back"], "Tidak ada none.zip."),
        (["restore", ".", "back"], ". adalah folder, padahal yang diperlukan berkas."),
        (["config", "nginx", "--domain", "a.example", "--into", "none"], "Tidak ada none/nginx.conf."),
    ],
)
def test_a_mistyped_path_is_no_full_disk(tmp_path, arguments, told):
    done = kentongan(tmp_path, *arguments)
    assert (done.returncode, done.stderr) == (1, f"{told} Periksa ejaan alamat berkasnya.\n")


def test_backup_says_which_database_it_has_and_where_it_may_not_lie(tmp_path):
    office = seed(tmp_path / "office")
    done = kentongan(office, "backup", "..", "--no-verify")
    assert "Tanpa basis data" in done.stderr
    with closing(sqlite3.connect(office / "var/kentongan.sqlite3")) as database:
        database.execute("CREATE TABLE a (b)")
    done = kentongan(office, "backup", "..", "--no-verify")
    assert "Dengan basis data kentongan.sqlite3." in done.stderr
    done = kentongan(office, "backup", "content/articles")
    assert (done.returncode, "content/articles" in done.stderr) == (1, True)
