"""People: each with what they took part in, in the words of that day; listed by name, without degrees."""

from kentongan.site.site import Site
from kentongan.views.cards import credit_lines
from kentongan.views.people import people_page, person_page
from tests.unit import factories as made


def office(*people, credit=None) -> Site:
    credits_ = [credit or made.credit(role="host", stated="Penyuluh", name="Wulan, S.Si")]
    return made.site(
        *people,
        made.program(),
        made.station(),
        made.episode(credits=credits_),
        made.consultation(),
        made.meeting(credits=[made.credit(stated="Kepala Dinas")]),
    )


def test_talks_and_consultations_are_told_with_the_role_as_then_stated():
    wulan = made.person(role="Sekarang Menteri", suffix="S.Si, Ph.D.")
    page = person_page(office(wulan), wulan)
    assert (page.role, page.name) == ("Sekarang Menteri", "Wulan, S.Si, Ph.D.")
    assert [(card.link.label, card.stated, card.role) for card in page.episodes] == [
        ("Koperasi Tangguh", "Penyuluh", "host")
    ]
    assert [(card.link.label, card.stated) for card in page.consultations] == [
        ("Konsultasi di kantor", "Kepala Dinas"),
        ("Konsultasi PLUT", "Penyuluh"),
    ]


def test_a_credit_may_name_an_alias():
    wulan = made.person(id="wulan-anggraeny", name="Wulan Anggraeny", aliases=["Bu Wulan", "Wulan"])
    site = office(wulan, credit=made.credit(person="bu-wulan", name=None, stated="Penyuluh"))
    page = person_page(site, wulan)
    assert [card.stated for card in page.episodes] == ["Penyuluh"]
    assert len(page.consultations) == 2
    assert site.findings == ()
    [line] = credit_lines(site, site.episodes[0].credits)
    assert (line.name.label, line.name.url) == ("Wulan Anggraeny, S.Si", "/narasumber/wulan-anggraeny/")


def test_whom_one_credit_calls_by_alias_and_another_by_name_is_listed_once():
    wulan = made.person(aliases=["Bu Wulan"])
    told = credit_lines(office(wulan), [made.credit(stated="Penyuluh"), made.credit(person="bu-wulan")])
    assert [line.stated for line in told] == ["Penyuluh"]


def test_a_name_nobody_is_called_is_a_finding_and_words():
    site = office(credit=made.credit(person="entah-siapa", name=None))
    assert [finding.rule for finding in site.findings] == ["dangling", "dangling"]
    assert [line.name.url for line in credit_lines(site, site.episodes[0].credits)] == [None]


def test_everyone_is_listed_by_name_whatever_the_degrees():
    people = [
        made.person(id="c", name="citra", prefix="Dr."),
        made.person(id="a", name="Agus", prefix="Prof. Dr. H.", suffix="S.E."),
        made.person(id="b", name="Budi", suffix=None),
    ]
    cards = people_page(made.site(*people)).people
    assert [card.link.label for card in cards] == ["Prof. Dr. H. Agus, S.E.", "Budi", "Dr. citra, S.Si"]


def test_a_degree_in_a_name_is_a_finding_that_says_where_it_belongs():
    names = {"a": "Dr. Agus", "b": "Budi, S.E.", "c": "Dra Citra", "d": "H. Dedi", "e": "Drajat", "f": "J. Rahmat"}
    people = [made.person(id=id_, name=name) for id_, name in names.items()]
    assert [(one.rule, one.path) for one in made.site(*people).findings] == [
        ("degree", "person/a.md"),
        ("degree", "person/b.md"),
        ("degree", "person/c.md"),
    ]
