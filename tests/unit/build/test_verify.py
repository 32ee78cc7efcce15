"""What keeps a release from going live."""

import pytest

from kentongan.build.objects import digests
from kentongan.build.private import Private
from kentongan.build.soundness import file_faults
from kentongan.build.verify import Unfit, Verifier, dead_links, public_address
from tests.offices import commit, write

HOME = '<link rel="canonical" href="https://a.example/kantor/">'
GOOD = {"index.html": HOME, "version.json": "{}"}
TOKEN = "ghp_" + "a1B2" * 9


def verify(folder, files, former=None, **how):
    output = write(folder / "output", {**GOOD, **files})
    private = how.pop("private", Private({}, folder / "content"))
    Verifier(private, **how).verify(output, digests(output), former)


def faults(folder, files, former=None, **how):
    with pytest.raises(Unfit) as caught:
        verify(folder, files, former, **how)
    return [fault.told("en") for fault in caught.value.faults]


def test_dead_links_below_a_path(tmp_path):
    write(
        tmp_path,
        {
            "index.html": f'{HOME}<a href="/kantor/a/">a</a><a href="/lain/">keluar</a><a href="#x">x</a>'
            '<img src="b.png"><img srcset="c.png 1x, /kantor/a/index.html 2x"><video poster="d.png"></video>'
            '<a href="https://b.example/">b</a><a href="mailto:a@b.example">c</a>',
            "a/index.html": '<a href="../">up</a><a href="../none/">none</a><a href="x\0y">z</a>',
        },
    )
    assert set(dead_links(tmp_path)) >= {
        ("a/index.html", "../none/"),
        ("index.html", "/lain/"),
        ("index.html", "b.png"),
        ("index.html", "c.png"),
        ("index.html", "d.png"),
    }
    assert public_address(tmp_path) == "https://a.example/kantor/"


def test_an_empty_page_has_no_links(tmp_path):
    write(tmp_path, {"index.html": ""})
    assert (list(dead_links(tmp_path)), public_address(tmp_path)) == ([], "")


def test_every_fault_is_named_with_its_file(tmp_path):
    assert faults(
        tmp_path,
        {
            "a.html": "<div><p>a</div></b>",
            "b.html": '<p id="x"><i id="x"></i><i id="y" id="z"></i>',
            "feed.xml": "<rss><channel><title>T</title><link>L</link><item/></channel></rss>",
            "c.xml": "<a>",
            "d.ics": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:S\nEND:VEVENT\nEND:VCALENDAR\n",
            "e.json": "{",
        },
    ) == [
        "a.html: </b> in line 1 closes nothing.",
        "b.html: The id “x” is given twice.",
        "b.html: The attribute “id” stands twice in line 1.",
        "c.xml: It is not well-formed XML: Premature end of data in tag a line 1, line 1, column 4 (<string>, line 1).",
        "d.ics: An event of the calendar lacks its UID or its start.",
        "e.json: It is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1).",
        "feed.xml: The feed lacks description.",
        "feed.xml: The feed lacks guid.",
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>a<li>b</ul><table><tr><td>1<td>2</table><p>a<p>b",
        "<svg><path d='x'/><circle></circle></svg><br><img src=a>",
        "<script>if (a < b) document.write('</p>')</script><style>a > b {}</style><!-- <div> -->",
    ],
)
def test_what_html_allows_is_well_formed(html):
    assert list(file_faults("a.html", html.encode())) == []


@pytest.mark.parametrize("html", ["<div>", "<b><i></b></i>", "<a><div></a>", "</p>"])
def test_what_html_forbids_is_not(html):
    assert list(file_faults("a.html", html.encode()))


def test_text_that_is_not_utf8_and_calendars_that_are_none():
    for name, data in (
        ("a.html", b"\xff"),
        ("a.ics", b"x"),
        ("a.ics", b"\xff\xfe"),
        ("a.xml", b""),
        ("a.json", b"\xff"),
    ):
        assert list(file_faults(name, data)), name
    assert list(file_faults("a.mp3", b"\xff")) == []


def test_what_was_found_sound_before_is_not_looked_at_again(tmp_path):
    verify(tmp_path, {"a.html": "<div>"}, is_known=lambda _: True)


def test_secrets_of_the_environment_and_keys_of_any_kind(tmp_path):
    private = Private.of(
        tmp_path,
        {
            "KENTONGAN_SECRET_KEY": "kunci-rumah-kami",
            "KENTONGAN_TOKEN": "pendek",
            "KENTONGAN_STATE": "/var/lib/kentongan",
            "OTHER_SECRET": "bukan-milik-kami",
        },
    )
    assert faults(
        tmp_path,
        {
            "a.html": "kunci-rumah-kami",
            "b.json": f'"{TOKEN}"',
            "c.txt": "-----BEGIN OPENSSH PRIVATE KEY-----",
            "d.txt": "pendek /var/lib/kentongan bukan-milik-kami",
        },
        private=private,
    ) == [
        "a.html: It holds the value of KENTONGAN_SECRET_KEY, which is secret.",
        "b.json: It holds a private key or an access token.",
        "c.txt: It holds a private key or an access token.",
    ]


def test_addresses_that_the_office_never_wrote(tmp_path):
    write(
        tmp_path,
        {
            "content/a.md": "Surat: Halo\\_Kami@a.example",
            "theme/templates/b.html": "b@b.example",
            "content/c.md": "c@c.example",
        },
    )
    commit(tmp_path)
    write(tmp_path, {"content/c.md": "Dihapus."})
    page = "halo_kami@a.example b@b.example C@c.example logo@2x.png d@d.example"
    assert faults(tmp_path, {"a.html": page}) == [
        "a.html: It holds the e-mail address d@d.example, which no text of yours names."
    ]


def test_a_site_that_lost_a_folder(tmp_path):
    former = write(tmp_path / "former", {f"{number}.html": "" for number in range(30)})
    many = {f"{number}.html": "" for number in range(18)}
    assert faults(tmp_path, many, former) == [
        "index.html: Of 30 pages only 19 are left. If that is meant: --allow-fewer, or FEWER=yes with make."
    ]
    verify(tmp_path, many, former, may_shrink=True)
    verify(tmp_path, many | {"18.html": ""}, former)


def test_many_faults_are_told_in_part_and_counted(tmp_path):
    with pytest.raises(Unfit) as caught:
        verify(tmp_path, {f"{number}.json": "" for number in range(30)})
    told = caught.value.told("id").splitlines()
    assert len(told) == 21
    assert "30" in told[-1]


@pytest.mark.parametrize("at", ["&#64;", "&#x40;", "&commat;", "%40"])
def test_an_address_is_the_same_however_its_at_is_written(tmp_path, at):
    write(tmp_path, {"content/a.md": f"Surat: Budi{at}Koperasi.example"})
    verify(tmp_path, {"a.html": "budi@koperasi.example", "b.html": f'<a href="mailto:Budi{at}Koperasi.example">b</a>'})
    commit(tmp_path)
    write(tmp_path, {"content/a.md": "Dihapus."})
    verify(tmp_path, {"a.html": "budi@koperasi.example"})


def test_a_foreign_address_is_told_of_the_article_rather_than_of_its_lists(tmp_path):
    body = "<p>evil&#64;else.example</p>"
    files = {"index.html": HOME + body, "berita/a/index.html": body, "z/feed.json": '["evil@else.example"]'}
    assert [fault.partition(":")[0] for fault in faults(tmp_path, files)] == ["berita/a/index.html"]
