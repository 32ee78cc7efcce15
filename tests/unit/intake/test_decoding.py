"""One broken byte spoils one letter, and not the reading of all others."""

import pytest

from kentongan.intake.decoding import decoded

TEXT = "Konsultasi — “Koperasi Sehat”\nRabu, 22 Juli 2020 • pukul 10.00\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_whole_text_in_any_encoding(encoding):
    assert decoded(TEXT.encode(encoding)) == (TEXT, ())


@pytest.mark.parametrize("bad", [b"\xe9", b"\xff", b"\x92", b"\xe2\x80", b"\x80\x80"])
def test_a_broken_byte_is_replaced_and_its_line_named(bad):
    text, doubts = decoded(TEXT.encode().replace(b"Juli", bad + b"uli"))
    assert "“Koperasi Sehat”" in text
    assert "22 \ufffd" in text
    assert [(one.field, one.message.values) for one in doubts] == [("text", {"line": 2})]


@pytest.mark.parametrize("data", [b"caf\xe9 Jum\x92at", b"\x93Koperasi\x94 \x96 Sehat", bytes(range(128, 256))])
def test_windows_text_is_still_read_as_such(data):
    assert decoded(data) == (data.decode("cp1252", errors="replace"), ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_no_mark(encoding):
    text = "Konsultasi “usaha” di kantor – Senin"
    assert decoded(text.encode(encoding)) == (text, ())
