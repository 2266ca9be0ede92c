"""The two sample rosters: a small one, and a whole city of 8,679 people in 898 units."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.choices import EmployeeKind
from agencies.models import Agency, Employee, IdentityNumber
from agencies.roster.importing import apply, preview
from agencies.roster.matching import OTHER_PERSON

from .files import needs_data, real_roster, unit_counts

pytestmark = [pytest.mark.django_db, needs_data]

SOUND = ([], [], [], [], [])
ZERO = {"new": 0, "changed": 0, "moved": 0, "left": 0, "unchanged": 0}


def kinds():
    return Counter(Employee.objects.active().values_list("kind", flat=True))


def test_the_small_roster_is_imported_whole_and_once():
    roster = real_roster("small")
    plan = preview(roster)
    assert plan.counts() == ZERO | {"new": 460}
    assert (plan.rejected, plan.warnings, plan.new_government) == ([], [], True)
    assert apply(roster).counts() == ZERO | {"new": 460}
    assert kinds() == {
        EmployeeKind.PNS: 326,
        EmployeeKind.PPPK: 29,
        EmployeeKind.PPPK_PARUH_WAKTU: 65,
        EmployeeKind.NON_ASN: 40,
    }
    assert Counter(Agency.objects.values_list("level", flat=True)) == {
        "GOVERNMENT": 1,
        "OPD": 37,
        "UNIT": 172,
    }
    assert IdentityNumber.objects.count() == 460
    assert Agency.objects.find_problems() == SOUND
    assert not Agency.objects.opds().filter(head=None).exists()
    assert apply(roster).counts() == ZERO | {"unchanged": 460}


def test_a_city_follows_the_small_roster_though_every_id_is_another():
    apply(real_roster("small"))
    secretariat = Agency.objects.get(name="Sekretariat Daerah")
    city = real_roster("kota")
    expected = {"new": 8670, "changed": 0, "moved": 0, "left": 451, "unchanged": 0}
    with CaptureQueriesContext(connection) as captured:
        plan = preview(city)
    assert (plan.counts(), len(captured)) == (expected, 5)
    # Nine NIP of the synthetic city are those of other people in the small roster.
    assert [rejection.reason for rejection in plan.rejected] == [OTHER_PERSON] * 9
    assert plan.units.counts() == unit_counts(898, created=688, adopted=210)
    assert apply(city).counts() == expected
    assert (Agency.objects.count(), Agency.objects.find_problems()) == (898, SOUND)
    renewed = Agency.objects.get(pk=secretariat.pk)
    assert (renewed.uuid, renewed.path) == (secretariat.uuid, secretariat.path)
    assert renewed.siasn_id == "73AB48767734D7C1C7FDE805EC99108D" != secretariat.siasn_id
    assert kinds() == {
        EmployeeKind.PNS: 4708,
        EmployeeKind.PPPK: 1292,
        EmployeeKind.PPPK_PARUH_WAKTU: 2379,
        EmployeeKind.NON_ASN: 300,
    }
    assert Employee.objects.filter(active=False).count() == 451
    assert apply(city).counts() == ZERO | {"unchanged": 8670}
