"""``kentongan new`` and ``kentongan fix``: what they write is valid, and nothing is ever overwritten."""

import re

import pytest

from kentongan.model import RECORD_TYPES
from tests.offices import EPISODE_FILE, kentongan, seed


@pytest.mark.parametrize("kind", [kind.value for kind in RECORD_TYPES])
def test_a_new_record_is_a_draft_in_its_folder(tmp_path, kind):
    office = seed(tmp_path)
    done = kentongan(office, "new", kind, "--title", "Judul: “baru”")
    assert done.returncode == 0, done.stderr
    text = (office / done.stdout.strip()).read_text()
    assert done.stdout.strip().endswith("/judul-baru.md")
    assert "Judul: “baru”" in text
    assert "status: draft" in text
    assert kentongan(office, "new", kind, "--title", "Judul baru").returncode == 1
    assert (office / done.stdout.strip()).read_text() == text


def test_a_title_of_signs_alone_is_refused(tmp_path):
    assert kentongan(seed(tmp_path), "new", "article", "--title", "???").returncode == 1


def test_fix_gives_a_guid_once_and_changes_nothing_else(tmp_path):
    office = seed(tmp_path)
    path = office / EPISODE_FILE
    without = re.sub(r"guid: .*\n", "", path.read_text())
    path.write_text(without)
    assert kentongan(office, "check").returncode == 1
    shown = kentongan(office, "fix")
    assert shown.returncode == 0
    assert path.read_text() == without
    kentongan(office, "fix", "--write")
    mended = path.read_text()
    assert re.sub(r"guid: .*\n", "", mended) == without
    assert kentongan(office, "check").returncode == 0
    kentongan(office, "fix", "--write")
    assert path.read_text() == mended
