"""How an employee gets in: the ceremony's entrance, the personal link, the own pact."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from netralitas.lib import tickets
from netralitas.lib.codes import grouped
from netralitas.lib.numbers import printed
from pledges.choices import CeremonyState, ParticipantState
from pledges.models import Pact, Signature
from pledges.services import ceremonies, invitations
from tests import factories as make

from .pages import boxes_of, errors_of, fields_of
from .visitor import enter, open_link, says, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    return make.open_ceremony(employees=2)


@pytest.fixture
def participant(ceremony):
    return make.participant_of(ceremony)


# The entrance -----------------------------------------------------------------------------------


def test_a_typed_code_leads_to_its_entrance(client, ceremony):
    typed = f" {ceremony.code[:4].lower()}-{ceremony.code[4:]} "
    response = client.get(reverse("entrance"), {"kode": typed})
    assert response.status_code == 302
    assert response["Location"] == f"/i/{ceremony.code}/"


def test_without_a_code_there_is_a_form_for_it(client):
    response = client.get(reverse("entrance"))
    assert response.status_code == 200
    assert fields_of(response) == {"kode": ""}


@pytest.mark.parametrize("typed", ["XXXX9999", "?", "0OIL1", "\x00", "x" * 3000])
def test_an_unknown_code_is_answered_with_a_sentence_and_the_form(client, typed):
    response = client.get(reverse("entrance"), {"kode": typed})
    assert response.status_code == 404
    assert errors_of(response)["kode"].startswith("Kode acara ini tidak dikenal.")


def test_the_entrance_shows_the_ceremony_and_asks_for_number_and_pin(client, ceremony):
    response = client.get(f"/i/{ceremony.code.lower()}/")
    assert response.status_code == 200
    for fact in ("Apel Ikrar Netralitas", "Halaman Kantor", "Rabu, 11 Januari 2023, 08.00 WIB"):
        assert says(response, fact)
    assert says(response, ceremony.election.name)
    assert fields_of(response) == {"number": "", "pin": ""}


def test_a_number_in_the_query_is_not_looked_at(client, ceremony):
    """There it would stand in every log; the slip's QR carries it behind "#"."""
    response = client.get(f"/i/{ceremony.code}/", {"nip": "197001012010011001"})
    assert fields_of(response)["number"] == ""


@pytest.mark.parametrize("state", [CeremonyState.DRAFT, CeremonyState.CANCELLED])
def test_the_entrance_of_a_draft_is_unknown_cancelled_or_not(client, state):
    ceremony = make.ceremony_in(state)
    assert client.get(reverse("ceremony-entrance", args=[ceremony.code])).status_code == 404
    assert client.get(reverse("entrance"), {"kode": ceremony.code}).status_code == 404


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (CeremonyState.READY, "Acara dijadwalkan pada <strong>Rabu, 11 Januari 2023, 08.00 WIB"),
        (CeremonyState.CLOSED, "Acara ini tidak lagi menerima tanda tangan baru."),
        (CeremonyState.ARCHIVED, "Acara ini tidak lagi menerima tanda tangan baru."),
    ],
)
def test_an_entrance_that_is_not_open_says_so(client, state, sentence):
    ceremony = make.ceremony_in(state)
    participant = make.participant_of(ceremony)
    for response in (
        client.get(reverse("ceremony-entrance", args=[ceremony.code])),
        enter(client, ceremony, participant.number, "12345678"),
    ):
        assert response.status_code == 403
        assert says(response, sentence)


@pytest.mark.parametrize("state", [CeremonyState.READY, CeremonyState.OPEN])
def test_a_cancelled_ceremony_tells_everybody_who_was_invited(client, state):
    participant = make.participant_of(make.ceremony_in(state))
    ceremony, token, pin = participant.ceremony, make.link_of(participant), make.pin_of(participant)
    make.cancel(actor=None, ceremony=ceremony)
    for response in (
        client.get(reverse("ceremony-entrance", args=[ceremony.code])),
        client.get(reverse("entrance"), {"kode": ceremony.code}, follow=True),
        enter(client, ceremony, participant.number, pin),
        client.get(reverse("personal-link", args=[token])),
    ):
        assert response.status_code == 403
        assert says(response, "<h1>Acara ini dibatalkan</h1>")
        assert says(response, ceremony.title)
        assert not says(response, "Coba lagi")


def test_number_and_pin_sign_without_any_cookie(participant):
    stranger = Client(enforce_csrf_checks=True)
    page = enter(stranger, participant.ceremony, participant.number, make.pin_of(participant))
    assert (page.status_code, stranger.cookies) == (200, {})
    assert send(stranger, page, participant).status_code == 303


def test_number_and_pin_open_the_signing_page(client, participant):
    pin = make.pin_of(participant)
    number = printed(participant.number, participant.number_kind)
    response = enter(client, participant.ceremony, number, f"{pin[:4]} {pin[4:]}")
    assert response.status_code == 200
    assert says(response, participant.name)
    assert says(response, number)
    ticket = tickets.read(fields_of(response)["ticket"])
    assert invitations.find_by_id(ticket.subject).participant == participant


@pytest.mark.parametrize(
    ("number", "pin"), [(None, "00000000"), ("1" * 18, None)], ids=["wrong PIN", "wrong number"]
)
def test_a_wrong_number_or_pin_is_refused(client, participant, number, pin):
    right = make.pin_of(participant)
    number = number or participant.number
    response = enter(client, participant.ceremony, number, pin or right)
    assert response.status_code == 403
    sentence = "Nomor atau PIN tidak cocok. Periksa slip terakhir yang Anda terima, lalu coba lagi."
    assert errors_of(response) == {"pin": sentence}
    assert (fields_of(response)["number"], fields_of(response)["pin"]) == (number, "")


@pytest.mark.parametrize("steps", [[], [ceremonies.close_signing]], ids=["open", "closed"])
@pytest.mark.parametrize(
    ("number", "pin", "field", "sentence"),
    [
        (None, "1234", "pin", "PIN pada slip terdiri atas 8 angka."),
        (None, "", "pin", "Isi PIN dari slip Anda."),
        ("", None, "number", "Isi NIP, NI PPPK, atau NIK Anda."),
        (
            "12345",
            None,
            "number",
            "NIP dan NI PPPK terdiri atas 18 angka, NIK 16 angka. Periksa kembali.",
        ),
        (
            "１９７００１０１２０１００１１００１",
            None,
            "number",
            "NIP dan NI PPPK terdiri atas 18 angka, NIK 16 angka. Periksa kembali.",
        ),
    ],
)
def test_what_is_no_number_or_no_pin_is_refused_next_to_its_field(
    client, participant, steps, number, pin, field, sentence
):
    right = make.pin_of(participant)
    for step in steps:
        step(actor=None, ceremony=participant.ceremony)
    number = participant.number if number is None else number
    response = enter(client, participant.ceremony, number, right if pin is None else pin)
    assert response.status_code == 400
    assert errors_of(response) == {field: sentence}
    assert fields_of(response)["number"] == number
    assert fields_of(response)["pin"] == ""


def test_a_locked_slip_says_for_how_long(client, participant):
    make.pin_of(participant)
    for _ in range(6):
        response = enter(client, participant.ceremony, participant.number, "00000000")
    assert response.status_code == 403
    assert errors_of(response)["pin"].startswith("PIN salah dimasukkan lima kali. Coba lagi 15")


def test_who_has_signed_gets_the_receipt_and_the_pact_by_slip(client, participant):
    pin = make.pin_of(participant)
    page = enter(client, participant.ceremony, participant.number, pin)
    send(client, page, participant)
    again = enter(client, participant.ceremony, participant.number, pin)
    assert again.status_code == 200
    assert says(again, grouped(Signature.objects.get().receipt))
    ticket = fields_of(again)["ticket"]
    pact = client.post(reverse("own-pact", args=[participant.ceremony.code]), {"ticket": ticket})
    assert pact["Content-Type"] == "application/pdf"
    assert participant.bare_name in pdf_text(pact)


def test_a_replaced_slip_is_answered_like_a_wrong_pin(client, participant):
    old = make.pin_of(participant)
    make.pin_of(participant)
    response = enter(client, participant.ceremony, participant.number, old)
    assert response.status_code == 403
    assert says(response, "Nomor atau PIN tidak cocok. Periksa slip terakhir yang Anda terima")


@pytest.mark.parametrize("steps", [["close_signing"], ["close_signing", "archive"]])
def test_after_closing_a_slip_opens_receipt_and_pact_of_who_has_signed(client, participant, steps):
    ceremony, pin = participant.ceremony, make.pin_of(participant)
    send(client, enter(client, ceremony, participant.number, pin), participant)
    late = make.participant_of(ceremony, 1)
    late_pin = make.pin_of(late)
    for step in steps:
        getattr(ceremonies, step)(actor=None, ceremony=ceremony)
    closed = client.get(reverse("ceremony-entrance", args=[ceremony.code]))
    assert (closed.status_code, fields_of(closed)) == (403, {"number": "", "pin": ""})
    page = enter(client, ceremony, participant.number, pin)
    assert page.status_code == 200
    assert says(page, grouped(Signature.objects.get().receipt))
    address = reverse("own-pact", args=[ceremony.code])
    assert participant.bare_name in pdf_text(client.post(address, fields_of(page)))
    refused = enter(client, ceremony, late.number, late_pin)
    assert refused.status_code == 403
    assert says(refused, "Acara ini tidak lagi menerima tanda tangan baru.")
    assert "ticket" not in fields_of(refused)


# The personal link ------------------------------------------------------------------------------


def test_a_personal_link_opens_the_signing_page(client, participant):
    response = open_link(client, participant)
    assert response.status_code == 200
    text = participant.ceremony.text
    for words in (text.heading, text.opening, text.sanction, text.closing, *text.points):
        assert says(response, words)
    assert says(response, participant.name)
    fields = fields_of(response)
    assert fields["text_digest"] == text.digest
    assert fields["method"] == ["TYPED"]
    assert not {"points", "consent"} & set(fields)
    assert [box["value"] for box in boxes_of(response, "points")] == ["1", "2", "3", "4"]


def test_no_cache_and_no_search_engine_keeps_the_signing_page(client, participant):
    response = open_link(client, participant)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_every_signing_page_has_its_own_key(client, participant):
    token = make.link_of(participant)
    keys = {fields_of(client.get(f"/t/{token}/"))["key"] for _ in range(3)}
    assert len(keys) == 3


def test_an_unknown_link_and_a_revoked_one_are_answered_alike(client, participant):
    unknown = client.get(reverse("personal-link", args=["tidak-ada"]))
    old = make.link_of(participant)
    make.link_of(participant)
    revoked = client.get(reverse("personal-link", args=[old]))
    assert (unknown.status_code, revoked.status_code) == (404, 404)
    assert unknown.content == revoked.content
    assert says(unknown, "Tautan ini tidak berlaku.")


@pytest.mark.parametrize(
    "steps",
    [[], [ceremonies.open_signing, ceremonies.close_signing]],
    ids=["not yet", "not any more"],
)
def test_a_link_to_a_ceremony_that_is_not_open_says_so(client, steps):
    participant = make.participant_of(make.ceremony_in(CeremonyState.READY))
    token = make.link_of(participant)
    for step in steps:
        step(actor=None, ceremony=participant.ceremony)
    response = client.get(reverse("personal-link", args=[token]))
    assert response.status_code == 403
    assert says(response, participant.ceremony.title)


def test_an_excused_participant_is_told_so_before_reading(client, participant):
    token = make.link_of(participant)
    participant.state, participant.reason = ParticipantState.EXCUSED, "Cuti"
    participant.save()
    response = client.get(reverse("personal-link", args=[token]))
    assert response.status_code == 403
    assert says(response, "Anda tercatat “berhalangan” pada acara ini.")


def test_a_used_link_shows_the_receipt_and_leads_to_the_pact_even_after_closing(
    client, participant
):
    token = make.link_of(participant)
    send(client, client.get(f"/t/{token}/"), participant)
    ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
    response = client.get(f"/t/{token}/")
    assert response.status_code == 200
    assert says(response, grouped(Signature.objects.get().receipt))
    assert says(response, f'href="/t/{token}/pakta.pdf"')


def pdf_text(response):
    return PdfReader(BytesIO(b"".join(response.streaming_content))).pages[0].extract_text()


def test_the_own_pact_is_a_download_made_on_demand(client, participant):
    token = make.link_of(participant)
    address = reverse("personal-pact", args=[token])
    assert client.get(address).status_code == 404
    send(client, client.get(f"/t/{token}/"), participant)
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="Pakta Integritas - ')
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert grouped(Signature.objects.get().receipt) in pdf_text(response)
    assert Pact.objects.count() == 1


def test_only_the_invitation_of_the_signature_opens_its_pact(client, participant):
    """Whoever issues a second invitation gets no pact by it."""
    ceremony, pin, token = participant.ceremony, make.pin_of(participant), make.link_of(participant)
    send(client, client.get(f"/t/{token}/"), participant)
    by_slip = enter(client, ceremony, participant.number, pin)
    assert says(by_slip, grouped(Signature.objects.get().receipt))
    assert "ticket" not in fields_of(by_slip)
    slip = invitations.find_by_pin(ceremony=ceremony, number=participant.number, pin=pin)
    address = reverse("own-pact", args=[ceremony.code])
    assert client.post(address, {"ticket": tickets.issue(slip.pk)}).status_code == 404
    other = make.link_of(make.participant_of(ceremony, 1))
    assert client.get(reverse("personal-pact", args=[other])).status_code == 404
    assert client.get(reverse("personal-pact", args=[token])).status_code == 200


def test_a_link_beside_the_slip_of_the_signature_shows_the_receipt_alone(client, participant):
    token, pin = make.link_of(participant), make.pin_of(participant)
    send(client, enter(client, participant.ceremony, participant.number, pin), participant)
    page = client.get(reverse("personal-link", args=[token]))
    assert says(page, grouped(Signature.objects.get().receipt))
    assert not says(page, "pakta.pdf")
    assert client.get(reverse("personal-pact", args=[token])).status_code == 404


def test_refusals_of_a_pact_are_told_in_words_for_the_public(client, participant):
    token, ticket = make.link_of(participant), tickets.issue(make.invitation_of(participant).pk)
    make.link_of(participant)
    own = reverse("own-pact", args=[participant.ceremony.code])
    signing_address = reverse("sign", args=[participant.ceremony.code])
    for response, status, sentence in (
        (client.get(reverse("personal-pact", args=["tidak-ada"])), 404, "tidak berlaku"),
        (client.get(reverse("personal-pact", args=[token])), 404, "tidak berlaku"),
        (client.post(own, {"ticket": ticket}), 403, "sudah dicabut"),
        (client.post(own, {"ticket": "palsu"}), 400, "sudah kedaluwarsa"),
        (client.post(signing_address, {"ticket": "palsu"}), 400, "sudah kedaluwarsa"),
    ):
        assert response.status_code == status
        assert says(response, sentence)
        for words in ("peran Anda", "BKPSDM", "berwenang"):
            assert not says(response, words)


def test_a_pact_by_ticket_needs_a_ticket_of_this_ceremony_that_is_valid(client, participant):
    invitation = make.invitation_of(participant)
    address = reverse("own-pact", args=[participant.ceremony.code])
    assert client.post(address, {"ticket": "palsu"}).status_code == 400
    ticket = tickets.issue(invitation.pk)
    assert client.post(address, {"ticket": ticket}).status_code == 404
    elsewhere = reverse("own-pact", args=[make.open_ceremony().code])
    assert client.post(elsewhere, {"ticket": ticket}).status_code == 404
    make.link_of(participant)
    assert client.post(address, {"ticket": ticket}).status_code == 403
