"""The office's pictures, over HTTP on the real application."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO

import pytest
from PIL import Image

from tests.cms.test_entrance import browser
from tests.offices import write
from tests.unit.pictures.test_intake import EVIL, encoded, photo
from tests.unit.repository.test_writer import git

ALT = "Ibu-ibu menata keripik"
JPEG = encoded(photo(), "JPEG", comment=EVIL)
ARTICLE = "---\ntitle: Pasar ramai\ndate: 2026-07-01\n---\n\n![Kios]({{static}}/media/{path})\n"
GALLERY = "/admin/gambar/"


def sent(visitor, data=JPEG, alt=ALT, to=GALLERY, name="../../etc/passwd\0.jpg", **more):
    return visitor.post(to, data={"alt": alt, **more}, files={"berkas": (name, data, "text/html")})


def added(visitor, **more):
    """The path of a picture that was just added."""
    answer = sent(visitor, **more)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removeprefix(f"{GALLERY}satu/").partition("?")[0]


def test_a_photo_is_kept_under_its_words_and_committed_by_its_sender(owner, content):
    path = added(owner, pusat="15% 85%")
    assert re.fullmatch(r"ibu-ibu-menata-keripik-[0-9a-f]{6}\.jpg", path)
    kept = (content / "media" / path).read_bytes()
    assert b"script" not in kept
    assert Image.open(BytesIO(kept)).size == (640, 480)
    assert git(content, "log", "-1", "--format=%an|%s") == f"Ratri|Tambah gambar {path}"
    page = owner.get(f"{GALLERY}satu/{path}").text
    assert ALT in page
    assert 'value="15% 85%" aria-label="kiri bawah" checked' in page


def test_the_very_same_picture_is_kept_once(owner, content):
    path = added(owner)
    answer = sent(owner, alt="Foto yang sama")
    assert answer.headers["location"] == f"{GALLERY}satu/{path}?kata=sudah-ada"
    assert "sudah ada" in owner.get(answer.headers["location"]).text
    assert len(list((content / "media").glob("*.jpg"))) == 1


@pytest.mark.parametrize("alt", ["", "  ", "IMG_20200719_101522", "WhatsApp Image 2020-07-19 at 10.15.22", "20200719"])
def test_a_picture_needs_words_and_a_cameras_are_none(owner, content, alt):
    answer = sent(owner, alt=alt)
    assert answer.status_code == 422
    assert 'id="alt-trouble"' in answer.text
    assert not (content / "media").exists()


@pytest.mark.parametrize("data", [b"", EVIL, b"<svg xmlns='http://www.w3.org/2000/svg'/>", JPEG[:3000], b"PK\3\4zip"])
def test_what_is_no_picture_is_refused_beside_the_field(owner, content, data):
    answer = sent(owner, data=data)
    assert answer.status_code == 422
    assert 'id="berkas-trouble"' in answer.text
    assert f'value="{ALT}"' in answer.text
    assert not (content / "media").exists()


def test_a_form_that_is_too_long_is_not_read(owner, content):
    answer = sent(owner, data=b"\0" * 12_000_000)
    assert answer.status_code == 413
    assert "10 MB" in answer.text


def test_a_stranger_sends_nothing_of_size(app, owner):
    assert sent(browser(app), data=b"\0" * 200_000).status_code == 413
    assert sent(browser(app)).headers["location"].startswith("/admin/masuk")


def test_pictures_are_found_by_their_words_and_paged(owner, content, monkeypatch):
    monkeypatch.setattr("kentongan_cms.admin.pictures._PER_PAGE", 2)
    for number in range(3):
        small = encoded(Image.new("RGB", (40 + number, 30), "navy"), "PNG")
        added(owner, data=small, alt=f"Pasar nomor {number} hari ini")
    assert [owner.get(f"{GALLERY}?{asked}").text.count('loading="lazy"') for asked in (
        "", "hal=2", "hal=99999999999", "hal=-1", "cari=nomor+1+PASAR", "cari=gajah"
    )] == [2, 1, 2, 2, 1, 0]  # fmt: skip
    assert "Coba" in owner.get(f"{GALLERY}?cari=gajah").text


def test_where_it_is_shown_is_said_and_keeps_it_from_being_deleted(owner, content):
    path = added(owner)
    write(
        content, {"articles/pasar.md": ARTICLE.format(path=path), "articles/lain.md": ARTICLE.format(path="x" + path)}
    )
    page = owner.get(f"{GALLERY}satu/{path}").text
    assert re.findall(r'<a href="/admin/isi/articles/(\w+)">([^<]+)', page) == [("pasar", "Pasar ramai")]
    assert owner.post(f"{GALLERY}satu/{path}", data={"do": "hapus"}).status_code == 422
    (content / "articles/pasar.md").unlink()
    assert owner.post(f"{GALLERY}satu/{path}", data={"do": "hapus"}).headers["location"] == GALLERY
    assert not list((content / "media").glob("*"))
    show = ["git", "show", f"HEAD~1:./media/{path}"]
    assert subprocess.run(show, cwd=content, capture_output=True, check=True).stdout.startswith(b"\xff\xd8")


def test_another_picture_takes_its_place_under_the_same_name(owner, content):
    path = added(owner)
    other = encoded(Image.new("RGB", (50, 40), "red"), "PNG")
    assert sent(owner, data=other, to=f"{GALLERY}satu/{path}", do="ganti").status_code == 303
    with Image.open(content / "media" / path) as now:
        assert (now.format, now.size) == ("JPEG", (50, 40))
    assert ALT in owner.get(f"{GALLERY}satu/{path}").text


def test_what_is_said_of_it_can_be_changed(owner, content):
    path = added(owner, pusat="15% 15%")
    for focus in ("85% 85%", ""):
        assert owner.post(f"{GALLERY}satu/{path}", data={"alt": "Kios buka", "pusat": focus}).status_code == 303
    assert (content / f"media/{path}.md").read_text().rstrip() == "---\nalt: Kios buka\n---"
    assert owner.post(f"{GALLERY}satu/{path}", data={"alt": "DSC_0012"}).status_code == 422


def test_a_form_is_given_the_picture_that_was_chosen(owner, content):
    path = added(owner)
    to = f"{GALLERY}?untuk=/admin/isi/articles/pasar&kolom=image.src"
    back = f"/admin/isi/articles/pasar?gambar={path}&amp;kolom=image.src"
    assert f'href="{back}"' in owner.get(to).text
    answer = sent(owner, to=to, alt="Yang baru", data=encoded(photo((90, 70)), "PNG"))
    assert answer.headers["location"].startswith("/admin/isi/articles/pasar?gambar=yang-baru-")
    for elsewhere in ("https://jahat.example/", "//jahat.example", "/berita/"):
        assert "jahat" not in owner.get(f"{GALLERY}?untuk={elsewhere}&kolom=x").text


def test_pictures_are_served_as_pictures_that_cannot_script(owner, content):
    path = added(owner)
    for size in ("kecil", "utuh"):
        answer = owner.get(f"{GALLERY}{size}/0/{path}")
        assert answer.headers["content-type"] == {"kecil": "image/webp", "utuh": "image/jpeg"}[size]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["%2e%2e/site.yml", "..%2f..%2fvar/kentongan.db", "a%00.jpg", "x.jpg"])
def test_no_other_file_is_handed_out(owner, path):
    for page in ("kecil/0/", "utuh/0/", "satu/"):
        assert owner.get(f"{GALLERY}{page}{path}").status_code == 404


def test_who_writes_drafts_adds_and_who_edits_replaces(visitors, content):
    path = added(visitors["ratri"])
    budi, mod = visitors["budi"], visitors["mod"]
    assert added(budi, data=encoded(photo((90, 70)), "PNG"))
    for do in ("ganti", "hapus"):
        assert sent(budi, to=f"{GALLERY}satu/{path}", do=do).status_code == 422
    assert 'value="hapus"' not in budi.get(f"{GALLERY}satu/{path}").text
    assert sent(mod).status_code == mod.get(GALLERY).status_code == 403
    assert mod.get(f"{GALLERY}utuh/0/{path}").status_code == 404


def test_what_is_said_of_a_picture_is_only_words(owner, content):
    path = added(owner, alt="<script>alert(1)</script>")
    for page in (GALLERY, f"{GALLERY}satu/{path}"):
        assert "<script>alert" not in owner.get(page).text
