"""Every kind of malformed content at once: each is named, nothing of it harms, and every good page is there."""

import os

import pytest

from tests.offices import EPISODE_FILE, MORNING, SEED, commit, edit, kentongan, seed, tree

HEAD = b"---\ntitle: Judul\ndate: 2020-07-01\n---\n\n"
FILES = {
    "empty.md": b"",
    "no-front-matter.md": b"Hanya isi.\n",
    "unclosed.md": b"---\ntitle: Judul\ndate: 2020-07-01\n",
    "broken-yaml.md": b"---\ntitle: 'Judul\ndate: [\n---\n",
    "impossible-date.md": b"---\ntitle: Judul\ndate: 2020-02-30\n---\n",
    "missing-date.md": b"---\ntitle: Judul\n---\n",
    "latin-1.md": b"---\ntitle: Caf\xe9\ndate: 2020-07-01\n---\n",
    "utf-16.md": "---\ntitle: Judul\ndate: 2020-07-01\n---\n".encode("utf-16"),
    "nul.md": b"---\ntitle: Ju\0dul\ndate: 2020-07-01\n---\n",
    "traversal-slug.md": b"---\ntitle: Judul\ndate: 2020-07-01\nslug: ../../x\nsave_as: ../../../x.html\n---\n",
    "alias-bomb.md": b"---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: *b\n---\n",
    "python-tag.md": b"---\ntitle: !!python/object/apply:os.system ['touch pwned']\ndate: 2020-07-01\n---\n",
    "brackets.md": HEAD + b"[" * 5_000_000,
    "few-brackets.md": HEAD + b"[" * 20_000,
    "deep-list.md": HEAD + b"1. " * 500 + b"a\n",
    "conflict.md": b"---\ntitle: Judul\n<<<<<<< HEAD\ndate: 2020-07-01\n=======\ndate: 2020-07-02\n>>>>>>> x\n---\n",
    "traversal-category.md": b"---\ntitle: Judul kategori\ndate: 2020-07-01\ncategory: ../../x\n---\n\nIsi kategori.\n",
    "missing-template.md": b"---\ntitle: Judul templat\ndate: 2020-07-01\ntemplate: tidak-ada\n---\n\nIsi templat.\n",
    "dead-link.md": HEAD + b"[a](/tidak/ada/) [b]({filename}/articles/tidak-ada.md) [c](tiga.md) ![d](foto.jpg)\n",
    "empty-title.md": b"---\ntitle:\ndate: 2020-07-01\n---\n",
    "map-for-text.md": b"---\ntitle:\n  a: b\ndate: 2020-07-01\n---\n",
    "Besar Spasi.md": HEAD + b"Isi.\n",
    "deep.md": b"---\ntitle: " + b"[" * 5000 + b"]" * 5000 + b"\n---\n",
    "get-content.md": b"---\ntitle: Judul atribut\ndate: 2020-07-01\nget_content: x\ncontent: y\n---\n\nIsi atribut.\n",
    "twice/dead-link.md": HEAD + b"Isi lain.\n",
}
HARMLESS = {
    "nested-quotes.md": HEAD + b">" * 10_000 + b" dalam\n",
    "bom.md": b"\xef\xbb\xbf---\ntitle: Judul BOM\ndate: 2020-07-01\n---\n\nIsi BOM.\n",
    "template-code.md": HEAD.replace(b"Judul", b"'{{ 7*7 }}'") + b"{{ 7*7 }} {% include '/etc/passwd' %}\n",
    "script.md": HEAD
    + b"<script>alert(1)</script>[x](javascript:alert(1))<img src=https://a.example/x onerror=alert(1)>aman\n",
}
RULES = {
    "empty.md": "front-matter",
    "no-front-matter.md": "front-matter",
    "unclosed.md": "front-matter-open",
    "broken-yaml.md": "front-matter-syntax",
    "impossible-date.md": "date",
    "missing-date.md": "missing",
    "latin-1.md": "encoding",
    "utf-16.md": "encoding",
    "nul.md": "encoding",
    "traversal-slug.md": "unknown-key",
    "alias-bomb.md": "front-matter-magic",
    "python-tag.md": "front-matter-magic",
    "brackets.md": "too-long",
    "few-brackets.md": "endless-text",
    "deep-list.md": "endless-text",
    "conflict.md": "merge-conflict",
    "missing-template.md": "unknown-key",
    "dead-link.md": "dead-link",
    "empty-title.md": "missing",
    "map-for-text.md": "string_type",
    "Besar Spasi.md": "slug",
    "deep.md": "front-matter-magic",
    "get-content.md": "unknown-key",
    "twice/dead-link.md": "same-name",
    "out.md": "not-a-file",
    "dangling.md": "not-a-file",
    "folder.md": "not-a-file",
    "pipe.md": "not-a-file",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = seed(tmp_path_factory.mktemp("office"))
    folder = office / "content/articles"
    for name, data in (FILES | HARMLESS).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    (office / "secret.md").write_bytes(HEAD + b"RAHASIA\n")
    (folder / "out.md").symlink_to(office / "secret.md")
    (folder / "dangling.md").symlink_to(office / "nowhere.md")
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "pipe.md")
    return office


@pytest.fixture(scope="module")
def built(office):
    done = kentongan(office, "build", "--now", MORNING)
    return done, tree(office / "output")


def told(done):
    """(path, rule) of every finding that was printed."""
    lines = [line for line in done.stderr.splitlines() if line.endswith("]")]
    return {(line.split(".md")[0] + ".md", line.rpartition("[")[2][:-1]) for line in lines}


def test_the_build_ends_well_and_every_good_page_is_there(built):
    done, output = built
    assert done.returncode == 0, done.stderr
    for name in SEED:
        assert any(path.endswith(f"/{name.split('/')[1][:-3]}/index.html") for path in output), name


@pytest.mark.parametrize("name", RULES)
def test_each_kind_is_named(built, name):
    assert (f"articles/{name}", RULES[name]) in told(built[0])


def test_nothing_harmless_is_accused(built):
    assert not {path for path, _ in told(built[0])} & {f"articles/{name}" for name in HARMLESS}


@pytest.mark.long
def test_strict_ends_badly(office):
    assert kentongan(office, "build", "--now", MORNING, "--strict").returncode == 1


def test_nothing_from_outside_content_and_nothing_that_runs_is_put_out(office, built):
    _, output = built
    for path, data in output.items():
        assert b"RAHASIA" not in data, path
        assert b"alert(1)" not in data or path.startswith("data/"), path
        assert b"root:" not in data, path
    assert not (office / "pwned").exists()
    assert not (office.parent / "x").exists()
    assert not list(office.parent.rglob("x.html"))


def test_template_code_stays_text(built):
    page = built[1]["berita/template-code/index.html"].decode()
    assert "{{ 7*7 }}" in page
    assert "<p>49 " not in page
    assert "<h1>49" not in page


def test_a_category_cannot_leave_its_place(built):
    assert [path for path in built[1] if path.startswith("kategori/x/")]


def test_a_slip_in_the_name_of_the_program_takes_nothing_off_the_site(tmp_path):
    office = seed(tmp_path)
    commit(office)
    kentongan(office, "build", "--now", MORNING)
    good = tree(office / "output")
    edit(office / EPISODE_FILE, "program: warung-sebelah", "program: warung-sebelan")
    done = kentongan(office, "build", "--now", MORNING)
    assert done.returncode == 0
    assert (f"{EPISODE_FILE.removeprefix('content/')}", "dangling") in told(done)
    assert tree(office / "output") == good
    assert kentongan(office, "build", "--now", MORNING, "--strict").returncode == 1
