"""The smaller twins of text files."""

import gzip

import brotli
from hypothesis import given
from hypothesis import strategies as st

from kentongan.build.compress import ENCODINGS, compress, zstd
from kentongan.build.objects import Objects, digests
from tests.offices import tree, write

TEXT = "Koperasi " * 200


@given(st.binary(max_size=4000))
def test_each_encoding_gives_the_same_bytes_back_and_always_itself(data):
    for ending, decode in ((".br", brotli.decompress), (".gz", gzip.decompress), (".zst", zstd.decompress)):
        packed = ENCODINGS[ending](data)
        assert decode(packed) == data
        assert ENCODINGS[ending](data) == packed


def test_only_texts_of_some_length_have_twins(tmp_path):
    site = write(tmp_path / "site", {"a.html": TEXT, "b.html": "short", "c.mp3": TEXT, "d/e.ics": TEXT})
    made = compress(site, digests(site), Objects(tmp_path / "objects"))
    assert sorted(made) == [f"{name}{ending}" for name in ("a.html", "d/e.ics") for ending in sorted(ENCODINGS)]
    assert set(tree(site)) == {"a.html", "b.html", "c.mp3", "d/e.ics", *made}


def test_what_is_kept_is_not_made_again(tmp_path):
    site = write(tmp_path / "site", {"a.html": TEXT})
    objects = Objects(tmp_path / "objects")
    made = compress(site, digests(site), objects)
    objects.keep((site / name, *kept) for name, kept in made.items())
    second = write(tmp_path / "second", {"b.html": TEXT})
    assert compress(second, digests(second), objects) == {}
    assert (second / "b.html.br").samefile(site / "a.html.br")


def test_a_twin_that_a_plugin_made_stays(tmp_path):
    site = write(tmp_path / "site", {"a.xml": TEXT, "a.xml.gz": "theirs"})
    compress(site, digests(site), Objects(tmp_path / "objects"))
    assert (site / "a.xml.gz").read_text() == "theirs"
