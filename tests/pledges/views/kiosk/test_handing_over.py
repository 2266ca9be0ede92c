"""People sign on the device of an operator, who is on record and learns what became of it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from agencies.models import Event
from pledges.documents import pact_context
from pledges.models import Invitation, Signature
from pledges.services import absences, ceremonies
from tests import factories
from tests.pledges import visitor
from tests.pledges.pages import fields_of

from ..pages import text_of
from .pages import address, hand, named, search, sign_on, start, unlock, unlock_and_look

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("check", "printed"),
    [("CARD", "KTP atau kartu pegawai dilihat"), ("KNOWN", "dikenal secara pribadi")],
)
def test_somebody_signs_on_the_device_and_it_is_on_record_who_helped(
    client, kiosk, operator, check, printed
):
    participant = named(kiosk, "Siti Aminah")
    response = hand(client, participant, check)
    assert response.url == address("sign", kiosk, participant.uuid)
    page = text_of(client.get(response.url))
    assert "Perangkat bantuan" in page
    assert "Yang bertanda tangan Siti Aminah" in page
    response = sign_on(client, participant)
    assert response.status_code == 303
    signature = Signature.objects.get()
    assert (signature.participant, signature.channel) == (participant, "ASSISTED")
    assert signature.invitation.issued_by == operator
    assert (
        "di perangkat Rina Marlina yang mendampingi dan memeriksa identitas "
        f"({printed}), dengan nama yang diketik"
    ) in pact_context.how_signed(signature, "Asia/Jakarta")
    given, handed = Event.objects.of(participant).order_by("-pk")
    assert (given.act, given.actor) == ("signature.given", operator)
    assert (handed.act, handed.actor) == ("assistance.opened", operator)
    assert handed.employee == participant.employee


def test_an_operator_cannot_vouch_for_herself(client, kiosk, operator):
    participant = named(kiosk, "Siti Aminah")
    operator.employee = participant.employee
    operator.save()
    response = hand(client, participant)
    assert response.status_code == 400
    assert (
        "Anda tidak dapat mendampingi diri sendiri. Akhiri mode bantuan, lalu tanda tangani di "
        "Halaman saya (/saya/) dengan akun Anda."
    ) in text_of(response)
    assert not Invitation.objects.exists()
    assert hand(client, named(kiosk, "Budi Santoso")).status_code == 302


def test_how_identity_was_checked_must_be_said(client, kiosk):
    participant = named(kiosk, "Siti Aminah")
    response = client.post(address("hand", kiosk, participant.uuid))
    assert response.status_code == 400
    assert "Pilih cara Anda memastikan identitasnya." in text_of(response)
    assert not Invitation.objects.exists()


def test_the_receipt_gives_no_pdf_and_asks_for_the_device_back(client, kiosk):
    participant = named(kiosk, "Siti Aminah")
    hand(client, participant)
    response = sign_on(client, participant)
    for page in (
        client.get(response.url),
        client.get(address("sign", kiosk, participant.uuid)),
    ):
        assert "Serahkan kembali kepada operator" in text_of(page)
        html = page.content.decode()
        assert "pakta.pdf" not in html
        assert "/v/" not in html
        assert "no-store" in page.headers["Cache-Control"]


def test_the_page_of_the_device_opens_no_pact_to_the_operator(client, kiosk):
    participant = named(kiosk, "Siti Aminah")
    hand(client, participant)
    page = client.get(address("sign", kiosk, participant.uuid))
    ticket = fields_of(page)["ticket"]
    visitor.send(client, page, participant)
    assert "ticket" not in client.get(address("sign", kiosk, participant.uuid)).context
    client.logout()
    response = client.post(reverse("own-pact", args=[kiosk.code]), {"ticket": ticket})
    assert response.status_code == 404


def test_what_was_refused_is_told_to_the_operator_alone(client, kiosk):
    participant = named(kiosk, "Siti Aminah")
    listed = client.get(address("people", kiosk)).content.decode()
    assert "data-begin-again" in listed
    assert "data-dismiss" in listed
    assert f'data-within="{address("people", kiosk)}"' in listed
    hand(client, participant)
    signing = client.get(address("sign", kiosk, participant.uuid)).content.decode()
    assert f'data-again="{address("hand", kiosk, participant.uuid)}"' in signing
    for page in (signing, client.get(address("locked", kiosk)).content.decode()):
        assert "Ada tanda tangan dari perangkat ini yang tidak diterima." in page
        assert "data-dismiss" not in page
        assert "data-begin-again" not in page


def test_whose_signature_it_was_is_told_of_somebody_who_has_signed_elsewhere(client, kiosk):
    participant = named(kiosk, "Siti Aminah")
    factories.sign(participant)
    response = client.get(address("hand", kiosk, participant.uuid), follow=True)
    assert "Siti Aminah sudah menandatangani." in text_of(response)


def test_a_page_whose_help_was_replaced_leads_back_to_the_operator(client, kiosk):
    participant = named(kiosk, "Siti Aminah")
    hand(client, participant, "CARD")
    page = client.get(address("sign", kiosk, participant.uuid))
    participant.invitations.update(issued_at=timezone.now() - timedelta(minutes=5))
    participant.invitations.update(revoked_at=timezone.now() - timedelta(minutes=4))
    answer = text_of(visitor.send(client, page, participant))
    assert "Serahkan perangkat kepada operator untuk membukanya kembali." in answer
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        answer = text_of(visitor.send(client, page, participant))
    assert "Halaman ini sudah kedaluwarsa. Serahkan perangkat kepada operator" in answer


def test_elsewhere_the_receipt_says_who_keeps_the_pact(client, kiosk):
    participant = named(kiosk, "Siti Aminah")
    hand(client, participant)
    receipt = sign_on(client, participant).url
    client.logout()
    page = text_of(client.get(receipt))
    assert "Pakta Anda disimpan oleh Kepala OPD Anda" in page
    assert "tautan pribadi yang Anda pakai" not in page


def test_the_pin_opens_the_list_again_and_tells_what_became_of_the_last(client, kiosk):
    participant = named(kiosk, "Siti Aminah")
    hand(client, participant)
    assert "belum diterima" in text_of(unlock_and_look(client, kiosk))
    hand(client, participant)
    sign_on(client, participant)
    assert "Siti Aminah sudah menandatangani." in text_of(unlock_and_look(client, kiosk))
    assert client.get(address("sign", kiosk, participant.uuid)).url == address("locked", kiosk)


def test_asked_for_again_it_is_the_same_invitation_unless_checked_otherwise(client, kiosk):
    participant = named(kiosk, "Siti Aminah")
    for check, valid, revoked in [("CARD", 1, 0), ("CARD", 1, 0), ("KNOWN", 1, 1)]:
        hand(client, participant, check)
        unlock(client, kiosk)
        assert Invitation.objects.valid().count() == valid
        assert Invitation.objects.exclude(revoked_at=None).count() == revoked


def test_who_cannot_sign_now_is_not_handed_the_device(client, operator, opd):
    ceremony = factories.ceremony_in_waves(opd)
    start(client, ceremony)
    waiting = ceremony.participants.get(wave__order=2)
    response = hand(client, waiting)
    assert response.status_code == 400
    assert "gelombang “Peserta lainnya”" in text_of(response)
    head = ceremony.participants.get(wave__order=1)
    absences.excuse(actor=None, participant=head, reason="Cuti")
    assert hand(client, head).url == address("people", ceremony)
    assert f"{head.name} tercatat berhalangan." in search(client, ceremony, "siti")
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    response = hand(client, waiting)
    assert "Penandatanganan tidak sedang dibuka." in text_of(response)
    assert not Invitation.objects.exists()


def test_somebody_of_another_agency_is_not_found(client, kiosk):
    assert hand(client, named(kiosk, "Siti Guru")).status_code == 404
