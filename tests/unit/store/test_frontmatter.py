"""The codec: text stays text, lines are known, and writing changes only what it was told to change."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kentongan.store.frontmatter import FrontMatterError, parse, splice

FILE = """---
# kepala
title: Judul   # catatan
start: 10:00
on: off
phone: 0712
credits:
  - person: wulan
    role: guest

# ekor
empty:
---

Isi *naskah*.
"""


def test_scalars_stay_text_and_empty_keys_are_left_out():
    document = parse(FILE)
    assert document.data == {
        "title": "Judul",
        "start": "10:00",
        "on": "off",
        "phone": "0712",
        "credits": [{"person": "wulan", "role": "guest"}],
    }
    assert document.body == "Isi *naskah*.\n"


def test_every_key_and_item_knows_its_line():
    lines = parse(FILE).lines
    assert lines[("title",)] == 3
    assert lines[("credits", 0)] == 8
    assert lines[("credits", 0, "role")] == 9


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("", 1, "front-matter"),
        ("Hanya isi", 1, "front-matter"),
        ("---\ntitle: x\n", 1, "front-matter-open"),
        ("---\ntitle: a: b\n---\n", 2, "front-matter-syntax"),
        ("---\n- a\n---\n", 2, "front-matter-syntax"),
        ("---\na: 1\n...\nb: 2\n---\n", 4, "front-matter-syntax"),
        ("---\na: &x 1\nb: *x\n---\n", 2, "front-matter-magic"),
        ("---\na: !!python/object:os.system x\n---\n", 2, "front-matter-magic"),
        ("---\na: " + "[" * 40 + "]" * 40 + "\n---\n", 2, "front-matter-magic"),
        ("---\na: 1\nb: 2\na: 3\n---\n", 4, "front-matter-twice"),
        ("---\ntitle: x\n<<<<<<< HEAD\n---\n", 3, "merge-conflict"),
    ],
)
def test_what_cannot_be_read_names_its_line_and_rule(text, line, rule):
    with pytest.raises(FrontMatterError) as caught:
        parse(text)
    assert (caught.value.line, caught.value.rule) == (line, rule)


def test_splicing_changes_one_key_and_no_other_byte():
    assert splice(FILE, {"title": "Baru"}) == FILE.replace("title: Judul   # catatan\n", "title: Baru\n")


def test_splicing_leaves_comments_that_belong_to_the_next_key():
    spliced = splice(FILE, {"credits": None})
    assert spliced == FILE.replace("credits:\n  - person: wulan\n    role: guest\n", "")


def test_splicing_adds_a_new_key_at_the_end():
    assert splice(FILE, {"updated": "2020-07-23"}) == FILE.replace("empty:\n---", "empty:\nupdated: '2020-07-23'\n---")


keys = st.sampled_from(["title", "start", "phone", "credits", "new", "empty"])
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30)
values = st.one_of(st.none(), words, st.lists(words, min_size=1, max_size=3))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(keys, values, max_size=4))
def test_what_is_spliced_is_what_is_read_and_the_rest_is_as_before(changes):
    before, after = parse(FILE), parse(splice(FILE, changes))
    assert after.data == {key: value for key, value in {**before.data, **changes}.items() if value is not None}
    assert after.body == before.body
