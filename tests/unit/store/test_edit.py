"""A key is changed; every other byte stays."""

import pytest

from kentongan.store.edit import edit

TEXT = "---\ntitle: Satu\n# catatan\nnumber: 3\n---\n\nIsi  \n"


@pytest.mark.parametrize(
    "dress", [lambda data: data, lambda data: data.replace(b"\n", b"\r\n"), lambda data: b"\xef\xbb\xbf" + data]
)
def test_every_other_byte_stays(tmp_path, dress):
    path = tmp_path / "a.md"
    path.write_bytes(dress(TEXT.encode()))
    edit(path, {"number": None, "audio": {"bytes": 3}})
    assert path.read_bytes() == dress(TEXT.replace("number: 3\n", "audio:\n  bytes: 3\n").encode())
