"""Whose name is read as the office's."""

import pytest

from kentongan.comments.posing import poses

OFFICE = "Koperasi Sumber Rejeki"


@pytest.mark.parametrize(
    "name",
    [
        "Koperasi Sumber Rejeki",
        "KOPERASI  SUMBER REJEKI (resmi)",
        "Koperasi Sumber Rezeki",
        "K0perasi Sumb3r Rejek1",
        "Kóperasi Sumber Rejeki",
        "Admin",
        "Pengurus Koperasi",
        "Pengurus2",
        "Admin_Pusat",
        "AkunResmi",
        "KoperasiSumberRejeki",
        "bu_koperasisumberrejeki_7",
        "\u041a\u043e\u0440\u0435r\u0430si Sumb\u0435r Rejeki",
    ],
)
def test_it_is(name):
    assert poses(name, OFFICE)


@pytest.mark.parametrize(
    "name", ["Bu Ratmi", "Bu Resmi", "Ratmi2", "Dian_Sumber", "Sumber", "Rejeki", "Warga Koperasi", "Adminah", "李"]
)
def test_it_is_not(name):
    assert not poses(name, OFFICE)


def test_an_office_that_is_not_built_yet_has_no_name():
    assert not poses("Bu Ratmi", "")
