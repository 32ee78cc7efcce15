"""Requests drawn from the description by schemathesis: no 5XX, and no answer that is not as described."""

from __future__ import annotations

import pytest

from tests.cms.api_servers import Server

pytest.importorskip("schemathesis", reason="schemathesis is not installed")


@pytest.mark.long
def test_every_answer_is_as_described(tmp_path):
    from tests.cms.fuzzing import fuzz

    server = Server(tmp_path, repository=False)
    told = fuzz(server, requests=2)
    server.close()
    assert told[200] > 0
    assert max(told) < 500
