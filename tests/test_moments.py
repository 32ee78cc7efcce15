"""Killed at any moment, or on a disk that fills at any moment, a publish leaves the old site or the new one, and a
backup the older ones and nothing half."""

import json

import pytest

from tests.offices import ROOT, run


@pytest.mark.parametrize("strike", ["kill", pytest.param("refuse", marks=pytest.mark.long)])
@pytest.mark.parametrize("deed", ["publish", pytest.param("backup", marks=pytest.mark.long)])
def test_at_every_system_call(tmp_path, deed, strike):
    done = run(ROOT, "-m", "tests.moments", deed, str(tmp_path), strike)
    assert done.returncode == 0, done.stderr
    left = json.loads(done.stdout)
    assert left["old"] > 20
    assert left["new"] > 1
