"""Columns a file does not name as SIASN does: asked for, said by a person, remembered."""

import json

import pytest

from agencies.choices import ImportState, RosterFileKind
from agencies.errors import ColumnsMissing, WrongState
from agencies.models import ColumnAlias, Event
from agencies.roster.importing import preview
from agencies.services import imports
from netralitas.lib.errors import Refusal
from tests.agencies.roster.files import UNITS as TREE
from tests.agencies.roster.files import csv_file, nip, roster, xlsx_file
from tests.agencies.roster.uploads import four_people, government, received
from tests.factories import GovernmentFactory, UserFactory

pytestmark = pytest.mark.django_db

ROSTER, UNITS = RosterFileKind.ROSTER, RosterFileKind.UNITS
MEANT = {"No. Induk": "number", "Pegawai": "name", "Tempat Tugas": "unit_name", "Agama": ""}


@pytest.fixture(autouse=True)
def stored():
    return four_people()


def own_way(n=1, **cells):
    """A row of a file with headings of its own."""
    row = {"No. Induk": f"'{nip(n)}", "Pegawai": f"SITI RAHMAWATI {n}"}
    return row | {"Tempat Tugas": "Dinas Kesehatan", "Agama": "Islam"} | cells


@pytest.fixture
def asked(run_tasks):
    """A function: an import of files that was read, and the file whose columns it asks for."""

    def ask(*sources, **options):
        roster_import = received(*sources, partial=True, **options)
        run_tasks()
        roster_import.refresh_from_db()
        assert roster_import.state == ImportState.COLUMNS
        return roster_import, roster_import.files.exclude(headings=[]).get()

    return ask


def assign(file, fields, actor=None):
    return imports.assign_columns(actor=actor, roster_file=file, fields=fields)


@pytest.mark.parametrize("source", [csv_file(own_way(), own_way(2)), xlsx_file(own_way())])
def test_a_file_of_which_too_little_is_recognised_asks_what_its_columns_hold(asked, source):
    roster_import, file = asked(source)
    assert file.headings == ["No. Induk", "Pegawai", "Tempat Tugas", "Agama"]
    assert file.missing == ["name", "number", "unit_id"]
    assert roster_import.lines.count() == 0


@pytest.mark.parametrize("delimiter", [";", "|", ",", "\t"])
def test_the_header_is_looked_for_below_titles_with_every_delimiter(asked, delimiter):
    above = f"DAFTAR PEGAWAI{delimiter}2026\r\n\r\n".encode()
    source = csv_file(own_way(), delimiter=delimiter)
    _, file = asked(type(source)("pns.csv", above + source.data))
    assert file.headings == list(own_way())


def test_what_is_said_is_read_remembered_and_left_as_an_event(asked, run_tasks):
    actor = UserFactory()
    roster_import, file = asked(csv_file(own_way(1), own_way(2)))
    assign(file, MEANT, actor)
    assert file.roster_import.state == ImportState.READING
    run_tasks()
    roster_import.refresh_from_db()
    assert (roster_import.state, roster_import.counts["unchanged"]) == (ImportState.READY, 2)
    stored = ColumnAlias.objects.values_list("government__slug", "kind", "heading", "field")
    assert sorted(stored) == [
        ("kota-dumai", "ROSTER", "NO INDUK", "number"),
        ("kota-dumai", "ROSTER", "PEGAWAI", "name"),
        ("kota-dumai", "ROSTER", "TEMPAT TUGAS", "unit_name"),
    ]
    event = Event.objects.of(roster_import).first()
    assert (event.act, event.actor) == ("roster.columns", actor)
    assert event.data == {"file": file.sha256, "fields": ["name", "number", "unit_name"]}
    assert "SITI" not in json.dumps(event.data)


def test_next_time_nobody_is_asked_neither_here_nor_on_the_command_line(asked, run_tasks):
    _, file = asked(csv_file(own_way(1)))
    assign(file, MEANT)
    again = csv_file(own_way(2), own_way(7), name="lagi.csv")
    roster_import = received(again, partial=True)
    run_tasks()
    roster_import.refresh_from_db()
    assert (roster_import.state, roster_import.counts["new"]) == (ImportState.READY, 1)
    assert preview(roster(again, partial=True)).counts()["new"] == 1


def test_what_one_government_said_does_not_hold_for_another(asked):
    _, file = asked(csv_file(own_way(1)))
    assign(file, MEANT)
    GovernmentFactory(slug="kota-pekanbaru")
    with pytest.raises(ColumnsMissing):
        roster(csv_file(own_way(1)), slug="kota-pekanbaru")


def test_files_are_asked_for_one_after_the_other(asked, run_tasks):
    other = {"Nomor": f"'{nip(3)}", "NAMA": "A", "UNIT KERJA": "Dinas Kesehatan"}
    alike = csv_file(own_way(2), name="sama.csv")
    roster_import, file = asked(csv_file(own_way(1)), alike, csv_file(other, name="lain.csv"))
    assert file.name == "pns.csv"
    assign(file, MEANT)
    run_tasks()
    second = roster_import.files.exclude(headings=[]).get()
    assert (second.name, second.missing) == ("lain.csv", ["number"])
    assign(second, {"Nomor": "number"})
    run_tasks()
    roster_import.refresh_from_db()
    assert roster_import.state == ImportState.READY
    assert not roster_import.files.exclude(headings=[], missing=[]).exists()


def test_the_columns_of_a_hierarchy_can_be_said_too(asked, run_tasks):
    tree = [{"Kode": key, "NAMA UNOR": name, "Induk": above} for key, name, above in TREE]
    units = csv_file(*tree, name="unor.csv")
    _, file = asked(csv_file(own_way(1)), units=units)
    assert (file.kind, file.missing) == (UNITS, ["id", "parent_id"])
    assign(file, {"Kode": "id", "Induk": "parent_id"})
    run_tasks()
    assert file.roster_import.files.exclude(headings=[]).get().kind == ROSTER


def test_only_what_the_names_do_not_say_is_remembered(asked):
    row = {"NIP": f"'{nip(1)}", "NAMA": "A", "JABATAN": "GURU", "Kantor": "Dinas Kesehatan"}
    _, file = asked(csv_file(row))
    fields = {"NIP": "number", "NAMA": "name", "JABATAN": "", "Kantor": "unit_name"}
    assign(file, fields)
    stored = ColumnAlias.objects.values_list("heading", "field")
    assert sorted(stored) == [("JABATAN", ""), ("KANTOR", "unit_name")]


def test_what_was_said_before_can_be_said_otherwise(asked, run_tasks):
    ColumnAlias.objects.create(
        government=government(), kind=ROSTER, heading="AGAMA", field="position"
    )
    roster_import, file = asked(csv_file(own_way(9)))
    assign(file, MEANT)
    run_tasks()
    assert ColumnAlias.objects.get(heading="AGAMA").field == ""
    assert roster_import.lines.get(group="NEW").name == "SITI RAHMAWATI 9"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"Alamat": "name"}, "Kolom “Alamat” tidak ada dalam berkas pns.csv."),
        ({"Pegawai": "religion"}, "Isi kolom yang dipilih tidak dikenal."),
        ({"Pegawai": "parent_id"}, "Isi kolom yang dipilih tidak dikenal."),
        (
            {"Pegawai": "name", "Agama": "name"},
            "Kolom “Pegawai” dan “Agama” tidak dapat berisi hal yang sama.",
        ),
        (
            {"Pegawai": "name"},
            "Tentukan kolom yang berisi NIP BARU (atau NIK bagi Non-ASN), "
            "UNOR ID (atau UNOR NAMA).",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_not_remembered(asked, fields, sentence):
    roster_import, file = asked(csv_file(own_way(1)))
    with pytest.raises(Refusal) as caught:
        assign(file, fields)
    assert caught.value.message == sentence
    roster_import.refresh_from_db()
    assert (roster_import.state, ColumnAlias.objects.count()) == (ImportState.COLUMNS, 0)


def test_when_nothing_is_asked_nothing_can_be_said(run_tasks):
    roster_import = received(csv_file(own_way(1)))
    with pytest.raises(WrongState):
        assign(roster_import.files.get(), MEANT)


def test_a_heading_longer_than_can_be_remembered_is_cut(asked):
    long = "ß" * 130
    _, file = asked(csv_file({"NIP": f"'{nip(1)}", "NAMA": "A", long: "Dinas Kesehatan"}))
    assert file.headings[2] == "ß" * 120
    assign(file, {file.headings[2]: "unit_name"})
    assert len(ColumnAlias.objects.get().heading) == 120


def test_header_cells_do_not_stay_when_the_import_is_over(
    asked, django_capture_on_commit_callbacks
):
    roster_import, file = asked(csv_file(own_way(1)))
    imports.discard(actor=None, roster_import=roster_import)
    file.refresh_from_db()
    assert file.headings == []


# A NIP that nobody knows, beside a NIK ------------------------------------------------------------


def doubtful(n=1):
    """A row with a NIP under a heading nobody knows, and a NIK under one that is known."""
    row = {"NOMOR INDUK": f"'{nip(n)}", "NIK": f"'147201170194{n:04d}"}
    return row | {"NAMA": f"SITI RAHMAWATI {n}", "UNIT KERJA": "Dinas Kesehatan"}


def test_a_nip_that_is_chosen_leaves_the_nik_as_it_is_known_in_other_files(asked, run_tasks):
    roster_import, file = asked(csv_file(doubtful(1)))
    assert file.missing == ["number"]
    assign(file, {"NOMOR INDUK": "number", "NIK": ""})
    run_tasks()
    roster_import.refresh_from_db()
    assert roster_import.counts["unchanged"] == 1
    assert list(ColumnAlias.objects.values_list("heading", "field")) == [("NOMOR INDUK", "number")]


def test_who_says_that_the_nik_identifies_is_not_asked_again(asked, run_tasks):
    roster_import, file = asked(csv_file(doubtful(1)))
    assign(file, {"NOMOR INDUK": "", "NIK": "nik"})
    run_tasks()
    roster_import.refresh_from_db()
    assert (roster_import.state, roster_import.counts["new"]) == (ImportState.READY, 1)


# Columns that were taken wrongly ------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["NOMOR INDUK", "NO KTP"])
def test_a_column_remembered_wrongly_is_corrected_from_the_preview(heading, run_tasks):
    ColumnAlias.objects.create(
        government=government(), kind=ROSTER, heading=heading, field="number"
    )
    row = {heading: "'1472011701940001", "NAMA": "KAREN", "UNIT KERJA": "Dinas Kesehatan"}
    roster_import = received(csv_file(row), partial=True)
    run_tasks()
    roster_import.refresh_from_db()
    assert (roster_import.state, roster_import.counts["rejected"]) == (ImportState.READY, 1)
    assign(roster_import.files.get(), {heading: "nik"})
    run_tasks()
    roster_import.refresh_from_db()
    assert (roster_import.state, roster_import.counts["new"]) == (ImportState.READY, 1)
    assert ColumnAlias.objects.get().field == "nik"
