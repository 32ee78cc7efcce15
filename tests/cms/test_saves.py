"""Saves in real server processes: killed, at once, and two of them on one content folder and one database."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from kentongan.accounts import Role, Sessions
from kentongan.database import Database
from kentongan.model import Kind
from proof import saves
from proof._saving import Savers, SavingServer, git, lost, office
from tests.cms.api_servers import BODIES, Server
from tests.databases import dropped


@pytest.mark.long
def test_nothing_acknowledged_is_lost_with_a_killed_process(tmp_path):
    found = saves.killed(tmp_path, 5)
    assert found["lost"] == 0


@pytest.mark.long
def test_saves_at_once_all_arrive(tmp_path):
    assert saves.at_once(tmp_path, 12) == {"parallel": 12, "parallel_saved": 12, "parallel_lost": 0}


@pytest.mark.long
def test_two_processes_on_one_content_folder(tmp_path, database_url):
    token = office(tmp_path, database_url)
    with ThreadPoolExecutor(2) as pool:
        processes = list(pool.map(lambda _: SavingServer(tmp_path, database_url), range(2)))
    savers = Savers(processes, token)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: savers.save(), range(24)))
    stop = threading.Event()
    going_on = threading.Thread(target=savers.until, args=(stop,))
    going_on.start()
    processes[0].kill()
    processes[0].start()
    stop.set()
    going_on.join()
    assert savers.save()
    assert savers.save()
    for process in processes:
        process.stop()
    assert lost(tmp_path, savers.acknowledged) == []
    assert git(tmp_path, "fsck", "--strict", "--no-dangling") == ""


@pytest.mark.long
def test_what_was_typed_when_the_server_was_killed_is_there_afterwards(tmp_path):
    """For somebody who goes on in the same browser as if nothing had been."""
    server = Server(tmp_path)
    session = Sessions(server.database).begin(server.people[Role.OWNER], "uji")
    server.put(Kind.ARTICLE, "satu", f"{BODIES[Kind.ARTICLE]}status: draft\n")
    base, path = server.text("articles/satu.md"), "/admin/isi/articles/satu"
    server.close()
    process = SavingServer(tmp_path)
    address = f"http://127.0.0.1:{process.port}"
    with httpx2.Client(base_url=address, headers={"origin": address}, cookies={"kentongan": session}) as browser:
        typed = {"title": "Separuh jalan", "date": "2026-11-01T08:00", "base": base}
        assert browser.post(f"{path}/simpan", data=typed).status_code == 200
        process.kill()
        process.start()
        assert "Separuh jalan" in browser.get(path).text
        saved = browser.post(path, data={**typed, "body": "Sampai selesai.", "do": "simpan"})
        assert saved.status_code == 303
    process.stop()
    assert "title: Separuh jalan" in server.text("articles/satu.md")


@pytest.mark.long
def test_machines_that_begin_at_once_take_turns_at_the_tables(tmp_path, postgresql_url):
    """Each has a state folder of its own, so that no file can be their lock."""
    dropped(postgresql_url)
    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(lambda number: Database(tmp_path / str(number), postgresql_url), range(6)))
    for database in opened:
        database.close()
