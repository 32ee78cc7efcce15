"""The workflow files, carried out: GitHub's steps as its runner would, GitLab's by gitlab-ci-local, in a fresh clone.

The engine is the one installed here: the clone's ``.venv`` is a link to this one. ``check`` runs this very suite, so
that it is only read.
"""

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading

import pytest
import yaml

from tests.offices import ROOT, seed, tree, write

SITEURL = "https://kantor.example/situs"
NOW = "2026-11-24T10:00+07:00"
EARLIER = "2026-11-20T10:00+07:00"
LOCAL = ROOT / "tests/ci/node_modules/.bin/gitlab-ci-local"
AUTHOR = ("-c", "user.name=Officer", "-c", "user.email=officer@example.org", "-c", "commit.gpgsign=false")
DATES = {"GIT_AUTHOR_DATE": "2026-11-19T10:00+07:00", "GIT_COMMITTER_DATE": "2026-11-19T10:00+07:00"}
GITHUB = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text())
STARTER = ROOT / "kentongan/starter/files/common"
NAMES = (".github/workflows/terbit.yml", ".gitlab-ci.yml")
GITLAB = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text())

pytestmark = pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("make") is None or not (ROOT / ".venv/.main").exists(),
    reason="needs make and a git checkout that make has set up",
)


def run(folder, *command, **environment):
    """*command* in *folder*, in an environment as a runner gives it."""
    ours = ("KENTONGAN_", "SITEURL", "MAKE", "MFLAGS", "GIT_", "CI", "GITHUB_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        command,
        cwd=folder,
        env={**clean, "PYTHON": sys.executable, "KENTONGAN_NOW": NOW, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def cloned(folder):
    """A fresh clone in *folder*, of the seed's office, in which make finds everything set up."""
    folder.parent.mkdir(exist_ok=True)
    assert run(folder.parent, "git", "clone", "--quiet", str(ROOT), str(folder)).returncode == 0
    run(folder, "git", "remote", "set-url", "origin", "git@forge.example:kantor/situs.git")
    shutil.rmtree(folder / "content")
    seed(folder)
    for command in (["add", "--all"], ["commit", "--quiet", "--message=The seed alone"]):
        assert run(folder, "git", *AUTHOR, *command, **DATES).returncode == 0
    (folder / ".venv").symlink_to(ROOT / ".venv")
    for name in ("pyproject.toml", "requirements/main.txt", "requirements/dev.txt"):
        os.utime(folder / name, (0, 0))  # older than what was installed from it
    return folder


@pytest.fixture
def clone(tmp_path):
    return cloned(tmp_path / "clone")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The tree that ``make publish`` itself makes."""
    folder = cloned(tmp_path_factory.mktemp("published") / "clone")
    done = run(folder, "make", "publish", SITEURL=SITEURL)
    assert done.returncode == 0, done.stderr
    return tree(folder / "var/current")


@pytest.fixture
def live(tmp_path):
    """A site on loopback, whose ``version.json`` the test writes: (address, folder)."""
    folder = tmp_path / "live"
    folder.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Silence: a failing test says enough."""

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", folder
        server.shutdown()


def head(clone, revision="HEAD"):
    return run(clone, "git", "rev-parse", revision).stdout.strip()


def github(clone, job, known):
    """Each ``run`` of *job*, in order, with its ``env``; *known* are the expressions' values. Returns its outputs."""
    outputs = clone / f"{job}.outputs"
    outputs.touch()
    for step in GITHUB["jobs"][job]["steps"]:
        if "run" not in step:
            assert "uses" in step
            continue
        environment = {name: evaluated(str(value), known) for name, value in step.get("env", {}).items()}
        done = run(clone, "bash", "-e", "-c", step["run"], GITHUB_OUTPUT=str(outputs), **environment)
        assert done.returncode == 0, (step["run"], done.stderr)
    return dict(line.split("=", 1) for line in outputs.read_text().splitlines())


def evaluated(value, known):
    """*value*, in which an expression is names and words in quotes, joined by ``||`` and ``&&``."""
    if not value.startswith("${{"):
        return value
    expression = value.removeprefix("${{").removesuffix("}}").strip()
    named = re.sub(r"'\w*'|[a-zA-Z_.]+", lambda word: repr(known.get(word[0], word[0].strip("'"))), expression)
    return eval(named.replace("||", " or ").replace("&&", " and "), {})


def known(commit="", asked="", siteurl=SITEURL, fewer=False):
    return {
        "steps.pages.outputs.base_url": siteurl,
        "needs.due.outputs.commit": commit,
        "inputs.commit": asked,
        "inputs.fewer": fewer,
        "vars.KENTONGAN_COMMENTS_URL": "",
        "secrets.KENTONGAN_COMMENTS_TOKEN": "",
    }


def gitlab(clone, job, **variables):
    given = [part for name, value in variables.items() for part in ("--variable", f"{name}={value}")]
    return run(clone, str(LOCAL), "--force-shell-executor", *given, job)


def test_both_check_what_make_checks():
    runs = [step["run"] for step in GITHUB["jobs"]["check"]["steps"] if "run" in step]
    assert runs == GITLAB["check"]["script"] == ["make check", "make test"]


@pytest.mark.long
def test_github_publishes_what_make_publish_makes(clone, published):
    github(clone, "publish", known())
    assert tree(clone / "var/current") == published
    assert json.loads(published["version.json"])["commit"] == head(clone)


def test_a_timed_run_asks_the_live_site(clone, live):
    address, folder = live
    version = {"commit": head(clone), "built": "2026-11-24T00:00:00Z"}
    for until, due in (("2020-01-01T00:00:00Z", "true"), ("2120-01-01T00:00:00Z", "false")):
        (folder / "version.json").write_text(json.dumps({**version, "validUntil": until}))
        told = github(clone, "due", known(siteurl=address))
        assert (told["due"], told["fresh"], told["commit"]) == (due, "false", head(clone))
    assert set(GITHUB["jobs"]["due"]["outputs"]) == {"due", "fresh", "commit"}
    (folder / "version.json").unlink()
    told = github(clone, "due", known(siteurl=address))
    assert (told["due"], told["fresh"], told["commit"]) == ("true", "true", head(clone))


def test_a_timed_run_needs_python_alone(clone, live):
    (clone / ".venv").unlink()
    done = run(clone, "make", "due", SITEURL=live[0], PYTHON=f"{sys.executable} -S")
    assert (done.returncode, done.stdout.splitlines()[:2]) == (0, ["due=true", "fresh=true"])


def test_a_rollback_checks_out_a_commit_of_this_history_and_no_other(clone):
    newest = head(clone)
    assert run(clone, "make", "checkout", COMMIT="").returncode == 0
    assert head(clone) == newest
    before = head(clone, "HEAD~1")
    assert run(clone, "make", "checkout", COMMIT=before).returncode == 0
    assert head(clone) == before
    for foreign in (newest, "0" * 40, "--help", "$(touch evil)", "HEAD; touch evil"):
        done = run(clone, "make", "checkout", COMMIT=foreign)
        assert (done.returncode, head(clone)) == (2, before)
    assert not (clone / "evil").exists()


FILES = [(GITHUB, GITLAB), tuple(yaml.safe_load((STARTER / name).read_text()) for name in NAMES)]


@pytest.mark.parametrize(("github_file", "gitlab_file"), FILES, ids=["engine", "starter"])
def test_many_pages_may_go_where_somebody_says_so_or_names_a_commit(clone, github_file, gitlab_file):
    (value,) = (step["env"]["FEWER"] for step in github_file["jobs"]["publish"]["steps"] if "FEWER" in str(step))
    given = [known(), known(fewer=True), known(asked="a" * 40), known(commit="a" * 40)]
    assert [evaluated(value, one) for one in given] == ["", "yes", "yes", ""]
    first, *_, last = (line for line in gitlab_file["pages"]["script"] if "FEWER" in line)
    told = last.replace("make publish", 'sh -c "echo \\$FEWER"')
    variables = [{}, {"FEWER": "yes"}, {"COMMIT": "a" * 40}]
    assert [run(clone, "bash", "-c", f"{first}\n{told}", **one).stdout for one in variables] == ["\n", "yes\n", "yes\n"]


@pytest.mark.parametrize(("makefile", "stamp"), [(ROOT, ".venv/.main"), (STARTER, ".venv/.ready")])
def test_make_hands_on_that_many_pages_may_go(tmp_path, makefile, stamp):
    (tmp_path / stamp).parent.mkdir()
    (program := write(tmp_path, {"bin/kentongan": '#!/bin/sh\necho "$@"\n'}) / "bin/kentongan").chmod(0o755)
    command = ("make", "--silent", "-f", f"{makefile}/Makefile", "-o", stamp, "publish", f"BIN={program.parent}")
    (tmp_path / stamp).touch()
    told = [run(tmp_path, *command, FEWER=fewer).stdout for fewer in ("", "yes")]
    assert told == ["publish\n", "publish --allow-fewer\n"]


@pytest.mark.parametrize(("github_file", "gitlab_file"), FILES, ids=["engine", "starter"])
def test_comments_are_published_with_the_commit_that_is_live(clone, live, github_file, gitlab_file):
    assert "repository_dispatch" in github_file["jobs"]["due"]["if"]
    address, folder = live
    rolled_back = {
        "commit": head(clone, "HEAD~1"),
        "built": "2026-11-23T00:00:00Z",
        "validUntil": "2120-01-01T00:00:00Z",
    }
    (folder / "version.json").write_text(json.dumps(rolled_back))
    (lines,) = (line for line in gitlab_file["pages"]["script"] if "make due" in line)
    for source, told in (("trigger", rolled_back["commit"]), ("schedule", ""), ("push", "")):
        done = run(clone, "bash", "-ec", f'{lines}\necho "$COMMIT"', CI_PIPELINE_SOURCE=source, SITEURL=address)
        assert (done.returncode, done.stdout.strip()) == (3 if source == "schedule" else 0, told), done.stderr


@pytest.mark.skipif(not LOCAL.exists() or shutil.which("node") is None, reason="gitlab-ci-local is not installed")
@pytest.mark.long
def test_gitlab_publishes_what_make_publish_makes_and_by_the_hour_only_what_is_due(clone, live, published):
    address, folder = live
    version = {"commit": head(clone), "built": "2026-11-20T00:00:00Z"}
    (folder / "version.json").write_text(json.dumps({**version, "validUntil": "2120-01-01T00:00:00Z"}))
    done = gitlab(clone, "pages", CI_PAGES_URL=address, CI_PIPELINE_SOURCE="schedule", KENTONGAN_NOW=EARLIER)
    assert done.returncode == 0, done.stdout + done.stderr  # it ended with 3, which is allowed
    assert not (clone / "public").exists()

    (folder / "version.json").write_text(json.dumps({**version, "validUntil": "2020-01-01T00:00:00Z"}))
    done = gitlab(clone, "pages", CI_PAGES_URL=address, CI_PIPELINE_SOURCE="schedule", KENTONGAN_NOW=EARLIER)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (clone / "public/index.html").is_file()

    shutil.rmtree(clone / "public")
    done = gitlab(clone, "pages", CI_PAGES_URL=SITEURL, KENTONGAN_NOW=NOW)  # with the state that the run before left
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(clone / "public") == published
