"""What the admin's pages load: small, kept for ever under its own address, and nothing else than what is there."""

import re

import pytest

from tests.cms.filling import FORM
from tests.cms.newsrooms import Office

CODE_BYTES = 120_000
"""What the code of the editor's page may weigh on its way to a phone."""


@pytest.fixture(scope="module")
def owner(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("office"))
    yield office.browser("ratri")
    office.database.close()


@pytest.fixture(scope="module")
def addresses(owner):
    return sorted(set(re.findall(r'"(/admin/static/[^"]+)"', owner.get(FORM).text)))


@pytest.mark.parametrize("encoding", ["br", "gzip", "gzip, deflate, br;q=0"])
def test_the_editors_code_is_light(owner, addresses, encoding):
    answers = [owner.get(one, headers={"accept-encoding": encoding}) for one in addresses]
    assert {answer.headers["content-encoding"] for answer in answers} == {encoding.partition(",")[0]}
    assert sum(int(answer.headers["content-length"]) for answer in answers) <= CODE_BYTES


def test_each_is_kept_for_ever_and_asked_for_anew_when_it_changes(owner, addresses):
    for address in addresses:
        assert "immutable" in owner.get(address).headers["cache-control"]
        name = address.split("/", 4)[4]
        for other in (f"/admin/static/{name}", f"/admin/static/0123456789/{name}"):
            answer = owner.get(other)
            assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
            assert answer.text == owner.get(address).text


@pytest.mark.parametrize("path", ["../desk.py", "x/../../desk.py", "tidak.js", "", "vendor/.installed", "%00"])
def test_nothing_else_is_there(owner, path):
    assert owner.get(f"/admin/static/{path}").status_code == 404


def test_pages_travel_small_and_whole(owner):
    plain = owner.get(FORM, headers={"accept-encoding": "identity"})
    small = owner.get(FORM, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert int(small.headers["content-length"]) < int(plain.headers["content-length"]) / 3
    assert small.text == plain.text
