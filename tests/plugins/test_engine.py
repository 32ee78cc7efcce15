"""What plain Pelican swallows with exit code 0 ends ours with 1, and says what to do."""

from tests.offices import EPISODE_FILE, MORNING, edit, kentongan, run, seed, tree, write

CONF = "from kentongan_plugins.settings import *\n"


def pelican(office, **environment):
    return run(office, "-m", "pelican", "content", "-s", "pelicanconf.py", KENTONGAN_NOW=MORNING, **environment)


def test_a_missing_plugin_fails_both_ways(tmp_path):
    office = seed(tmp_path, {"pelicanconf.py": CONF + "PLUGINS = [*PLUGINS, 'not_there']\n"})
    assert pelican(office).returncode == 1
    done = kentongan(office, "build")
    assert done.returncode == 1
    assert "PLUGINS" in done.stderr
    assert not (office / "output/index.html").exists()


def test_a_plugin_that_cannot_register_fails(tmp_path):
    office = seed(
        tmp_path,
        {
            "pelicanconf.py": CONF + "PLUGIN_PATHS = ['plugins']\nPLUGINS = [*PLUGINS, 'broken']\n",
            "plugins/broken.py": "def register():\n    raise RuntimeError('no')\n",
        },
    )
    assert pelican(office).returncode == 1
    assert kentongan(office, "build").returncode == 1


def test_a_template_that_fails_is_named_and_the_old_site_stays(tmp_path):
    office = seed(tmp_path)
    kentongan(office, "build", "--now", MORNING)
    before = tree(office / "output")
    write(office, {"theme/templates/person.html": "{{ page.nothing }}"})
    done = kentongan(office, "build", "--now", MORNING)
    assert done.returncode == 1
    assert "person.html" in done.stderr
    assert tree(office / "output") == before


def test_settings_that_cannot_be_read_are_named(tmp_path):
    office = seed(tmp_path, {"pelicanconf.py": "SITEURL = \n"})
    done = kentongan(office, "build")
    assert done.returncode == 1
    assert "pelicanconf.py" in done.stderr


def test_settings_without_our_defaults_are_told_apart(tmp_path):
    office = seed(tmp_path, {"pelicanconf.py": "SITEURL = 'https://a.example'\n"})
    done = kentongan(office, "build")
    assert done.returncode == 1
    assert "from kentongan_plugins.settings import *" in done.stderr


def test_a_finding_does_not_fail_a_build_unless_strict(tmp_path):
    office = seed(tmp_path, {"content/people/rusak.md": "---\nnama: Rusak\n---\n"})
    done = kentongan(office, "build", "--now", MORNING)
    assert done.returncode == 0
    assert "people/rusak.md:2: " in done.stderr
    assert (office / "output/narasumber/agus-prasetya/index.html").exists()
    assert kentongan(office, "build", "--now", MORNING, "--strict").returncode == 1
    assert pelican(office).returncode == 0
    write(office, {"pelicanconf.py": CONF + "STRICT = True\n"})
    assert pelican(office).returncode == 1


def test_an_offices_own_template_comes_first(tmp_path):
    office = seed(tmp_path, {"theme/templates/404.html": "Milik kantor {{ page.frame.name }}"})
    kentongan(office, "build", "--now", MORNING)
    assert (office / "output/404.html").read_text() == "Milik kantor Kentongan\n"


def test_an_office_without_any_settings_builds(tmp_path):
    office = seed(tmp_path)
    (office / "pelicanconf.py").unlink()
    assert kentongan(office, "build").returncode == 0
    assert (office / "output/index.html").exists()


def test_drafts_and_embargoed_words_are_nowhere_in_the_output(tmp_path):
    office = seed(tmp_path)
    text = (office / EPISODE_FILE).read_text()
    later = text.replace("date: 2020-07-22", "date: 2020-07-23").replace("title: ", "title: Rahasia ")
    write(office, {EPISODE_FILE.replace("koperasi", "nanti"): later.replace("0b7a2c52", "1b7a2c52")})
    article = "---\ntitle: Rahasia\ndate: 2020-07-01\nstatus: draft\n---\n\nRahasia\n"
    write(office, {"content/articles/konsep.md": article})
    assert kentongan(office, "build", "--now", MORNING).returncode == 0
    assert not [name for name, data in tree(office / "output").items() if b"Rahasia" in data]
    assert kentongan(office, "build", "--now", "2020-07-23T00:00+07:00").returncode == 0
    assert [name for name, data in tree(office / "output").items() if b"Rahasia" in data]


LISTENER = """
from pelican import signals

def listen(content):
    {action}

def register():
    signals.content_object_init.connect(listen)
"""


def listening(tmp_path, action):
    return seed(
        tmp_path,
        {
            "pelicanconf.py": CONF + "PLUGIN_PATHS = ['plugins']\nPLUGINS = [*PLUGINS, 'listener']\n",
            "plugins/listener.py": LISTENER.format(action=action),
        },
    )


def test_with_a_listening_plugin_the_pages_are_the_same_bytes(tmp_path):
    plain, heard = seed(tmp_path / "plain"), listening(tmp_path / "heard", "pass")
    for office in (plain, heard):
        done = kentongan(office, "build", "--now", MORNING)
        assert done.returncode == 0, done.stderr
    assert tree(heard / "output") == tree(plain / "output")


def test_what_a_plugin_makes_of_an_article_is_what_readers_see(tmp_path):
    office = listening(tmp_path, "content._content = (content._content or '').replace('SLEMAN', 'Sleman kita')")
    done = kentongan(office, "build", "--now", MORNING)
    assert done.returncode == 0, done.stderr
    page = (office / "output/berita/koperasi-tangguh-di-masa-kebiasaan-baru/index.html").read_text()
    assert "Sleman kita" in page


def test_a_page_below_a_path_links_below_it(tmp_path):
    office = seed(tmp_path)
    done = kentongan(office, "build", "--now", MORNING, SITEURL="https://kantor.example/koperasi/")
    assert done.returncode == 0, done.stderr
    home = (office / "output/index.html").read_text()
    assert 'href="/koperasi/jadwal/"' in home
    assert 'href="/jadwal/"' not in home


def test_editing_a_file_rewrites_only_what_shows_it(tmp_path):
    office = seed(tmp_path)
    kentongan(office, "build", "--now", MORNING)
    before = tree(office / "output")
    edit(office / "content/people/agus-prasetya.md", "role: Ketua KOPMA UNY", "role: Ketua baru")
    kentongan(office, "build", "--now", MORNING)
    after = tree(office / "output")
    assert sorted(name for name in after if after[name] != before.get(name)) == [
        "data/v1/people.json",
        "data/v1/people/agus-prasetya.json",
        "narasumber/agus-prasetya/index.html",
        "narasumber/index.html",
    ]
