"""The life of a ceremony: what may be saved, and every state × every act."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from agencies.choices import RoleName
from agencies.models import Event
from netralitas.lib.errors import Refusal
from pledges.choices import CeremonyState, Scope
from pledges.errors import WrongState
from pledges.models import Ceremony, Participant
from pledges.services import ceremonies
from tests import campaigning, factories

pytestmark = pytest.mark.django_db
MOMENT = datetime(2023, 1, 11, 1, 0, tzinfo=UTC)
ACTS = {
    "READY": (ceremonies.freeze, "ceremony.frozen"),
    "OPEN": (ceremonies.open_signing, "ceremony.opened"),
    "CLOSED": (ceremonies.close_signing, "ceremony.closed"),
    "ARCHIVED": (ceremonies.archive, "ceremony.archived"),
    "CANCELLED": (factories.cancel, "ceremony.cancelled"),
}
ALLOWED = {
    ("DRAFT", "READY"),
    ("DRAFT", "CANCELLED"),
    ("READY", "OPEN"),
    ("READY", "CANCELLED"),
    ("OPEN", "CLOSED"),
    ("OPEN", "CANCELLED"),
    ("CLOSED", "OPEN"),
    ("CLOSED", "ARCHIVED"),
}
EVERY_PAIR = [(state, to) for state in CeremonyState.values for to in ACTS]


def acts_on(ceremony):
    return [event.act for event in Event.objects.of(ceremony)]


# Every state × every act ------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "to"), [pair for pair in EVERY_PAIR if pair in ALLOWED])
def test_an_allowed_act_changes_the_state_and_leaves_one_event(state, to):
    ceremony = factories.ceremony_in(state)
    officer = factories.user_with_role(RoleName.HR, ceremony.organizer)
    before = acts_on(ceremony)
    act, name = ACTS[to]
    act(actor=officer, ceremony=ceremony)
    assert Ceremony.objects.get().state == ceremony.state == to
    assert acts_on(ceremony) == [name, *before]
    event = Event.objects.of(ceremony).first()
    assert (event.actor, event.government) == (officer, ceremony.organizer.government)


@pytest.mark.parametrize(("state", "to"), [pair for pair in EVERY_PAIR if pair not in ALLOWED])
def test_any_other_act_says_why_not_and_writes_nothing(state, to):
    ceremony = factories.ceremony_in(state)
    before, events = Ceremony.objects.values().get(), Event.objects.count()
    sentence = (
        ceremonies.ALREADY[to]
        if state == to
        else (
            f"Acara berstatus “{CeremonyState(state).label}”, sehingga tidak dapat diubah menjadi "
            f"“{CeremonyState(to).label}”."
        )
    )
    with pytest.raises(WrongState) as refusal:
        ACTS[to][0](actor=None, ceremony=ceremony)
    assert (refusal.value.message, refusal.value.status) == (sentence, 409)
    assert Ceremony.objects.values().get() == before
    assert Event.objects.count() == events


def test_the_table_of_transitions_says_the_same():
    table = ceremonies.TRANSITIONS
    assert {(state, to) for state in table for to in table[state]} == ALLOWED
    assert set(table) == set(CeremonyState.values)


# Saving a draft ---------------------------------------------------------------------------------


def save(ceremony, agencies=(), officials=()):
    return ceremonies.save_draft(
        actor=None, ceremony=ceremony, agencies=list(agencies), officials=list(officials)
    )


def test_a_draft_is_stored_with_agencies_and_officials_and_leaves_an_event():
    ceremony = factories.draft_ceremony()
    ceremony.scope = Scope.AGENCIES
    ceremony.title = "Apel Gabungan"
    officials = [
        {"role": "LEADER", "name": "Indra Gunawan", "position": "Sekretaris Daerah"},
        {"role": "WITNESS", "name": "Siti", "institution": "Bawaslu"},
    ]
    save(ceremony, [ceremony.organizer], officials)
    stored = Ceremony.objects.get()
    assert (stored.title, list(stored.agencies.all())) == ("Apel Gabungan", [ceremony.organizer])
    # Who leads and reads is said with the schedule.
    assert list(stored.officials.values_list("role", "name")) == [
        ("LEADER", "Khairil Adli"),
        ("WITNESS", "Siti"),
    ]
    assert acts_on(ceremony) == ["ceremony.changed", "ceremony.created"]


def test_what_others_wrote_of_a_draft_since_it_was_read_stays():
    opd = factories.OpdFactory()
    opened_before = factories.draft_ceremony(opd, is_scheduled=False)
    campaigning.schedule(Ceremony.objects.get(pk=opened_before.pk))
    campaign = campaigning.campaign(
        factories.government_of(opd),
        lead=Ceremony.objects.get(pk=opened_before.pk),
        election=opened_before.election,
        text=opened_before.text,
    )
    opened_before.title = "Apel Gabungan"
    save(opened_before)
    stored = Ceremony.objects.get()
    assert (stored.title, stored.campaign) == ("Apel Gabungan", campaign)
    assert (stored.starts_at, stored.place) == (campaigning.SCHEDULED_AT, "Halaman Kantor")
    assert stored.is_scheduled


def test_chosen_agencies_are_forgotten_when_another_scope_is_chosen():
    ceremony = factories.draft_ceremony()
    ceremony.scope = Scope.AGENCIES
    save(ceremony, [ceremony.organizer])
    ceremony.scope = Scope.SUBTREE
    save(ceremony, [ceremony.organizer])
    assert list(ceremony.agencies.all()) == []


@pytest.mark.parametrize("state", [state for state in CeremonyState.values if state != "DRAFT"])
def test_nothing_but_a_draft_can_be_changed(state):
    ceremony = factories.ceremony_in(state)
    events = Event.objects.count()
    ceremony.title = "Judul lain"
    with pytest.raises(WrongState) as refusal:
        save(ceremony)
    frozen = "Acara yang daftar pesertanya sudah dibekukan tidak dapat diubah."
    assert refusal.value.message == frozen
    assert Ceremony.objects.get().title == "Apel Ikrar Netralitas"
    assert Event.objects.count() == events


def test_a_form_opened_before_the_freezing_cannot_thaw_the_roster():
    ceremony = factories.ceremony_in("DRAFT")
    opened_before = Ceremony.objects.get()
    ceremonies.freeze(actor=None, ceremony=ceremony)
    with pytest.raises(WrongState):
        save(opened_before)
    assert Ceremony.objects.get().state == "READY"


def foreign_election(ceremony):
    ceremony.election = factories.ElectionFactory()


def draft_text(ceremony):
    ceremony.text = factories.DraftTextFactory(government=ceremony.organizer.government)


def foreign_text(ceremony):
    ceremony.text = factories.published_text()


def no_agencies(ceremony):
    ceremony.scope = Scope.AGENCIES


def foreign_agency(ceremony):
    ceremony.scope = Scope.AGENCIES
    return [ceremony.organizer, factories.OpdFactory()]


def no_officials(ceremony):
    ceremony.scope = Scope.OFFICIALS


MISFITS = [
    (foreign_election, "election", "Pemilu ini milik pemerintah daerah lain."),
    (draft_text, "text", "Naskah harus diterbitkan lebih dahulu."),
    (foreign_text, "text", "Naskah ini milik pemerintah daerah lain."),
    (no_agencies, "agencies", "Pilih sekurang-kurangnya satu instansi."),
    (foreign_agency, "agencies", "Instansi pemerintah daerah lain tidak dapat dipilih."),
    (
        no_officials,
        "official_echelons",
        "Pilih eselon atau sebutkan jabatan yang ikut serta.",
    ),
]


@pytest.mark.parametrize(("spoil", "field", "sentence"), MISFITS)
def test_what_does_not_fit_is_refused_next_to_its_field(spoil, field, sentence):
    ceremony = factories.draft_ceremony()
    before = Ceremony.objects.values().get()
    agencies = spoil(ceremony) or []
    events = Event.objects.count()
    with pytest.raises(Refusal) as refusal:
        save(ceremony, agencies)
    assert (refusal.value.field, refusal.value.message) == (field, sentence)
    assert Ceremony.objects.values().get() == before
    assert Event.objects.count() == events


# Freezing, opening, closing ---------------------------------------------------------------------


def test_freezing_nobody_is_refused_and_leaves_nothing_half_written():
    ceremony = factories.ceremony_in("DRAFT", employees=0)
    with pytest.raises(Refusal) as refusal:
        ceremonies.freeze(actor=None, ceremony=ceremony)
    assert refusal.value.message == (
        "Tidak ada pegawai aktif yang termasuk peserta acara ini. Impor pegawai atau ubah pilihan "
        "peserta."
    )
    stored = Ceremony.objects.get()
    assert (stored.state, stored.frozen_at) == ("DRAFT", None)
    assert Participant.objects.count() == 0
    assert acts_on(stored) == ["ceremony.created"]


def test_freezing_counts_the_participants_in_the_trail():
    ceremony = factories.ceremony_in("READY", employees=3)
    assert ceremony.participants.count() == 3
    assert ceremony.frozen_at is not None
    assert Event.objects.of(ceremony).first().data == {"participants": 3}


def test_an_older_ceremony_can_be_entered_with_its_own_moments():
    ceremony = factories.ceremony_in("DRAFT")
    ceremonies.freeze(actor=None, ceremony=ceremony, at=MOMENT)
    ceremonies.open_signing(actor=None, ceremony=ceremony, at=MOMENT + timedelta(hours=1))
    ceremonies.close_signing(actor=None, ceremony=ceremony, at=MOMENT + timedelta(hours=2))
    stored = Ceremony.objects.get()
    hours = [
        (moment - MOMENT) / timedelta(hours=1)
        for moment in (stored.frozen_at, stored.opened_at, stored.closed_at)
    ]
    assert hours == [0, 1, 2]


def test_reopening_keeps_the_first_moments_and_is_late():
    ceremony = factories.ceremony_in("CLOSED")
    opened_at, closed_at = ceremony.opened_at, ceremony.closed_at
    stale = Ceremony.objects.get()
    stale.opened_at = stale.closed_at = None
    ceremonies.open_signing(actor=None, ceremony=stale)
    assert (stale.is_late, Event.objects.of(stale).first().data) == (True, {"late": True})
    ceremonies.close_signing(actor=None, ceremony=stale)
    assert (stale.opened_at, stale.closed_at) == (opened_at, closed_at)


def test_the_first_opening_is_not_late():
    ceremony = factories.ceremony_in("OPEN")
    assert Event.objects.of(ceremony).first().data == {"late": False}


def test_closing_tells_how_many_have_signed():
    ceremony = factories.open_ceremony(employees=2)
    factories.sign(factories.participant_of(ceremony))
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    assert Event.objects.of(ceremony).first().data == {"signed": 1}


def test_cancelling_keeps_the_signatures_given():
    ceremony = factories.open_ceremony()
    signature = factories.sign(factories.participant_of(ceremony))
    factories.cancel(actor=None, ceremony=ceremony)
    assert list(ceremony.participants.signed()) == [signature.participant]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_freeze_at_once_one_is_told_that_it_is_done():
    ceremony = factories.ceremony_in("DRAFT", employees=5)

    def freeze(_):
        try:
            ceremonies.freeze(actor=None, ceremony=Ceremony.objects.get(pk=ceremony.pk))
        except WrongState as refusal:
            return refusal.message
        finally:
            connections.close_all()
        return "frozen"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(freeze, range(2)))
    assert answers == ["Daftar peserta acara ini sudah dibekukan.", "frozen"]
    assert ceremony.participants.count() == 5
