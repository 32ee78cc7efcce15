"""The ledger: what is equal is not rendered, what no longer belongs goes, what we did not write stays."""

import json

import pytest

from kentongan.build.apply import apply
from kentongan.build.artifact import Artifact
from kentongan.build.documents import JsonDocument
from kentongan.build.ledger import Ledger
from kentongan.errors import KentonganError
from kentongan.store import atomic


class Counting:
    """A renderer that remembers what it rendered."""

    def __init__(self, version="1"):
        self.rendered, self._version = [], version

    def version(self, _artifact):
        return self._version

    def render(self, artifact):
        self.rendered.append(artifact.path)
        return artifact.view.text.encode()


def build(tmp_path, files, renderer=None, write=None):
    output = tmp_path / "output"
    ledger = Ledger(tmp_path / "ledger.json", output)
    renderer = renderer or Counting()
    artifacts = [Artifact(path, JsonDocument(text)) for path, text in files.items()]
    outcome = apply(artifacts, renderer, ledger, write or (lambda name, data: atomic.write(output / name, data)))
    return outcome, renderer.rendered


FILES = {"a/index.html": "A", "b.json": "B"}


def test_a_second_build_does_nothing(tmp_path):
    build(tmp_path, FILES)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    outcome, rendered = build(tmp_path, FILES)
    assert (outcome.written, outcome.removed, outcome.unchanged, rendered) == ((), (), 2, [])
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_only_the_changed_view_is_rendered_and_written(tmp_path):
    build(tmp_path, FILES)
    outcome, rendered = build(tmp_path, FILES | {"b.json": "new"})
    assert (outcome.written, rendered) == (("b.json",), ["b.json"])


def test_another_template_version_renders_again(tmp_path):
    build(tmp_path, FILES)
    outcome, _ = build(tmp_path, FILES, Counting(version="2"))
    assert outcome.written == tuple(FILES)


def test_what_no_longer_belongs_is_removed_with_its_empty_folders_and_strangers_stay(tmp_path):
    build(tmp_path, FILES | {"a/b/c.html": "C"})
    (tmp_path / "output/hand.txt").write_text("mine")
    outcome, _ = build(tmp_path, {"b.json": "B"})
    assert outcome.removed == ("a/b/c.html", "a/index.html")
    assert sorted(path.name for path in (tmp_path / "output").iterdir()) == ["b.json", "hand.txt"]


@pytest.mark.parametrize("damage", ["deleted", "edited"])
def test_a_file_that_is_not_as_we_left_it_is_written_again(tmp_path, damage):
    build(tmp_path, FILES)
    path = tmp_path / "output/b.json"
    path.unlink() if damage == "deleted" else path.write_text("x")
    outcome, _ = build(tmp_path, FILES)
    assert outcome.written == ("b.json",)
    assert path.read_text() == "B"


def test_an_interrupted_build_is_finished_and_owns_what_it_wrote(tmp_path):
    output = tmp_path / "output"

    def dying(name, data):
        atomic.write(output / name, data)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, FILES, write=dying)
    assert (output / "a/index.html").exists()
    outcome, _ = build(tmp_path, {"b.json": "B"})
    assert outcome.removed == ("a/index.html",)
    assert [path.name for path in output.iterdir()] == ["b.json"]


def test_a_render_that_fails_writes_nothing(tmp_path):
    class Failing(Counting):
        def render(self, artifact):
            if artifact.path == "b.json":
                raise ValueError("template")
            return super().render(artifact)

    with pytest.raises(ValueError, match="template"):
        build(tmp_path, FILES, Failing())
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99}', '{"format": 1, "entries": {"a": 1}}'])
def test_a_damaged_ledger_counts_as_empty(tmp_path, text):
    build(tmp_path, FILES)
    (tmp_path / "ledger.json").write_text(text)
    outcome, _ = build(tmp_path, FILES)
    assert outcome.written == tuple(FILES)
    assert json.loads((tmp_path / "ledger.json").read_text())["format"] == 1


def test_two_artifacts_for_one_file_are_refused_before_anything_is_written(tmp_path):
    ledger = Ledger(tmp_path / "ledger.json", tmp_path / "output")
    twice = [Artifact("a", JsonDocument("1")), Artifact("a", JsonDocument("2"))]
    with pytest.raises(KentonganError, match="same address: a"):
        apply(twice, Counting(), ledger, lambda *_: pytest.fail("written"))
