"""The figures of a dashboard: the recap's, from every side, adding up."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from agencies.choices import EmployeeKind, RoleName
from agencies.querysets import paths_of
from pledges import reports
from pledges.choices import ParticipantState
from pledges.services import absences, campaign_figures, campaigns, ceremonies
from pledges.services.dashboard_figures import (
    figures_of_campaign,
    figures_of_ceremony,
    level_of,
)
from tests import campaigning, factories
from tests.annulling import annul

pytestmark = pytest.mark.django_db
MORNING = datetime(2023, 1, 11, 1, 5, tzinfo=UTC)
NOON = datetime(2023, 1, 11, 5, 59, tzinfo=UTC)


@pytest.fixture
def government():
    return factories.GovernmentFactory()


@pytest.fixture
def health(government):
    return factories.OpdFactory(parent=government, name="Dinas Kesehatan")


@pytest.fixture
def ceremony(government, health):
    """Five of Kesehatan (two have signed in the morning, one is excused, one refuses), and of
    Pendidikan one who has signed at noon and one whose signature was annulled.
    """
    schools = factories.OpdFactory(parent=government, name="Dinas Pendidikan")
    clinic = factories.UnitFactory(parent=health)
    people = [
        (health, "Ani", EmployeeKind.PNS, "III/b"),
        (clinic, "Budi", EmployeeKind.PPPK, "IX"),
        (health, "Cici", EmployeeKind.PNS, "IV/a"),
        (health, "Dedi", EmployeeKind.NON_ASN, ""),
        (clinic, "Edi", EmployeeKind.CPNS, "III/a"),
        (schools, "Fani", EmployeeKind.PNS, "II/c"),
        (schools, "Gita", EmployeeKind.PPPK, "II"),
    ]
    for agency, name, kind, grade in people:
        factories.EmployeeFactory(agency=agency, name=name, kind=kind, grade=grade)
    with time_machine.travel(MORNING, tick=False):
        found = factories.open_ceremony(government, employees=0)
        factories.sign(person(found, "Ani"))
        factories.sign(person(found, "Budi"))
        factories.sign(person(found, "Gita"))
    with time_machine.travel(NOON, tick=False):
        factories.sign(person(found, "Fani"))
        absences.excuse(actor=None, participant=person(found, "Cici"), reason="Cuti")
        absences.refuse(actor=None, participant=person(found, "Dedi"), reason="Menolak")
    annul(person(found, "Gita").signature)
    return found


def person(ceremony, name):
    return ceremony.participants.exclude(state=ParticipantState.ANNULLED).get(bare_name=name)


def numbers(progress):
    return (
        progress.invited,
        progress.signed,
        progress.pending,
        progress.excused,
        progress.refused,
    )


def named(groups):
    return {group.name: (group.signed, group.invited) for group in groups}


def test_every_side_adds_up_to_the_total_and_the_total_is_the_recaps(ceremony, government):
    found = figures_of_ceremony(ceremony, [government.path])
    recap = reports.recap_of(ceremony.participants.all())
    assert numbers(found.total) == numbers(recap.total) == (7, 3, 2, 1, 1)
    assert found.annulled == recap.annulled == 1
    by_uuid = {opd.total.uuid: numbers(opd.total) for opd in recap.opds}
    assert {opd.uuid: numbers(opd) for opd in found.opds} == by_uuid
    for side in (found.opds, found.kinds, found.grades, found.waves):
        assert tuple(map(sum, zip(*map(numbers, side), strict=True))) == numbers(found.total)
    assert sum(count for _, count in found.hours) == found.total.signed


def test_opd_come_the_least_complete_first(ceremony, government):
    found = figures_of_ceremony(ceremony, [government.path])
    assert [(opd.name, opd.percent) for opd in found.opds] == [
        ("Dinas Kesehatan", 40),
        ("Dinas Pendidikan", 50),
    ]


def test_kinds_and_grades_are_told_apart_in_their_order(ceremony, government):
    found = figures_of_ceremony(ceremony, [government.path])
    assert list(named(found.kinds).items()) == [
        ("PNS", (2, 3)),
        ("CPNS", (0, 1)),
        ("PPPK", (1, 2)),
        ("Non-ASN", (0, 1)),
    ]
    assert list(named(found.grades).items()) == [
        ("PNS golongan IV", (0, 1)),
        ("PNS golongan III", (1, 2)),
        ("PNS golongan II", (1, 1)),
        ("PPPK golongan IX", (1, 1)),
        ("PPPK golongan II", (0, 1)),
        ("Tanpa golongan", (0, 1)),
    ]


def test_signatures_are_counted_by_the_hour_without_the_annulled(ceremony, government):
    assert figures_of_ceremony(ceremony, [government.path]).hours == [
        (datetime(2023, 1, 11, 1, tzinfo=UTC), 2),
        (datetime(2023, 1, 11, 5, tzinfo=UTC), 1),
    ]


def test_somebody_sees_the_figures_of_their_own_agencies_alone(ceremony, health, government):
    head = factories.user_with_role(RoleName.HEAD, health)
    found = figures_of_ceremony(ceremony, paths_of(head))
    assert named(found.opds) == {"Dinas Kesehatan": (2, 5)}
    assert sum(count for _, count in found.hours) == 2
    of_clinic = [person(ceremony, "Edi").agency.path]
    in_clinic = figures_of_ceremony(ceremony, of_clinic)
    assert numbers(in_clinic.total) == (2, 1, 1, 0, 0)
    stranger = factories.OpdFactory(parent=government)
    assert numbers(figures_of_ceremony(ceremony, [stranger.path]).total) == (0, 0, 0, 0, 0)


def test_a_campaign_counts_everybody_once_in_lead_and_own_ceremonies(government, health):
    factories.EmployeeFactory(agency=health, position="Kepala Dinas")
    factories.EmployeeFactory.create_batch(2, agency=health)
    campaign = campaigning.campaign(government, deadline=date(2023, 1, 31))
    values = {"election": campaign.election, "text": campaign.text}
    lead = factories.open_ceremony(
        government, 0, scope="OFFICIALS", official_positions=["Kepala Dinas"], **values
    )
    campaigns.save_campaign(actor=None, campaign=campaign, lead=lead)
    (own,) = campaigns.make_ceremonies(actor=None, campaign=campaign, opds=[health])
    campaigning.schedule(own)
    for step in factories.STEPS_TO["OPEN"]:
        step(actor=None, ceremony=own)
    factories.sign(lead.participants.get())
    factories.sign(own.participants.first())
    paths = [government.path]
    standing = campaign_figures.standing_of(campaign, paths)
    assert numbers(figures_of_campaign(campaign, paths).total) == numbers(standing.total)
    assert numbers(standing.total) == (3, 2, 1, 0, 0)
    ceremonies.cancel(actor=None, ceremony=own, reason="Banjir")
    standing = campaign_figures.standing_of(campaign, paths)
    assert numbers(figures_of_campaign(campaign, paths).total) == numbers(standing.total)
    assert numbers(standing.total) == (2, 2, 0, 0, 0)


@pytest.mark.parametrize("size", [1, 12])
def test_the_figures_take_three_queries_however_many_take_part(
    government, django_assert_num_queries, size
):
    for opd in factories.OpdFactory.create_batch(size, parent=government):
        factories.EmployeeFactory(agency=opd)
    ceremony = factories.open_ceremony(government, employees=0)
    with django_assert_num_queries(3):
        figures_of_ceremony(ceremony, [government.path])


@pytest.mark.parametrize(
    ("kind", "grade", "level"),
    [
        ("PNS", "III/b", "PNS golongan III"),
        ("CPNS", " ii/a ", "PNS golongan II"),
        ("PPPK", "II", "PPPK golongan II"),
        ("PPPK_PARUH_WAKTU", "XVII", "PPPK golongan XVII"),
        ("PNS", "V", "Golongan lain"),
        ("NON_ASN", "III/b", "Golongan lain"),
        ("NON_ASN", "", "Tanpa golongan"),
    ],
)
def test_a_grade_belongs_to_one_level_of_its_kind(kind, grade, level):
    assert level_of(kind, grade) == level
