"""Where an election stands on a day, and which election matters."""

from datetime import date

import pytest

from pledges.models import Election, ElectionPhase
from pledges.services.election_phases import nearest, standing_on
from tests import factories, reporting

NAMED = ("PENETAPAN_CALON", date(2027, 2, 14), date(2027, 2, 14))
CAMPAIGN = ("KAMPANYE", date(2027, 2, 17), date(2027, 4, 17))
QUIET = ("MASA_TENANG", date(2027, 4, 18), date(2027, 4, 20))
VOTING = ("PEMUNGUTAN_SUARA", date(2027, 4, 21), date(2027, 4, 21))
ALL = (NAMED, CAMPAIGN, QUIET, VOTING)


def phases(*plans):
    return [ElectionPhase(kind=kind, starts=starts, ends=ends) for kind, starts, ends in plans]


STANDINGS = [
    (
        ALL,
        (2027, 2, 13),
        "BEFORE",
        "Tahapan belum dimulai. Penetapan calon dimulai 14 Februari 2027.",
    ),
    (ALL, (2027, 2, 14), "PENETAPAN_CALON", "Hari ini: penetapan calon, 14 Februari 2027."),
    (
        ALL,
        (2027, 2, 15),
        "PENETAPAN_CALON",
        "Penetapan calon sudah selesai pada 14 Februari 2027. Kampanye dimulai 17 Februari 2027.",
    ),
    (ALL, (2027, 2, 17), "KAMPANYE", "Sekarang: kampanye, 17 Februari 2027 sampai 17 April 2027."),
    (ALL, (2027, 4, 17), "KAMPANYE", "Sekarang: kampanye, 17 Februari 2027 sampai 17 April 2027."),
    (
        ALL,
        (2027, 4, 18),
        "MASA_TENANG",
        "Sekarang: masa tenang, 18 April 2027 sampai 20 April 2027.",
    ),
    (ALL, (2027, 4, 21), "PEMUNGUTAN_SUARA", "Hari ini: pemungutan suara, 21 April 2027."),
    (ALL, (2027, 4, 22), "AFTER", "Pemungutan suara sudah selesai pada 21 April 2027."),
    (
        (CAMPAIGN,),
        (2027, 5, 1),
        "KAMPANYE",
        "Kampanye sudah selesai pada 17 April 2027. Tahapan berikutnya belum dicatat.",
    ),
    ((), (2027, 5, 1), None, "Tahapan pemilu ini belum dicatat."),
]


@pytest.mark.parametrize(("plans", "day", "moment", "sentence"), STANDINGS)
def test_the_moment_follows_from_the_days_of_the_phases(plans, day, moment, sentence):
    standing = standing_on(phases(*reversed(plans)), date(*day))
    assert (standing.moment, standing.sentence) == (moment, sentence)


ELECTIONS = {
    "past": (("PEMUNGUTAN_SUARA", date(2024, 2, 14), date(2024, 2, 14)),),
    "long past": (("PEMUNGUTAN_SUARA", date(2020, 12, 9), date(2020, 12, 9)),),
    "under way": ALL,
    "to come": (("KAMPANYE", date(2029, 1, 1), date(2029, 2, 1)),),
    "unknown": (),
}
NEAREST = [
    (ELECTIONS, "under way"),
    (["past", "long past", "to come", "unknown"], "to come"),
    (["long past", "past", "unknown"], "past"),
    (["unknown"], "unknown"),
    ([], None),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("names", "expected"), NEAREST)
def test_of_several_elections_the_one_under_way_or_next_matters(names, expected):
    government = factories.GovernmentFactory()
    for name in names:
        election = factories.ElectionFactory(government=government, name=name)
        for kind, starts, ends in ELECTIONS[name]:
            reporting.phase_of(election, kind, starts, ends)
    found = nearest(list(Election.objects.prefetch_related("phases")), date(2027, 3, 1))
    assert (found.name if found else None) == expected
