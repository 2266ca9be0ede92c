"""The lines of a preview about units and heads: what is seen there is what is written."""

import pytest
from django.utils import timezone

from agencies.choices import LineGroup
from agencies.models import Agency, Employee, RosterImport
from agencies.roster.importing import preview
from agencies.roster.lines import digest_of, lines_of
from agencies.roster.structure import IF_ALL_STAY, IF_DEACTIVATED
from agencies.services import import_work, imports

from .files import UNITS, applied, csv_file, hierarchy_file, nip, pns, previewed, roster
from .uploads import again, received

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def dumai():
    """The government with its six units, and a head of Dinas Kesehatan with a deputy."""
    return applied(led_by((1, "II.b"), (2, "III.a")), units=True).government


def led_by(*people):
    """PNS of Dinas Kesehatan by (number, eselon)."""
    return csv_file(*(pns(n, ESELON_NAMA=echelon) for n, echelon in people))


def tree(*more, **changes):
    """The hierarchy with units changed to (name, unit above) or left out, and more of them."""
    rows = {key: (name, above) for key, name, above in UNITS} | changes
    return hierarchy_file(*((key, *row) for key, row in rows.items() if row), *more)


def lines(group, source, **options):
    """(unit, unit before, whose, what) of each line of the group."""
    return [
        (line.agency_name, line.origin_name, line.name, line.reason)
        for line in lines_of(previewed(source, **options), None)
        if line.group == group
    ]


def everybody():
    return led_by((1, "II.b"), (2, "III.a"))


# Units -------------------------------------------------------------------------------------------


def test_a_first_import_tells_of_every_unit_where_it_stands():
    slug, name = "kota-lain", "Kota Lain"
    units = hierarchy_file(("Q", name, None), ("Q1", "Dinas", "Q"), ("Q2", "Bidang", "Q1"))
    source = csv_file(pns(9, UNOR_ID="Q1", INSTANSI_KERJA_NAMA=name))
    assert lines(LineGroup.UNIT, source, units=units, slug=slug) == [
        (name, "", "", "Pemerintah daerah baru."),
        ("Dinas", "", "", "Unit baru di bawah “Kota Lain”."),
        ("Bidang, Dinas", "", "", "Unit baru di bawah “Dinas”."),
    ]


def test_a_renamed_unit_is_told_with_its_name_of_before():
    renamed = tree(D2=("Dinas Kominfo", "R"))
    assert lines(LineGroup.UNIT, everybody(), units=renamed) == [
        ("Dinas Kominfo", "Dinas Perhubungan", "", "Berganti nama; sebelumnya “Dinas Perhubungan”.")
    ]


def test_a_moved_unit_is_told_with_where_it_stood():
    moved = tree(D2S=("Sekretariat Lama", "S"))
    assert lines(LineGroup.UNIT, everybody(), units=moved) == [
        (
            "Sekretariat Lama, Sekretariat Daerah",
            "Sekretariat, Dinas Perhubungan",
            "",
            "Berganti nama; sebelumnya “Sekretariat”. "
            "Pindah dari “Dinas Perhubungan” ke “Sekretariat Daerah”.",
        )
    ]


def test_a_unit_known_by_its_name_alone_is_told_and_so_is_one_that_is_in_no_file():
    Agency.objects.filter(siasn_id="D2").update(retired_at=timezone.now())
    units = tree(("S-2", "Sekretariat Daerah", "R"), S=None, D1S=None)
    assert sorted(lines(LineGroup.UNIT, everybody(), units=units)) == [
        ("Dinas Perhubungan", "", "", "Dipakai kembali."),
        ("Sekretariat Daerah", "", "", "Dikenali dari namanya; ID UNOR-nya baru."),
        ("Sekretariat, Dinas Kesehatan", "", "", "Tidak ada dalam hierarki; tetap dipakai."),
    ]


def test_a_retired_unit_in_no_file_is_not_told_of():
    Agency.objects.filter(siasn_id="D1S").update(retired_at=timezone.now())
    assert lines(LineGroup.UNIT, everybody(), units=tree(D1S=None)) == []


@pytest.mark.parametrize("units", [None, True])
def test_units_that_stay_as_they_are_have_no_line(units):
    assert lines(LineGroup.UNIT, everybody(), units=units) == []


# Heads -------------------------------------------------------------------------------------------


def test_a_first_head_is_told():
    source = csv_file(pns(5, UNOR_ID="D2", ESELON_NAMA="II.b"))
    assert lines(LineGroup.HEAD, source, partial=True) == [
        ("Dinas Perhubungan", "", "SITI RAHMAWATI 5, S.E.", "Kepala baru.")
    ]


def test_a_head_who_moves_is_told_of_at_both_places():
    source = csv_file(pns(1, UNOR_ID="D2", ESELON_NAMA="II.b"))
    before = "(sebelumnya SITI RAHMAWATI 1, S.E.)"
    assert lines(LineGroup.HEAD, source, partial=True) == [
        ("Dinas Kesehatan", "", "SITI RAHMAWATI 2, S.E.", f"Kepala baru {before}."),
        ("Dinas Perhubungan", "", "SITI RAHMAWATI 1, S.E.", "Kepala baru."),
    ]


def test_a_head_of_a_unit_that_is_new_itself_is_told():
    source = csv_file(pns(5, UNOR_ID="N", ESELON_NAMA="II.b"))
    units = tree(("N", "Badan Baru", "R"))
    assert lines(LineGroup.HEAD, source, units=units, partial=True) == [
        ("Badan Baru", "", "SITI RAHMAWATI 5, S.E.", "Kepala baru.")
    ]


def test_a_post_that_becomes_vacant_is_told():
    source = csv_file(pns(1, UNOR_ID="S"), pns(2, UNOR_ID="S"))
    assert lines(LineGroup.HEAD, source, partial=True) == [
        (
            "Dinas Kesehatan",
            "",
            "",
            "Jabatan kepala menjadi kosong (sebelumnya SITI RAHMAWATI 1, S.E.).",
        )
    ]


def test_what_hangs_on_the_decision_about_leavers_says_so():
    applied(led_by((1, "II.b"), (2, "III.a"), (3, "")), units=True)
    Agency.objects.update(head=None)
    found = lines(LineGroup.HEAD, led_by((2, "III.a"), (3, "")))
    assert found == [
        ("Dinas Kesehatan", "", "SITI RAHMAWATI 2, S.E.", f"Kepala baru. {IF_DEACTIVATED}"),
        ("Dinas Kesehatan", "", "SITI RAHMAWATI 1, S.E.", f"Kepala baru. {IF_ALL_STAY}"),
    ]


@pytest.mark.parametrize(("deactivate", "head"), [(True, "P2"), (False, "P1")])
def test_the_head_that_was_seen_is_written(deactivate, head):
    roster_import = received(led_by((2, "III.a")))
    import_work.read(str(roster_import.uuid))
    ready = again(roster_import)
    assert (ready.counts["heads"], ready.counts["heads_if_all_stay"]) == (1, 0)
    imports.approve(
        actor=None,
        roster_import=ready,
        plan_digest=ready.plan_digest,
        deactivate=deactivate,
    )
    import_work.apply(str(ready.uuid))
    assert again(ready).state == "APPLIED"
    assert Agency.objects.get(siasn_id="D1").head.siasn_id == head


@pytest.mark.parametrize(("deactivate", "head"), [(True, 2), (False, 1)])
def test_once_it_is_decided_only_the_heads_that_came_about_are_told_of(deactivate, head):
    applied(led_by((1, "II.b"), (2, "III.a"), (3, "")), units=True)
    Agency.objects.update(head=None)
    roster_import = received(led_by((2, "III.a"), (3, "")))
    import_work.read(str(roster_import.uuid))
    ready = again(roster_import)
    assert ready.lines.filter(group=LineGroup.HEAD).count() == 2
    imports.approve(
        actor=None, roster_import=ready, plan_digest=ready.plan_digest, deactivate=deactivate
    )
    import_work.apply(str(ready.uuid))
    (line,) = ready.lines.filter(group=LineGroup.HEAD)
    assert (line.name, line.reason) == (f"SITI RAHMAWATI {head}, S.E.", "Kepala baru.")


def test_so_it_is_on_the_command_line_where_who_left_is_deactivated():
    applied(led_by((1, "II.b"), (2, "III.a"), (3, "")), units=True)
    Agency.objects.update(head=None)
    applied(led_by((2, "III.a"), (3, "")))
    (line,) = RosterImport.objects.first().lines.filter(group=LineGroup.HEAD)
    assert (line.name, line.reason) == ("SITI RAHMAWATI 2, S.E.", "Kepala baru.")


def test_all_that_a_plan_said_of_heads_is_what_is_stored_afterwards():
    source = csv_file(
        pns(1, UNOR_ID="D2", ESELON_NAMA="II.b"),
        pns(2, ESELON_NAMA="II.b"),
        pns(3, UNOR_ID="S", ESELON_NAMA="II.a"),
        pns(4, UNOR_ID="N", ESELON_NAMA="III.b"),
    )
    options = {"units": tree(("N", "Badan Baru", "R"))}
    told = {(line[0], line[2][:16]) for line in lines(LineGroup.HEAD, source, **options)}
    applied(source, **options)
    headed = Agency.objects.exclude(head=None).select_related("head")
    assert {(agency.name, agency.head.name) for agency in headed} == told


# What is approved --------------------------------------------------------------------------------


def test_who_would_be_head_is_part_of_what_is_approved():
    asked = roster(everybody())
    before = digest_of(preview(asked))
    Agency.objects.filter(siasn_id="D1").update(head=None)
    assert digest_of(preview(asked)) != before


def test_a_number_of_a_head_who_left_changes_the_digest():
    digests = {digest_of(previewed(led_by((n, "II.b")))) for n in (1, 2)}
    assert len(digests) == 2


def test_units_that_the_file_lacks_are_part_of_what_is_approved():
    whole, part = (roster(everybody(), units=units) for units in (tree(), tree(D1S=None)))
    assert preview(part).units.changes
    assert digest_of(preview(whole)) != digest_of(preview(part))


def test_lines_of_heads_name_their_number_for_whoever_searches_by_it():
    applied(csv_file(pns(1, UNOR_ID="D2", ESELON_NAMA="II.b"), pns(2, ESELON_NAMA="II.b")))
    stored = RosterImport.objects.first().lines.filter(group=LineGroup.HEAD)
    assert {line.number for line in stored.matching(nip(1))} == {nip(1)}
    assert Employee.objects.count() == 2
