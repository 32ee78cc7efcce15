"""The live player on a real Icecast, under the policy that our server sends."""

from datetime import datetime

import pytest

from tests.browser.test_player import LIVE, STATION, until
from tests.icecast import needs_icecast, on_air
from tests.offices import CONF, kentongan, write

pytestmark = [pytest.mark.browser, needs_icecast]


def test_a_listener_hears_the_station(tmp_path, serve, browser):
    with on_air() as stream:
        office = write(
            tmp_path,
            {
                "content/site.yml": "name: Kantor\nzone: WIB\n",
                "pelicanconf.py": CONF,
                "content/programs/kas.md": "---\ntitle: Buku Kas\nguid: eb72158c-6b91-4928-a882-28902eff5994\n---\n",
                "content/stations/desa.md": STATION.format(name="Desa", url=stream),
                "content/episodes/di-udara.md": LIVE.format(station="desa"),
            },
        )
        assert kentongan(office, "build", "--now", "2026-11-24T08:00+07:00").returncode == 0
        page = browser.new_context(locale="id-ID").new_page()
        page.clock.install(time=datetime.fromisoformat("2026-11-25T10:30:00+07:00"))
        page.goto(f"{serve(office / 'output')}/program/kas/di-udara/")
        page.get_by_role("link", name="Dengarkan langsung").last.click()
        until(page, "document.querySelector('audio')?.currentTime > 0.5")
        assert page.evaluate("document.querySelector('audio').currentSrc") == stream
        assert page.evaluate("document.querySelector('audio').error") is None
