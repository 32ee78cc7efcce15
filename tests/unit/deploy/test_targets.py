"""deploy.toml: what it may say, and how a mistake in it is told."""

import pytest

from kentongan.deploy.targets import GitTarget, RcloneTarget, RsyncTarget, read_target
from kentongan.errors import KentonganError

GOOD = """
[server]
by = "rsync"
to = "situs@koperasi.example:/srv/koperasi"

[ember]
by = "rclone"
to = "penyimpanan:koperasi"
options = ["--transfers=8"]

[pages]
by = "git"
to = "git@forge.example:kantor/situs.git"
"""


def test_targets_of_each_kind(tmp_path):
    (tmp_path / "deploy.toml").write_text(GOOD)
    read = [read_target(tmp_path / "deploy.toml", name) for name in ("server", "ember", "pages")]
    assert read == [
        RsyncTarget(by="rsync", to="situs@koperasi.example:/srv/koperasi"),
        RcloneTarget(by="rclone", to="penyimpanan:koperasi", options=("--transfers=8",)),
        GitTarget(by="git", to="git@forge.example:kantor/situs.git", branch="pages"),
    ]
    assert [target.precompressed for target in read] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "has no target “server”"),
        ("server = 1", "has no target “server”"),
        ("[server", "is not valid TOML"),
        ("[server]\nto = 'x'", "does not say by what"),
        ("[server]\nby = 'ftp'\nto = 'x'", "does not say by what"),
        ("[server]\nby = 'rsync'", "The target “server” of deploy.toml lacks “to”"),
        ("[server]\nby = 'rsync'\nto = 'x'\nopsions = []", "“opsions” is not a key we know"),
        ("[server]\nby = 'rsync'\nto = '--rsh=sh'", "cannot be the place"),
        ("[server]\nby = 'git'\nto = 'x'\nbranch = '--force'", "cannot be the place"),
        ("[server]\nby = 'git'\nto = 3", "“to” should be plain text"),
    ],
)
def test_mistakes_are_told(tmp_path, text, told):
    (tmp_path / "deploy.toml").write_text(text)
    with pytest.raises(KentonganError, match=told):
        read_target(tmp_path / "deploy.toml", "server")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(KentonganError, match="There is no"):
        read_target(tmp_path / "deploy.toml", "server")


@pytest.mark.parametrize("name", ["../naik", "a/b", "", ".."])
def test_a_target_is_called_by_one_word(tmp_path, name):
    (tmp_path / "deploy.toml").write_text(f"['{name}']\nby = 'rsync'\nto = 'x'\n")
    with pytest.raises(KentonganError, match="cannot be the name"):
        read_target(tmp_path / "deploy.toml", name)
