"""`manage.py import_roster`: its contract for scripts, and its words for people."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.choices import ImportState, RosterFileKind
from agencies.models import Agency, ColumnAlias, Employee, RosterImport

from .roster.files import UNITS, csv_file, hierarchy_file, nip, pns, unit_counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def paths(tmp_path):
    """A function that lays a file of rows down and gives its path; and the hierarchy's path."""

    def lay(*rows, name="pns.csv", units=None):
        source = hierarchy_file(*units) if units else csv_file(*rows)
        path = tmp_path / ("hierarki-unor.xlsx" if units else name)
        path.write_bytes(source.data)
        return str(path)

    return lay


def run(*arguments):
    """What the command prints."""
    out = StringIO()
    call_command("import_roster", *arguments, "--government", "kota-dumai", stdout=out)
    return out.getvalue()


def refused(*arguments):
    """(what is printed, the sentence on stderr) of a refused import."""
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_roster", *arguments, "--government", "kota-dumai", stdout=out)
    assert caught.value.returncode == 1
    return out.getvalue(), str(caught.value)


def test_json_is_exactly_one_object_of_the_contract(paths):
    units = paths(units=UNITS)
    files = paths(pns(1), pns(2, NAMA=""), pns(3, EMAIL_GOV="rusak"))
    assert json.loads(run(files, "--units", units, "--json")) == {
        "new": 2,
        "changed": 0,
        "moved": 0,
        "left": 0,
        "unchanged": 0,
        "units": unit_counts(created=6),
        "heads": 0,
        "rejected": [{"file": "pns.csv", "row": 3, "reason": "NAMA kosong."}],
        "warnings": ["pns.csv baris 4: alamat surel tidak sah dan diabaikan."],
    }
    assert not Agency.objects.exists()


def test_apply_writes_and_again_finds_all_unchanged(paths):
    units, files = paths(units=UNITS), paths(pns(1), pns(2))
    assert json.loads(run(files, "--units", units, "--apply", "--json"))["new"] == 2
    assert Employee.objects.count() == 2
    assert json.loads(run(files, "--apply", "--json")) == {
        "new": 0,
        "changed": 0,
        "moved": 0,
        "left": 0,
        "unchanged": 2,
        "units": unit_counts(),
        "heads": 0,
        "rejected": [],
        "warnings": [],
    }


def test_a_preview_keeps_nothing_and_what_is_applied_is_kept_with_its_lines(paths):
    units, files = paths(units=UNITS), paths(pns(1), pns(2, NAMA=""))
    run(files, "--units", units)
    assert not RosterImport.objects.exists()
    run(files, "--units", units, "--apply")
    stored = RosterImport.objects.get()
    assert (stored.state, stored.created_by, stored.government.slug) == (
        ImportState.APPLIED,
        None,
        "kota-dumai",
    )
    assert [file.name for file in stored.files.all()] == ["hierarki-unor.xlsx", "pns.csv"]
    found = stored.lines.values_list("group", "row", "employee__siasn_id")
    of_units = [("UNIT", None, None)] * 6
    assert list(found) == [("NEW", 2, "P1"), ("REJECTED", 3, None), *of_units]


def test_what_hr_once_said_of_columns_holds_here_too(paths):
    units = paths(units=UNITS)
    files = paths({"No Induk": f"'{nip(1)}", "NAMA": "A", "UNOR ID": "D1"})
    printed, told = refused(files, "--units", units, "--json")
    assert json.loads(printed) == {"error": told}
    assert "kolom NIP BARU (atau NIK bagi Non-ASN) tidak ditemukan" in told
    run(paths(pns(2), name="lain.csv"), "--units", units, "--apply", "--partial")
    ColumnAlias.objects.create(
        government=Agency.objects.get(slug="kota-dumai"),
        kind=RosterFileKind.ROSTER,
        heading="NO INDUK",
        field="number",
    )
    assert json.loads(run(files, "--json", "--partial"))["new"] == 1


def test_partial_lets_nobody_leave(paths):
    run(paths(pns(1), pns(2)), "--units", paths(units=UNITS), "--apply")
    one = paths(pns(1), name="satu.csv")
    assert json.loads(run(one, "--json"))["left"] == 1
    assert json.loads(run(one, "--json", "--partial"))["left"] == 0
    run(one, "--apply", "--partial")
    assert Employee.objects.active().count() == 2
    run(one, "--apply")
    assert Employee.objects.active().count() == 1


def test_people_read_counts_and_every_rejected_row_without_numbers(paths):
    files = paths(pns(1), pns(2, NAMA=""), pns(3, TANGGAL_LAHIR="01-01-1970"))
    printed = run(files, "--units", paths(units=UNITS))
    assert printed == (
        "Impor daftar pegawai Pemerintah Kota Dumai (kota-dumai)\n"
        "Pemerintah daerah baru, dibuat dari akar hierarki.\n"
        "Unit   : 6 baru, 0 berganti nama, 0 pindah, 0 dipakai kembali, 0 dikenali dari namanya, "
        "0 tidak ada dalam hierarki, 6 seluruhnya\n"
        "Kepala : 0 unit berganti kepala\n"
        "Pegawai: 2 baru, 0 berubah, 0 pindah unit, 0 keluar, 0 tetap, 1 baris ditolak\n"
        "\n"
        "Baris ditolak:\n"
        "  pns.csv baris 3: NAMA kosong.\n"
        "\n"
        "Peringatan:\n"
        "  pns.csv baris 4: tanggal lahir di dalam nomor berbeda dari kolom TANGGAL LAHIR.\n"
        "\n"
        "Ini baru pratinjau; tidak ada yang ditulis. Tambahkan --apply untuk menulis.\n"
    )
    assert not any(nip(n) in printed for n in (1, 2, 3))


def test_what_happens_to_units_is_said_unit_by_unit(paths):
    run(paths(pns(1)), "--units", paths(units=UNITS), "--apply")
    renamed = [(key, name.replace("Perhubungan", "Kominfo"), above) for key, name, above in UNITS]
    files = paths(pns(1, ESELON_NAMA="II.b"))
    printed = run(files, "--units", paths(units=[*renamed, ("N", "Badan Baru", "R")]))
    assert "Unit   : 1 baru, 1 berganti nama, 0 pindah," in printed
    assert "Kepala : 1 unit berganti kepala\n" in printed
    assert (
        "\nUnit:\n"
        "  Dinas Kominfo: Berganti nama; sebelumnya “Dinas Perhubungan”.\n"
        "  Badan Baru: Unit baru di bawah “Pemerintah Kota Dumai”.\n"
    ) in printed
    assert "SITI" not in printed


def test_what_was_written_is_said(paths):
    printed = run(paths(pns(1)), "--units", paths(units=UNITS), "--apply")
    assert "Pemerintah daerah baru, dibuat dari akar hierarki.\n" in printed
    assert printed.endswith("\nImpor sudah ditulis.\n")


def test_more_warnings_than_can_be_read_are_cut_for_people_only(paths):
    rows = [pns(n, EMAIL_GOV="rusak") for n in range(1, 54)]
    units, files = paths(units=UNITS), paths(*rows)
    printed = run(files, "--units", units)
    assert printed.count("alamat surel") == 50
    assert "  … dan 3 peringatan lagi (lihat --json).\n" in printed
    assert len(json.loads(run(files, "--units", units, "--json"))["warnings"]) == 53


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tiada.csv", None, "Berkas tiada.csv tidak dapat dibuka."),
        ("kosong.csv", b"", "Berkas kosong.csv kosong."),
        ("surat.pdf", b"%PDF-1.7 \x81", "Berkas surat.pdf bukan CSV maupun XLSX"),
        ("rusak.xlsx", b"PK\x03\x04xx", "Berkas rusak.xlsx bukan XLSX yang utuh."),
    ],
)
def test_an_unreadable_file_ends_with_1_and_writes_nothing(
    paths, tmp_path, name, content, sentence
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    good, units = paths(pns(1)), paths(units=UNITS)
    printed, told = refused(good, str(tmp_path / name), "--units", units, "--apply")
    assert (printed, told.startswith(sentence)) == ("", True)
    assert not Agency.objects.exists()


def test_with_json_a_refusal_is_an_object_too(paths):
    printed, told = refused(paths(pns(1)), "--json")
    assert json.loads(printed) == {"error": told}
    assert told.startswith("Pemerintah daerah kota-dumai belum dikenal")


def test_the_hierarchy_and_the_roster_of_another_government_are_refused(paths):
    foreign = paths(units=[("R", "Pemerintah Kota Pekanbaru", None)])
    _, told = refused(paths(pns(1)), "--units", foreign, "--apply")
    assert "adalah hierarki Pemerintah Kota Pekanbaru, bukan hierarki kota-dumai" in told
    strangers = paths(pns(1, INSTANSI_KERJA_NAMA="Pemerintah Kota Pekanbaru"))
    _, told = refused(strangers, "--units", paths(units=UNITS), "--apply")
    assert "adalah daftar pegawai pemerintah lain" in told
    assert not Agency.objects.exists()
