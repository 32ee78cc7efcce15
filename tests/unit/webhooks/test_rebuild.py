"""Who builds the site elsewhere is asked to: at once when a comment is gone, gathered when there are new ones."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kentongan.comments import snapshot
from kentongan.comments.snapshot import PublicComment, Snapshot
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.web import Answer, NoAnswer
from kentongan.webhooks.rebuild import FILE, GATHERED, Rebuild

URL = "https://api.example/repos/kantor/situs/dispatches"
KEY = "rahasia-di-sana"
SAID = PublicComment(1, None, "Bu Ratmi", "Boleh ikut berdua?", datetime(2026, 7, 1, 8, tzinfo=UTC))
MORE = replace(SAID, id=2, text="Boleh.")


class Elsewhere:
    """A builder's address that answers with *status* (0: not at all), and a clock that can be turned."""

    def __init__(self, state):
        self.state, self.now, self.status, self.asked = state, datetime(2026, 7, 1, 12, tzinfo=UTC), 204, []
        self.rebuild = Rebuild(state, URL, KEY, lambda: self.now, self.answer)

    def answer(self, url, **given):
        self.asked.append((url, given))
        if not self.status:
            raise NoAnswer(Message("It is not there."))
        return Answer(self.status, {}, b"")

    def show(self, *comments):
        snapshot.write(self.state, Snapshot.of("/komentar", [("articles/kabar", one) for one in comments]).to_bytes())

    def look_after(self, **time):
        self.now += timedelta(**time)
        return self.rebuild.look()


@pytest.fixture
def elsewhere(tmp_path):
    made = Elsewhere(tmp_path)
    made.show(SAID)
    made.look_after()
    assert made.look_after(seconds=GATHERED.total_seconds())
    made.asked.clear()
    return made


def test_what_is_taken_off_or_changed_is_told_at_once(elsewhere):
    for public in ([replace(SAID, text="Diubah", edited=True)], []):
        elsewhere.show(*public)
        assert elsewhere.look_after()
        assert not elsewhere.look_after()
    [(url, given), _] = elsewhere.asked
    assert (url, given["method"], json.loads(given["body"])) == (URL, "POST", {"event_type": "comments"})
    assert given["headers"]["Authorization"] == f"Bearer {KEY}"


def test_new_comments_are_gathered(elsewhere):
    elsewhere.show(SAID, MORE)
    assert not elsewhere.look_after()
    elsewhere.show(SAID, MORE, replace(MORE, id=3))
    assert not elsewhere.look_after(minutes=4)
    assert elsewhere.look_after(minutes=1)
    assert not elsewhere.look_after(hours=1)
    assert len(elsewhere.asked) == 1


def test_what_was_shown_and_taken_off_before_anybody_was_told_needs_no_build(elsewhere):
    elsewhere.show(SAID, MORE)
    elsewhere.look_after()
    elsewhere.show(SAID)
    assert not elsewhere.look_after(hours=1)


@pytest.mark.parametrize("status", [0, 302, 401, 500])
def test_where_nobody_takes_it_it_is_tried_again_and_also_after_a_restart(elsewhere, status):
    elsewhere.show()
    elsewhere.status = status
    with pytest.raises(KentonganError):
        elsewhere.look_after()
    assert not elsewhere.look_after(seconds=9)
    with pytest.raises(KentonganError):
        elsewhere.look_after(seconds=1)
    elsewhere.status = 204
    again = Rebuild(elsewhere.state, URL, KEY, lambda: elsewhere.now, elsewhere.answer)
    assert again.look()


def test_a_key_of_ours_signs(tmp_path):
    elsewhere = Elsewhere(tmp_path)
    elsewhere.rebuild = Rebuild(tmp_path, URL, "whsec_a2s=", lambda: elsewhere.now, elsewhere.answer)
    elsewhere.show(SAID)
    elsewhere.look_after()
    assert elsewhere.look_after(minutes=5)
    headers = elsewhere.asked[0][1]["headers"]
    assert headers["Webhook-Signature"].startswith("v1,")
    assert "Authorization" not in headers


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.got.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        """Silence."""


def test_a_real_server_is_asked_and_its_answer_heard(elsewhere):
    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.got = []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/trigger/pipeline?ref=main&token=t"
        elsewhere.show()
        assert Rebuild(elsewhere.state, url, "").look()
        server.shutdown()
    assert server.got == [("/trigger/pipeline?ref=main&token=t", b'{"event_type":"comments"}')]


def test_what_was_told_keeps_nothing_of_what_was_written(elsewhere):
    kept = (elsewhere.state / FILE).read_text()
    assert "Ratmi" not in kept
    assert "Boleh" not in kept


def test_nobody_is_told_where_nobody_builds(tmp_path, monkeypatch):
    monkeypatch.delenv("KENTONGAN_REBUILD_URL", raising=False)
    assert Rebuild.of(tmp_path) is None
    monkeypatch.setenv("KENTONGAN_REBUILD_URL", URL)
    assert Rebuild.of(tmp_path) is not None
