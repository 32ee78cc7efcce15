"""Who takes part. The law: in these shapes, whoever is announced is read whole, name, degrees and post."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kentongan.intake import read_announcement
from tests.thorough import examples

NAMES = (
    "Siti Aminah",
    "I Wayan Sudarta",
    "M. Ridwan Basri",
    "Wulan Anggraeny S",
    "Muhammad Rusli Daeng Ngalle",
    "Maria Imakulata Seran",
    "La Ode Hasan",
    "Nur'aini Hasanah",
    "Abdul Ghofur bin Salim",
    "Kwik Tjin Hong",
    "R. Soeprapto",
    "Moch. Anwar",
    "Hasnah",
    "Gusti Ayu Mirah",
)
BEFORE = ("", "Dr. ", "Ir. ", "Hj. ", "Drs. H. ", "Prof. Dr. ", "K.H. ", "drh. ", "Pdt. ", "Bapak ", "Ibu ")
AFTER = (
    "",
    "S.E.",
    "S.Pt",
    "S.E., M.M.",
    "A.Md.",
    "S.H., M.Kn.",
    "Lc., M.A.",
    "Ph.D.",
    "S.Farm., Apt.",
    "SE, MM",
    "S.Tr.Kom.",
)
POSTS = (
    "Ketua Koperasi Tani Makmur",
    "Kepala Dinas Koperasi dan UKM Kabupaten Bantul",
    "Kepala Bidang Koperasi, Dinas Koperasi, UKM, dan Perdagangan Kota Bogor",
    "Penyuluh Koperasi Lapangan, Kementerian Koperasi",
    "Dosen Universitas Gadjah Mada",
    "perajin batik",
    "psikolog keluarga",
    "Notaris",
    "Head of Marketing Pasarku",
    "Plt. Kepala Dinas Koperasi Kota Palu",
)
SHAPES = {
    "(post)": "{full} ({post})",
    "post after a comma": "{full}, {post}",
    "post after a dash": "{full} – {post}",
    "post after a bar": "{full} | {post}",
    "selaku": "{full} selaku {post}",
    "post first": "{post}, {full}",
}
LISTS = {
    "numbers": lambda items: "Narasumber:\n" + "\n".join(f"{place}. {item}" for place, item in enumerate(items, 1)),
    "letters": lambda items: "Pembicara :\n" + "\n".join(f"{'abc'[place]}) {item}" for place, item in enumerate(items)),
    "emoji": lambda items: "🎤 Narasumber\n" + "\n".join(f"✅ {item}" for item in items),
    "labels": lambda items: "\n".join(f"Narasumber {place}: {item}" for place, item in enumerate(items, 1)),
    "HTML": lambda items: "<p>Narasumber:</p><ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>",
    "semicolons": lambda items: "Narasumber: " + "; ".join(items),
    "prose": lambda items: f"Siaran ini menghadirkan {_joined(items)}.",
    "bersama": lambda items: f"Siaran bersama {_joined(items)} dalam program Warta.",
    "akan hadir": lambda items: f"{_joined(items)} akan hadir di studio.",
}


def _joined(items):
    return ", ".join(items[:-1]) + (", dan " if len(items) > 2 else " dan ") + items[-1] if len(items) > 1 else items[0]


@st.composite
def guests(draw):
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    return [
        (draw(st.sampled_from(BEFORE)), name, draw(st.sampled_from(AFTER)), draw(st.sampled_from(POSTS)))
        for name in names
    ]


def read(text):
    announced = f'Program "Warta" di Radio Lestari, Rabu, 22 Juli 2020 pukul 10.00 WIB.\n\n{text}\n\nJangan lupa, ya.'
    return read_announcement(announced).to_json("en")["people"]


def bare(value):
    return (value or "").strip(" .").casefold()


@settings(max_examples=examples(120))
@given(guests(), st.sampled_from(sorted(SHAPES)), st.sampled_from(sorted(LISTS)))
def test_whoever_is_announced_is_read_whole(people, shape, kind):
    items = [
        SHAPES[shape].format(full=f"{before}{name}{', ' if after else ''}{after}", post=post)
        for before, name, after, post in people
    ]
    text = LISTS[kind](items)
    # A name that ends in an initial keeps the full stop of its sentence: it may well be the initial's own.
    found = {(bare(one["prefix"]), one["name"].rstrip("."), bare(one["suffix"]), one["role"]) for one in read(text)}
    for before, name, after, post in people:
        prefix = "" if before in ("Bapak ", "Ibu ") else bare(before)
        assert (prefix, name, bare(after), post) in found, text


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Siaran bersama Ketua Kopma UNY Galih Pamungkas.", "Galih Pamungkas", "Ketua Kopma UNY"),
        ("Siaran bersama Galih Pamungkas Ketua Kopma UNY.", "Galih Pamungkas", "Ketua Kopma UNY"),
        ("Siaran bersama Bu Ratmi, pedagang tahu.", "Ratmi", "pedagang tahu"),
        ("siaran bareng pak budi santoso ketua kopma", "budi santoso", "ketua kopma"),
        ("NARASUMBER: DRA. ENDANG PURWANTI, M.M., KEPALA BIDANG", "ENDANG PURWANTI", "KEPALA BIDANG"),
        ("Budi Santoso, S.E.\nKetua KUD Turi", "Budi Santoso", "Ketua KUD Turi"),
        ("Siaran bersama Sinta, Petugas Gizi, Kulon Progo.", "Sinta", "Petugas Gizi, Kulon Progo"),
    ],
)
def test_other_orders(text, name, role):
    assert [(one["name"], one["role"]) for one in read(text)] == [(name, role)]


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi Sdri. Anis (0813-2888-7766).",
        "Konfirmasi kepada Bu Siti (0813-2888-7766).",
        "Siaran bersama Koperasi Maju dan Dinas Koperasi.",
        "Bersama Membangun Koperasi.",
        "Hormat kami,\nKepala Dinas\n\nDrs. Budi Santoso, M.M.",
        "Bingkisan untuk sepuluh penanya.",
    ],
)
def test_nobody_is_made_up(text):
    assert read(text) == []


def test_a_guessed_border_is_a_doubt():
    said = "Program Warta, Rabu, 22 Juli 2020 pukul 10.00, bersama Ketua Kopma UNY Galih Pamungkas, di Radio Suka."
    found = read_announcement(said)
    assert "people.0.name" in [doubt.field for doubt in found.doubts]


def test_a_host_is_told_from_a_guest():
    assert [(one["name"], one["part"]) for one in read("Narasumber: Budi Santoso\nHost: Rina")] == [
        ("Budi Santoso", "guest"),
        ("Rina", "host"),
    ]
