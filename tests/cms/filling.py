"""Fills in the forms of the admin as a browser does."""

import html
import re

from tests.offices import EPISODE

PATH = f"episodes/{EPISODE}.md"
FORM = f"/admin/isi/episodes/{EPISODE}"
ANNOUNCEMENT = (
    "Konsultasi PLUT : Merek untuk usaha rumahan\n\nSLEMAN – Ikuti obrolan dengan Agus Prasetya Ketua KOPMA UNY dan "
    "Ratmi Lestari, S.E. Bendahara Koperasi Melati dalam program “Warung Sebelah” hari Rabu tanggal 29 Juli 2020 "
    "pukul 10.00 di Radio Trijaya FM"
)


def answers_in(page):
    """What a browser would send of the form on *page*."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checked" in tag or not re.search(r'type="(?:radio|checkbox)"', tag)):
            found[name[1]] = html.unescape(value[1]) if value else "on"
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        found[name] = html.unescape(text)
    for name, inner in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    return found


def opened(browser, address=FORM):
    page = browser.get(address, follow_redirects=True)
    assert page.status_code == 200, page.text
    return answers_in(page.text)


def new_of(browser, folder="articles"):
    """The address of a new form, which no other form has."""
    answer = browser.get(f"/admin/isi/{folder}/baru")
    assert answer.status_code == 303
    return answer.headers["location"]


def typed(browser, address, **answers):
    """Types *answers* into the form at *address*, which keeps them at a pause."""
    place, _, query = address.partition("?")
    answer = browser.post(f"{place}/simpan?{query}", data=opened(browser, address) | answers)
    assert answer.status_code == 200, answer.text
    return answer.text
