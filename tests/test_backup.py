"""An office, backed up and restored by the commands: the same site, to the byte."""

import pytest

from tests.offices import MORNING, commit, edit, kentongan, seed, tree, write

SECRET = {"KENTONGAN_BACKUP_PASSPHRASE": "gula jawa"}


@pytest.fixture
def office(tmp_path):
    folder = seed(tmp_path / "office")
    commit(folder)
    edit(folder / "content/site.yml", "tagline: Kabar", "tagline: Warta")
    return write(folder, {"content/pages/baru.md": "---\ntitle: Baru\n---\n\nBelum dikomit.\n"})


def built(folder):
    done = kentongan(folder, "build", "--now", MORNING)
    assert done.returncode == 0, done.stderr
    return tree(folder / "output")


@pytest.mark.parametrize("way", [[], pytest.param(["--encrypt"], marks=pytest.mark.long)])
def test_the_restored_office_builds_the_same_site(office, tmp_path, way):
    done = kentongan(office, "backup", "..", *way, **SECRET)
    assert done.returncode == 0, done.stderr
    file = done.stdout.strip()
    back = kentongan(tmp_path, "restore", file, "back", **SECRET)
    assert (back.returncode, back.stdout) == (0, f"{tmp_path / 'back'}\n")
    assert built(tmp_path / "back") == built(office)


def test_a_passphrase_that_is_missing_is_told_in_words(office):
    assert "KENTONGAN_BACKUP_PASSPHRASE" in kentongan(office, "backup", "../a.zip", "--encrypt").stderr


@pytest.mark.long
def test_a_passphrase_that_is_wrong_is_told_in_words(office, tmp_path):
    kentongan(office, "backup", "../a.zip", "--encrypt", "--no-verify", **SECRET)
    done = kentongan(tmp_path, "restore", "a.zip", "back", KENTONGAN_BACKUP_PASSPHRASE="lain")
    assert (done.returncode, done.stderr) == (1, "Ini bukan kata sandi cadangan itu.\n")
    assert not (tmp_path / "back").exists()


def test_what_is_no_backup_is_told_in_words(tmp_path):
    write(tmp_path, {"surat.txt": "Yth."})
    done = kentongan(tmp_path, "restore", "surat.txt", "back")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert kentongan(tmp_path, "restore", "nothing", "back").returncode == 1
