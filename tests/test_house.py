"""The house itself: what is packaged, what the domain may know, and that an office gets by with a wheel alone."""

import subprocess
import tomllib
from pathlib import Path

import pytest

from tests import wheels
from tests.offices import MORNING, ROOT, run, seed, tree, write

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_every_package_of_the_tree_is_in_the_wheel():
    folders = PROJECT["tool"]["setuptools"]["package-dir"]
    found = {
        ".".join((name, *path.parent.relative_to(ROOT / folder).parts))
        for name, folder in folders.items()
        for path in (ROOT / folder).rglob("__init__.py")
    }
    assert sorted(found) == PROJECT["tool"]["setuptools"]["packages"]


@pytest.mark.long
def test_the_domains_unit_tests_run_with_pelican_and_the_web_not_importable(tmp_path):
    blocked = ["pelican", "kentongan_plugins", "kentongan_cms", "starlette", "uvicorn"]
    inner = [f"tests/unit/{name}" for name in ("model", "store", "site", "schedule", "views", "feeds", "forms")]
    chosen = [["--collect-only", "tests/unit"], ["-m", "not long", *inner]]  # all of it is imported, its core is run
    code = (
        f"import sys, pytest\nsys.modules.update(dict.fromkeys({blocked!r}))\n"
        f"for chosen in {chosen!r}:\n"
        "    if code := pytest.main(['-q', '-p', 'no:cacheprovider', '-x', *chosen]): sys.exit(code)"
    )
    done = run(ROOT, "-c", code)
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The engine as a wheel, unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    return wheels.unpack(wheels.build(folder), folder / "site")


def test_every_file_of_the_packages_is_in_the_wheel(wheel):
    folders = PROJECT["tool"]["setuptools"]["package-dir"]
    tracked = subprocess.run(["git", "ls-files", "-z", *folders.values()], cwd=ROOT, check=True, capture_output=True)
    files = {name for name in tracked.stdout.decode().split("\0") if name and (ROOT / name).is_file()}
    packed = {f"{folders[name]}/{path}" for name in folders for path in tree(wheel / name)}
    assert files - packed == set()


@pytest.mark.long
def test_an_office_with_its_own_plugins_folder_builds_on_the_wheel(tmp_path, wheel):
    office = seed(tmp_path)
    write(
        office, {"plugins/__init__.py": "raise RuntimeError('the office folder was imported')\n", "cms/__init__.py": ""}
    )
    where = run(office, "-c", "import kentongan; print(kentongan.__file__)", PYTHONPATH=str(wheel))
    assert Path(where.stdout.strip()).is_relative_to(wheel)
    done = run(office, "-m", "kentongan", "build", "--now", MORNING, PYTHONPATH=str(wheel))
    assert done.returncode == 0, done.stderr
    done = run(
        office,
        "-m",
        "pelican",
        "content",
        "-s",
        "pelicanconf.py",
        "-o",
        "two",
        KENTONGAN_NOW=MORNING,
        PYTHONPATH=str(wheel),
    )
    assert done.returncode == 0, done.stderr
    assert tree(office / "two") == tree(office / "output")
    assert any(name.startswith("static/style.") for name in tree(office / "output"))
