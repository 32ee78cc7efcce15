"""Stations, programs, contacts and terms."""

import pytest

from kentongan.intake import read_announcement


def read(said):
    return read_announcement(f"{said}\nRabu, 22 Juli 2020 pukul 10.00 WIB.").to_json("en")


@pytest.mark.parametrize(
    ("said", "station", "frequency"),
    [
        ("Siaran di Radio Trijaya FM", "Radio Trijaya FM", None),
        ("Siaran di Radio Lestari 97,5 FM", "Radio Lestari", 97.5),
        ("Siaran di RRI Pro 1 Ambon", "RRI Pro 1 Ambon", None),
        ("Siaran di LPPL Radio Suara Kota", "LPPL Radio Suara Kota", None),
        ("Siaran di 92.3 Pandawa FM", "Pandawa FM", 92.3),
        ("Siaran di FM 102.7 Radio Samudra", "Radio Samudra", 102.7),
        ("siaran di radio swadesi fm", "radio swadesi fm", None),
        ("Siaran radio gratis di frekuensi 107,9", None, 107.9),
        ("Siaran di Radio Jaya, AM 720 kHz", "Radio Jaya", 0.72),
        ("Siaran radio kami kembali", None, None),
        ("Siaran di Radio Lestari 92.3", "Radio Lestari", 92.3),
        ("Siaran di Radio Lestari (92,3)", "Radio Lestari", 92.3),
        ("Siaran talkshow di Trijaya 97.0", "Trijaya", 97.0),
        ("Siaran radio di Trijaya 97,0 mulai pagi", "Trijaya", 97.0),
        ("Siaran\nRadio: Smart FM Makassar 101.1", "Smart FM Makassar", 101.1),
        ("Siaran\nStasiun : Geronimo", "Geronimo", None),
        ("Siaran di Radio Kita Muda 103.4 FM", "Radio Kita Muda", 103.4),
        ("Siaran di Radio Lestari FM 18 Juli", "Radio Lestari FM", None),
        ("Siaran di Radio Lestari 10.30", "Radio Lestari", None),
        ("Siaran di FM 92.3 Suka", "Suka", 92.3),
        ("Siaran di Pinguin Radio 100.4 FM", "Pinguin Radio", 100.4),
        ("siaran di radio mandalika 97,2 fm", "radio mandalika", 97.2),
        ("Siaran radio: laba di Sleman 97.0", None, None),
        ("Siaran radio: laba di Koperasi Tirta 97,5.", None, None),
        ("Siaran radio: panen di Godean 97,5 persen", None, None),
    ],
)
def test_stations_and_frequencies(said, station, frequency):
    record = read(said)
    assert (record["station"], record["frequency"]) == (station, frequency)


def test_a_frequency_outside_the_band_is_a_doubt():
    record = read("Siaran di Radio Lestari 197,5 FM")
    assert record["frequency"] is None
    assert "frequency" in [warning["field"] for warning in record["warnings"]]


@pytest.mark.parametrize(
    ("said", "program"),
    [
        ("Radio Suka, program “Warung Sebelah “ lagi", "Warung Sebelah"),
        ("Radio Suka\nProgram : Warung Sebelah", "Warung Sebelah"),
        ("Radio Suka, acara Warung Sebelah edisi 12", "Warung Sebelah"),
        ("Radio Suka, program kerja pemerintah", None),
        ("Radio Suka, siaran Rabu", None),
    ],
)
def test_programs(said, program):
    assert read(said)["program"] == program


def test_contacts_are_told_apart():
    record = read(
        "Konsultasi di kantor.\nDaftar: bit.ly/daftar-klinik\nWA 0812-3456-7890, telepon (0274) 555123"
        "\ntanya@koperasi.example\nNIP 19700101 199503 2 001, anggaran Rp 10.000.000"
    )
    assert record["phones"] == ["+6281234567890", "+62274555123"]
    assert record["whatsapp"] == ["+6281234567890"]
    assert record["email"] == "tanya@koperasi.example"
    assert record["registration"] == "https://bit.ly/daftar-klinik"


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("Konsultasi di Aula Balai Desa. Kuota 30 peserta", "quota", 30),
        ("Konsultasi di Aula Balai Desa. Terbatas untuk 25 orang", "quota", 25),
        ("Konsultasi di Aula Balai Desa. Biaya: Rp50.000", "cost", "Rp50.000"),
        ("Konsultasi gratis di Aula Balai Desa", "cost", "gratis"),
        ("Konsultasi di Aula Balai Desa. Omzet Rp50.000.000", "cost", None),
        ("Konsultasi bertempat di Pendopo Depok, jangan lupa", "venue", "Pendopo Depok, jangan lupa"),
        ("Konsultasi\nTempat: Balai Desa", "venue", "Balai Desa"),
        ("Konsultasi via Zoom", "mode", "online"),
        ("Konsultasi\nTempat: Balai Desa", "mode", "office"),
        ("Konsultasi di Aula Desa. Daftar paling lambat 20 Juli 2020", "deadline", "2020-07-20"),
    ],
)
def test_terms(said, field, value):
    assert read(said)[field] == value


def test_a_dateline_is_a_place_before_a_sentence():
    sentence = "Koperasi mengundang seluruh warga untuk mendengarkan siaran bersama di balai desa"
    assert read(f"SLEMAN – {sentence}")["dateline"] == "SLEMAN"
    assert read(f"KONSULTASI – {sentence}")["dateline"] is None


@pytest.mark.parametrize(
    "link",
    [
        "https://wa.me/6281234567890",
        "wa.me/6281234567890?text=halo",
        "wa.me/+6281234567890",
        "https://api.whatsapp.com/send?phone=6281234567890&text=halo",
        "https://api.whatsapp.com/send/?text=halo&phone=%2B6281234567890",
        "whatsapp://send?phone=6281234567890",
    ],
)
def test_a_link_that_opens_a_chat_is_a_whatsapp_number(link):
    told = read_announcement(f"Konsultasi usaha, Senin 14 Desember 2026 pukul 10.00 WIB. Daftar: {link}").to_json("en")
    assert (told["phones"], told["whatsapp"]) == (["+6281234567890"], ["+6281234567890"])
    assert told["registration"] is None


@pytest.mark.parametrize(
    "venue",
    [
        "Aula Dinas Koperasi, Jl. Magelang No. 5, Sleman",
        "Balai Desa, Dsn. Krajan Rt. 02 Rw. 03, Kec. Turi",
        "Gedung PLUT Lt. 2, Gg. Mawar, Kab. Bantul",
    ],
)
@pytest.mark.parametrize(
    "text", ["Tempat: {}\n", "bertempat di {}. Terbuka untuk umum.", "bertempat di {} pukul 10.00"]
)
def test_a_shortened_word_ends_no_venue(venue, text):
    told = read_announcement(f"Konsultasi usaha, Senin 14 Desember 2026 pukul 10.00 WIB\n{text.format(venue)}")
    assert told.venue.value == venue


@pytest.mark.parametrize(
    ("said", "program"),
    [
        ('Dengarkan "Warung Sebelah" bersama Bu Ani di Radio Trijaya', "Warung Sebelah"),
        ('"Warung Sebelah" di Trijaya 97.0', "Warung Sebelah"),
        ("Warung Sebelah di Radio Trijaya FM", "Warung Sebelah"),
        ("Simak Warung Sebelah edisi Rabu, 22 Juli 2020 di Radio Trijaya FM", "Warung Sebelah"),
        ("Obrolan Sore edisi Rabu, 22 Juli 2020 di Radio Trijaya FM", "Obrolan Sore"),
        ("Budi Santoso di Radio Trijaya FM", None),
        ("Ketua Koperasi Tirta di Radio Trijaya FM", None),
        ("Siaran Langsung di Radio Trijaya FM", None),
        ("Bu Ani Lestari bersama Pak Budi di Radio Trijaya FM", None),
    ],
)
def test_a_program_that_nothing_calls_one(said, program):
    assert read(said)["program"] == program


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("Suluh Kampung, Rabu, 22 Juli 2020 di Radio Suka FM", "Suluh Kampung"),
        ("Info siaran: Lingkar Koperasi, tiap Sabtu di Radio Suka FM", "Lingkar Koperasi"),
        ('Tune in to "Village Voices" on Radio Suka FM', "Village Voices"),
        ("Bincang Pagi Bersama\nProgram Bincang Pagi di Radio Suka FM", "Bincang Pagi"),
        ("Dinas Koperasi Kota Tegal, Rabu, 22 Juli 2020 siaran di Radio Suka FM", None),
        ("Kulon Progo, Rabu, 22 Juli 2020: siaran di Radio Suka FM", None),
        ("Siaran radio kami di Balai Desa, Rabu, 22 Juli 2020", None),
    ],
)
def test_a_program_by_its_place_in_the_sentence(text, program):
    assert read(text)["program"] == program


@pytest.mark.parametrize(
    "link", ["https://wa.me/6281234567890", "tel:+6281234567890", "https://api.whatsapp.com/send?phone=6281234567890"]
)
def test_a_number_that_only_a_link_has_is_read(link):
    record = read(f'<p>Siaran di Radio Lestari FM. <a href="{link}">Tanya kami</a></p>')
    assert record["phones"] == ["+6281234567890"]


@pytest.mark.parametrize(
    ("said", "program"),
    [
        ("Simak Titian Usaha edisi 12", "Titian Usaha"),
        ("Mampir ke Lapak Ide, Rabu 22 Juli 2020", "Lapak Ide"),
        ("#KopiPagi edisi khusus", "KopiPagi"),
        ("Acara kesayangan keluarga, Dapur Tetangga, kembali hadir", "Dapur Tetangga"),
        ('Tema siaran radio ini "Koperasi Sehat"', None),
        ("Ngobrol di Aula Dinas, Rabu 22 Juli 2020", None),
        ("Simak Budi Santoso bersama Radio Lestari FM", None),
        ("Info siaran: malam ini di Radio Lestari FM", None),
    ],
)
def test_evidence_makes_a_name_a_programs(said, program):
    assert read(f"{said}\nSiaran di Radio Lestari FM")["program"] == program
