"""Whether the public address serves a commit, asked of real servers on loopback."""

import json

import pytest

from kentongan.build.live import State, look, wait_for
from tests.servers import answer, answering, dripping, serving

OURS, OLDER = "c" * 40, "0" * 40


def version(commit):
    return answer(body=json.dumps({"commit": commit, "built": "2026-11-24T01:00:00Z", "counts": {}}).encode())


def found(data, **how):
    with serving(answering(data)) as url:
        live = look(url, OURS, seconds=0.5, **how)
    assert live.address == url
    return live.state, live.message.told("id"), live.commit


def test_it_is_live():
    assert found(version(OURS)) == (State.LIVE, "Sudah tayang.", OURS)


def test_a_later_commit_that_includes_ours_is_as_good():
    assert found(version(OLDER), includes=lambda served, wanted: (served, wanted) == (OLDER, OURS))[0] is State.LIVE


def test_another_commit_means_that_ours_is_on_its_way():
    assert found(version(OLDER)) == (State.PUBLISHING, "Sedang terbit.", OLDER)


def test_a_cache_that_still_has_the_old_one_is_told_from_that():
    def talk(connection, request):
        asked_past_the_cache = f"?{OURS}".encode() in request.splitlines()[0]
        connection.sendall(version(OURS if asked_past_the_cache else OLDER))

    with serving(talk) as url:
        assert look(url, OURS).state is State.CACHED


@pytest.mark.parametrize(
    ("data", "state", "message"),
    [
        (answer("404 Not Found"), State.SILENT, "Jawabannya 404."),
        (answer("503 Busy"), State.SILENT, "Jawabannya 503."),
        (answer(body=b"<!doctype html>"), State.FOREIGN, "Yang ada di sana bukan situs kita."),
        (answer(body=b"[]"), State.FOREIGN, "Yang ada di sana bukan situs kita."),
        (answer(body=b'{"commit": 1}'), State.FOREIGN, "Yang ada di sana bukan situs kita."),
        (answer(body=b"\xff"), State.FOREIGN, "Yang ada di sana bukan situs kita."),
        (version(None), State.FOREIGN, "Situs di sana tidak menyebut komit asalnya."),
        (answer("301 Moved", Location="https://elsewhere.example/version.json"), State.FOREIGN, None),
        (answer("301 Moved", Location="file:///etc/passwd"), State.FOREIGN, None),
        (answer("302 Found", Location="/version.json"), State.FOREIGN, "Alamat itu mengalihkan berputar-putar."),
        (answer("301 Moved"), State.SILENT, "Jawabannya 301."),
        (b"nonsense", State.SILENT, None),
        (b"", State.SILENT, None),
    ],
)
def test_what_is_wrong_is_said(data, state, message):
    given = found(data)
    assert given[0] is state
    assert message in (None, given[1])


def test_a_redirect_within_the_host_is_followed_below_a_path_too():
    def talk(connection, request):
        path = request.split()[1].partition(b"?")[0]
        moved = answer("301 Moved", Location="/kantor/baru/version.json")
        connection.sendall(version(OURS) if path == b"/kantor/baru/version.json" else moved)

    with serving(talk) as url:
        assert look(f"{url}/kantor/", OURS).state is State.LIVE
        assert look(f"{url}/kantor", OURS).state is State.LIVE


def test_nobody_there_and_one_who_never_ends():
    with serving(answering(b"")) as url:
        pass
    assert look(url, OURS, seconds=0.5).state is State.SILENT
    with serving(dripping(b"HTTP/1.1 200 OK\r\n")) as url:
        assert look(url, OURS, seconds=0.3).state is State.SILENT


def test_waiting_ends_when_it_is_live_or_time_is_up():
    answers = iter([OLDER, None, OURS])
    with serving(lambda connection, _: connection.sendall(version(next(answers, OURS)))) as url:
        rests = []
        assert wait_for(lambda: look(url, OURS), 60, rests.append).state is State.LIVE
        assert len(rests) == 1
        answers = iter([OLDER] * 9)
        assert wait_for(lambda: look(url, OURS), 0).state is State.PUBLISHING
