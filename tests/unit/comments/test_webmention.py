"""Pages of others that mention ours: seen before they are kept, and never inside our own network."""

from __future__ import annotations

import socket

import pytest

from kentongan.comments.draft import Unfit
from kentongan.comments.moderation import public
from kentongan.comments.tables import State
from kentongan.comments.webmention import public_page, receive
from kentongan.web import Answer, NoAnswer, ask
from tests.unit.comments.conftest import THREAD

SOURCE, TARGET = "https://tetangga.example/tulisan/", THREAD.url


def page(body, status=200, media_type="text/html; charset=utf-8"):
    return lambda url: Answer(status, {"content-type": media_type}, body.encode())


MENTION = page(f"<title>Cerita <b>kami</b></title><a href='{TARGET}'>kabar</a>")


def test_a_mention_waits_and_comes_once(hand):
    comment = receive(hand.comments, SOURCE, TARGET, THREAD, MENTION)
    assert (comment.state, comment.name, comment.origin) == (State.PENDING, "tetangga.example", SOURCE)
    assert receive(hand.comments, SOURCE, TARGET, THREAD, MENTION).id == comment.id


def test_a_mention_that_is_gone_is_taken_off(hand):
    receive(hand.comments, SOURCE, TARGET, THREAD, MENTION)
    with pytest.raises(Unfit):
        receive(hand.comments, SOURCE, TARGET, THREAD, page("", status=410))
    assert hand.moderation.queue() == []


@pytest.mark.parametrize(
    "fetch",
    [
        page("<p>tidak ada</p>"),
        page(TARGET),
        page("", status=404),
        page(f"<a href='{TARGET}'>", media_type="image/png"),
    ],
)
def test_what_is_no_mention_is_refused(hand, fetch):
    with pytest.raises(Unfit):
        receive(hand.comments, SOURCE, TARGET, THREAD, fetch)
    assert hand.moderation.queue() == []


@pytest.mark.parametrize(
    "source", ["", "ftp://a.example/", "javascript:alert(1)", TARGET, "https://a.example/" + "x" * 600]
)
def test_hostile_sources_are_not_even_asked(hand, source):
    def asked(url):
        pytest.fail(f"asked {url}")

    with pytest.raises(Unfit):
        receive(hand.comments, source, TARGET, THREAD, asked)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "[::1]",
        "[fd00::1]",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
    ],
)
def test_private_addresses_are_not_asked(host):
    with pytest.raises(Unfit):
        public_page(f"http://{host}/")


def test_inside_our_own_network_nobody_is_even_connected_to():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        with pytest.raises(NoAnswer):
            ask(f"http://127.0.0.1:{server.getsockname()[1]}/", public_only=True)
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_name_is_looked_up_once_and_connected_to_as_it_was_looked_at(monkeypatch):
    """A name that leads to the world when it is checked, and home when it is called (DNS rebinding)."""
    answers, reached = iter(["93.184.215.14", "127.0.0.1"]), []

    def look_up(host, port, *_, **__):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address, **_):
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NoAnswer):
        ask("http://berpindah.example/", public_only=True)
    assert reached == [("93.184.215.14", 80)]


@pytest.mark.parametrize("host", ["a..b", "x" * 300, "\udcff"])
def test_a_name_that_no_server_can_have_is_told_in_words(host):
    with pytest.raises(NoAnswer):
        ask(f"http://{host}/", public_only=True)


def test_one_that_was_shown_and_is_gone_leaves_its_answers(hand):
    mention = receive(hand.comments, SOURCE, TARGET, THREAD, MENTION)
    hand.moderation.reply(mention.id, "Terima kasih.", "Redaksi", "ratri")
    with pytest.raises(Unfit):
        receive(hand.comments, SOURCE, TARGET, THREAD, page("", status=410))
    place, answer = public(hand.comments, None).threads[THREAD.name]
    assert (place.name, place.origin, answer.parent) == ("", None, place.id)
