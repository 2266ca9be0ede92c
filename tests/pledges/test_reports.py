"""Every count that a page shows."""

import pytest

from agencies.choices import RoleName
from pledges import reports
from pledges.models import Participant
from pledges.reports import Progress
from tests import factories


def progress(invited, signed, excused=0, refused=0):
    return Progress("", invited=invited, signed=signed, excused=excused, refused=refused)


@pytest.mark.parametrize(
    ("group", "pending", "percent"),
    [
        (progress(0, 0), 0, 0),
        (progress(3, 1), 2, 33),
        (progress(1000, 999), 1, 99),
        (progress(1000, 999, excused=1), 0, 99),
        (progress(7, 7), 0, 100),
        (progress(10, 2, excused=3, refused=1), 4, 20),
    ],
)
def test_pending_is_what_is_left_and_only_everybody_is_a_hundred_percent(group, pending, percent):
    assert (group.pending, group.percent) == (pending, percent)


@pytest.fixture
def ceremony(db):
    """Three OPD: two of three signed; one of two signed, one excused; one refused."""
    government = factories.GovernmentFactory()
    states = {
        "Dinas A": ["SIGNED", "SIGNED", "PENDING"],
        "Dinas B": ["SIGNED", "EXCUSED"],
        "Dinas C": ["REFUSED"],
    }
    for name, people in states.items():
        opd = factories.OpdFactory(parent=government, name=name)
        factories.EmployeeFactory.create_batch(len(people), agency=opd)
    ceremony = factories.ceremony_in("READY", government, employees=0)
    for name, people in states.items():
        for participant, state in zip(
            ceremony.participants.filter(opd_name=name).order_by("id"), people, strict=True
        ):
            Participant.objects.filter(pk=participant.pk).update(state=state, reason="Cuti")
    return ceremony


def numbers(group):
    return (group.invited, group.signed, group.excused, group.refused, group.pending)


def test_the_progress_of_a_set_is_counted_in_one_query(ceremony, django_assert_num_queries):
    with django_assert_num_queries(1):
        whole = reports.progress_of(ceremony.participants.all(), "Semua")
    assert (whole.name, *numbers(whole)) == ("Semua", 6, 3, 1, 1, 1)


def test_the_progress_of_nobody_is_nought(db):
    assert numbers(reports.progress_of(Participant.objects.all())) == (0, 0, 0, 0, 0)


def test_opd_are_listed_the_least_complete_first_in_one_query(ceremony, django_assert_num_queries):
    with django_assert_num_queries(1):
        groups = reports.progress_by_opd(ceremony.participants.all())
    assert [(group.name, *numbers(group)) for group in groups] == [
        ("Dinas C", 1, 0, 0, 1, 0),
        ("Dinas B", 2, 1, 1, 0, 0),
        ("Dinas A", 3, 2, 0, 0, 1),
    ]
    uuids = dict(ceremony.participants.values_list("opd_name", "opd__uuid"))
    assert [group.uuid for group in groups] == [uuids[group.name] for group in groups]


def test_opd_as_far_as_each_other_are_listed_by_how_many_are_missing_then_by_name(db):
    government = factories.GovernmentFactory()
    for name, people in [("Dinas B", 1), ("Dinas A", 1), ("Dinas C", 2)]:
        opd = factories.OpdFactory(parent=government, name=name)
        factories.EmployeeFactory.create_batch(people, agency=opd)
    ceremony = factories.ceremony_in("READY", government, employees=0)
    groups = reports.progress_by_opd(ceremony.participants.all())
    assert [group.name for group in groups] == ["Dinas C", "Dinas A", "Dinas B"]


def test_each_ceremony_is_counted_by_itself_in_one_query(ceremony, django_assert_num_queries):
    other = factories.open_ceremony(employees=2)
    factories.sign(factories.participant_of(other))
    with django_assert_num_queries(1):
        found = reports.progress_by_ceremony(Participant.objects.all())
    assert {key: numbers(group) for key, group in found.items()} == {
        ceremony.pk: (6, 3, 1, 1, 1),
        other.pk: (2, 1, 0, 0, 1),
    }


def test_slips_are_counted_while_they_are_valid_and_of_use(db, django_assert_num_queries):
    ceremony = factories.open_ceremony(employees=4)
    signer, twice, once, link_only = ceremony.participants.order_by("id")
    for participant in (signer, twice, twice, once):
        factories.pin_of(participant)
    factories.sign(signer)
    factories.link_of(link_only)
    with django_assert_num_queries(1):
        counted = reports.slips_by_opd(ceremony.participants.all())
    assert counted == {ceremony.organizer.uuid: 2}


def test_a_history_tells_repetitions_as_one_line(db, django_assert_num_queries):
    ceremony = factories.ceremony_in("READY", employees=3)
    operator = factories.user_with_role(RoleName.OPERATOR, ceremony.organizer)
    for participant in ceremony.participants.all():
        factories.invitations.issue_link(actor=operator, participant=participant)
    factories.link_of(factories.participant_of(ceremony))
    with django_assert_num_queries(1):
        history = reports.history_of(ceremony)
    assert [(chapter.label, chapter.actor, chapter.times) for chapter in history] == [
        ("Undangan diterbitkan", None, 1),
        ("Undangan diterbitkan", operator, 3),
        ("Daftar peserta dibekukan", None, 1),
        ("Acara dibuat", None, 1),
    ]
    assert history[0].at >= history[1].at >= history[2].at


def test_a_history_stays_short(db):
    ceremony = factories.ceremony_in("READY")
    for _ in range(8):
        for act in (factories.ceremonies.open_signing, factories.ceremonies.close_signing):
            act(actor=None, ceremony=ceremony)
    assert len(reports.history_of(ceremony)) == 12


def test_a_recap_counts_each_unit_each_opd_and_all(ceremony, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = reports.recap_of(ceremony.participants.all())
    assert found.total == reports.progress_of(ceremony.participants.all())
    assert [(opd.total.name, opd.total.invited, opd.total.signed) for opd in found.opds] == [
        ("Dinas A", 3, 2),
        ("Dinas B", 2, 1),
        ("Dinas C", 1, 0),
    ]
    assert [unit.name for unit in found.opds[0].units] == ["Dinas A"]


def test_counting_states_gives_the_figures_of_the_database(ceremony):
    states = list(ceremony.participants.values_list("state", flat=True))
    assert reports.counted("", states) == reports.progress_of(ceremony.participants.all())
