"""A plan as it is kept: lines, counts, and the digest that tells one plan from another."""

import json

import pytest

from agencies.choices import ImportState, LineGroup, NumberKind, RoleName
from agencies.models import Agency, Employee, Role, RosterImport, User
from agencies.roster.importing import preview
from agencies.roster.lines import counts_of, digest_of, lines_of
from tests.factories import UserFactory

from .files import (
    UNITS,
    applied,
    csv_file,
    hierarchy_file,
    nip,
    non_asn,
    pns,
    previewed,
    roster,
    xlsx_file,
)
from .uploads import four_people, new_changed_moved_left

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored():
    return four_people()


def line_of(group, *sources, **options):
    """The only line of a group of a preview."""
    (line,) = [
        line for line in lines_of(previewed(*sources, **options), None) if line.group == group
    ]
    return line


def test_somebody_new_is_shown_with_titles_number_and_unit():
    row = pns(9, GELAR_DEPAN="dr.", UNOR_ID="D2S")
    line = line_of(LineGroup.NEW, csv_file(row), partial=True)
    assert (line.name, line.number) == ("dr. SITI RAHMAWATI 9, S.E.", nip(9))
    assert (line.number_kind, line.agency_name) == (
        NumberKind.NIP,
        "Sekretariat, Dinas Perhubungan",
    )
    assert (line.file, line.row, line.changes, line.cells) == ("pns.csv", 2, [], {})


def test_a_change_is_shown_field_by_field():
    line = line_of(LineGroup.CHANGED, new_changed_moved_left())
    assert line.changes == [{"field": "name", "old": "SITI RAHMAWATI 1", "new": "SITI BARU"}]
    assert line.agency_name == "Dinas Kesehatan"


def test_a_move_is_shown_with_both_units():
    line = line_of(LineGroup.MOVED, new_changed_moved_left())
    assert (line.origin_name, line.agency_name) == (
        "Dinas Kesehatan",
        "Sekretariat, Dinas Perhubungan",
    )


def test_who_left_is_shown_as_stored_without_a_row():
    line = line_of(LineGroup.LEFT, new_changed_moved_left())
    assert (line.name, line.number) == ("SITI RAHMAWATI 4, S.E.", nip(4))
    assert (line.file, line.row, line.agency_name) == ("", None, "Dinas Kesehatan")


def test_a_rejected_row_is_shown_with_column_reason_and_whitelisted_cells():
    line = line_of(LineGroup.REJECTED, new_changed_moved_left())
    assert (line.file, line.row, line.column) == ("pns.csv", 6, "UNOR ID")
    assert line.reason == "UNOR ID tidak ada dalam hierarki; sertakan HierarkiUnor terbaru."
    assert (line.name, line.number) == ("SITI RAHMAWATI 6", nip(6))
    assert line.cells["UNOR ID"] == "TIADA"
    kept = json.dumps(line.cells)
    assert "Islam" not in kept
    assert "1472014606794329" not in kept


def test_the_column_at_fault_is_called_as_the_file_calls_it():
    row = {"NIP": "'1979", "Nama_Pegawai": "A", "Unit Kerja": "Dinas Kesehatan"}
    assert line_of(LineGroup.REJECTED, csv_file(row), partial=True).column == "NIP"
    row = {"NIP": f"'{nip(1)}", "Nama_Pegawai": "", "Unit Kerja": "Dinas Kesehatan"}
    assert line_of(LineGroup.REJECTED, csv_file(row), partial=True).column == "Nama_Pegawai"


def test_a_number_nobody_can_have_is_not_shown_as_one():
    line = line_of(LineGroup.REJECTED, csv_file(pns(9, NIP_BARU="'1979ABC")), partial=True)
    assert (line.number, line.cells["NIP BARU"]) == ("", "1979ABC")


def test_of_a_shifted_row_nothing_is_kept_for_it_may_be_anything():
    shifted = [*pns(9).values(), "lebih"]
    shifted.insert(3, "Islam")
    line = line_of(LineGroup.REJECTED, csv_file(pns(1), shifted), partial=True)
    assert (line.name, line.number, line.cells, line.row) == ("", "", {}, 3)


def test_a_warning_is_shown_with_its_row_column_and_person():
    line = line_of(LineGroup.WARNING, new_changed_moved_left())
    assert (line.row, line.column, line.number) == (5, "NIP BARU", nip(5))
    assert line.reason == "Tanggal lahir di dalam nomor berbeda dari kolom TANGGAL LAHIR."


def test_a_warning_about_a_whole_file_names_no_row():
    row = {"NIP": f"'{nip(1)}", "NAMA": "SITI RAHMAWATI 1", "UNOR ID": "D1"}
    line = line_of(LineGroup.WARNING, csv_file(row), partial=True)
    assert (line.file, line.row, line.name) == ("pns.csv", None, "")
    assert line.reason.startswith("Kolom jenis pegawai tidak ada;")


def test_who_stays_as_before_has_no_line():
    assert list(lines_of(previewed(csv_file(*(pns(n) for n in (1, 2, 3, 4)))), None)) == []


# What stays of an import by the command line -----------------------------------------------------


def test_an_import_without_the_browser_is_kept_with_files_lines_and_people():
    source, units = new_changed_moved_left(), hierarchy_file()
    RosterImport.objects.all().delete()
    applied(source, units=units)
    stored = RosterImport.objects.get()
    assert (stored.state, stored.created_by) == (ImportState.APPLIED, None)
    assert stored.counts["moved"] == 1
    files = stored.files.values_list("kind", "name", "size", "sha256", "content")
    assert list(files) == [
        ("UNITS", "hierarki-unor.xlsx", len(units.data), units.sha256, ""),
        ("ROSTER", "pns.csv", len(source.data), source.sha256, ""),
    ]
    concerned = stored.lines.filter(group=LineGroup.MOVED).values_list("employee__siasn_id")
    assert list(concerned) == [("P2",)]
    assert stored.lines.count() == 6


# Digest ------------------------------------------------------------------------------------------


def test_the_same_files_and_data_have_the_same_digest():
    asked = roster(new_changed_moved_left(), units=hierarchy_file(("N", "Baru", "R"), *UNITS))
    digests = {digest_of(preview(asked)) for _ in range(3)}
    assert len(digests) == 1
    assert len(digests.pop()) == 64


def test_whatever_the_plan_would_do_otherwise_changes_the_digest():
    def digest(*rows, **options):
        return digest_of(previewed(csv_file(*rows), **options))

    everybody = [pns(n) for n in (1, 2, 3, 4)]
    digests = [
        digest(*everybody),
        digest(*everybody, partial=True),
        digest(*everybody[:3]),
        digest(*everybody, pns(5)),
        digest(*everybody, pns(5, EMAIL_GOV="lain@example.go.id")),
        digest(*everybody, pns(5, UNOR_ID="D2")),
        digest(*everybody[:3], pns(4, UNOR_ID="D2")),
        digest(*everybody[:3], pns(4, NAMA="X")),
        digest(*everybody, units=hierarchy_file(*UNITS, ("N", "Baru", "R"))),
    ]
    assert len(set(digests)) == len(digests)


def test_stored_data_that_changed_changes_the_digest():
    asked = roster(new_changed_moved_left())
    before = digest_of(preview(asked))
    Employee.objects.filter(siasn_id="P1").update(name="LAIN")
    assert digest_of(preview(asked)) != before


def test_a_nik_is_shown_as_one():
    source = xlsx_file(non_asn(1), name="non-asn.xlsx")
    line = line_of(LineGroup.NEW, source, partial=True)
    assert (line.number_kind, line.number) == (NumberKind.NIK, "1472011701940001")


# Who can log in ----------------------------------------------------------------------------------


@pytest.fixture
def accounts():
    """Accounts of the one who moves (a head and operator) and of the one who leaves."""
    people = {employee.siasn_id: employee for employee in Employee.objects.all()}
    health, transport = (Agency.objects.get(siasn_id=key) for key in ("D1", "D2"))
    moving = UserFactory(employee=people["P2"])
    Role.objects.create(user=moving, role=RoleName.HEAD, agency=health)
    Role.objects.create(user=moving, role=RoleName.OPERATOR, agency=transport)
    return moving, UserFactory(employee=people["P4"])


def test_of_who_moves_or_leaves_with_an_account_the_roles_are_told(accounts):
    moved, left = (
        line_of(group, new_changed_moved_left()) for group in (LineGroup.MOVED, LineGroup.LEFT)
    )
    assert moved.reason == (
        "Punya akun; peran: Kepala OPD Dinas Kesehatan, Operator OPD Dinas Perhubungan."
    )
    assert left.reason == "Punya akun tanpa peran."
    counts = counts_of(previewed(new_changed_moved_left()))
    assert (counts["accounts"], counts["role_holders"]) == (2, 1)


def test_an_account_that_was_ended_is_none(accounts):
    User.objects.update(is_active=False)
    assert line_of(LineGroup.MOVED, new_changed_moved_left()).reason == ""


def test_of_who_stays_nothing_is_told_of_accounts(accounts):
    UserFactory(employee=Employee.objects.get(siasn_id="P1"))
    assert line_of(LineGroup.CHANGED, new_changed_moved_left()).reason == ""


def test_ending_a_role_because_of_the_preview_asks_for_no_second_look(accounts):
    asked = roster(new_changed_moved_left())
    before = digest_of(preview(asked))
    Role.objects.all().delete()
    assert digest_of(preview(asked)) == before
