"""A new office: one command lays it out, two give a site, a number brings it the next engine."""

import compileall
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request

import pytest
import yaml

from kentongan import __version__
from tests import wheels
from tests.offices import ROOT, commit, kentongan, tree

NEXT = "99.0.0"
ADDRESS = "https://koperasi.example.id"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The environment of an office for which two wheels stand in for the registry."""
    folder = tmp_path_factory.mktemp("registry")
    (folder / "links").mkdir()
    for version in (__version__, NEXT):
        shutil.copy(wheels.build(folder, version), folder / "links")
    ours = ("KENTONGAN_", "SITEURL", "PIP_", "MAKE", "MFLAGS")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(ours)},
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(folder / "links"),
        "PYTHONPATH": str(wheels.libraries(folder / "libraries")),
    }


def make(office, environment, *arguments):
    return subprocess.run(
        ["make", *arguments],
        cwd=office,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def begun(folder, *arguments):
    done = kentongan(folder, "init", *arguments)
    assert done.returncode == 0, done.stderr
    return folder / arguments[0]


@pytest.mark.long
def test_the_two_commands_of_the_readme_and_the_next_engine(tmp_path, world):
    office = begun(tmp_path, "kantor", "--name", "Dinas Koperasi")
    commands = re.search(r"```sh\n(.*?)```", (office / "README.md").read_text(), re.DOTALL)[1].splitlines()
    serve, publish = (line.partition("#")[0].split()[1:] for line in commands)
    assert "Dinas Koperasi" in served(office, world, serve)

    done = make(office, world, *publish)
    assert done.returncode == 0, done.stderr
    assert f"{ADDRESS}/berita/selamat-datang/" in (office / "var/current/sitemap.xml").read_text()
    assert version(office) == __version__

    (office / "theme/templates/parts").mkdir()
    (office / "content/articles/selamat-datang.md").write_text("---\ntitle: Milik kami\ndate: 2026-01-01\n---\nIsi.\n")
    written = everything(office)
    requirements = office / "requirements.txt"
    requirements.write_text(requirements.read_text().replace(__version__, NEXT))
    os.utime(requirements, (time.time() + 5,) * 2)
    done = make(office, world, *publish)
    assert done.returncode == 0, done.stderr
    assert version(office) == NEXT
    assert everything(office) == written | {"requirements.txt": requirements.read_bytes()}
    assert "Milik kami" in (office / "var/current/berita/index.html").read_text()
    assert len(list((office / "var/releases").iterdir())) == 2


def version(office):
    return subprocess.run(
        [office / ".venv/bin/python", "-Ic", "import kentongan; print(kentongan.__version__)"],
        cwd=office,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.strip()


def everything(office):
    """What people wrote."""
    made = (".venv/", "var/", "output/", ".git/")
    return {name: data for name, data in tree(office).items() if not name.startswith(made)}


def served(office, environment, arguments):
    """The home page, while ``make serve`` runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (office.parent / "serve.log").open("w") as log:
        running = subprocess.Popen(
            ["make", *arguments, f"PORT={port}"],
            cwd=office,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        for _ in range(600):
            assert running.poll() is None, (office.parent / "serve.log").read_text()
            try:
                return urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60).read().decode()
            except OSError:
                time.sleep(0.2)
    finally:
        os.killpg(running.pid, signal.SIGINT)
        running.wait(timeout=30)
    raise AssertionError((office.parent / "serve.log").read_text())


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_begins_without_a_finding_and_with_a_commit(tmp_path, language):
    office = begun(tmp_path, "dinas-koperasi_kab", "--language", language, "--zone", "WIT", "--address", ADDRESS)
    assert yaml.safe_load((office / "content/site.yml").read_text()) == {
        "format": 1,
        "name": "Dinas Koperasi Kab",
        "tagline": "Kabar koperasi dan usaha rakyat" if language == "id" else "News of cooperatives and small business",
        "language": language,
        "zone": "WIT",
    }
    assert not re.search(rb"__[A-Z_]+__", b"".join(everything(office).values()))
    done = kentongan(office, "check")
    assert (done.returncode, done.stdout) == (0, "")
    assert ADDRESS in (office / "publishconf.py").read_text()
    git = subprocess.run(
        ["git", "status", "--porcelain"], cwd=office, capture_output=True, encoding="utf-8", check=True
    )
    assert git.stdout == ""


@pytest.mark.parametrize("name", ["Koperasi \"Maju\" & 'Jaya': #1", "__ZONE__", "- [x] {{ y }}", "${HOME} `id`", "\\n"])
def test_any_name_on_one_line_is_kept_as_it_is(tmp_path, name):
    office = begun(tmp_path, "kantor", "--name", name)
    assert yaml.safe_load((office / "content/site.yml").read_text())["name"] == name
    done = kentongan(office, "check")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("name", ["", "  ", "dua\nbaris", "\x07"])
def test_what_cannot_be_a_name_is_told(tmp_path, name):
    done = kentongan(tmp_path, "init", "kantor", "--name", name)
    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
    assert "nama" in done.stderr


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "kantor").mkdir()
    (tmp_path / "kantor/surat.txt").write_text("x")
    for name in ("kantor", "kantor/surat.txt"):
        done = kentongan(tmp_path, "init", name)
        assert done.returncode == 1
        assert "tidak kosong" in done.stderr
    assert tree(tmp_path) == {"kantor/surat.txt": b"x"}


def test_what_an_installer_compiles_beside_our_files_is_no_file_of_an_office(tmp_path):
    assert compileall.compile_dir(ROOT / "kentongan/starter/files", quiet=2)
    office = begun(tmp_path, "kantor")
    assert "pelicanconf.py" in everything(office)
    assert not list(office.rglob("__pycache__"))


def test_an_empty_clone_and_an_empty_folder_are_begun_in(tmp_path):
    (tmp_path / "klona").mkdir()
    subprocess.run(["git", "init", "-q", "-b", "lain"], cwd=tmp_path / "klona", check=True)
    office = begun(tmp_path, "klona")
    head = subprocess.run(
        ["git", "log", "--format=%s %D"], cwd=office, capture_output=True, encoding="utf-8", check=True
    )
    assert head.stdout == "Mulai HEAD -> lain\n"
    (tmp_path / "kosong").mkdir()
    assert (begun(tmp_path / "kosong", ".") / "README.md").is_file()


def test_without_git_there_are_the_files_all_the_same(tmp_path):
    done = kentongan(tmp_path, "init", "kantor", PATH="/nowhere")
    assert done.returncode == 0
    assert "git" in done.stderr
    assert (tmp_path / "kantor/content/site.yml").is_file()
    commit(tmp_path / "kantor")


def test_its_workflows_ask_make_for_what_it_has(tmp_path):
    office = begun(tmp_path, "kantor")
    targets = set(re.findall(r"^([a-z]+):", (office / "Makefile").read_text(), re.MULTILINE))
    for name in (".github/workflows/terbit.yml", ".gitlab-ci.yml"):
        asked = set(re.findall(r"\bmake ([a-z]+)", (office / name).read_text()))
        assert {"check", "publish", "due", "checkout"} <= asked <= targets >= {"deploy"}


def test_its_workflow_uses_what_ours_uses():
    uses = re.compile(r"uses: (\S+) # (\S+)")
    ours = dict(uses.findall((ROOT / ".github/workflows/publish.yml").read_text()))
    theirs = (ROOT / "kentongan/starter/files/common/.github/workflows/terbit.yml").read_text()
    assert theirs.count("uses:") == len(uses.findall(theirs))
    assert dict(uses.findall(theirs)).items() <= ours.items()


def test_a_timed_run_asks_the_live_site_with_nothing_but_the_wheel(tmp_path, world):
    office = begun(tmp_path, "kantor")
    done = make(office, world, "due", "SITEURL=http://127.0.0.1:1")
    assert (done.returncode, done.stdout.splitlines()[:2]) == (2, ["due=false", "fresh=false"])
    assert "http://127.0.0.1:1: " in done.stderr
    assert not (office / ".venv").exists()


def test_a_commit_of_its_history_is_checked_out_and_no_other(tmp_path, world):
    office = begun(tmp_path, "kantor")
    first = head(office)
    (office / "README.md").write_text("x")
    commit(office, "Lagi")
    second = head(office)
    assert make(office, {**world, "COMMIT": first}, "checkout").returncode == 0
    assert head(office) == first
    for foreign in (second, "--help", "$(touch evil)"):
        assert make(office, {**world, "COMMIT": foreign}, "checkout").returncode == 2
    assert (head(office), (office / "evil").exists()) == (first, False)


def head(office):
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=office, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()
