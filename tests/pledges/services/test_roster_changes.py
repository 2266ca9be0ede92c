"""Additions to a frozen roster, departures from it, and back: with reasons, and never a signer."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from agencies.models import Event
from netralitas.lib.errors import Refusal
from pledges import reports
from pledges.errors import NotOpen, UnknownInvitation, WrongPin, WrongState
from pledges.models import Ceremony, Participant
from pledges.services import absences, campaigns, ceremonies, invitations, roster_changes, signing
from tests import campaigning, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    return factories.open_ceremony()


@pytest.fixture
def participant(ceremony):
    return factories.participant_of(ceremony)


def add(ceremony, employee, reason="Pindahan dari provinsi"):
    return roster_changes.add(actor=None, ceremony=ceremony, employee=employee, reason=reason)


def depart(participant, reason="Pindah ke provinsi"):
    return roster_changes.depart(actor=None, participant=participant, reason=reason)


def take_back(participant, reason="Salah nama"):
    return roster_changes.take_back(actor=None, participant=participant, reason=reason)


def acts_of(participant):
    events = Event.objects.of(participant).order_by("pk")
    return list(events.values_list("act", "data", "employee"))


def counts(ceremony):
    total = reports.standing_of(ceremony).total
    assert total == reports.progress_of(ceremony.participants.all())
    return total.invited, total.signed, total.pending, total.absent


# Additions --------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["READY", "OPEN", "CLOSED"])
def test_somebody_is_added_with_the_identity_of_today_and_a_reason(state):
    ceremony = factories.ceremony_in(state)
    employee = factories.EmployeeFactory(agency=ceremony.organizer, name="Budi Santoso")
    added = Participant.objects.get(pk=add(ceremony, employee).pk)
    assert (added.bare_name, added.number, added.agency) == (
        "Budi Santoso",
        employee.number,
        ceremony.organizer,
    )
    assert (added.state, added.added_reason, added.reason) == (
        "PENDING",
        "Pindahan dari provinsi",
        "",
    )
    assert acts_of(added) == [("participant.added", {}, employee.pk)]
    assert counts(ceremony) == (2, 0, 2, 0)


def test_the_added_come_in_the_wave_that_takes_them_and_sign():
    ceremony = factories.ceremony_in_waves()
    head = factories.EmployeeFactory(agency=ceremony.organizer, position="Kepala Dinas")
    assert add(ceremony, head).wave.name == "Pimpinan"
    outside = factories.OpdFactory(parent=factories.government_of(ceremony.organizer))
    other = add(ceremony, factories.EmployeeFactory(agency=outside))
    assert (other.wave.name, other.opd) == ("Peserta lainnya", outside)
    assert factories.sign(Participant.objects.get(bare_name=head.name)).late is False


def test_nobody_is_added_twice(ceremony, participant):
    with pytest.raises(Refusal, match="sudah menjadi peserta acara ini"):
        add(ceremony, participant.employee)
    assert counts(ceremony) == (1, 0, 1, 0)


def test_a_number_stands_in_a_roster_once(ceremony, participant):
    number = participant.number
    participant.employee.number = factories.number_of("NIP", 20_000)
    participant.employee.save()
    with pytest.raises(Refusal, match=f"Nomor {number} sudah ada"):
        add(ceremony, factories.EmployeeFactory(agency=ceremony.organizer, number=number))


@pytest.mark.parametrize("state", ["DRAFT", "ARCHIVED", "CANCELLED"])
def test_a_roster_not_frozen_or_over_is_not_added_to(state):
    ceremony = factories.ceremony_in(state)
    employee = factories.EmployeeFactory(agency=ceremony.organizer)
    with pytest.raises(WrongState, match="sesudah daftar dibekukan"):
        add(ceremony, employee)
    assert not Participant.objects.filter(employee=employee).exists()


def test_only_active_people_of_the_government_are_added(ceremony):
    with pytest.raises(Refusal, match="tidak aktif lagi"):
        add(ceremony, factories.EmployeeFactory(agency=ceremony.organizer, active=False))
    with pytest.raises(Refusal, match="milik pemerintah daerah lain"):
        add(ceremony, factories.EmployeeFactory())


def test_every_change_needs_a_reason(ceremony, participant):
    employee = factories.EmployeeFactory(agency=ceremony.organizer)
    for act in (
        lambda: add(ceremony, employee, " "),
        lambda: depart(participant, ""),
        lambda: take_back(participant, " "),
    ):
        with pytest.raises(Refusal) as refusal:
            act()
        assert (refusal.value.message, refusal.value.field) == ("Isi alasannya.", "reason")


def test_everybody_counts_once_in_a_campaign():
    government = factories.GovernmentFactory()
    opd = factories.OpdFactory(parent=government)
    head = factories.EmployeeFactory(agency=opd, echelon="II.b")
    factories.EmployeeFactory(agency=opd)
    campaign = campaigning.campaign(government)
    lead = factories.draft_ceremony(
        government,
        election=campaign.election,
        text=campaign.text,
        scope="OFFICIALS",
        official_echelons=["II"],
        title="Apel Kota",
    )
    campaigns.save_campaign(actor=None, campaign=campaign, lead=lead, opds=[opd])
    own = campaigning.schedule(Ceremony.objects.get(organizer=opd))
    lead, own = (Ceremony.objects.get(pk=each.pk) for each in (lead, own))
    for each in (lead, own):
        ceremonies.freeze(actor=None, ceremony=each)
    with pytest.raises(Refusal, match="acara lain dalam rangkaian ini: “Apel Kota”"):
        add(own, head)
    depart(lead.participants.get())
    assert add(own, head).campaign == campaign
    with pytest.raises(Refusal, match="acara lain dalam rangkaian ini"):
        take_back(lead.participants.get())


# Departures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("noted", [None, absences.excuse, absences.refuse])
def test_whoever_has_not_signed_departs_and_counts_no_more(ceremony, participant, noted):
    if noted:
        noted(actor=None, participant=participant, reason="Sakit")
    assert depart(participant).state == "DEPARTED"
    participant.refresh_from_db()
    assert (participant.reason, participant.is_departed) == ("Pindah ke provinsi", True)
    assert acts_of(participant)[-1] == ("participant.departed", {}, participant.employee_id)
    assert counts(ceremony) == (0, 0, 0, 0)
    assert reports.progress_by_opd(ceremony.participants.all()) == []
    assert reports.recap_of(ceremony.participants.all()).opds == []


def test_every_way_in_ends(participant):
    token, pin = factories.link_of(participant), factories.pin_of(participant)
    depart(participant)
    with pytest.raises(UnknownInvitation):
        invitations.find_by_token(token)
    with pytest.raises(WrongPin):
        invitations.find_by_pin(ceremony=participant.ceremony, number=participant.number, pin=pin)
    with pytest.raises(WrongState):
        factories.link_of(participant)
    assert not participant.invitations.valid().exists()


def test_a_signature_under_way_loses_and_is_told_why(participant):
    opened = factories.invitation_of(participant)
    again = invitations.find_by_id(opened.pk)
    depart(participant)
    for invitation in (opened, again, invitations.find_by_id(opened.pk)):
        with pytest.raises(NotOpen) as refusal:
            signing.sign(invitation=invitation, submission=factories.submission_for(participant))
        assert refusal.value.message == signing.DEPARTED
        assert type(refusal.value) is NotOpen


def test_whoever_has_signed_does_not_depart(ceremony, participant):
    factories.sign(participant)
    with pytest.raises(WrongState, match="Peserta berstatus “Sudah”"):
        depart(participant)
    assert counts(ceremony) == (1, 1, 0, 0)


def test_a_roster_that_is_over_loses_nobody():
    participant = factories.participant_of(factories.ceremony_in("ARCHIVED"))
    with pytest.raises(WrongState):
        depart(participant)


def test_a_sheet_that_was_fetched_is_fetched_again_without_the_departed(ceremony):
    factories.EmployeeFactory(agency=ceremony.organizer)
    batch = factories.slip_batch(ceremony)
    taken = factories.slips.take(actor=batch.asked_by, batch=batch)
    depart(factories.participant_of(ceremony))
    assert factories.slips.take(actor=batch.asked_by, batch=batch) == taken


# And back ---------------------------------------------------------------------------------------


def test_a_departed_one_is_taken_back_as_the_same_and_signs(ceremony, participant):
    link = factories.invitation_of(participant)
    depart(participant)
    back = take_back(participant)
    assert (back.pk, back.state, back.reason, back.added_reason) == (
        participant.pk,
        "PENDING",
        "",
        "",
    )
    assert counts(ceremony) == (1, 0, 1, 0)
    with pytest.raises(Refusal):
        signing.sign(
            invitation=invitations.find_by_id(link.pk),
            submission=factories.submission_for(participant),
        )
    assert factories.sign(participant).participant == participant


def test_only_the_departed_are_taken_back(participant):
    with pytest.raises(Refusal, match="sudah menjadi peserta acara ini"):
        take_back(participant)
    depart(participant)
    take_back(participant)
    with pytest.raises(Refusal):
        take_back(participant)


def test_a_departed_one_is_not_added_anew_but_taken_back(ceremony, participant):
    depart(participant)
    with pytest.raises(Refusal, match="pernah dikeluarkan dari daftar ini"):
        add(ceremony, participant.employee)


def test_whoever_has_left_the_service_is_not_taken_back(participant):
    depart(participant)
    participant.employee.active = False
    participant.employee.save()
    with pytest.raises(Refusal, match="tidak aktif lagi"):
        take_back(participant)


def test_a_number_taken_by_another_meanwhile_keeps_the_departed_out(ceremony, participant):
    depart(participant)
    number = participant.number
    participant.employee.number = factories.number_of("NIP", 20_001)
    participant.employee.save()
    add(ceremony, factories.EmployeeFactory(agency=ceremony.organizer, number=number))
    with pytest.raises(Refusal, match="sudah ada dalam daftar peserta"):
        take_back(participant)
    participant.refresh_from_db()
    assert participant.state == "DEPARTED"


@pytest.mark.django_db(transaction=True)
def test_of_a_signature_and_a_departure_at_once_one_holds():
    participant = factories.participant_of(factories.open_ceremony())
    invitation = factories.invitation_of(participant)
    submission = factories.submission_for(participant)

    def attempt(act):
        try:
            act()
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "OK"

    mine = Participant.objects.get(pk=participant.pk)
    acts = [
        lambda: signing.sign(invitation=invitation, submission=submission),
        lambda: depart(mine),
    ]
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(attempt, acts))
    participant.refresh_from_db()
    assert (participant.state, outcomes) in (
        ("SIGNED", ["OK", "WrongState"]),
        ("DEPARTED", ["NotOpen", "OK"]),
        ("DEPARTED", ["RevokedInvitation", "OK"]),
    )
