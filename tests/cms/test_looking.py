"""How often the content folder is looked at in one request."""

from kentongan.store import atomic
from kentongan_cms.admin.looking import look, one_look


def test_one_look_serves_a_request_until_something_is_written(tmp_path):
    (tmp_path / "articles").mkdir()
    looks = []

    def ask():
        look(tmp_path, lambda: looks.append(1))
        return len(looks)

    with one_look():
        assert [ask(), ask(), ask()] == [1, 1, 1]
        atomic.write(tmp_path / "articles/kabar.md", b"x")
        assert [ask(), ask()] == [2, 2]
    assert [ask(), ask()] == [3, 4]
