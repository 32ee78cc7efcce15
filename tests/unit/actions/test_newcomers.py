"""Names in a form: who has a record, who gets one, and who might be meant."""

import pytest

from kentongan.actions.newcomers import NEW, named_in
from kentongan.model import Kind
from tests.cms.newsrooms import Office


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("office"))
    yield office.room
    office.database.close()


def named(room, **answers):
    return named_in(room, Kind.EPISODE, {f"credits.0.{key}": value for key, value in answers.items()})


def test_who_is_new_gets_a_draft_with_degrees_apart_and_the_role_as_stated(room):
    found = named(room, person="", name="Ratmi Lestari, S.E.", stated="Bendahara Koperasi Melati")
    (edit,) = found.newcomers
    assert found.answers["credits.0.person"] == "ratmi-lestari"
    assert found.answers["credits.0.name"] == "Ratmi Lestari, S.E."
    assert (edit.path, edit.base) == ("people/ratmi-lestari.md", None)
    assert edit.changes == {
        "name": "Ratmi Lestari",
        "suffix": "S.E.",
        "role": "Bendahara Koperasi Melati",
        "status": "draft",
    }


@pytest.mark.parametrize("name", ["Agus Prasetya", "agus prasetya", "Agus Prasetya, S.E."])
def test_a_name_that_is_there_is_that_person(room, name):
    found = named(room, person="", name=name)
    assert (found.answers["credits.0.person"], found.newcomers) == ("agus-prasetya", ())


def test_a_name_that_is_nearly_there_is_asked_about(room):
    found = named(room, person="", name="Agus Prasetia")
    assert (found.newcomers, list(found.doubts)) == ((), ["credits.0.person"])
    assert "Agus Prasetya" in found.doubts["credits.0.person"].told("id")


def test_who_is_said_to_be_new_is_new_whatever_the_name(room):
    found = named(room, person=NEW, name="Agus Prasetya")
    assert (found.answers["credits.0.person"], len(found.newcomers)) == ("agus-prasetya-2", 1)


def test_who_is_chosen_stays_chosen(room):
    found = named(room, person="j-rahmat-sudrajat", name="Siapa Saja")
    assert (found.answers["credits.0.person"], found.newcomers) == ("j-rahmat-sudrajat", ())


@pytest.mark.parametrize("name", ["", "  "])
def test_without_a_name_nobody_is_made(room, name):
    assert named(room, person="", name=name).newcomers == ()


@pytest.mark.parametrize("name", ["李小龍", "../../etc", "<script>", "x" * 500, "-", "Dr."])
def test_a_strange_name_stays_as_it_is_and_its_file_in_its_folder(room, name):
    (edit,) = named(room, person="", name=name).newcomers
    assert edit.changes["name"] == name
    assert edit.path.count("/") == 1
    assert edit.path.startswith("people/")


def test_one_name_twice_is_one_person(room):
    answers = {"credits.0.name": "Sri Wahyuni", "credits.1.name": "Sri Wahyuni"}
    found = named_in(room, Kind.EPISODE, answers)
    assert len(found.newcomers) == 1
    assert found.answers["credits.0.person"] == found.answers["credits.1.person"]
