"""Keys for programs on the account page."""

from __future__ import annotations

import re

import pytest

from kentongan.accounts import Role
from tests.cms.api_servers import Server

PAGE = "/admin/akun/"


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path, repository=False)
    yield server
    server.close()


def made(browser, **form):
    given = {"do": "make-key", "name": "Papan Radio", "for": "write", "lasts": "30"} | form
    return browser.post(PAGE, data=given)


def test_a_key_is_made_shown_once_used_and_ended(server):
    browser = server.browser(Role.EDITOR)
    token = re.search(r"ktg_[\w-]+", made(browser).text)[0]
    assert "ktg_" not in browser.get(PAGE).text
    program = server.visitor()
    program.headers["authorization"] = f"Bearer {token}"
    sent = {"title": "X", "date": "2026-11-24"}
    assert program.post("articles", json=sent).status_code == 201
    assert program.post("articles/x/publish").status_code == 403
    key = re.search(r'name="key" value="(\d+)"', browser.get(PAGE).text)[1]
    server.browser(Role.OWNER).post(PAGE, data={"do": "end-key", "key": key})
    assert program.get("articles").status_code == 200
    browser.post(PAGE, data={"do": "end-key", "key": key})
    assert program.get("articles").status_code == 401
    log = [(line.who, line.action, line.note) for line in server.accounts.audit()]
    assert ("si-editor", "make-api-token", "read write") in log
    assert ("si-editor", "end-api-token", "") in log


@pytest.mark.parametrize("wrong", [{"name": " "}, {"for": "all"}, {"lasts": "4000"}, {"lasts": ""}])
def test_a_key_that_cannot_be(server, wrong):
    answer = made(server.browser(Role.EDITOR), **wrong)
    assert (answer.status_code, "ktg_" in answer.text, server.tokens.of(server.people[Role.EDITOR])) == (422, False, [])


@pytest.mark.parametrize("key", ["x", "", "²", "9" * 40])
def test_a_key_that_there_is_not(server, key):
    assert server.browser(Role.EDITOR).post(PAGE, data={"do": "end-key", "key": key}).status_code == 303
