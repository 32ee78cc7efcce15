"""What the CMS says of elsewhere: two versions to choose from, what is not sent, what is on its way, releases."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from kentongan.accounts import Role
from kentongan.build.live import Live, State
from kentongan.errors import KentonganError
from kentongan.language import Message
from kentongan.repository import Author, Exchange, Remote, writer
from kentongan.store.frontmatter import parse, splice
from kentongan_cms import publication
from tests import moments
from tests.cms.filling import FORM, PATH, opened
from tests.cms.newsrooms import Office
from tests.unit.repository.test_writer import git

AUTHOR = Author("Ratri", "ratri@kentongan.invalid")
CHOOSE = f"/admin/pilih/?berkas={PATH}"


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path / "kantor")
    yield office
    office.database.close()


@pytest.fixture
def owner(office):
    return office.browser("ratri")


@pytest.fixture
def hub(office, tmp_path):
    """The repository elsewhere, with which the office exchanges."""
    hub = tmp_path / "hub.git"
    git(office.folder, "clone", "--quiet", "--bare", ".", str(hub))
    git(office.folder, "remote", "add", "origin", str(hub))
    office.publication.exchange = Exchange(office.room.writer, Remote(office.content, "origin"), "Gabung")
    assert office.publication.exchange.round().trouble is None
    return hub


def elsewhere(hub, path, text, tmp_path):
    """Somebody commits *text* (``None``: deletes it) as *path* in another clone."""
    clone = tmp_path / "clone"
    git(hub, "clone", "--quiet", ".", str(clone))
    place = clone / "content" / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    if text is not None:
        place.write_bytes(text)
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message=Dari sana")
    git(clone, "push", "--quiet", "origin", "HEAD")


def retitled(office, hub, tmp_path, title="Judul sana"):
    """The same talk gets another title here and there."""
    elsewhere(hub, PATH, splice(office.text(PATH), {"title": title}).encode(), tmp_path)


def split_title(office, owner, hub, tmp_path):
    retitled(office, hub, tmp_path)
    owner.post(FORM, data=opened(owner) | {"title": "Judul sini", "do": "simpan"})
    assert office.publication.exchange.round().trouble is None


@pytest.mark.parametrize(("choice", "left", "aside"), [("mine", "sini", "sana"), ("theirs", "sana", "sini")])
def test_of_two_titles_a_person_chooses(office, owner, hub, tmp_path, choice, left, aside):
    split_title(office, owner, hub, tmp_path)
    assert CHOOSE in owner.get("/admin/").text
    assert "pilih/?berkas=" in owner.get(FORM).text
    page = owner.get(CHOOSE).text
    assert "Judul sini" in page
    assert "Judul sana" in page
    assert owner.post(CHOOSE, data={"pilih.title": choice}).status_code == 303
    assert parse(office.text(PATH)).data["title"] == f"Judul {left}"
    assert f"Judul {aside}" in owner.get(f"{FORM}/riwayat").text
    assert "pilih/?berkas=" not in owner.get("/admin/").text
    assert office.publication.exchange.round().trouble is None


def test_only_who_may_change_it_chooses(office, owner, hub, tmp_path):
    split_title(office, owner, hub, tmp_path)
    sri = office.browser("sri", Role.CONTRIBUTOR)
    assert "pilih/?berkas=" not in sri.get("/admin/").text
    assert sri.get(CHOOSE).status_code == 403
    assert sri.post(CHOOSE, data={"pilih.title": "theirs"}).status_code == 403
    assert parse(office.text(PATH)).data["title"] == "Judul sini"


@pytest.mark.parametrize(("choice", "there"), [("mine", True), ("theirs", False)])
def test_what_was_deleted_elsewhere_and_changed_here(office, owner, hub, tmp_path, choice, there):
    elsewhere(hub, PATH, None, tmp_path)
    owner.post(FORM, data=opened(owner) | {"title": "Judul sini", "do": "simpan"})
    assert office.publication.exchange.round().trouble is None
    assert "dihapus" in owner.get(CHOOSE).text
    assert owner.post(CHOOSE, data={"pilih.": choice}).status_code == 303
    assert (office.content / PATH).exists() == there


def test_a_version_that_cannot_be_read_is_not_taken(office, owner, hub, tmp_path):
    elsewhere(hub, PATH, b"---\ntitle: [rusak\n---\n", tmp_path)
    owner.post(FORM, data=opened(owner) | {"title": "Judul sini", "do": "simpan"})
    assert office.publication.exchange.round().trouble is None
    assert owner.post(CHOOSE, data={"pilih.": "theirs"}).status_code == 422
    assert "Judul sini" in office.text(PATH)
    assert owner.post(CHOOSE, data={"pilih.": "mine"}).status_code == 303


def test_of_two_pictures_both_are_shown(office, owner, hub, tmp_path):
    elsewhere(hub, "media/pasar.png", b"\x89PNG sana", tmp_path)
    office.room.writer.put_bytes(
        {"media/pasar.png": b"\x89PNG sini"}, office.actor("ratri").author, "G", office.room.now
    )
    assert office.publication.exchange.round().trouble is None
    address = "/admin/pilih/gambar?berkas=media/pasar.png&sisi="
    assert (owner.get(f"{address}sini").content, owner.get(f"{address}sana").content) == (
        b"\x89PNG sini",
        b"\x89PNG sana",
    )
    assert "sandbox" in owner.get(f"{address}sana").headers["content-security-policy"]
    owner.post("/admin/pilih/?berkas=media/pasar.png", data={"pilih.": "theirs"})
    assert (office.content / "media/pasar.png").read_bytes() == b"\x89PNG sana"


def test_a_file_beside_the_content_is_only_told(office, owner, hub, tmp_path):
    elsewhere(hub, "../pelicanconf.py", b"A = 1\n", tmp_path)
    (office.folder / "pelicanconf.py").write_text("B = 2\n")
    git(office.folder, "commit", "--quiet", "--all", "--message=Sini")
    assert office.publication.exchange.round().trouble is None
    address = "/admin/pilih/?berkas=../pelicanconf.py"
    assert "B = 2" in owner.get(address).text
    assert owner.post(address, data={"pilih.": "theirs"}).status_code == 422
    assert owner.post(address, data={"pilih.": "mine"}).status_code == 303
    assert (office.folder / "pelicanconf.py").read_text() == "B = 2\n"


def test_home_tells_what_is_not_sent(office, owner, hub):
    exchange = office.publication.exchange
    assert "Belum terkirim" not in owner.get("/admin/").text
    hub.rename(hub.with_name("away"))
    owner.post(FORM, data=opened(owner) | {"title": "Judul sini", "do": "simpan"})
    exchange.round()
    page = owner.get("/admin/").text
    assert "Belum terkirim ke origin: 1 perubahan" in page
    assert owner.post("/admin/kirim", data={"do": "lagi"}).status_code == 303
    assert exchange.is_due()
    sri = office.browser("sri", Role.CONTRIBUTOR)
    assert sri.post("/admin/kirim", data={"do": "lagi"}).status_code == 403
    hub.with_name("away").rename(hub)
    exchange.round()
    assert "Belum terkirim" not in owner.get("/admin/").text


def test_an_owner_brings_a_rewritten_history_together(office, owner, hub):
    exchange = office.publication.exchange
    owner.post(FORM, data=opened(owner) | {"title": "Judul sini", "do": "simpan"})
    exchange.round()
    git(hub, "update-ref", "refs/heads/main", "main~1")
    exchange.round()
    assert "gabung" in owner.get("/admin/").text
    owner.post("/admin/kirim", data={"do": "gabung"})
    assert exchange.round().trouble is None
    assert git(hub, "rev-parse", "main") == git(office.folder, "rev-parse", "HEAD")


def test_home_tells_that_git_cannot_be_used(office, owner, monkeypatch):
    monkeypatch.setattr(writer, "_USUAL", 0)
    with monkeypatch.context() as without:
        without.setenv("PATH", str(office.folder))
        assert owner.post(FORM, data=opened(owner) | {"title": "Judul sini", "do": "simpan"}).status_code == 303
    assert "Judul sini" in office.text(PATH)
    assert "Git sedang tidak dapat dipakai" in owner.get("/admin/").text
    office.room.writer.recover()
    assert "Git sedang" not in owner.get("/admin/").text


def publish(owner, office):
    assert owner.post(f"{FORM}/lihat", data={"do": "terbit"}).status_code == 303
    page = office.folder / f"output/{office.shop_address}/index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("<p>halaman")
    return f"{FORM}/tayang"


@pytest.fixture
def address(office, monkeypatch):
    """The public address, whose answers a test gives by ``address.append``."""
    office.shop_address = "program/warung-sebelah/koperasi-tangguh-di-era-adaptasi-kebiasaan-baru"
    answers = []
    monkeypatch.setattr(
        publication.live, "look", lambda *_: Live(answers[-1], "", Message("It answers {status}.", {"status": 502}))
    )
    office.publication.address = "https://kantor.example"
    return answers


def test_without_a_public_address_that_is_said(office, owner):
    office.shop_address = "program/warung-sebelah/koperasi-tangguh-di-era-adaptasi-kebiasaan-baru"
    live = publish(owner, office)
    assert "Belum ada alamat umum" in owner.get(live).text


def test_elsewhere_it_is_on_its_way_until_the_public_address_has_it(office, owner, address):
    live = publish(owner, office)
    assert owner.get(live).headers["refresh"] == "3"
    address.append(State.PUBLISHING)
    office.publication.look()
    assert "Sedang terbit" in owner.get(live).text
    assert f"{FORM}/tayang" in owner.get("/admin/").text
    address.append(State.LIVE)
    office.publication.look()
    page = owner.get(live).text
    assert "<h1>Tayang" in page
    assert 'href="https://kantor.example/program/' in page
    assert f"{FORM}/tayang" not in owner.get("/admin/").text


def test_what_stays_away_is_told_with_what_to_do(office, owner, address):
    live = publish(owner, office)
    address.append(State.SILENT)
    office.publication.look()
    assert "Belum tayang" not in owner.get(live).text
    office.publication.clock = lambda: publication.time.time() + publication.LATE + 60
    office.publication.look()
    page = owner.get(live).text
    assert "Belum tayang" in page
    assert "502" in page


def test_what_is_not_sent_is_not_looked_for(office, owner, address, hub):
    hub.rename(hub.with_name("away"))
    live = publish(owner, office)
    office.publication.exchange.round()
    address.append(State.PUBLISHING)
    office.publication.look()
    assert "origin" in owner.get(live).text


def releases(office):
    """Two releases, as the command makes them; the second is the current one."""
    for number in range(2):
        cut(office, number)
    return office.publication.releases


def cut(office, number):
    """A release of the newest commit, as the command makes it."""
    version = {"commit": office.git("rev-parse", "HEAD").strip(), "built": f"2020-07-2{number}T01:00:00+00:00"}
    files = {"index.html": moments.HOME, "a.html": f"<p>{number}", "version.json": json.dumps(version)}
    moments.publish(office.publication.releases, files, number, keep=3)


def test_an_owner_goes_back_to_a_release_and_forward_again(office, owner, address, monkeypatch):
    kept = releases(office)
    page = owner.get("/admin/rilis/").text
    assert "a: Awal" in page
    older, _ = kept.names()
    assert owner.post("/admin/rilis/", data={"do": "kembali", "rilis": older}).status_code == 303
    assert kept.current.resolve().name == older
    assert [(one.action, one.target) for one in office.accounts.audit(action="rollback")] == [("rollback", older)]
    assert "/admin/rilis/" in owner.get("/admin/").text
    assert owner.post("/admin/rilis/", data={"do": "kembali", "rilis": "2001"}).status_code == 422
    asked = []
    monkeypatch.setattr(office.publication, "_publish", asked.append)
    live = publish(owner, office)
    assert asked == []
    assert "Pemilik" in owner.get(live).text
    owner.post("/admin/rilis/", data={"do": "baru"})
    office.publication.jobs.wait()
    assert len(asked) == 1


def test_on_one_box_publishing_cuts_a_release(office, owner, address, monkeypatch):
    releases(office)
    monkeypatch.setattr(office.publication, "_publish", lambda _: cut(office, 2))
    live = publish(owner, office)
    office.publication.jobs.wait()
    office.publication.look()
    assert "<h1>Tayang" in owner.get(live).text


def test_a_release_that_fails_is_told(office, owner, address, monkeypatch):
    releases(office)

    def fail(_):
        raise KentonganError(Message("The command ended with “{error}”.", {"error": "cakram penuh"}))

    monkeypatch.setattr(office.publication, "_publish", fail)
    live = publish(owner, office)
    office.publication.jobs.wait()
    assert "cakram penuh" in owner.get(live).text


def test_releases_are_an_owners(office, owner):
    dwi = office.browser("dwi", Role.EDITOR)
    assert dwi.get("/admin/rilis/").status_code == 403
    assert dwi.post("/admin/rilis/", data={"do": "kembali"}).status_code == 403
    assert "belum membuat rilis" in owner.get("/admin/rilis/").text


@pytest.mark.parametrize(
    ("address_", "public"),
    [
        ("https://koperasi.example.id", True),
        ("http://localhost:8000", False),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]/", False),
        ("http://kantor.localhost", False),
        ("https://203.0.113.5/situs", True),
        ("", False),
    ],
)
def test_which_addresses_are_public(address_, public):
    assert publication.is_public(address_) == public


def test_who_was_logged_out_in_mid_edit_logs_in_and_goes_on(office, owner):
    owner.post(f"{FORM}/simpan", data=opened(owner) | {"title": "Separuh jalan"})
    with office.database.session() as session:
        session.execute(text("DELETE FROM session"))
    sent = owner.post(FORM, data={"title": "Lebih jauh", "do": "simpan"})
    assert sent.headers["location"].startswith("/admin/masuk?ke=")
    form = {"name": "ratri", "password": "kuda besi makan pelangi"}
    back = owner.post(sent.headers["location"], data=form)
    assert back.headers["location"] == FORM
    assert opened(owner)["title"] == "Separuh jalan"
