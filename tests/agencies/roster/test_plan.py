"""Who is new, changed, moved, gone or as before, and which rows do not fit."""

import pytest

from agencies.choices import EmployeeKind
from agencies.models import Agency, Employee, IdentityNumber
from agencies.roster.matching import FORMER_NUMBER, OTHER_NAME, OTHER_PERSON

from .files import (
    applied,
    csv_file,
    hierarchy_file,
    nip,
    non_asn,
    pns,
    pppk,
    previewed,
    reasons,
    told,
)

pytestmark = pytest.mark.django_db

ZERO = {"new": 0, "changed": 0, "moved": 0, "left": 0, "unchanged": 0}


@pytest.fixture
def stored():
    """Four PNS, two PPPK and one non-ASN, imported."""
    return applied(
        csv_file(*(pns(n) for n in (1, 2, 3, 4))),
        csv_file(pppk(1), pppk(2), name="pppk.csv"),
        csv_file(non_asn(1), name="non-asn.csv"),
        units=True,
    )


def changes(item):
    return {change.field: (change.old, change.new) for change in item.changes}


def test_a_first_import_is_all_new(stored):
    assert stored.counts() == ZERO | {"new": 7}
    assert [(item.person.place, item.agency.name) for item in stored.new[3:6]] == [
        ("pns.csv baris 5", "Dinas Kesehatan"),
        ("pppk.csv baris 2", "Dinas Kesehatan"),
        ("pppk.csv baris 3", "Dinas Kesehatan"),
    ]


def test_what_differs_is_listed_field_by_field(stored):
    plan = previewed(
        csv_file(pns(1, GOL_AKHIR_NAMA="IV/a", NAMA="SITI R"), *(pns(n) for n in (2, 3, 4)))
    )
    assert plan.counts() == ZERO | {"changed": 1, "unchanged": 3}
    assert changes(plan.changed[0]) == {
        "grade": ("III/c", "IV/a"),
        "name": ("SITI RAHMAWATI 1", "SITI R"),
    }
    assert [change.label for change in plan.changed[0].changes] == ["nama", "golongan"]
    assert "SITI" not in repr(plan.changed[0].changes)


def test_who_moved_and_changed_counts_once_with_its_changes(stored):
    plan = previewed(
        csv_file(pns(1, UNOR_ID="D2", GOL_AKHIR_NAMA="IV/a"), *(pns(n) for n in (2, 3, 4)))
    )
    assert plan.counts() == ZERO | {"moved": 1, "unchanged": 3}
    (moved,) = plan.moved
    assert (moved.origin.name, moved.destination.name) == ("Dinas Kesehatan", "Dinas Perhubungan")
    assert changes(moved) == {"grade": ("III/c", "IV/a")}


def test_who_is_in_none_of_the_files_left_but_only_of_the_kinds_present(stored):
    plan = previewed(csv_file(pns(1), pns(2)))
    assert plan.counts() == ZERO | {"unchanged": 2, "left": 2}
    assert [employee.siasn_id for employee in plan.left] == ["P3", "P4"]


def test_cpns_and_pns_are_one_export():
    applied(csv_file(pns(1, STATUS_CPNS_PNS="CPNS"), pns(2)), units=True)
    plan = previewed(csv_file(pns(2)))
    assert [employee.kind for employee in plan.left] == [EmployeeKind.CPNS]


def test_in_a_partial_import_nobody_left(stored):
    plan = previewed(csv_file(pns(1)), partial=True)
    assert plan.counts() == ZERO | {"unchanged": 1}


def test_who_comes_back_is_changed(stored):
    applied(csv_file(pns(1)))
    plan = applied(csv_file(*(pns(n) for n in (1, 2, 3, 4))))
    assert plan.counts() == ZERO | {"changed": 3, "unchanged": 1}
    assert changes(plan.changed[0]) == {"active": (False, True)}
    assert Employee.objects.filter(active=True).count() == 7


def test_a_changed_number_is_known_by_the_pns_id(stored):
    plan = previewed(csv_file(pppk(1), pppk(9, PNS_ID="K2"), name="pppk.csv"))
    assert plan.counts() == ZERO | {"changed": 1, "unchanged": 1}
    assert changes(plan.changed[0])["number"] == ("198806042024212002", "198806042024212009")


def test_a_former_number_with_the_same_name_is_known_as_well(stored):
    applied(csv_file(pppk(1), pppk(9, PNS_ID="K2"), name="pppk.csv"))
    mistaken = pppk(2, PNS_ID="", NAMA="Siti Rahmawati  9")
    plan = previewed(csv_file(pppk(1), mistaken, name="pppk.csv"))
    assert plan.counts() == ZERO | {"changed": 1, "unchanged": 1}
    assert changes(plan.changed[0]) == {
        "number": ("198806042024212009", "198806042024212002"),
        "name": ("SITI RAHMAWATI 9", "Siti Rahmawati 9"),
    }


def test_a_former_number_with_another_name_is_rejected_and_nobody_taken_for_gone(stored):
    applied(csv_file(pppk(1), pppk(9, PNS_ID="K2"), name="pppk.csv"))
    plan = previewed(csv_file(pppk(1), pppk(2, PNS_ID="", NAMA="JANET"), name="pppk.csv"))
    assert plan.counts() == ZERO | {"unchanged": 1}
    assert reasons(plan.rejected) == [(3, FORMER_NUMBER)]
    assert plan.rejected[0].column == "NIP BARU"


@pytest.mark.parametrize("names", [["SITI", "JANET"], ["SITI", "SITI"]])
def test_a_number_two_people_had_identifies_neither(stored, names):
    holders = Employee.objects.filter(siasn_id__in=["P1", "P2"])
    for employee, name in zip(holders, names, strict=True):
        Employee.objects.filter(pk=employee.pk).update(name=name)
        IdentityNumber.objects.create(
            employee=employee, kind="NIP", number=nip(77), since="2020-01-01T00:00:00Z"
        )
    plan = previewed(csv_file(pns(77)), partial=True)
    assert (plan.counts(), reasons(plan.rejected)) == (ZERO, [(2, FORMER_NUMBER)])


def test_a_row_with_one_persons_number_and_anothers_pns_id_is_rejected(stored):
    plan = previewed(csv_file(pns(1, PNS_ID="P2"), pns(3), pns(4)))
    assert reasons(plan.rejected) == [
        (2, "Nomor dan PNS ID pada baris ini milik dua pegawai yang berbeda.")
    ]
    assert plan.left == []


def test_a_known_number_with_another_name_and_pns_id_is_rejected(stored):
    plan = previewed(csv_file(pns(1, PNS_ID="Q1", NAMA="JANET"), pns(3), pns(4)))
    assert plan.counts() == ZERO | {"unchanged": 2, "left": 1}
    assert (reasons(plan.rejected), plan.rejected[0].column) == ([(2, OTHER_PERSON)], "NIP BARU")
    assert [employee.siasn_id for employee in plan.left] == ["P2"]


@pytest.mark.parametrize(
    "row",
    [
        pns(1, PNS_ID="Q1"),
        pns(1, NAMA="SITI MENIKAH"),
        pns(1, PNS_ID="", NAMA="SITI MENIKAH"),
    ],
)
def test_a_known_number_with_one_of_name_and_pns_id_is_the_same_person(stored, row):
    plan = previewed(csv_file(row), partial=True)
    assert (plan.counts(), plan.rejected) == (ZERO | {"changed": 1}, [])


@pytest.mark.parametrize(
    ("stored_id", "told_id", "is_odd"), [("P1", "", True), ("", "Q1", True), ("P1", "P1", False)]
)
def test_another_name_without_a_pns_id_to_prove_it_is_warned_of(stored, stored_id, told_id, is_odd):
    Employee.objects.filter(siasn_id="P1").update(siasn_id=stored_id)
    plan = previewed(csv_file(pns(1, PNS_ID=told_id, NAMA="JANET")), partial=True)
    assert plan.counts() == ZERO | {"changed": 1}
    warned = [f"pns.csv baris 2: {OTHER_NAME}."] if is_odd else []
    assert told(plan.warnings) == warned


def test_the_same_name_without_a_pns_id_is_not_odd(stored):
    assert previewed(csv_file(pns(1, PNS_ID="")), partial=True).warnings == []


def test_a_former_number_with_the_same_name_and_another_pns_id_is_rejected(stored):
    applied(csv_file(pppk(1), pppk(9, PNS_ID="K2"), name="pppk.csv"))
    other = pppk(2, PNS_ID="K7", NAMA="SITI RAHMAWATI 9")
    plan = previewed(csv_file(other, name="pppk.csv"), partial=True)
    assert (plan.counts(), reasons(plan.rejected)) == (ZERO, [(2, FORMER_NUMBER)])


def test_the_same_person_twice_is_rejected_naming_both_rows():
    plan = previewed(
        csv_file(pns(1), pns(2), pns(1, PNS_ID="P9")),
        csv_file(pns(7, PNS_ID="P2"), name="lain.csv"),
        units=hierarchy_file(),
    )
    assert plan.counts() == ZERO | {"new": 2}
    assert [(row.file, row.row, row.reason) for row in plan.rejected] == [
        (
            "pns.csv",
            4,
            "Orang yang sama ada pada pns.csv baris 2 dan pns.csv baris 4; "
            "yang dipakai adalah yang pertama.",
        ),
        (
            "lain.csv",
            2,
            "Orang yang sama ada pada pns.csv baris 3 dan lain.csv baris 2; "
            "yang dipakai adalah yang pertama.",
        ),
    ]


def test_two_rows_that_lead_to_one_stored_person_are_the_same_person(stored):
    applied(csv_file(pppk(1), pppk(9, PNS_ID="K2"), name="pppk.csv"))
    plan = previewed(
        csv_file(pppk(2, PNS_ID="", NAMA="SITI RAHMAWATI 9"), pppk(9, PNS_ID=""), name="pppk.csv"),
        partial=True,
    )
    assert [row for row, _ in reasons(plan.rejected)] == [3]


def test_a_second_row_counts_where_the_first_was_bad():
    plan = previewed(csv_file(pns(1, UNOR_ID="TIADA"), pns(1)), units=hierarchy_file())
    assert plan.counts() == ZERO | {"new": 1}
    assert [row for row, _ in reasons(plan.rejected)] == [2]


def test_a_unit_is_known_by_its_id_or_without_one_by_a_name_only_one_has():
    named = {"UNOR_ID": "", "UNOR_NAMA": "dinas  perhubungan"}
    plan = previewed(
        csv_file(
            pns(1, UNOR_ID="D2S", UNOR_NAMA="apa pun"),
            pns(2, **named),
            pns(3, UNOR_ID="", UNOR_NAMA="Sekretariat"),
            pns(4, UNOR_ID="", UNOR_NAMA="Dinas Sosial"),
            pns(5, UNOR_ID="", UNOR_NAMA=""),
            pns(6, UNOR_ID="TIADA", UNOR_NAMA="Dinas Perhubungan"),
        ),
        units=hierarchy_file(),
    )
    assert [(item.person.row, item.agency.siasn_id) for item in plan.new] == [(2, "D2S"), (3, "D2")]
    assert reasons(plan.rejected) == [
        (4, "Ada 2 unit bernama “Sekretariat”; isikan UNOR ID."),
        (5, "Unit kerja “Dinas Sosial” tidak ada dalam hierarki."),
        (6, "UNOR ID dan UNOR NAMA kosong; unit kerja tidak diketahui."),
        (7, "UNOR ID tidak ada dalam hierarki; sertakan HierarkiUnor terbaru."),
    ]


def test_without_a_hierarchy_the_stored_tree_counts(stored):
    plan = previewed(csv_file(*(pns(n) for n in (1, 2, 3)), pns(4, UNOR_ID="D2S")))
    assert plan.counts() == ZERO | {"moved": 1, "unchanged": 3}


@pytest.mark.parametrize(
    "bad",
    [
        pns(2, UNOR_ID="TIADA"),
        pns(2, NAMA=""),
        pns(2, NIP_BARU="1,97906E+17"),
        pns(2, NIP_BARU="1,97906E+17", PNS_ID=""),
        pns(2, PNS_ID="", NIP_BARU="", NAMA="siti rahmawati 2"),
        pns(2, INSTANSI_KERJA_NAMA="Pemerintah Kota Pekanbaru"),
    ],
)
def test_nobody_is_taken_for_gone_whose_row_was_merely_bad(stored, bad):
    plan = previewed(csv_file(pns(1), bad, pns(3)))
    assert len(plan.rejected) == 1
    assert [employee.siasn_id for employee in plan.left] == ["P4"]


def test_a_file_with_bad_rows_only_lets_nobody_leave(stored):
    plan = previewed(csv_file(non_asn(5, UNOR_ID="TIADA")))
    assert plan.counts() == ZERO
    assert len(plan.rejected) == 1


def test_a_short_file_erases_nothing_it_has_no_column_for(stored):
    short = {"NIP": f"'{nip(1)}", "NAMA": "SITI RAHMAWATI 1", "UNIT KERJA": "Dinas Kesehatan"}
    plan = previewed(csv_file(short), partial=True)
    assert plan.counts() == ZERO | {"unchanged": 1}


def test_a_kind_read_from_the_number_does_not_overrule_the_stored_one():
    part_time = {"KEDUDUKAN_HUKUM_NAMA": "PPPK Paruh Waktu Aktif"}
    applied(csv_file(pppk(1, **part_time), pppk(2, **part_time)), units=True)
    short = {"NIP": pppk(1)["NIP BARU"], "NAMA": "SITI RAHMAWATI 1", "UNOR ID": "D1"}
    plan = previewed(csv_file(short))
    assert plan.counts() == ZERO | {"unchanged": 1, "left": 1}


def test_a_contact_entered_by_hand_survives_a_blank_in_the_file(stored):
    Employee.objects.filter(siasn_id="P1").update(email="hr@example.go.id", phone="0811")
    blank = {"EMAIL_GOV": "", "NOMOR_HP": ""}
    assert previewed(csv_file(pns(1, **blank)), partial=True).counts() == ZERO | {"unchanged": 1}
    assert previewed(csv_file(pns(1)), partial=True).counts() == ZERO | {"changed": 1}


def test_so_many_leaving_that_the_files_may_be_a_part_is_warned_of():
    applied(csv_file(*(pns(n) for n in range(1, 41))), units=True)
    few = previewed(csv_file(*(pns(n) for n in range(1, 32))))
    many = previewed(csv_file(*(pns(n) for n in range(1, 31))))
    assert (len(few.left), few.warnings) == (9, [])
    assert told(many.warnings) == [
        "10 dari 40 pegawai aktif tidak ada dalam berkas. Bila berkas hanya memuat sebagian "
        "pegawai, ulangi impor ini sebagai impor sebagian."
    ]


def test_governments_do_not_see_each_others_people(stored):
    other = [("T", "Pemerintah Kota Pekanbaru", None), ("TD", "Dinas Kesehatan", "T")]
    plan = applied(
        csv_file(pns(1, UNOR_ID="TD", INSTANSI_KERJA_NAMA="Pemerintah Kota Pekanbaru")),
        units=hierarchy_file(*other),
        slug="kota-pekanbaru",
    )
    assert plan.counts() == ZERO | {"new": 1}
    assert Employee.objects.filter(number=nip(1)).count() == 2
    assert Agency.objects.governments().count() == 2
    assert Employee.objects.filter(government__slug="kota-dumai", active=True).count() == 7
