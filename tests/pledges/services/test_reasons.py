"""Why something was done is kept beside the trail, also when the participant says it no longer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.models import Event, EventReason
from netralitas.lib.errors import AppendOnlyError
from pledges import reports
from pledges.services import absences, ceremonies, roster_changes, schedules
from tests import factories

pytestmark = pytest.mark.django_db


def told(obj):
    """(act, reason) of what was done about it, the first first; none of them holds it itself."""
    events = list(Event.objects.of(obj).order_by("pk"))
    assert not any(event.why and event.why in str(event.data) for event in events)
    return [(event.act, event.why) for event in events if event.why]


def test_every_reason_about_a_participant_outlives_the_next_act():
    ceremony = factories.open_ceremony()
    participant = factories.participant_of(ceremony)
    about = {"actor": None, "participant": participant}
    absences.refuse(**about, reason="Tidak setuju butir 3")
    absences.expect_again(**about)
    absences.excuse(**about, reason="Cuti")
    roster_changes.depart(**about, reason="Pindah ke provinsi")
    roster_changes.take_back(**about, reason="Keliru")
    assert told(participant) == [
        ("participant.refused", "Tidak setuju butir 3"),
        ("participant.excused", "Cuti"),
        ("participant.departed", "Pindah ke provinsi"),
        ("participant.taken_back", "Keliru"),
    ]
    history = reports.history_of_participant(participant)
    assert history[1].reason == "Pindah ke provinsi"


def test_who_was_added_and_why():
    ceremony = factories.open_ceremony()
    employee = factories.EmployeeFactory(agency=ceremony.organizer)
    added = roster_changes.add(actor=None, ceremony=ceremony, employee=employee, reason="Baru")
    assert told(added) == [("participant.added", "Baru")]


def test_every_reason_about_a_ceremony_outlives_the_next_act():
    ceremony = factories.ceremony_in("READY")
    for days, reason in ((8, "Hujan"), (9, "Gedung dipakai")):
        schedules.change(
            actor=None,
            ceremony=ceremony,
            starts_at=timezone.now() + timedelta(days=days),
            time_zone=ceremony.time_zone,
            place=ceremony.place,
            reason=f" {reason} ",
        )
    ceremonies.cancel(actor=None, ceremony=ceremony, reason="Banjir")
    assert told(ceremony) == [
        ("ceremony.rescheduled", "Hujan"),
        ("ceremony.rescheduled", "Gedung dipakai"),
        ("ceremony.cancelled", "Banjir"),
    ]
    # The same act twice by the same person is told twice where its reasons differ.
    assert [each.reason for each in reports.history_of(ceremony)][:3] == [
        "Banjir",
        "Gedung dipakai",
        "Hujan",
    ]


def test_a_reason_is_never_changed():
    ceremonies.cancel(actor=None, ceremony=factories.ceremony_in("READY"), reason="Banjir")
    reason = EventReason.objects.get()
    reason.text = "Hujan"
    with pytest.raises(AppendOnlyError):
        reason.save()
    assert EventReason.objects.get().text == "Banjir"
