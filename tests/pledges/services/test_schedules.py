"""When and where a ceremony is held, why that changes, and why it is cancelled."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from agencies import trail
from agencies.models import Event
from agencies.services import reorganisation
from netralitas.lib.errors import Refusal
from pledges.choices import CeremonyState
from pledges.errors import WrongState
from pledges.models import Ceremony, Mailing
from pledges.services import ceremonies, copies, schedules
from tests import campaigning, factories
from tests.mailing import mailing_of

pytestmark = pytest.mark.django_db
STARTS = datetime(2023, 1, 11, 1, 0, tzinfo=UTC)
BEFORE = STARTS - timedelta(days=2)
LATER = STARTS + timedelta(days=7)
OTHERS = [state for state in CeremonyState.values if state != "DRAFT"]


def reschedule(ceremony, starts_at=LATER, place="Aula", reason="Hujan lebat.", zone="Asia/Jakarta"):
    with time_machine.travel(BEFORE, tick=False):
        return schedules.change(
            actor=None,
            ceremony=ceremony,
            starts_at=starts_at,
            time_zone=zone,
            place=place,
            reason=reason,
        )


def latest(ceremony):
    return Event.objects.of(ceremony).first()


# A draft ----------------------------------------------------------------------------------------


def test_a_proposal_cannot_be_frozen_until_its_date_is_set():
    ceremony = factories.ceremony_in("DRAFT", is_scheduled=False)
    with pytest.raises(Refusal) as refusal:
        ceremonies.freeze(actor=None, ceremony=ceremony)
    assert refusal.value.message == ceremonies.NO_DATE
    campaigning.schedule(ceremony)
    ceremonies.freeze(actor=None, ceremony=ceremony)
    assert ceremony.state == "READY"


def test_setting_the_date_replaces_leader_and_reader_and_leaves_the_witnesses():
    ceremony = factories.draft_ceremony(is_scheduled=False)
    ceremony.officials.create(role="WITNESS", name="Ketua", institution="Bawaslu")
    campaigning.schedule(ceremony)
    stored = Ceremony.objects.get()
    assert (stored.starts_at, stored.place) == (campaigning.SCHEDULED_AT, "Halaman Kantor")
    assert list(stored.officials.order_by("role").values_list("role", "name")) == [
        ("LEADER", "Khairil Adli"),
        ("WITNESS", "Ketua"),
    ]


def test_the_trail_tells_from_when_to_when():
    ceremony = campaigning.schedule(factories.draft_ceremony())
    assert latest(ceremony).data == {
        "was_at": "2023-01-11T08:00:00+07:00",
        "will_be_at": "2023-01-16T07:30:00+07:00",
        "place_changed": False,
    }
    assert trail.details(latest(ceremony), {}) == [
        "semula: Rabu, 11 Januari 2023, 08.00 WIB",
        "menjadi: Senin, 16 Januari 2023, 07.30 WIB",
        "tempat berubah: tidak",
    ]


@pytest.mark.parametrize("state", OTHERS)
def test_the_date_of_anything_but_a_draft_is_not_set(state):
    ceremony = factories.ceremony_in(state)
    with pytest.raises(WrongState, match=schedules.NOT_DRAFT):
        campaigning.schedule(ceremony)
    assert Ceremony.objects.get().starts_at == STARTS


# A frozen ceremony ------------------------------------------------------------------------------


def test_rescheduling_keeps_the_roster_and_says_why():
    ceremony = factories.ceremony_in("READY")
    reschedule(ceremony, reason=" Hujan lebat. ")
    stored = Ceremony.objects.get()
    assert (stored.state, stored.starts_at, stored.place) == ("READY", LATER, "Aula")
    assert stored.notice == "Jadwal acara ini diubah. Alasan: Hujan lebat."
    assert stored.participants.count() == 1
    event = latest(ceremony)
    assert (event.act, event.data["will_be_at"]) == (
        "ceremony.rescheduled",
        "2023-01-18T08:00:00+07:00",
    )
    assert "Hujan" not in str(event.data)
    ceremonies.open_signing(actor=None, ceremony=stored)
    assert (stored.notice, stored.reason) == ("", "Hujan lebat.")


def test_waves_that_open_by_themselves_move_along():
    first = {"name": "Pimpinan", "positions": ["Kepala"], "opens_at": STARTS}
    ceremony = factories.ceremony_in("READY", waves=[first, {"name": "Lainnya"}])
    reschedule(ceremony)
    assert list(ceremony.waves.values_list("opens_at", flat=True)) == [LATER, None]


def test_planned_mails_move_along_and_what_was_sent_or_cancelled_stays():
    ceremony = factories.ceremony_in("READY")
    day_before = STARTS - timedelta(days=1)
    states = ("PLANNED", "SENDING", "CANCELLED")
    for state in states:
        mailing = mailing_of(ceremony, send_at=day_before)
        Mailing.objects.filter(pk=mailing.pk).update(state=state)
    reschedule(ceremony)
    moments = dict(ceremony.mailings.values_list("state", "send_at"))
    assert [moments[state] for state in states] == [
        LATER - timedelta(days=1),
        day_before,
        day_before,
    ]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"reason": " "}, "reason", schedules.NO_REASON),
        ({"starts_at": STARTS, "place": "Halaman Kantor"}, "day", schedules.UNCHANGED),
        ({"starts_at": BEFORE - timedelta(hours=1)}, "day", schedules.IS_PAST),
    ],
)
def test_what_is_no_change_is_refused(change, field, sentence):
    ceremony = factories.ceremony_in("READY")
    with pytest.raises(Refusal) as refusal:
        reschedule(ceremony, **change)
    assert (refusal.value.field, refusal.value.message) == (field, sentence)
    assert Ceremony.objects.get().reason == ""


@pytest.mark.parametrize("state", [state for state in CeremonyState.values if state != "READY"])
def test_only_a_frozen_ceremony_that_is_not_open_is_rescheduled(state):
    ceremony = factories.ceremony_in(state)
    with pytest.raises(WrongState, match=schedules.NOT_READY):
        reschedule(ceremony)
    assert Ceremony.objects.get().starts_at == STARTS


# Cancelling -------------------------------------------------------------------------------------


def test_cancelling_needs_a_reason_in_service_and_database():
    ceremony = factories.ceremony_in("READY")
    with pytest.raises(Refusal) as refusal:
        ceremonies.cancel(actor=None, ceremony=ceremony, reason="  ")
    assert (refusal.value.field, refusal.value.message) == ("reason", ceremonies.NO_REASON)
    with pytest.raises(IntegrityError, match="ceremony_cancelled_has_reason"), transaction.atomic():
        Ceremony.objects.update(state="CANCELLED")
    factories.cancel(actor=None, ceremony=ceremony)
    assert ceremony.notice == f"Acara ini dibatalkan. Alasan: {factories.REASON}"
    assert latest(ceremony).data == {}


# Copies -----------------------------------------------------------------------------------------


def test_a_copy_has_text_participants_officials_and_waves_but_no_date():
    first = {"name": "Pimpinan", "positions": ["Kepala"], "opens_at": STARTS}
    ceremony = factories.ceremony_in("CLOSED", waves=[first, {"name": "Lainnya"}])
    ceremony.officials.create(role="WITNESS", name="Ketua", institution="Bawaslu")
    copies.copy(actor=None, ceremony=ceremony)
    made = copies.copy(actor=None, ceremony=ceremony)
    assert (made.title, made.state) == ("Apel Ikrar Netralitas (salinan)", "DRAFT")
    assert (made.is_proposed, made.text, made.campaign) == (True, ceremony.text, None)
    assert (made.code != ceremony.code, made.participants.count()) == (True, 0)
    assert list(made.officials.values_list("role", "institution")) == [
        ("LEADER", ""),
        ("WITNESS", "Bawaslu"),
    ]
    assert list(made.waves.values_list("name", "positions", "opens_at")) == [
        ("Pimpinan", ["Kepala"], None),
        ("Lainnya", [], None),
    ]
    assert latest(ceremony).act == "ceremony.copied"
    assert copies.copy(actor=None, ceremony=made).title == "Apel Ikrar Netralitas (salinan)"


def test_a_copy_leaves_out_agencies_no_longer_in_use():
    opd = factories.OpdFactory()
    unit = factories.UnitFactory(parent=opd)
    ceremony = factories.draft_ceremony(opd, scope="SUBTREE")
    ceremony.scope = "AGENCIES"
    ceremonies.save_draft(actor=None, ceremony=ceremony, agencies=[opd, unit], officials=[])
    type(unit).objects.filter(pk=unit.pk).update(retired_at=STARTS)
    assert list(copies.copy(actor=None, ceremony=ceremony).agencies.all()) == [opd]
    type(opd).objects.filter(pk=opd.pk).update(retired_at=STARTS)
    with pytest.raises(Refusal):
        copies.copy(actor=None, ceremony=Ceremony.objects.get(pk=ceremony.pk))


def test_another_place_alone_may_be_told_after_the_time_has_come():
    ceremony = factories.ceremony_in("READY")
    with time_machine.travel(STARTS + timedelta(minutes=5), tick=False):
        schedules.change(
            actor=None,
            ceremony=ceremony,
            starts_at=STARTS,
            time_zone="Asia/Jakarta",
            place="Aula",
            reason="Hujan lebat.",
        )
    assert (Ceremony.objects.get().starts_at, Ceremony.objects.get().place) == (STARTS, "Aula")


def test_what_changes_is_told_from_what_is_stored():
    opened_before = factories.ceremony_in("READY")
    reschedule(Ceremony.objects.get())
    with pytest.raises(Refusal, match=schedules.UNCHANGED):
        reschedule(opened_before)


def test_the_waves_of_a_draft_move_along():
    first = {"name": "Pimpinan", "positions": ["Kepala"], "opens_at": STARTS}
    ceremony = factories.draft_ceremony(waves=[first, {"name": "Lainnya"}])
    campaigning.schedule(ceremony)
    opening = list(ceremony.waves.values_list("opens_at", flat=True))
    assert opening == [campaigning.SCHEDULED_AT, None]


def test_a_copy_takes_in_who_took_an_agency_over():
    government = factories.GovernmentFactory()
    merged, target, gone = (
        factories.OpdFactory(parent=government, name=f"Dinas {name}") for name in "ABC"
    )
    ceremony = factories.draft_ceremony(government)
    ceremony.scope = "AGENCIES"
    agencies = [merged, gone]
    ceremonies.save_draft(actor=None, ceremony=ceremony, agencies=agencies, officials=[])
    fresh = [type(merged).objects.get(pk=each.pk) for each in (merged, target)]
    reorganisation.merge_agency(actor=None, source=fresh[0], target=fresh[1], roles=set())
    reorganisation.retire_agency(actor=None, agency=type(gone).objects.get(pk=gone.pk))
    made = copies.copy(actor=None, ceremony=ceremony)
    assert list(made.agencies.all()) == [target]
    assert copies.left_out(ceremony) == [gone]
