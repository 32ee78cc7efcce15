"""What others do to a record while somebody types into its form: no word is lost, and nothing public is undone."""

import html
import re

import pytest

from kentongan.accounts import Role
from tests.cms.filling import FORM, PATH, answers_in, new_of, opened, typed


def test_two_people_change_different_fields_and_both_stay(office, owner):
    dwi = office.browser("dwi", Role.EDITOR)
    mine, theirs = opened(owner), opened(dwi)
    dwi.post(FORM, data=theirs | {"summary": "Ringkasan Dwi", "do": "simpan"})
    assert owner.post(FORM, data=mine | {"title": "Judul Ratri", "do": "simpan"}).status_code == 303
    assert "summary: Ringkasan Dwi\n" in office.text(PATH)
    assert "title: Judul Ratri\n" in office.text(PATH)


@pytest.mark.parametrize(("choice", "left"), [("mine", "Judul Ratri"), ("theirs", "Judul Dwi")])
def test_of_two_texts_for_one_field_a_person_chooses(office, owner, choice, left):
    dwi = office.browser("dwi", Role.EDITOR)
    mine, theirs = opened(owner), opened(dwi)
    dwi.post(FORM, data=theirs | {"title": "Judul Dwi", "summary": "Ringkasan Dwi", "do": "simpan"})
    page = owner.post(FORM, data=mine | {"title": "Judul Ratri", "do": "simpan"})
    assert page.status_code == 409
    assert "Judul Ratri" in page.text
    assert "Judul Dwi" in page.text
    sent = answers_in(page.text) | {"pilih.title": choice, "do": "simpan"}
    assert owner.post(FORM, data=sent).status_code == 303
    assert f"title: {left}\n" in office.text(PATH)
    assert "summary: Ringkasan Dwi\n" in office.text(PATH)
    history = office.git("log", "-p") + " ".join(one.note for one in office.accounts.audit())
    assert "Judul Ratri" in history
    assert "Judul Dwi" in history


def test_a_pause_keeps_what_clashes_too(office, owner):
    dwi = office.browser("dwi", Role.EDITOR)
    mine, theirs = opened(owner), opened(dwi)
    dwi.post(FORM, data=theirs | {"title": "Judul Dwi", "do": "simpan"})
    assert owner.post(f"{FORM}/simpan", data=mine | {"title": "Judul Ratri"}).status_code == 200
    assert opened(owner)["title"] == "Judul Ratri"


def test_a_preview_of_what_clashes_says_so(office, owner):
    dwi = office.browser("dwi", Role.EDITOR)
    mine = opened(owner)
    dwi.post(FORM, data=opened(dwi) | {"title": "Judul Dwi", "do": "simpan"})
    owner.post(f"{FORM}/simpan", data=mine | {"title": "Judul Ratri"})
    frame = owner.get(f"{FORM}/halaman")
    assert frame.status_code == 422
    assert "frame-ancestors 'self'" in frame.headers["content-security-policy"]


def test_what_clashes_in_public_is_chosen_on_the_way_to_the_preview(office, owner):
    dwi = office.browser("dwi", Role.EDITOR)
    mine = opened(owner)
    dwi.post(FORM, data=opened(dwi) | {"title": "Judul Dwi", "do": "simpan"})
    page = owner.post(FORM, data=mine | {"title": "Judul Ratri", "do": "lihat"})
    assert page.status_code == 409
    chosen = answers_in(page.text) | {"pilih.title": "mine", "do": "lihat"}
    assert owner.post(FORM, data=chosen).headers["location"] == f"{FORM}/lihat"
    assert owner.post(f"{FORM}/lihat", data={"do": "terbit"}).status_code == 303
    assert "title: Judul Ratri\n" in office.text(PATH)


@pytest.mark.parametrize("do", ["periksa", "kembalikan"])
def test_a_page_opened_before_it_was_published_takes_nothing_off_the_site(office, owner, do):
    before = office.text(PATH)
    page = owner.post(f"{FORM}/lihat", data={"do": do, "catatan": "Tambah alamat."})
    assert page.status_code == 422
    assert "sementara itu ada yang menerbitkan" in page.text
    assert office.text(PATH) == before


def test_nobody_publishes_what_was_changed_since_they_looked(office, owner):
    owner.post(
        "/admin/isi/articles/baru",
        data={"title": "Panen", "date": "2020-07-20T08:00", "body": "Ramah.", "do": "simpan"},
    )
    address = "/admin/isi/articles/panen/lihat"
    looked = answers_in(owner.get(address).text)
    written = office.text("articles/panen.md").replace("Ramah.", "Kasar.")
    (office.content / "articles/panen.md").write_text(written)
    page = owner.post(address, data={**looked, "do": "terbit"})
    assert page.status_code == 422
    assert "Ada yang mengubahnya sesudah Anda lihat" in page.text
    assert office.text("articles/panen.md") == written
    assert owner.post(address, data={**answers_in(page.text), "do": "terbit"}).status_code == 303


def test_two_new_forms_keep_what_is_typed_apart_and_each_offers_the_other(owner):
    one, other = new_of(owner), new_of(owner)
    typed(owner, one, title="Kabar pertama")
    typed(owner, other, title="Kabar kedua")
    assert opened(owner, one)["title"] == "Kabar pertama"
    assert opened(owner, other)["title"] == "Kabar kedua"
    assert html.escape(one) in owner.get(new_of(owner)).text
    assert all(text in owner.get("/admin/").text for text in ("Kabar pertama", "Kabar kedua"))


@pytest.fixture
def draft(owner):
    """The form of a draft."""
    owner.post(new_of(owner), data={"title": "Panen", "summary": "Lama", "date": "2020-07-20T08:00", "do": "simpan"})
    return "/admin/isi/articles/panen"


@pytest.mark.parametrize(("do", "path"), [("kembalikan", "articles/panen.md"), ("salin", None)])
def test_what_is_typed_into_a_draft_that_is_thrown_away_stays(office, owner, draft, do, path):
    dwi = office.browser("dwi", Role.EDITOR)
    assert "dibuang" not in typed(dwi, draft, body="Kata Dwi.")
    owner.post(draft, data=opened(owner, draft) | {"do": "buang"})
    assert "dibuang" in typed(dwi, draft, body="Kata Dwi yang panjang.")
    assert dwi.get(f"{draft}/halaman").status_code == 200
    sent = opened(dwi, draft)
    assert sent["body"] == "Kata Dwi yang panjang."
    page = dwi.post(draft, data=sent | {"do": "simpan"})
    assert page.status_code == 409
    assert "Kata Dwi yang panjang." in page.text
    answer = dwi.post(draft, data=sent | {"do": do})
    assert answer.status_code == 303
    assert opened(dwi, answer.headers["location"])["body"] == "Kata Dwi yang panjang."
    if path:
        assert office.text(path).endswith("Kata Dwi yang panjang.\n")
        assert "summary: Lama\n" in office.text(path)


def test_what_a_contributor_types_while_it_is_published_reaches_whoever_publishes(office, owner):
    sri = office.browser("sri", Role.CONTRIBUTOR)
    sri.post(new_of(sri), data={"title": "Panen", "body": "Lama.", "date": "2020-07-20T08:00", "do": "periksa"})
    form = "/admin/isi/articles/panen"
    sent = opened(sri, form) | {"body": "Lama. Lalu kata Sri."}
    owner.post(f"{form}/lihat", data={"do": "terbit"})
    kept_line = sri.post(f"{form}/simpan", data=sent)
    assert kept_line.status_code == 200
    assert "diterbitkan" in kept_line.text
    page = sri.post(form, data=sent | {"do": "periksa"})
    assert page.status_code == 409
    assert "Lama. Lalu kata Sri." in page.text
    assert opened(sri, form)["body"] == "Lama. Lalu kata Sri."
    assert sri.post(form, data=sent | {"do": "usul"}).status_code == 303
    assert "Lama.\n" in office.text("articles/panen.md")
    history = owner.get(f"{form}/riwayat").text
    assert history.count("Lama. Lalu kata Sri.") == 1
    assert "<b>Tulisan untuk pembaca</b>" in history
    assert "<small>Sri · " in history
    assert "belum diterbitkan" in owner.get("/admin/").text
    (remark,) = re.findall(r'value="(selesai:\d+)"', owner.get(form).text)
    owner.post(form, data=opened(owner, form) | {"do": remark})
    assert "selesai:" not in owner.get(form).text
    assert sri.get(form).status_code == 403


def test_a_text_that_was_not_chosen_stands_once_in_the_history_with_its_field_and_name(office, owner):
    dwi = office.browser("dwi", Role.EDITOR)
    mine, theirs = opened(owner), opened(dwi)
    dwi.post(FORM, data=theirs | {"title": "Judul Dwi", "do": "simpan"})
    page = owner.post(FORM, data=mine | {"title": "Judul Ratri", "do": "simpan"})
    sent = answers_in(page.text) | {"pilih.title": "theirs"}
    owner.post(f"{FORM}/simpan", data=sent)
    assert opened(owner)["title"] == "Judul Ratri"
    owner.post(FORM, data=sent | {"do": "simpan"})
    owner.post(FORM, data=sent | {"do": "simpan"})
    history = owner.get(f"{FORM}/riwayat").text
    aside = history[history.index("disisihkan") :]
    assert aside.count("Judul Ratri") == 1
    assert "Judul Dwi" not in aside
    assert "<b>Judul</b>" in aside
    assert "<small>Ratri · " in aside
