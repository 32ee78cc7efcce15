"""Messages to other machines: signed, tried again, and sent to nobody inside."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kentongan.web import ask
from kentongan.webhooks import Courier, Webhook, Webhooks, announce
from kentongan.webhooks.courier import BACKOFF, signed

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
PATH = "articles/kabar.md"


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


class Receiver(BaseHTTPRequestHandler):
    """Answers what it is told to, and keeps what it got."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append((self.path, dict(self.headers.items()), body))
        self.send_response(self.server.answers.pop(0))
        self.send_header("location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver():
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.answers = [], []
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def subscribed(database, url, events=("record.published",)):
    secret = f"whsec_{base64.b64encode(b'k' * 32).decode()}"
    with database.session() as session:
        session.add(webhook := Webhook(url=url, secret=secret, events=list(events), made=NOW))
        session.flush()
        return webhook


def inside(url, *, public_only, **given):
    """Asks although it is this machine."""
    assert public_only
    return ask(url, **given)


def test_a_message_is_signed_and_sent_once(database, clock, receiver):
    webhook = subscribed(database, f"http://127.0.0.1:{receiver.server_port}/in")
    for action in ("save", "publish", "discard"):
        announce(database, action, PATH, NOW)
    receiver.answers = [204]
    courier = Courier(database, clock, inside)
    assert (courier.deliver(), courier.deliver()) == (1, 0)
    [(path, headers, body)] = receiver.got
    assert path == "/in"
    assert json.loads(body) == {
        "type": "record.published",
        "timestamp": "2026-11-24T05:00:00+00:00",
        "data": {"type": "articles", "id": "kabar", "url": "/api/v1/articles/kabar"},
    }
    content = f"{headers['Webhook-Id']}.{headers['Webhook-Timestamp']}.".encode() + body
    mac = base64.b64encode(hmac.new(b"k" * 32, content, hashlib.sha256).digest()).decode()
    assert (headers["Webhook-Signature"], headers["Content-Type"]) == (f"v1,{mac}", "application/json")
    assert Webhooks(database).waiting(webhook.id) == []


def test_the_example_of_the_specification():
    told = signed(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        '{"test": 2432232314}',
        datetime.fromtimestamp(1614265330, UTC),
    )
    assert told["Webhook-Signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_it_is_tried_again_and_given_up_at_last(database, clock, receiver):
    webhook = subscribed(database, f"http://127.0.0.1:{receiver.server_port}/in")
    announce(database, "publish", PATH, NOW)
    receiver.answers = [500, 302, 404, 429, 500, 500, 500, 500]
    courier = Courier(database, clock, inside)
    for wait in BACKOFF:
        assert courier.deliver() == 1
        assert courier.deliver() == 0
        clock.now += wait
    assert courier.deliver() == 1
    clock.now += timedelta(days=30)
    assert courier.deliver() == 0
    [left] = Webhooks(database).waiting(webhook.id)
    assert (left.attempts, left.due, left.trouble) == (len(BACKOFF) + 1, None, "HTTP 500")
    assert len({headers["Webhook-Id"] for _, headers, _ in receiver.got}) == 1
    assert {path for path, *_ in receiver.got} == {"/in"}


def test_nobody_inside_is_told(database, clock, receiver):
    webhook = subscribed(database, f"http://localhost:{receiver.server_port}/in")
    announce(database, "publish", PATH, NOW)
    Courier(database, clock).deliver()
    [left] = Webhooks(database).waiting(webhook.id)
    assert (left.attempts, left.due, receiver.got) == (1, NOW + BACKOFF[0], [])
    assert left.trouble


def test_two_couriers_send_one_message(database, clock, receiver):
    subscribed(database, f"http://127.0.0.1:{receiver.server_port}/in")
    for _ in range(6):
        announce(database, "publish", PATH, NOW)
    receiver.answers = [200] * 12
    couriers = [Courier(database, clock, inside) for _ in range(2)]
    threads = [threading.Thread(target=courier.deliver) for courier in couriers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({headers["Webhook-Id"] for _, headers, _ in receiver.got}) == len(receiver.got) == 6
