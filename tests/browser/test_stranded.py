"""What was typed when somebody else was quicker, or is kept on the phone alone: the pages that lead back to it."""

import pytest

from kentongan.accounts import Role
from tests.browser.test_screens import looked_at, needs_axe, opened
from tests.cms.filling import answers_in, new_of
from tests.cms.filling import opened as form_of
from tests.cms.newsrooms import Office
from tests.site_server import running

pytestmark = [pytest.mark.browser, pytest.mark.long, needs_axe, pytest.mark.usefixtures("editor")]
KEPT, GONE, TAKEN = "Tersimpan", "dibuang orang lain", "diterbitkan orang lain"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("office"))
    office.owner = office.browser("ratri")
    office.sri = office.browser("sri", Role.CONTRIBUTOR)
    with running(office.app) as port:
        office.address = f"http://127.0.0.1:{port}"
        yield office
    office.database.close()


@pytest.fixture
def sri(browser, office):
    """The browser of somebody who writes and does not publish."""
    page = opened(browser, office.address)
    page.context.add_cookies([{"name": "kentongan", "value": office.sri.cookies["kentongan"], "url": office.address}])
    yield page
    page.context.close()
    assert page.faults == []


@pytest.fixture
def draft(office, request):
    """The form of a draft of hers."""
    title = f"Kabar {request.node.name[5:15].strip('_')}"
    new = form_of(office.sri, new_of(office.sri)) | {"title": title, "body": "Lama.", "do": "lihat"}
    return office.sri.post("/admin/isi/articles/baru", data=new).headers["location"].removesuffix("/lihat")


def write(page, words):
    page.fill("#summary", words)


def test_a_draft_that_is_thrown_away_comes_back_with_what_is_typed(office, sri, draft):
    sri.goto(draft)
    office.owner.post(draft, data=answers_in(office.owner.get(draft).text) | {"do": "buang"})
    write(sri, "Ditulis sesudah dibuang.")
    sri.get_by_role("link", name=GONE).click()
    sri.get_by_role("button", name="Kembalikan").wait_for()
    assert looked_at(sri, "berita-dibuang") == []
    sri.get_by_role("button", name="Kembalikan").click()
    sri.get_by_role("link", name="Riwayat").wait_for()
    assert sri.locator("#summary").input_value() == "Ditulis sesudah dibuang."


def test_what_is_typed_while_it_is_published_is_sent_to_whoever_publishes(office, sri, draft):
    sri.goto(draft)
    office.owner.post(f"{draft}/lihat", data={"do": "terbit"})
    write(sri, "Ditulis sesudah terbit.")
    sri.get_by_role("link", name=TAKEN).click()
    sri.get_by_role("button", name="Kirim tulisan saya").wait_for()
    assert looked_at(sri, "berita-keburu-terbit") == []
    sri.get_by_role("button", name="Kirim tulisan saya").click()
    sri.wait_for_url("**/admin/")
    sri.context.add_cookies([{"name": "kentongan", "value": office.owner.cookies["kentongan"], "url": office.address}])
    for name, address in (("beranda-usulan", "/admin/"), ("usulan", draft), ("riwayat-usulan", f"{draft}/riwayat")):
        sri.goto(address)
        assert looked_at(sri, name) == []
    assert sri.get_by_text("Ditulis sesudah terbit.").count() == 1


def test_what_is_on_the_phone_alone_is_offered_at_home_and_at_the_next_new_form(sri):
    sri.goto("/admin/isi/articles/baru")
    sri.context.set_offline(True)
    sri.fill("#title", "Hanya di ponsel")
    sri.get_by_text("Tanpa sinyal").wait_for()
    left = sri.url
    sri.evaluate("navigator.sendBeacon = () => false")
    sri.goto("about:blank")
    sri.context.set_offline(False)
    for address in ("/admin/", "/admin/isi/articles/baru"):
        sri.goto(address)
        link = sri.locator("#on-phone").get_by_role("link")
        assert link.evaluate("link => link.href") == left
        assert looked_at(sri, f"ponsel{address.count('/')}") == []
    link.click()
    sri.get_by_role("button", name="Pakai").click()
    sri.wait_for_function("() => document.querySelector('#title').value === 'Hanya di ponsel'")
    assert sri.locator("#on-phone a").count() == 0
