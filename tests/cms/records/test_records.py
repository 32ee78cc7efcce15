"""The pages on which records are written, over HTTP on the real application."""

import io
import re

import pytest
from PIL import Image

from kentongan.accounts import Role
from kentongan.actions.working_copies import kept
from tests.cms.filling import ANNOUNCEMENT, FORM, PATH, answers_in, new_of, opened
from tests.offices import EPISODE


def test_a_form_that_nobody_touched_changes_no_byte(office, owner):
    before = office.text(PATH)
    owner.post(FORM, data=opened(owner) | {"do": "simpan"})
    assert office.text(PATH) == before


def test_a_changed_answer_is_one_commit_by_who_made_it(office, owner):
    owner.post(FORM, data=opened(owner) | {"title": "Koperasi yang tangguh", "do": "simpan"})
    assert "title: Koperasi yang tangguh\n" in office.text(PATH)
    assert "updated: 2020-07-20 08:00\n" in office.text(PATH)
    assert office.git("log", "-1", "--format=%an: %s").strip().startswith("Ratri: ")


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(office, owner):
    before = office.text(PATH)
    page = owner.post(FORM, data=opened(owner) | {"title": "", "summary": "Baru", "do": "lihat"})
    assert page.status_code == 422
    assert 'id="title-trouble"' in page.text
    assert office.text(PATH) == before
    assert opened(owner)["summary"] == "Baru"


def test_what_is_typed_is_kept_at_a_pause_and_found_again_from_another_device(office, owner):
    answer = owner.post(f"{FORM}/simpan", data=opened(owner) | {"title": "Separuh jalan"})
    assert "08.00" in answer.text or "Tersimpan" in answer.text
    assert kept(office.room, office.actor("ratri"), PATH).answers["title"] == "Separuh jalan"
    assert opened(owner)["title"] == "Separuh jalan"
    owner.post(FORM, data={"do": "buang", "base": office.text(PATH)})
    assert opened(owner)["title"] != "Separuh jalan"


def test_a_contributor_writes_and_an_editor_publishes(office, owner):
    sri, dwi = office.browser("sri", Role.CONTRIBUTOR), office.browser("dwi", Role.EDITOR)
    new = opened(sri, "/admin/isi/articles/baru")
    sent = new | {"title": "Panen raya", "body": "Seratus orang datang.", "do": "periksa"}
    assert sri.post("/admin/isi/articles/baru", data=sent).status_code == 303
    assert "status: review\n" in office.text("articles/panen-raya.md")
    assert "Panen raya" in dwi.get("/admin/").text
    assert sri.post("/admin/isi/articles/panen-raya/lihat", data={"do": "terbit"}).status_code == 422
    back = {"do": "kembalikan", "catatan": "Tambahkan tanggalnya."}
    assert dwi.post("/admin/isi/articles/panen-raya/lihat", data=back).status_code == 303
    assert "Tambahkan tanggalnya." in sri.get("/admin/isi/articles/panen-raya").text
    sri.post("/admin/isi/articles/panen-raya", data=opened(sri, "/admin/isi/articles/panen-raya") | {"do": "periksa"})
    assert dwi.post("/admin/isi/articles/panen-raya/lihat", data={"do": "terbit"}).status_code == 303
    assert "status: published\n" in office.text("articles/panen-raya.md")
    assert office.builder.built[-1] == ["panen-raya.md"]


def test_a_contributor_opens_neither_others_drafts_nor_what_is_public(office, owner):
    sri = office.browser("sri", Role.CONTRIBUTOR)
    assert sri.get(FORM).status_code == 403
    assert sri.post(FORM, data={"title": "x", "base": office.text(PATH)}).status_code == 403
    assert sri.get(f"{FORM}/halaman").status_code == 404


def test_who_publishes_waits_only_for_what_readers_look_at_first(office, owner):
    office.builder.put_first = lambda changes: True
    page = owner.post(f"{FORM}/lihat", data={"do": "terbit"})
    assert (page.status_code, office.builder.built) == (303, [])


def test_an_hour_may_be_set(office, owner):
    owner.post("/admin/isi/articles/baru", data={"title": "Besok", "date": "2020-07-20T08:00", "do": "simpan"})
    owner.post("/admin/isi/articles/besok/lihat", data={"do": "nanti", "at": "2020-07-21T06:00"})
    assert "date: 2020-07-21 06:00\n" in office.text("articles/besok.md")
    assert "Selasa, 21 Juli 2020 pukul 06.00 WIB" in owner.get("/admin/isi/articles/besok/tayang").text


def test_what_was_taken_down_and_an_older_version_come_back(office, owner):
    owner.post(FORM, data=opened(owner) | {"title": "Lain", "do": "simpan"})
    owner.post(f"{FORM}/lihat", data={"do": "turunkan"})
    assert "status: archived\n" in office.text(PATH)
    page = owner.get(f"{FORM}/riwayat").text
    oldest = re.findall(r'name="commit" value="(\w+)"', page)[-1]
    assert owner.post(f"{FORM}/riwayat", data={"commit": oldest}).status_code == 303
    assert "title: Koperasi Tangguh" in office.text(PATH)
    assert "status: archived\n" in office.text(PATH)


def test_a_pasted_announcement_becomes_all_its_records_in_one_commit(office, owner):
    page = owner.post("/admin/tempel", data={"teks": ANNOUNCEMENT})
    sent = answers_in(page.text) | {"selesai": "lain", "selesai.jam": "11:30", "zona": "WIB", "do": "lihat"}
    answer = owner.post("/admin/tempel", data=sent)
    assert answer.headers["location"] == "/admin/isi/episodes/merek-untuk-usaha-rumahan/lihat"
    text = office.text("episodes/merek-untuk-usaha-rumahan.md")
    assert "start: 2020-07-29 10:00" in text
    assert "end: 2020-07-29 11:30" in text
    changed = office.git("show", "--name-only", "--format=%an").split()
    assert changed[0] == "Ratri"
    assert set(changed[1:]) == {
        "content/episodes/merek-untuk-usaha-rumahan.md",
        "content/consultations/konsultasi-plut-merek-untuk-usaha-rumahan.md",
        "content/people/ratmi-lestari.md",
    }
    owner.get("/admin/isi/episodes/merek-untuk-usaha-rumahan/halaman")
    assert len(office.builder.previewed[-1]) == 3
    owner.post("/admin/isi/episodes/merek-untuk-usaha-rumahan/lihat", data={"do": "terbit"})
    assert "status: published\n" in office.text("people/ratmi-lestari.md")


def test_another_clock_than_the_stations_is_told_by_the_stations(office, owner):
    page = owner.post("/admin/tempel", data={"teks": ANNOUNCEMENT})
    sent = answers_in(page.text) | {"selesai": "?", "zona": "WITA", "do": "lihat"}
    owner.post("/admin/tempel", data=sent)
    assert "start: 2020-07-29 09:00" in office.text("episodes/merek-untuk-usaha-rumahan.md")


def test_a_standing_announcement_opens_its_programs_form(office, owner):
    text = "Dengarkan Warung Sebelah setiap Senin dan Kamis pukul 06.00 – 06.30 WIB di Radio Trijaya FM."
    answer = owner.post("/admin/tempel", data={"teks": text})
    assert answer.headers["location"] == "/admin/isi/programs/warung-sebelah"
    page = owner.get(answer.headers["location"]).text
    assert "Setiap Senin dan Kamis pukul 06.00 WIB" in page


def test_a_preview_runs_nothing_and_a_shared_one_needs_no_account(office, owner):
    frame = owner.get(f"{FORM}/halaman")
    assert "sandbox allow-same-origin;" in frame.headers["content-security-policy"]
    assert "script-src" not in frame.headers["content-security-policy"]
    page = owner.post(f"{FORM}/lihat", data={"do": "tautan"}).text
    link = re.search(r"/admin/pratinjau/[\w-]+", page)[0]
    stranger = office.browser("sri", Role.CONTRIBUTOR)
    stranger.cookies.clear()
    assert stranger.get(link).text == frame.text
    assert "sandbox;" in stranger.get(link).headers["content-security-policy"]
    assert stranger.get(link[:-3] + "xyz").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/admin/isi/articles/..%2f..%2fsite",
        "/admin/isi/media/x",
        "/admin/isi/articles/%00",
        "/admin/isi/articles/tidak-ada",
    ],
)
def test_what_is_not_there_is_told_as_such(owner, address):
    assert owner.get(f"/admin/isi/{address}").status_code == 404


def test_no_form_sets_what_the_workflow_sets(office, owner):
    sent = opened(owner) | {"status": "archived", "guid": "lain", "was": "/x/", "updated": "2000-01-01", "do": "simpan"}
    before = office.text(PATH)
    owner.post(FORM, data=sent)
    assert office.text(PATH) == before


def test_every_type_has_its_list_and_its_empty_form(owner):
    for folder in ("articles", "pages", "programs", "episodes", "consultations", "people", "stations"):
        assert owner.get(f"/admin/isi/{folder}/").status_code == 200
        assert opened(owner, f"/admin/isi/{folder}/baru")["key"].startswith(f"{folder}/~")


def test_a_picture_is_chosen_without_losing_what_was_typed(office, owner):
    sent = opened(owner) | {"summary": "Sedang diketik", "do": "gambar:image.src"}
    to = owner.post(FORM, data=sent).headers["location"]
    assert to == f"/admin/gambar/?untuk=%2Fadmin%2Fisi%2Fepisodes%2F{EPISODE}&kolom=image.src"
    assert owner.get(to).status_code == 200
    assert opened(owner, f"{FORM}?gambar=tidak-ada.jpg&kolom=image.src")["summary"] == "Sedang diketik"


def test_a_file_that_was_broken_by_hand_is_told_and_comes_back(office, owner):
    before = office.text(PATH)
    (office.content / PATH).write_text("---\ntitle: [\n---\n")
    page = owner.get(FORM)
    assert page.status_code == 409
    assert f'href="{FORM}/riwayat"' in page.text
    assert [owner.get(f"{FORM}/{more}").status_code for more in ("lihat", "halaman", "tayang")] == [404] * 3
    versions = re.findall(r'name="commit" value="(\w+)"', owner.get(f"{FORM}/riwayat").text)
    assert owner.post(f"{FORM}/riwayat", data={"commit": versions[-1]}).status_code == 303
    assert office.text(PATH) == before


def test_what_was_not_published_tells_others_nothing(office, owner):
    owner.post("/admin/isi/articles/baru", data={"title": "Rahasia", "date": "2020-07-20T08:00", "do": "simpan"})
    sri = office.browser("sri", Role.CONTRIBUTOR)
    assert sri.get("/admin/isi/articles/rahasia/tayang").status_code == 404


NEWCOMER = {"credits.9.name": "Ratmi Lestari, S.E.", "credits.9.stated": "Bendahara", "credits.9.was": "-"}


def test_somebody_new_is_noted_with_the_draft_that_names_them(office, owner):
    new = opened(owner, "/admin/isi/episodes/baru")
    sent = new | NEWCOMER | {"title": "Merek rumahan", "program": "warung-sebelah", "do": "lihat"}
    answer = owner.post("/admin/isi/episodes/baru", data=sent)
    assert answer.headers["location"] == "/admin/isi/episodes/merek-rumahan/lihat"
    changed = office.git("show", "--name-only", "--format=").split()
    assert changed == ["content/episodes/merek-rumahan.md", "content/people/ratmi-lestari.md"]
    assert "person: ratmi-lestari\n" in office.text("episodes/merek-rumahan.md")
    assert "status: draft\n" in office.text("people/ratmi-lestari.md")
    owner.post("/admin/isi/episodes/merek-rumahan/lihat", data={"do": "terbit"})
    assert "status: published\n" in office.text("people/ratmi-lestari.md")


def test_somebody_new_goes_out_with_a_public_record_and_is_in_its_preview(office, owner):
    sent = opened(owner) | NEWCOMER | {"do": "lihat"}
    assert owner.post(FORM, data=sent).headers["location"] == f"{FORM}/lihat"
    assert "Ratmi Lestari" in owner.get(f"{FORM}/lihat").text
    owner.get(f"{FORM}/halaman")
    assert list(office.builder.previewed[-1]) == [PATH, "people/ratmi-lestari.md"]
    assert not (office.content / "people/ratmi-lestari.md").exists()
    owner.post(f"{FORM}/lihat", data={"do": "terbit"})
    assert "status: published\n" in office.text("people/ratmi-lestari.md")
    assert "person: ratmi-lestari\n" in office.text(PATH)
    assert set(office.builder.built[-1]) == {f"{EPISODE}.md", "ratmi-lestari.md"}


def test_a_small_fix_of_a_public_record_may_name_somebody_new(office, owner):
    owner.post(FORM, data=opened(owner) | NEWCOMER | {"do": "simpan"})
    assert "status: published\n" in office.text("people/ratmi-lestari.md")


def test_who_might_be_meant_is_asked_and_nothing_is_lost(office, owner):
    near = NEWCOMER | {"credits.9.name": "Agus Prasetia"}
    page = owner.post(FORM, data=opened(owner) | near | {"do": "lihat"})
    assert page.status_code == 422
    assert "Agus Prasetya" in re.search(r'id="credits.9.person-trouble">([^<]+)<', page.text)[1]
    sent = answers_in(page.text) | {"credits.9.person": "+", "do": "simpan"}
    assert owner.post(FORM, data=sent).status_code == 303
    assert "name: Agus Prasetia\n" in office.text("people/agus-prasetia.md")


def test_a_new_record_is_previewed_before_it_is_a_file(office, owner):
    new = opened(owner, "/admin/isi/articles/baru")
    owner.post("/admin/isi/articles/baru/simpan", data=new | {"title": "Panen raya"})
    key = new["key"].partition("~")[2]
    assert owner.get(f"/admin/isi/articles/baru/halaman?kunci={key}").status_code == 200
    assert list(office.builder.previewed[-1]) == ["articles/panen-raya.md"]
    assert not (office.content / "articles/panen-raya.md").exists()


@pytest.fixture
def picture(office, owner):
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    sent = {"berkas": ("a.png", buffer.getvalue(), "image/png")}
    answer = owner.post(
        "/admin/gambar/", data={"alt": "Kios [baru] di pasar"}, files=sent, headers={"accept": "application/json"}
    )
    markdown = answer.json()["markdown"]
    assert markdown.startswith("![Kios \\[baru\\] di pasar]({static}/media/kios-baru-di-pasar-")
    return markdown.rpartition("/")[2][:-1]


def test_a_chosen_picture_brings_its_own_words(office, owner, picture):
    told = {"image.src": "lama.jpg", "image.alt": "Lama", "image.caption": "Foto: Sri"}
    owner.post(f"{FORM}/simpan", data=opened(owner) | told)
    answers = opened(owner, f"{FORM}?gambar={picture}&kolom=image.src")
    assert answers["image.src"] == picture
    assert answers["image.alt"] == "Kios [baru] di pasar"
    assert answers["image.caption"] == "Foto: Sri"
    owner.post(f"{FORM}/simpan", data=answers | {"image.alt": "Kata saya"})
    assert opened(owner, f"{FORM}?gambar={picture}&kolom=image.src")["image.alt"] == "Kata saya"


@pytest.mark.parametrize(
    ("place", "body"),
    [("@5", "satu\n\n{}\n\ndua"), ("@0", "{}\n\nsatu\ndua"), ("", "satu\ndua\n\n{}"), ("@9999", "satu\ndua\n\n{}")],
)
def test_a_picture_comes_into_the_text_where_one_was_writing(office, owner, picture, place, body):
    owner.post(f"{FORM}/simpan", data=opened(owner) | {"body": "satu\r\ndua"})
    answers = opened(owner, f"{FORM}?gambar={picture}&kolom=body{place}")
    shown = f"![Kios \\[baru\\] di pasar]({{static}}/media/{picture})"
    assert answers["body"] == body.format(shown)


def test_a_picture_is_taken_away_again(office, owner, picture):
    owner.post(FORM, data=opened(owner, f"{FORM}?gambar={picture}&kolom=image.src") | {"do": "simpan"})
    assert f"src: {picture}\n" in office.text(PATH)
    page = owner.post(FORM, data=opened(owner) | {"do": "lepas:image"})
    owner.post(FORM, data=answers_in(page.text) | {"do": "simpan"})
    assert picture not in office.text(PATH)


def test_a_picture_that_is_refused_says_why_in_the_editor_too(owner):
    sent = {"berkas": ("a.png", b"<script>", "image/png")}
    answer = owner.post("/admin/gambar/", data={"alt": "x"}, files=sent, headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert "bukan gambar" in answer.json()["trouble"]


def test_what_is_wrong_in_a_list_is_told_at_its_own_item(office, owner):
    answers = {name: value for name, value in opened(owner).items() if not name.startswith("credits.1.")}
    sent = answers | {"credits.3.was": "-", "credits.7.was": "-", "credits.7.stated": "Tanpa nama", "do": "lihat"}
    page = owner.post(FORM, data=sent)
    assert re.findall(r'id="(credits[^"]+)-trouble"', page.text) == ["credits.7.person"]


def test_only_what_is_on_the_site_is_taken_off(office, owner):
    owner.post(f"{FORM}/lihat", data={"do": "turunkan"})
    down = office.text(PATH)
    assert "status: archived" in down
    assert owner.post(f"{FORM}/lihat", data={"do": "turunkan"}).status_code == 422
    assert office.text(PATH) == down


def test_a_version_that_cannot_be_read_does_not_come_back(office, owner):
    before = office.text(PATH)
    (office.content / PATH).write_text("---\ntitle: [\n---\n")
    office.git("-c", "user.name=a", "-c", "user.email=a@b.invalid", "commit", "-qam", "Rusak")
    broken = office.git("rev-parse", "HEAD").strip()
    (office.content / PATH).write_text(before)
    page = owner.post(f"{FORM}/riwayat", data={"commit": broken})
    assert "Versi itu tidak bisa dibaca" in page.text
    assert office.text(PATH) == before


def test_what_no_page_expects_is_told_in_words(owner):
    page = owner.get("/admin/isi/episodes/", params={"sesudah": "zzz"})
    assert page.status_code == 422
    assert "Itu belum berhasil" in page.text


def test_only_drafts_are_thrown_away(office, owner):
    before = office.text(PATH)
    page = owner.post(FORM, data={"do": "buang"})
    assert page.status_code == 409
    assert "Hanya draf yang bisa dibuang" in page.text
    assert office.text(PATH) == before


@pytest.mark.parametrize(
    ("at", "said"), [("2001-01-01T09:00", "Jam itu sudah lewat"), ("2030-01-01T09:00", "halamannya turun dulu")]
)
def test_an_hour_is_none_that_has_passed_and_takes_nothing_off_the_site(office, owner, at, said):
    before = re.sub("(?m)^date: .*", "date: 2020-07-01 07:00", office.text(PATH), count=1)
    (office.content / PATH).write_text(before)
    page = owner.post(f"{FORM}/lihat", data={"do": "nanti", "at": at})
    assert page.status_code == 422
    assert said in page.text
    assert office.text(PATH) == before


def test_a_title_has_as_much_room_as_lists_give_it(owner):
    address = new_of(owner)
    page = owner.get(address).text
    assert re.search(r'<textarea id="title"[^>]* maxlength="200"', page)
    answer = owner.post(address, data=answers_in(page) | {"title": "a" * 100_000, "do": "simpan"})
    assert answer.status_code == 422
    assert "paling banyak 200 karakter" in answer.text
    assert len(owner.get("/admin/").text) < 50_000


def test_no_link_leads_where_a_forged_host_says(owner, monkeypatch, office):
    monkeypatch.setenv("SITEURL", "https://koperasi.contoh")
    forged = {"host": "jahat.contoh", "origin": "http://jahat.contoh"}
    given = {"do": "invite", "name": "Sri", "role": "editor"}
    for address, sent in (("/admin/orang/", given), (f"{FORM}/lihat", {"do": "tautan"})):
        page = owner.post(address, data=sent, headers=forged).text
        assert "https://koperasi.contoh/admin/" in page
        assert "jahat.contoh" not in page


def test_nobody_without_a_name_is_invited(owner):
    page = owner.post("/admin/orang/", data={"do": "invite", "name": " ", "role": "editor"})
    assert page.status_code == 422
    assert "Tulis nama orang yang Anda undang." in page.text
    assert "/admin/tautan/" not in page.text


def test_there_is_no_history_of_what_never_was(owner):
    assert owner.get("/admin/isi/articles/tak-pernah-ada/riwayat").status_code == 404


@pytest.mark.parametrize("cursor", ["x", "WyJcdTAwMDAiLCAiYSJd", "Wy0xXQ==", "\u00e9"])
def test_a_place_in_a_list_that_nobody_knows_is_told_as_such(owner, cursor):
    for search in ("", "koperasi"):
        answer = owner.get("/admin/isi/episodes/", params={"sesudah": cursor, "cari": search})
        assert answer.status_code == 422
        assert "Itu belum berhasil" in answer.text
