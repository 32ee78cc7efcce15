"""The made-up office of the benchmarks is a sound one, and the table says what was measured."""

from bench.corpus import NOW, office_files, write_office
from bench.kentongan import cases
from bench.peers import PEERS, write_site
from bench.table import table
from kentongan.build.plan import plan
from kentongan.markup import Prose
from kentongan.site import assemble
from kentongan.store import load


def test_the_office_is_the_same_each_time_and_nothing_is_wrong_with_it(tmp_path):
    assert list(office_files(60)) == list(office_files(60))
    write_office(tmp_path, 60)
    prose = Prose()
    site = assemble(load(tmp_path / "content", prose), "https://contoh.example", NOW)
    prose.close()
    assert plan(site).findings == ()
    assert (len(site.articles), len(site.episodes), len(site.consultations)) == (60, 6, 3)


def test_every_change_that_is_measured_leaves_a_sound_office(tmp_path):
    write_office(tmp_path, 20)
    prose = Prose()
    for name, prepare in cases(tmp_path, 20):
        prepare()
        assert load(tmp_path / "content", prose).findings == (), name
    prose.close()


def test_other_generators_get_the_same_articles(tmp_path):
    for peer in PEERS:
        write_site(peer, tmp_path / peer.name, 20)
        assert len(list((tmp_path / peer.name / peer.articles).glob("kabar-*.md"))) == 20


def measured(articles, wall):
    cost = {"wall": wall, "cpu": wall, "peak": 100.0}
    seen = [{"article": 0.01, "list": 0.02, "feed": 0.03}]
    ours = {"runs": {"cold": cost, "no change": cost}, "outputs": 9, "resident": {"seconds": seen, "memory": 50.0}}
    hugo = {"runs": {"cold": cost | {"wall": 2 * wall}, "body edit": cost}, "outputs": 8, "resident": None}
    return {"articles": articles, "generators": {"Kentongan": ours, "Hugo": hugo}}


def test_the_table_gives_figures_ratios_and_growth():
    told = table([measured(10, 1.0), measured(100, 10.0)], [{"name": "feeds: one", "value": 0.5, "unit": "ms"}])
    assert "| cold, s | 10 | 20 | 0.50× Hugo |" in told
    assert "| no change, s | 10 | 10 | 1.00× Hugo |" in told
    assert "| save to visible, article, p50, ms | 10 | – |  |" in told
    assert "from 10 to 100: Kentongan 1.00, Hugo 1.00." in told
    assert "| feeds: one | 0.5 | ms |" in told
