"""…/peserta/…/berhalangan/, …/menolak/, …/ditunggu/ and …/buka-kunci/."""

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.services import absences, invitations
from tests import factories

from .pages import beside, log_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def participant():
    return factories.participant_of(factories.open_ceremony())


@pytest.fixture
def operator(client, participant):
    return log_in(client, RoleName.OPERATOR, participant.opd)


def page_of(name, participant):
    return reverse(name, args=[participant.ceremony.uuid, participant.uuid])


def post(client, name, participant, **data):
    return client.post(page_of(name, participant), data)


def detail(client, participant):
    return client.get(page_of("participant-detail", participant))


# Absences ---------------------------------------------------------------------------------------

REASONS = [
    ({"kind": "SICK"}, "Sakit"),
    ({"kind": "LEAVE", "note": "Cuti besar"}, "Cuti: Cuti besar"),
    ({"kind": "OTHER", "note": "Bencana banjir"}, "Bencana banjir"),
]


@pytest.mark.parametrize(("data", "reason"), REASONS)
def test_an_operator_notes_why_somebody_cannot_sign(client, operator, participant, data, reason):
    assert "Catat berhalangan" in text_of(detail(client, participant))
    response = post(client, "participant-excuse", participant, **data)
    assert (response.status_code, response.url) == (302, page_of("participant-detail", participant))
    page = text_of(client.get(response.url))
    assert f"{participant.name} dicatat berhalangan: {reason}." in page
    assert f"{participant.name} Berhalangan {reason}" in page
    assert "Catat berhalangan" not in page
    assert Event.objects.of(participant).first().actor == operator


def test_any_other_reason_needs_words(client, operator, participant):
    response = post(client, "participant-excuse", participant, kind="OTHER", note=" ")
    assert (response.status_code, beside(response, "note")) == (400, "Tuliskan alasannya.")
    response = post(client, "participant-excuse", participant)
    assert (response.status_code, beside(response, "kind")) == (
        400,
        "Bidang ini tidak boleh kosong.",
    )


def test_a_refusal_is_noted_and_taken_back(client, operator, participant):
    response = post(client, "participant-refuse", participant, reason_given="Tidak setuju butir 3.")
    page = text_of(client.get(response.url))
    assert f"{participant.name} Menolak Tidak setuju butir 3" in page
    assert f"{participant.name} dicatat menolak: Tidak setuju butir 3. " in page
    assert "Hapus catatan menolak" in page
    response = post(client, "participant-expect", participant)
    page = text_of(client.get(response.url))
    assert "Catatan dihapus: tanda tangannya kembali ditunggu." in page
    assert f"{participant.name} Belum" in page


def test_whoever_has_signed_meanwhile_is_not_noted(client, operator, participant):
    factories.sign(participant)
    response = post(client, "participant-excuse", participant, kind="SICK")
    assert response.status_code == 400
    assert "Peserta berstatus “Sudah”" in text_of(response)
    response = post(client, "participant-expect", participant)
    assert (response.status_code, "Peserta berstatus “Sudah”" in text_of(response)) == (409, True)


@pytest.mark.parametrize("role", ["HEAD", "AUDITOR"])
def test_others_read_the_reason_and_change_nothing(client, participant, role):
    absences.excuse(actor=None, participant=participant, reason="Cuti")
    log_in(client, role, participant.opd)
    page = detail(client, participant)
    assert "Berhalangan Cuti" in text_of(page)
    assert page_of("participant-expect", participant) not in page.content.decode()


# Locks ------------------------------------------------------------------------------------------


def test_an_operator_sees_a_lock_in_the_list_and_on_the_page_and_lifts_it(
    client, operator, participant
):
    list_url = reverse("participant-list", args=[participant.ceremony.uuid])
    assert "PIN terkunci" not in text_of(client.get(list_url))
    factories.locked_slip(participant)
    assert "PIN terkunci" in text_of(client.get(list_url, {"slip": "locked"}))
    page = text_of(detail(client, participant))
    assert "Lima PIN salah; terkunci sampai" in page
    assert "Buka kunci" in page
    response = post(client, "slip-unlock", participant)
    assert "Kunci slip PIN dibuka." in text_of(client.get(response.url))
    assert participant.name not in text_of(client.get(list_url, {"slip": "locked"}))
    event = Event.objects.of(participant).first()
    assert (event.act, event.actor, event.data) == (
        "invitation.unlocked",
        operator,
        {"channel": "SLIP"},
    )


def test_an_unlocked_slip_opens_at_once(client, operator, participant):
    pin = factories.pin_of(participant)
    invitation = participant.invitations.get()
    invitation.failures, invitation.locked_until = 0, factories.timezone.now().replace(year=2999)
    invitation.save()
    post(client, "slip-unlock", participant)
    found = invitations.find_by_pin(
        ceremony=participant.ceremony, number=participant.number, pin=pin
    )
    assert found == invitation


def test_there_is_nothing_to_unlock_twice(client, operator, participant):
    factories.locked_slip(participant)
    post(client, "slip-unlock", participant)
    response = post(client, "slip-unlock", participant)
    assert response.status_code == 409
    assert "Slip PIN peserta ini tidak sedang terkunci." in text_of(response)


def test_a_head_sees_the_lock_and_cannot_lift_it(client, participant):
    factories.locked_slip(participant)
    log_in(client, RoleName.HEAD, participant.opd)
    page = detail(client, participant)
    assert "Lima PIN salah; terkunci sampai" in text_of(page)
    assert page_of("slip-unlock", participant) not in page.content.decode()
