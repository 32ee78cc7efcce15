"""``kentongan build --comments`` and ``kentongan comments``: as CI and an office use them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import jsonschema
import pytest

from kentongan.comments.snapshot import PublicComment, Snapshot
from tests.offices import MORNING, SEED, kentongan, seed, tree

THREAD = SEED[0].removesuffix(".md")
SAID = PublicComment(1, None, "Bu Ratmi", "Boleh ikut **berdua**?", datetime(2020, 7, 21, 8, 2, tzinfo=UTC))


def build(office, *comments):
    (office / "approved.json").write_bytes(Snapshot.of("/komentar", ((THREAD, one) for one in comments)).to_bytes())
    done = kentongan(office, "build", "--now", MORNING, "--comments", "approved.json")
    assert done.returncode == 0, done.stderr
    return tree(office / "output")


@pytest.mark.long
def test_a_snapshot_changes_what_tells_of_its_comments_and_nothing_else(tmp_path):
    office = seed(tmp_path)
    before, after = build(office, SAID), build(office, SAID, replace(SAID, id=2, text="Boleh."))
    page = f"berita/{THREAD.removeprefix('articles/')}/"
    changed = {name for name in after if before.get(name) != after[name]}
    data = {"data/v1/comments.json", f"data/v1/comments/{THREAD}.json"}
    assert changed == {f"{page}index.html", f"{page}komentar.xml", "komentar.xml", *data}
    assert build(office, SAID) == before
    described = json.loads(after["data/v1/openapi.json"])
    for path, name in (
        ("/comments.json", "data/v1/comments.json"),
        ("/comments/articles/{id}.json", f"data/v1/comments/{THREAD}.json"),
    ):
        answer = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(json.loads(after[name]), {**answer, "components": described["components"]})


@pytest.mark.long
def test_what_is_no_snapshot_is_told_in_words_and_the_last_one_stays(tmp_path):
    office = seed(tmp_path)
    build(office, SAID)
    kept = (office / "var/comments.json").read_bytes()
    for bad in ("", "{}", '{"format":1,"post":"javascript:x","threads":{}}', '{"format":1,"threads":{"../x":[]}}'):
        (office / "bad.json").write_text(bad)
        done = kentongan(office, "comments", "fetch", "bad.json")
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)
        assert (office / "var/comments.json").read_bytes() == kept
    done = kentongan(office, "comments", "fetch", "http://127.0.0.1:9/x", "--or-last")
    assert (done.returncode, "terakhir" in done.stderr) == (0, True)


@pytest.mark.long
def test_a_person_is_given_out_and_forgotten_by_the_command(tmp_path):
    office = seed(tmp_path)
    assert json.loads(kentongan(office, "comments", "export").stdout) == []
    done = kentongan(office, "comments", "erase", "--email", "ratmi@contoh.example")
    assert (done.returncode, done.stdout) == (0, "")
    assert len(kentongan(office, "comments", "token").stdout.strip()) == 64
