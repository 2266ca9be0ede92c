"""Which unit a row means: by ID, by a name below its OPD, or through a merger; else by none."""

import pytest
from django.utils import timezone

from agencies.models import Agency
from agencies.services.reorganisation import merge_agency

from .files import (
    UNITS,
    applied,
    csv_file,
    hierarchy_file,
    pns,
    previewed,
    reasons,
    told,
)

pytestmark = pytest.mark.django_db

NAMED_ONLY = "unit kerja dicocokkan dengan nama saja, tanpa UNOR ID."


@pytest.fixture(autouse=True)
def dumai():
    """The government with its six units, and one employee at Dinas Kesehatan."""
    return applied(csv_file(pns(1)), units=True).government


def named(n, unit, opd=""):
    """A row that names its unit, and its OPD, without an ID."""
    return pns(n, UNOR_ID="", UNOR_NAMA=unit, SATUAN_KERJA_KERJA_NAMA=opd)


def unit(siasn_id):
    return Agency.objects.get(siasn_id=siasn_id)


def retire(siasn_id, into=None):
    Agency.objects.filter(siasn_id=siasn_id).update(
        retired_at=timezone.now(), merged_into=unit(into) if into else None
    )


def where(plan):
    """{row: the unit's ID} of those the plan takes in."""
    return {item.person.row: item.agency.siasn_id for item in plan.new}


# By name -----------------------------------------------------------------------------------------


def test_a_name_is_taken_where_it_is_the_only_one_and_a_warning_says_so():
    plan = previewed(csv_file(named(2, "dinas  PERHUBUNGAN")), partial=True)
    assert where(plan) == {2: "D2"}
    assert told(plan.warnings) == [f"pns.csv baris 2: {NAMED_ONLY}"]
    assert plan.warnings[0].column == "UNOR NAMA"


def test_of_units_with_the_same_name_the_one_below_the_rows_opd_is_taken():
    rows = [
        named(2, "Sekretariat", "Dinas Perhubungan"),
        named(3, "Sekretariat", "DINAS KESEHATAN"),
    ]
    plan = previewed(csv_file(*rows), partial=True)
    assert (where(plan), plan.rejected) == ({2: "D2S", 3: "D1S"}, [])


def test_an_ambiguous_name_is_rejected_with_the_column():
    plan = previewed(csv_file(named(2, "Sekretariat")), partial=True)
    assert reasons(plan.rejected) == [(2, "Ada 2 unit bernama “Sekretariat”; isikan UNOR ID.")]
    assert plan.rejected[0].column == "UNOR NAMA"


def test_an_ambiguous_name_below_its_own_opd_is_rejected():
    more = [*UNITS, ("E", "Bidang", "D1"), ("F", "Sekretariat", "E")]
    row = named(2, "Sekretariat", "Dinas Kesehatan")
    plan = previewed(csv_file(row), units=hierarchy_file(*more), partial=True)
    assert reasons(plan.rejected) == [
        (2, "Ada 2 unit bernama “Sekretariat” di bawah “Dinas Kesehatan”; isikan UNOR ID.")
    ]


def test_a_unit_of_another_opd_is_never_taken_though_its_name_is_the_only_one():
    row = named(2, "Dinas Perhubungan", "Dinas Kesehatan")
    plan = previewed(csv_file(row), partial=True)
    assert reasons(plan.rejected) == [
        (2, "Unit kerja “Dinas Perhubungan” tidak ada di bawah “Dinas Kesehatan”.")
    ]


def test_a_row_of_an_opd_nobody_knows_is_rejected_though_its_unit_is_the_only_one():
    plan = previewed(csv_file(named(2, "Dinas Perhubungan", "Dinas Sosial")), partial=True)
    assert reasons(plan.rejected) == [
        (2, "OPD “Dinas Sosial” tidak ada dalam hierarki; isikan UNOR ID.")
    ]
    assert plan.rejected[0].column == "SATUAN KERJA KERJA NAMA"


@pytest.mark.parametrize(
    "opd",
    [
        *("Pemerintah Kota Dumai", "PEMERINTAH KOTA DUMAI ", "Kota Dumai"),
        *("Pemko Dumai", "Pemkot Dumai", "-", "Dinas Perhubungan"),
    ],
)
def test_the_government_the_unit_itself_or_a_dash_as_opd_says_nothing(opd):
    plan = previewed(csv_file(named(2, "Dinas Perhubungan", opd)), partial=True)
    assert (where(plan), plan.rejected) == ({2: "D2"}, [])


def test_the_units_own_name_as_opd_says_nothing():
    units = hierarchy_file(*UNITS, ("P", "Puskesmas Bukit Kapur", "D1"))
    row = named(2, "Puskesmas Bukit Kapur", "PUSKESMAS BUKIT KAPUR")
    plan = previewed(csv_file(row), units=units, partial=True)
    assert (where(plan), plan.rejected) == ({2: "P"}, [])


@pytest.fixture
def two_wards():
    """A Puskesmas of Dinas Kesehatan, and another OPD's only ward, of a name it lacks."""
    more = [("P", "Puskesmas Bukit Kapur", "D1"), ("W", "Bidang Angkutan", "D2")]
    applied(csv_file(pns(1)), units=hierarchy_file(*UNITS, *more))


def test_a_unit_named_as_opd_stands_for_the_opd_it_belongs_to(two_wards):
    rows = [
        named(2, "Bidang Angkutan", "Puskesmas Bukit Kapur"),
        named(3, "Sekretariat", "Puskesmas Bukit Kapur"),
    ]
    plan = previewed(csv_file(*rows), partial=True)
    assert where(plan) == {3: "D1S"}
    assert reasons(plan.rejected) == [
        (2, "Unit kerja “Bidang Angkutan” tidak ada di bawah “Puskesmas Bukit Kapur”.")
    ]


def test_an_opd_that_was_merged_stands_for_the_one_it_was_merged_into(two_wards):
    merge_agency(actor=None, source=unit("D1"), target=unit("S"), roles={})
    rows = [
        named(2, "Bidang Angkutan", "Dinas Kesehatan"),
        named(3, "Puskesmas Bukit Kapur", "Dinas Kesehatan"),
    ]
    plan = previewed(csv_file(*rows), partial=True)
    assert where(plan) == {3: "P"}
    assert [row for row, _ in reasons(plan.rejected)] == [2]


def test_an_opd_counts_before_a_unit_of_the_same_name():
    more = [("X", "Dinas Perhubungan", "D1"), ("Y", "Puskesmas", "D1")]
    row = named(2, "Puskesmas", "Dinas Perhubungan")
    plan = previewed(csv_file(row), units=hierarchy_file(*UNITS, *more), partial=True)
    assert reasons(plan.rejected) == [
        (2, "Unit kerja “Puskesmas” tidak ada di bawah “Dinas Perhubungan”.")
    ]


def test_an_id_counts_whatever_the_names_beside_it_say():
    row = pns(2, UNOR_ID="D2S", UNOR_NAMA="Sekretariat", SATUAN_KERJA_KERJA_NAMA="Dinas Kesehatan")
    plan = previewed(csv_file(row), partial=True)
    assert (where(plan), plan.warnings) == ({2: "D2S"}, [])


# Units no longer in use --------------------------------------------------------------------------


def test_who_stands_in_a_merged_unit_works_in_the_one_it_was_merged_into():
    retire("D1S", into="D1")
    retire("D1", into="D2")
    plan = previewed(csv_file(pns(2, UNOR_ID="D1S")), partial=True)
    assert where(plan) == {2: "D2"}
    assert told(plan.warnings) == [
        "pns.csv baris 2: unit kerja “Sekretariat” sudah digabung ke “Dinas Perhubungan”."
    ]


def test_a_merged_unit_is_found_by_its_name_too():
    retire("D1", into="D2")
    plan = previewed(csv_file(named(2, "Dinas Kesehatan")), partial=True)
    assert where(plan) == {2: "D2"}
    (warning,) = told(plan.warnings)
    assert "dengan nama saja" in warning
    assert "sudah digabung ke “Dinas Perhubungan”" in warning


def test_a_name_means_the_unit_in_use_and_not_its_namesake_of_before():
    retire("D1S", into="D1")
    plan = previewed(csv_file(named(2, "Sekretariat")), partial=True)
    assert where(plan) == {2: "D2S"}


@pytest.mark.parametrize("into", [None, "D1S"])
def test_a_row_of_a_unit_that_ended_in_nothing_is_rejected(into):
    retire("D2S", into=into)
    retire("D1S", into="D2S")
    plan = previewed(csv_file(pns(2, UNOR_ID="D2S")), partial=True)
    assert reasons(plan.rejected) == [
        (2, "Unit kerja “Sekretariat” tidak dipakai lagi; sertakan HierarkiUnor terbaru.")
    ]
    assert plan.rejected[0].column == "UNOR ID"


def test_a_hierarchy_that_lists_a_retired_unit_brings_it_back_into_use():
    retire("D1S", into="D2S")
    plan = applied(csv_file(pns(1, UNOR_ID="D1S")), units=True)
    assert told(plan.warnings) == [
        "hierarki-unor.xlsx baris 5: unit “Sekretariat” sudah tidak dipakai, dan dengan impor ini "
        "dipakai kembali."
    ]
    assert plan.units.counts()["revived"] == 1
    assert (unit("D1S").retired_at, unit("D1S").merged_into) == (None, None)
    assert unit("D1S").employees.get().siasn_id == "P1"


def test_a_hierarchy_that_no_longer_lists_it_leaves_it_retired():
    retire("D2S", into="D2")
    rows = [row for row in UNITS if row[0] != "D2S"]
    plan = applied(csv_file(pns(1), pns(2, UNOR_ID="D2S")), units=hierarchy_file(*rows))
    assert where(plan) == {3: "D2"}
    assert unit("D2S").retired_at is not None


def test_a_new_unit_is_not_taken_for_a_retired_one_of_the_same_name():
    retire("D2S", into="D2")
    rows = [row for row in UNITS if row[0] != "D2S"]
    plan = applied(csv_file(pns(1)), units=hierarchy_file(*rows, ("N", "Sekretariat", "D2")))
    assert plan.units.counts()["created"] == 1
    assert unit("N").pk != unit("D2S").pk


def test_somebody_still_in_a_retired_unit_counts_as_moved_out_of_it():
    retire("D1", into="D2")
    plan = previewed(csv_file(pns(1)))
    assert [(item.origin.siasn_id, item.destination.siasn_id) for item in plan.moved] == [
        ("D1", "D2")
    ]
