"""The built site as it is served while a build puts other files in the place of those that are being asked for."""

import pytest
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from kentongan_cms.site_files import SiteFiles


class Replaced(SiteFiles):
    """Somebody puts another page in place between the look at the old one and its opening."""

    words: str | None = ""

    def lookup_path(self, path):
        found = super().lookup_path(path)
        page = self.directory / "index.html"
        if found[1] and self.words is None:
            page.unlink()
        elif found[1]:
            (new := page.with_name("new")).write_text(self.words)
            new.replace(page)
        return found


@pytest.fixture
def site(tmp_path):
    (tmp_path / "index.html").write_text("old words")
    return Replaced(tmp_path, tmp_path / "media")


@pytest.mark.parametrize("words", ["", "new", "new words, and more of them than there were before"])
def test_a_page_that_is_replaced_meanwhile_is_sent_whole(site, words):
    site.words = words
    answer = TestClient(site).get("/")
    assert (answer.text, answer.headers["content-length"]) == (words, str(len(words)))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert TestClient(site).get("/", headers={"if-none-match": answer.headers["etag"]}).status_code in (200, 304)


def test_a_page_that_is_removed_meanwhile_is_not_found(site):
    site.words = None
    with pytest.raises(HTTPException) as raised:
        TestClient(site).get("/")
    assert raised.value.status_code == 404
