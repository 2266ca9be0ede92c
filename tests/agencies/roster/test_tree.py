"""The stored tree follows the hierarchy, in whatever way units come, go, move and change IDs."""

import pytest
from django.db import IntegrityError

from agencies.choices import AgencyLevel
from agencies.errors import RosterError
from agencies.models import Agency
from agencies.roster.importing import preview
from tests.factories import GovernmentFactory, OpdFactory, UnitFactory

from .files import UNITS, applied, csv_file, hierarchy_file, pns, roster, told, unit_counts

pytestmark = pytest.mark.django_db

SOUND = ([], [], [], [], [])


@pytest.fixture
def dumai():
    """The government with its six units, and one employee at Dinas Kesehatan."""
    return applied(csv_file(pns(1)), units=True).government


def changed(**units):
    """UNITS with some rows replaced by (name, parent); None drops one; new IDs are appended."""
    rows = {key: (key, name, parent) for key, name, parent in UNITS}
    for key, value in units.items():
        rows[key] = value and (key, *value)
    return [row for row in rows.values() if row]


def import_units(*units):
    """Import a hierarchy with nobody new; returns what happened to the units."""
    return applied(csv_file(pns(1)), units=hierarchy_file(*units), partial=True).units


def outline():
    """{name path: siasn_id} of the whole tree."""
    names, found = {}, {}
    for agency in Agency.objects.all():
        above = names.get(agency.path[:-4], "")
        names[agency.path] = f"{above}/{agency.name}"
        found[names[agency.path]] = agency.siasn_id
    return found


def test_a_new_government_is_made_from_the_root(dumai):
    stored = Agency.objects.get(slug="kota-dumai")
    assert (stored.name, stored.level, stored.siasn_id) == (
        "Pemerintah Kota Dumai",
        AgencyLevel.GOVERNMENT,
        "R",
    )
    levels = Agency.objects.values_list("siasn_id", "level", "depth", "numchild")
    assert list(levels) == [
        ("R", AgencyLevel.GOVERNMENT, 1, 3),
        ("S", AgencyLevel.OPD, 2, 0),
        ("D1", AgencyLevel.OPD, 2, 1),
        ("D1S", AgencyLevel.UNIT, 3, 0),
        ("D2", AgencyLevel.OPD, 2, 1),
        ("D2S", AgencyLevel.UNIT, 3, 0),
    ]
    assert Agency.objects.find_problems() == SOUND


def test_a_new_government_stands_beside_those_there_are():
    other = GovernmentFactory()
    OpdFactory(parent=other)
    applied(csv_file(pns(1)), units=True)
    assert Agency.objects.get(slug="kota-dumai").path == "0002"
    assert Agency.objects.get(pk=other.pk).numchild == 1
    assert Agency.objects.find_problems() == SOUND


def test_a_preview_writes_no_unit():
    plan = preview(roster(csv_file(pns(1)), units=hierarchy_file()))
    assert plan.new_government
    assert plan.units.counts() == unit_counts(created=6)
    assert not Agency.objects.exists()


def test_the_same_hierarchy_again_changes_nothing(dumai):
    units = import_units(*UNITS)
    assert (units.counts(), units.updated) == (
        unit_counts(),
        [],
    )


def test_renames_follow_the_file_and_keep_the_unit(dumai):
    before = Agency.objects.get(siasn_id="D2")
    units = import_units(*changed(D2=("Dinas Perhubungan dan Kominfo", "R")))
    after = Agency.objects.get(siasn_id="D2")
    assert units.counts() == unit_counts(renamed=1)
    assert (after.pk, after.uuid, after.path) == (before.pk, before.uuid, before.path)
    assert after.name == "Dinas Perhubungan dan Kominfo"


def test_moves_follow_the_file_with_all_below(dumai):
    import_units(*changed(X=("Seksi", "D2S")))
    units = import_units(*changed(D2=("Dinas Perhubungan", "D1"), X=("Seksi", "D2S")))
    assert units.counts() == unit_counts(7, moved=1)
    assert "/Pemerintah Kota Dumai/Dinas Kesehatan/Dinas Perhubungan/Sekretariat/Seksi" in outline()
    assert Agency.objects.get(siasn_id="D2").level == AgencyLevel.UNIT
    assert Agency.objects.find_problems() == SOUND


def test_two_units_may_change_places(dumai):
    swapped = changed(
        D1=("Dinas Kesehatan", "D2S"), D2=("Dinas Perhubungan", "R"), D1S=("Sekretariat", "R")
    )
    import_units(*swapped)
    assert Agency.objects.find_problems() == SOUND
    import_units(*UNITS)
    assert Agency.objects.find_problems() == SOUND
    assert sorted(outline().values()) == ["D1", "D1S", "D2", "D2S", "R", "S"]


def test_a_new_unit_never_takes_the_place_of_one_that_moved_away(dumai):
    before = Agency.objects.get(siasn_id="D2").path
    import_units(*changed(D2=("Dinas Perhubungan", "S"), N=("Dinas Baru", "R")))
    assert Agency.objects.get(siasn_id="N").path != before
    assert Agency.objects.find_problems() == SOUND


def test_units_not_in_the_file_stay_and_move_with_what_they_belong_to(dumai):
    import_units(*changed(D2S=None, D2=("Dinas Perhubungan", "S")))
    assert outline()["/Pemerintah Kota Dumai/Sekretariat Daerah/Dinas Perhubungan/Sekretariat"] == (
        "D2S"
    )
    assert Agency.objects.find_problems() == SOUND


def test_a_unit_with_a_new_id_is_recognised_by_its_name_below_the_same_unit(dumai):
    keys = dict(Agency.objects.values_list("siasn_id", "pk"))
    renewed = [(f"{key}-2", name, parent and f"{parent}-2") for key, name, parent in UNITS]
    plan = applied(
        csv_file(pns(1, UNOR_ID="D1-2")), units=hierarchy_file(*renewed, ("N", "Dinas Baru", "R-2"))
    )
    assert plan.counts() == {"new": 0, "changed": 0, "moved": 0, "left": 0, "unchanged": 1}
    assert plan.units.counts() == unit_counts(7, created=1, adopted=6)
    assert sorted(told(plan.warnings)) == [
        f"hierarki-unor.xlsx baris {row}: unit “{name}” dikenali dari namanya saja; UNOR ID-nya "
        "lain dari yang tersimpan."
        for row, (_, name, _) in enumerate(UNITS[1:], start=3)
    ]
    stored = dict(Agency.objects.values_list("siasn_id", "pk"))
    assert stored == {f"{key}-2": pk for key, pk in keys.items()} | {"N": stored["N"]}
    assert Agency.objects.find_problems() == SOUND


def test_an_agency_made_by_hand_is_recognised_by_its_name():
    government = GovernmentFactory(slug="kota-dumai", name="Kota Dumai")
    opd = OpdFactory(parent=government, name="dinas  KESEHATAN")
    plan = applied(csv_file(pns(1)), units=True)
    opd.refresh_from_db()
    assert (opd.siasn_id, opd.name) == ("D1", "Dinas Kesehatan")
    assert plan.units.counts() == unit_counts(created=4, renamed=2, adopted=2)


def test_a_unit_known_by_its_id_is_warned_of_by_nobody(dumai):
    assert import_units(*changed(D2=("Dinas Kominfo", "R"))).warnings == []


def test_an_ambiguous_name_is_not_taken_for_a_new_id(dumai):
    UnitFactory(parent=Agency.objects.get(siasn_id="D1"), name="Sekretariat")
    import_units(*changed(D1S=None, E=("Sekretariat", "D1")))
    assert Agency.objects.filter(name="Sekretariat").count() == 4
    import_units(*changed(D2S=None, E=("Sekretariat", "D1"), F=("UPT", "D2"), G=("UPT", "D2")))
    assert Agency.objects.filter(name="UPT").count() == 2


def test_a_unit_elsewhere_with_the_same_name_is_not_taken_for_it(dumai):
    import_units(*changed(D1S=None, E=("Sekretariat", "S")))
    assert outline()["/Pemerintah Kota Dumai/Dinas Kesehatan/Sekretariat"] == "D1S"
    assert outline()["/Pemerintah Kota Dumai/Sekretariat Daerah/Sekretariat"] == "E"


@pytest.mark.parametrize(
    "units",
    [
        [("D1", "Pemerintah Kota Dumai", None)],
        [("Q", "Pemerintah Kota Dumai", None), ("R", "Dinas", "Q")],
    ],
)
def test_a_root_that_is_another_unit_is_refused(dumai, units):
    with pytest.raises(RosterError, match="bukan unit teratas Pemerintah Kota Dumai"):
        import_units(*units)


def test_an_id_that_another_government_holds_by_mistake_stands_in_nobodys_way(dumai):
    mistaken = OpdFactory(siasn_id="X9")
    import_units(*changed(X9=("Dinas", "R")))
    stored = Agency.objects.filter(siasn_id="X9").exclude(pk=mistaken.pk).get()
    assert (stored.name, stored.government_path) == ("Dinas", dumai.path)
    mistaken.refresh_from_db()
    assert mistaken.government_path != dumai.path


def test_within_a_government_the_database_refuses_an_id_twice(dumai):
    with pytest.raises(IntegrityError):
        OpdFactory(parent=dumai, siasn_id="D1")


def test_a_tree_that_kept_units_would_make_too_deep_is_refused(dumai):
    chain = [(f"U{n}", f"Unit {n}", f"U{n - 1}" if n else "D2S") for n in range(40)]
    import_units(*UNITS, *chain)
    deeper = [(f"V{n}", f"Unit {n}", f"V{n - 1}" if n else "S") for n in range(30)]
    with pytest.raises(RosterError, match="akan lebih dalam dari 63 tingkat"):
        import_units(*changed(D2=("Dinas Perhubungan", "V29")), *deeper)


def test_without_a_hierarchy_an_unknown_government_is_refused():
    with pytest.raises(RosterError) as caught:
        applied(csv_file(pns(1)))
    assert caught.value.message == (
        "Pemerintah daerah kota-dumai belum dikenal; sertakan HierarkiUnor."
    )
