"""Applying: whole or not at all, twice as good as once, and a trace without personal data."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.choices import AgencyLevel, EmployeeKind, NumberKind
from agencies.errors import RosterError
from agencies.models import Agency, Employee, Event, IdentityNumber, Placement, RosterImport, User
from agencies.roster.importing import apply, preview
from agencies.roster.sources import MAX_ROWS, Source
from agencies.services import import_work, imports
from tests.factories import UserFactory

from .files import (
    applied,
    csv_file,
    hierarchy_file,
    nip,
    non_asn,
    pns,
    pppk,
    previewed,
    roster,
    unit_counts,
)
from .uploads import received

pytestmark = pytest.mark.django_db

ZERO = {"new": 0, "changed": 0, "moved": 0, "left": 0, "unchanged": 0}


def queries_of(act, *arguments, **options):
    with CaptureQueriesContext(connection) as captured:
        act(*arguments, **options)
    return len(captured)


def everything():
    """All rows an import may write of agencies, people and what was done."""
    models = (Agency, Employee, IdentityNumber, Placement, Event)
    return [list(model.objects.values()) for model in models]


def test_a_preview_writes_nothing():
    previewed(csv_file(pns(1)), units=True)
    assert everything() == [[], [], [], [], []]


def test_a_person_is_stored_as_cleaned():
    applied(csv_file(pns(1, GELAR_DEPAN="dr.", ESELON_NAMA="II.a", UNOR_ID="D1S")), units=True)
    employee = Employee.objects.select_related("agency", "government").get()
    assert employee.full_name == "dr. SITI RAHMAWATI 1, S.E."
    assert (employee.agency.siasn_id, employee.government.slug) == ("D1S", "kota-dumai")
    assert (employee.kind, employee.number_kind) == (EmployeeKind.PNS, NumberKind.NIP)
    assert (employee.number, employee.siasn_id) == (nip(1), "P1")
    assert (employee.grade, employee.echelon) == ("III/c", "II.a")
    assert (employee.position, employee.active) == ("PERAWAT AHLI MUDA", True)
    assert (employee.email, employee.phone) == ("siti@example.go.id", "081212046497")


def test_nothing_outside_the_whitelist_is_stored():
    secrets = ("1472014606794329", "Islam")
    applied(csv_file(pns(1)), csv_file(non_asn(1), name="non-asn.csv"), units=True)
    stored = json.dumps(everything(), default=str)
    assert not any(secret in stored for secret in secrets)
    assert Employee.objects.get(number_kind=NumberKind.NIK).number == "1472011701940001"


def test_the_same_again_leaves_everything_as_it_is():
    files = (csv_file(pns(1, ESELON_NAMA="II.b"), pns(2)), csv_file(pppk(1), name="pppk.csv"))
    applied(*files, units=True)
    before = everything()
    plan = applied(*files, units=True)
    assert plan.counts() == ZERO | {"unchanged": 3}
    assert everything()[:4] == before[:4]


def test_what_is_applied_is_what_the_preview_said():
    applied(csv_file(*(pns(n) for n in range(1, 6))), units=True)
    asked = roster(csv_file(pns(1, NAMA="BARU"), pns(2, UNOR_ID="D2"), pns(3), pns(6)))
    said = preview(asked).counts()
    assert said == {"new": 1, "changed": 1, "moved": 1, "left": 2, "unchanged": 1}
    assert apply(asked).counts() == said
    assert Employee.objects.get(siasn_id="P1").name == "BARU"
    assert Employee.objects.get(siasn_id="P2").agency.siasn_id == "D2"
    gone = Employee.objects.filter(active=False).order_by("siasn_id")
    assert list(gone.values_list("siasn_id", "agency__siasn_id")) == [("P4", "D1"), ("P5", "D1")]


def test_the_plan_is_made_anew_from_what_is_stored_when_applied():
    asked = roster(csv_file(pns(1), pns(2)), units=hierarchy_file())
    assert preview(asked).counts() == ZERO | {"new": 2}
    applied(csv_file(pns(1)), units=True)
    assert apply(asked).counts() == ZERO | {"new": 1, "unchanged": 1}


def test_rejected_rows_do_not_stop_the_others():
    plan = applied(csv_file(pns(1), pns(2, UNOR_ID="TIADA"), pns(3)), units=True)
    assert len(plan.rejected) == 1
    assert set(Employee.objects.values_list("siasn_id", flat=True)) == {"P1", "P3"}


def test_a_number_that_changed_is_kept_with_its_history():
    applied(csv_file(pppk(1)), units=True)
    applied(csv_file(pppk(7, PNS_ID="K1")))
    employee = Employee.objects.get()
    assert employee.number == "198806042024212007"
    assert list(employee.numbers.values_list("number", "kind")) == [
        ("198806042024212007", "NI_PPPK"),
        ("198806042024212001", "NI_PPPK"),
    ]


def test_a_number_had_before_becomes_the_newest_again():
    for n in (1, 7, 1):
        applied(csv_file(pppk(n, PNS_ID="K1")), units=True)
    employee = Employee.objects.get()
    assert [number.number for number in employee.numbers.all()] == [
        "198806042024212001",
        "198806042024212007",
    ]


def test_a_number_entered_by_hand_gets_into_the_history_when_it_changes():
    applied(csv_file(pppk(1)), units=True)
    IdentityNumber.objects.all().delete()
    applied(csv_file(pppk(7, PNS_ID="K1")))
    assert [number.number for number in Employee.objects.get().numbers.all()] == [
        "198806042024212007",
        "198806042024212001",
    ]


def test_somebody_who_became_pns_keeps_the_kind_of_the_old_number():
    applied(csv_file(pppk(1)), units=True)
    applied(csv_file(pns(1, PNS_ID="K1")))
    assert list(Employee.objects.get().numbers.values_list("number", "kind")) == [
        (nip(1), "NIP"),
        ("198806042024212001", "NI_PPPK"),
    ]


def test_an_event_tells_digests_and_counts_and_nothing_personal():
    actor = UserFactory()
    source = csv_file(pns(1, ESELON_NAMA="II.b"), pns(2, NAMA=""))
    applied(source, units=hierarchy_file(), actor=actor)
    event = Event.objects.get()
    government = Agency.objects.get(slug="kota-dumai")
    assert (event.act, event.actor, event.government) == ("roster.applied", actor, government)
    roster_import = RosterImport.objects.get()
    assert (event.object_type, event.object_id) == ("rosterimport", str(roster_import.uuid))
    assert event.data["files"][1] == {"sha256": source.sha256}
    assert len(event.data["files"]) == 2
    assert {key: event.data[key] for key in ("counts", "units", "heads")} == {
        "counts": ZERO | {"new": 1, "rejected": 1, "warnings": 0},
        "units": unit_counts(created=6),
        "heads": 1,
    }
    assert (event.data["partial"], event.data["new_government"]) == (False, True)
    assert "SITI" not in json.dumps(event.data)
    assert nip(1) not in json.dumps(event.data)


def test_a_failure_at_the_very_end_leaves_nothing_half_written():
    applied(csv_file(pns(1), pns(2)), units=True)
    before = everything()
    with pytest.raises(ValueError, match="unsaved related object"):
        applied(csv_file(pns(1, NAMA="BARU"), pns(3)), units=True, actor=User(username="x"))
    assert everything() == before


def test_rows_that_appeared_meanwhile_end_the_import_with_a_sentence():
    # What a second first import at the same moment leaves: the next root's place is taken.
    Agency.objects.create(level=AgencyLevel.OPD, depth=2, path="0001", name="Lain")
    with pytest.raises(RosterError) as caught:
        applied(csv_file(pns(1)), units=True)
    assert caught.value.message == (
        "Data pegawai atau unit berubah ketika impor berjalan; "
        "tidak ada yang ditulis. Ulangi impor ini."
    )
    assert (Agency.objects.count(), Employee.objects.count()) == (1, 0)


def test_an_unreadable_file_among_good_ones_writes_nothing():
    with pytest.raises(RosterError):
        applied(csv_file(pns(1)), csv_file({"A": 1}, name="rusak.csv"), units=True)
    assert everything() == [[], [], [], [], []]


def test_more_rows_than_any_government_has_are_refused_in_several_files_as_well():
    data = b"NIK;NAMA;UNIT KERJA\n" + b"1;a;b\n" * (MAX_ROWS // 2 + 1)
    with pytest.raises(RosterError) as caught:
        roster(Source("a.csv", data), Source("b.csv", data))
    assert caught.value.message == (
        "Berkas-berkas ini bersama-sama berisi lebih dari 200.000 baris."
    )


def rows_of(prefix, count, **fields):
    """PNS of the government whose unit IDs begin with `prefix`."""
    rows = [pns(n, INSTANSI_KERJA_NAMA="", UNOR_ID=f"{prefix}D1") for n in range(1, count + 1)]
    return csv_file(*(row | fields for row in rows))


def test_queries_do_not_grow_with_the_rows():
    few, many = {"slug": "kota-a"}, {"slug": "kota-b"}
    for options, prefix, name in ((few, "A", "Kota A"), (many, "B", "Kota B")):
        options["units"] = hierarchy_file(
            (prefix, name, None), (f"{prefix}D1", "Dinas", prefix), (f"{prefix}D2", "Badan", prefix)
        )
    for act in (previewed, applied, previewed, applied):
        assert queries_of(act, rows_of("A", 3), **few) == queries_of(act, rows_of("B", 50), **many)
    changed = {"NAMA": "BARU", "ESELON NAMA": "II.b"}
    three = rows_of("A", 3, **changed, **{"UNOR ID": "AD2"})
    fifty = rows_of("B", 50, **changed, **{"UNOR ID": "BD2"})
    for act in (previewed, applied):
        assert queries_of(act, three, **few) == queries_of(act, fifty, **many)
    for act in (previewed, applied):
        assert queries_of(act, rows_of("A", 1), **few) == queries_of(act, rows_of("B", 1), **many)
    assert Employee.objects.active().count() == 2


def test_in_the_browser_queries_grow_by_the_batch_and_not_by_the_row():
    applied(csv_file(pns(1)), units=True)
    counted = []
    for rows in (range(2, 12), range(12, 412)):
        roster_import = received(strangers(rows), partial=True)
        read = queries_of(import_work.read, str(roster_import.uuid))
        roster_import.refresh_from_db()
        assert roster_import.counts["new"] == len(rows)
        imports.approve(
            actor=None,
            roster_import=roster_import,
            plan_digest=roster_import.plan_digest,
            deactivate=None,
        )
        counted.append((read, queries_of(import_work.apply, str(roster_import.uuid))))
    (few_read, few_applied), (many_read, many_applied) = counted
    assert many_read - few_read < 400 / 30
    assert many_applied - few_applied < 400 / 15


def strangers(numbers):
    """PNS nobody has seen before."""
    return csv_file(*(pns(n) for n in numbers), name=f"{numbers[0]}.csv")
