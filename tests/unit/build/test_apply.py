"""The ledger: what is equal is not rendered, what no longer belongs goes, what we did not write stays."""

import json

import pytest

from kentongan.build.apply import WORTH_A_FORK, apply
from kentongan.build.artifact import Artifact
from kentongan.build.documents import JsonDocument
from kentongan.build.ledger import Ledger
from kentongan.build.views import Views
from kentongan.errors import KentonganError
from kentongan.language import Message
from tests.unit import factories


class Counting:
    """A renderer that remembers what it rendered."""

    def __init__(self, version="1"):
        self.rendered, self._version = [], version

    def version(self, _type):
        return self._version

    def render(self, view):
        self.rendered.append(view.text)
        return view.text.encode()


class Output:
    """A writer that renames, and dies after the first file when told to."""

    def __init__(self, folder, *, dies=False):
        self.folder, self.dies = folder, dies

    def place(self, name, staged):
        staged.replace(self.folder / name)
        if self.dies:
            raise KeyboardInterrupt

    def keep(self, names):
        assert all((self.folder / name).exists() for name in names)

    def tell(self, names):
        assert all((self.folder / name).exists() for name in names)


def build(tmp_path, files, renderer=None, *, dies=False):
    output = tmp_path / "output"
    ledger = Ledger(tmp_path / "ledger.json", output)
    renderer = renderer or Counting()
    artifacts = [Artifact(path, JsonDocument(text)) for path, text in files.items()]
    outcome = apply(artifacts, Views(factories.site()), renderer, ledger, Output(output, dies=dies))
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
    assert (outcome.written, rendered) == (("b.json",), ["new"])


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
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, FILES, dies=True)
    assert (output / "a/index.html").exists()
    outcome, _ = build(tmp_path, {"b.json": "B"})
    assert outcome.removed == ("a/index.html",)
    assert [path.name for path in output.iterdir()] == ["b.json"]


def test_a_render_that_fails_writes_nothing(tmp_path):
    class Failing(Counting):
        def render(self, view):
            if view.text == "B":
                raise ValueError("template")
            return super().render(view)

    with pytest.raises(ValueError, match="template"):
        build(tmp_path, FILES, Failing())
    assert list((tmp_path / "output").iterdir()) == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": 99}\n', '{"format": 3}\n["a", 1]\n', '{"format": 3}\n["a", "", "", 1]\n']
)
def test_a_damaged_ledger_counts_as_empty(tmp_path, text):
    build(tmp_path, FILES)
    (tmp_path / "ledger.json").write_text(text)
    outcome, _ = build(tmp_path, FILES)
    assert outcome.written == tuple(FILES)
    assert json.loads((tmp_path / "ledger.json").read_text().splitlines()[0]) == {"format": 3}


def test_the_ledger_of_an_older_version_is_read(tmp_path):
    build(tmp_path, FILES)
    path = tmp_path / "ledger.json"
    lines = [json.loads(line) for line in path.read_text().splitlines()[1:]]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in ({"format": 2}, *(line[:3] for line in lines))))
    assert build(tmp_path, FILES)[0].written == ()
    (tmp_path / "output/b.json").write_text("damaged")
    assert build(tmp_path, FILES)[0].written == ("b.json",)


def test_what_a_killed_build_left_half_written_in_the_ledger_is_cut_off(tmp_path):
    build(tmp_path, FILES)
    path = tmp_path / "ledger.json"
    path.write_text(path.read_text() + '["c.json", "ident')
    outcome, _ = build(tmp_path, FILES | {"b.json": "new"})
    assert outcome.written == ("b.json",)
    assert build(tmp_path, FILES | {"b.json": "new"})[0].written == ()


def test_many_processes_give_what_one_gives(tmp_path):
    files = {f"{number}.json": str(number) for number in range(3 * WORTH_A_FORK + 1)}
    output = tmp_path / "output"
    artifacts = [Artifact(path, JsonDocument(text)) for path, text in files.items()]

    def once(jobs):
        ledger = Ledger(tmp_path / "ledger.json", output)
        return apply(artifacts, Views(factories.site()), Counting(), ledger, Output(output), jobs)

    assert once(4).written == tuple(files)
    assert {path.name: path.read_text() for path in output.iterdir()} == files
    assert once(3).written == once(1).written == ()


@pytest.mark.parametrize("where", [0, 1, -1])
def test_an_error_in_any_process_is_the_builds(tmp_path, where):
    class Refusing(Counting):
        def render(self, view):
            if view.text == str(range(2 * WORTH_A_FORK)[where]):
                raise KentonganError(Message("No."))
            return super().render(view)

    artifacts = [Artifact(f"{number}.json", JsonDocument(str(number))) for number in range(2 * WORTH_A_FORK)]
    ledger = Ledger(tmp_path / "ledger.json", tmp_path / "output")
    with pytest.raises(KentonganError, match="No"):
        apply(artifacts, Views(factories.site()), Refusing(), ledger, Output(tmp_path / "output"), 2)
    assert list((tmp_path / "output").rglob("*")) == []


def test_two_artifacts_for_one_file_are_refused_before_anything_is_written(tmp_path):
    ledger = Ledger(tmp_path / "ledger.json", tmp_path / "output")
    twice = [Artifact("a", JsonDocument("1")), Artifact("a", JsonDocument("2"))]
    with pytest.raises(KentonganError, match="same address: a"):
        apply(twice, Views(factories.site()), Counting(), ledger, Output(tmp_path / "output"))
