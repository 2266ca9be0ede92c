"""The signing pages, from the entrance to the receipt, as a browser without scripts sees them."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from netralitas.lib import tickets
from netralitas.lib.codes import grouped, new_receipt
from netralitas.lib.numbers import masked, printed
from pledges.choices import CeremonyState, ParticipantState
from pledges.models import Pact, Signature
from pledges.services import ceremonies, invitations
from tests import factories as make

from .pages import boxes_of, errors_of, fields_of

pytestmark = pytest.mark.django_db

TYPED = {"method": "TYPED", "consent": "on", "points": ["1", "2", "3", "4"]}


@pytest.fixture
def ceremony():
    return make.open_ceremony(employees=2)


@pytest.fixture
def participant(ceremony):
    return make.participant_of(ceremony)


def open_link(client, participant):
    """The signing page behind a new personal link."""
    return client.get(reverse("personal-link", args=[make.link_of(participant)]))


def enter(client, ceremony, number, pin):
    return client.post(
        reverse("ceremony-entrance", args=[ceremony.code]), {"number": number, "pin": pin}
    )


def send(client, page, participant, **changes):
    """Send the page's form with a typed name, complete unless `changes` says otherwise."""
    data = {**fields_of(page), **TYPED, "typed_name": participant.bare_name, **changes}
    return client.post(reverse("sign", args=[participant.ceremony.code]), data)


def says(response, sentence):
    return sentence in response.content.decode()


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
    response = client.get(f"/i/{ceremony.code.lower()}/", {"nip": "197001012010011001"})
    assert response.status_code == 200
    for fact in ("Apel Ikrar Netralitas", "Halaman Kantor", "Rabu, 11 Januari 2023, 08.00 WIB"):
        assert says(response, fact)
    assert says(response, ceremony.election.name)
    assert fields_of(response)["number"] == "197001012010011001"


@pytest.mark.parametrize("state", [CeremonyState.DRAFT, CeremonyState.CANCELLED])
def test_the_entrance_of_a_draft_or_cancelled_ceremony_is_unknown(client, state):
    ceremony = make.ceremony_in(state)
    assert client.get(reverse("ceremony-entrance", args=[ceremony.code])).status_code == 404
    assert client.get(reverse("entrance"), {"kode": ceremony.code}).status_code == 404


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (CeremonyState.READY, "Acara dijadwalkan pada <strong>Rabu, 11 Januari 2023, 08.00 WIB"),
        (CeremonyState.CLOSED, "Acara ini tidak lagi menerima tanda tangan."),
        (CeremonyState.ARCHIVED, "Acara ini tidak lagi menerima tanda tangan."),
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
    ("number", "pin", "field", "sentence"),
    [
        (None, "00000000", "pin", "NIP atau PIN tidak cocok. Periksa slip Anda, lalu coba lagi."),
        ("1" * 18, None, "pin", "NIP atau PIN tidak cocok. Periksa slip Anda, lalu coba lagi."),
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
def test_a_wrong_number_or_pin_is_refused_next_to_its_field(
    client, participant, number, pin, field, sentence
):
    right = make.pin_of(participant)
    number = participant.number if number is None else number
    response = enter(client, participant.ceremony, number, right if pin is None else pin)
    assert response.status_code == 403
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


def test_an_unknown_link_and_a_revoked_one_are_told_apart(client, participant):
    unknown = client.get(reverse("personal-link", args=["tidak-ada"]))
    old = make.link_of(participant)
    make.link_of(participant)
    revoked = client.get(reverse("personal-link", args=[old]))
    assert (unknown.status_code, revoked.status_code) == (404, 403)
    assert says(unknown, "Tautan ini tidak dikenal.")
    assert says(revoked, "Tautan ini sudah dicabut karena yang baru telah diterbitkan.")


@pytest.mark.parametrize("state", [CeremonyState.READY, CeremonyState.CLOSED])
def test_a_link_to_a_ceremony_that_is_not_open_says_so(client, state):
    participant = make.participant_of(make.ceremony_in(state))
    response = open_link(client, participant)
    assert response.status_code == 403
    assert says(response, participant.ceremony.title)


def test_an_excused_participant_is_told_so_before_reading(client, participant):
    participant.state, participant.reason = ParticipantState.EXCUSED, "Cuti"
    participant.save()
    response = open_link(client, participant)
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


def test_no_foreign_or_revoked_secret_opens_a_pact(client, participant):
    token = make.link_of(participant)
    send(client, client.get(f"/t/{token}/"), participant)
    other = make.link_of(make.participant_of(participant.ceremony, 1))
    make.link_of(participant)
    assert client.get(reverse("personal-pact", args=[other])).status_code == 404
    assert client.get(reverse("personal-pact", args=["tidak-ada"])).status_code == 404
    assert client.get(reverse("personal-pact", args=[token])).status_code == 403


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


# Signing ----------------------------------------------------------------------------------------


def test_a_typed_signature_is_received(client, participant):
    page = open_link(client, participant)
    response = send(client, page, participant, device_time="2023-01-11T01:29:58.123Z")
    signature = Signature.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"/i/{participant.ceremony.code}/bukti/{signature.receipt}/"
    assert str(signature.key) == fields_of(page)["key"]
    assert (signature.method, signature.typed_name) == ("TYPED", participant.bare_name)
    assert signature.device_time == datetime(2023, 1, 11, 1, 29, 58, 123000, tzinfo=UTC)


def test_a_drawn_signature_is_received(client, participant):
    page = open_link(client, participant)
    drawing = json.dumps(make.STROKES)
    response = send(client, page, participant, method="DRAWN", strokes=drawing, typed_name="abc")
    assert response.status_code == 303
    signature = Signature.objects.get()
    assert (signature.strokes, signature.typed_name) == (make.STROKES, "")


@pytest.mark.parametrize(
    "claim", ["", "kemarin", "2023-13-45", "0001-01-01T00:00:00+14:00", "2023-01-11T08:00:00"]
)
def test_a_device_time_that_cannot_be_read_is_left_out(client, participant, claim):
    response = send(client, open_link(client, participant), participant, device_time=claim)
    assert response.status_code == 303
    assert Signature.objects.get().device_time is None


def test_fields_that_no_page_has_are_ignored(client, participant):
    page = open_link(client, participant)
    response = send(client, page, participant, signed_at="2020-01-01", state="SIGNED", late="on")
    assert response.status_code == 303
    assert Signature.objects.get().late is False


def test_signing_needs_neither_cookie_nor_csrf_token(participant):
    stranger = Client(enforce_csrf_checks=True)
    page = open_link(stranger, participant)
    stranger.cookies.clear()
    assert send(stranger, page, participant).status_code == 303


def test_sending_twice_gives_one_signature_and_the_same_receipt(client, participant):
    page = open_link(client, participant)
    first, second = send(client, page, participant), send(client, page, participant)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"points": ["1", "3"]}, {"points": "Centang setiap butir ikrar."}),
        ({"consent": ""}, {"consent": "Berikan persetujuan Anda untuk menandatangani."}),
        ({"typed_name": " "}, {"typed_name": "Ketik nama Anda, atau goreskan tanda tangan."}),
        ({"typed_name": "x" * 371}, {"typed_name": "Nama yang diketik terlalu panjang."}),
        ({"method": ""}, {"method": "Pilih cara menandatangani."}),
        (
            {"method": "DRAWN", "strokes": ""},
            {
                "strokes": "Tanda tangan masih kosong. Goreskan tanda tangan Anda, atau ketik nama "
                "Anda."
            },
        ),
        (
            {"method": "DRAWN", "strokes": "[[[1, NaN]]]"},
            {"strokes": "Goresan tidak terbaca. Hapus, lalu ulangi."},
        ),
        (
            {"method": "DRAWN", "strokes": "[[[5000, 2500]]]"},
            {
                "strokes": "Goresan terlalu kecil. Hapus, lalu goreskan tanda tangan yang lebih "
                "besar."
            },
        ),
        (
            {"method": "DRAWN", "strokes": json.dumps([[[n, n % 5000] for n in range(5000)]])},
            {"strokes": "Goresan terlalu banyak untuk sebuah tanda tangan. Hapus, lalu ulangi."},
        ),
    ],
)
def test_what_is_missing_is_said_next_to_its_field(client, participant, changes, errors):
    response = send(client, open_link(client, participant), participant, **changes)
    assert response.status_code == 400
    shown = errors_of(response)
    assert {name: shown.get(name) for name in errors} == errors
    assert Signature.objects.count() == 0


def test_everything_missing_is_said_at_once(client, participant):
    page = open_link(client, participant)
    response = send(client, page, participant, points=[], typed_name="", consent="")
    assert set(errors_of(response)) == {"points", "typed_name", "consent"}


def test_a_refused_page_keeps_everything_that_was_done(client, participant):
    page = open_link(client, participant)
    done = {"points": ["1", "3"], "typed_name": "Orang Lain", "strokes": "[[[1,2],[3,4]]]"}
    response = send(client, page, participant, **done)
    kept = fields_of(response)
    for name in ("points", "typed_name", "strokes"):
        assert kept[name] == done[name]
    for name in ("ticket", "key", "text_digest"):
        assert kept[name] == fields_of(page)[name]
    assert (kept["method"], kept["consent"]) == (["TYPED"], ["on"])
    mended = {"points": TYPED["points"], "typed_name": participant.bare_name}
    address = reverse("sign", args=[participant.ceremony.code])
    assert client.post(address, {**kept, **mended}).status_code == 303


def test_a_page_with_another_text_has_to_be_read_again(client, participant):
    page = open_link(client, participant)
    response = send(client, page, participant, text_digest="0" * 64)
    assert response.status_code == 400
    assert says(response, "Naskah di halaman ini sudah usang.")
    assert fields_of(response)["text_digest"] == participant.ceremony.text.digest
    assert "points" not in fields_of(response)


@pytest.mark.parametrize("key", ["", "bukan-uuid"])
def test_a_page_without_its_key_is_refused_and_gets_a_new_one(client, participant, key):
    response = send(client, open_link(client, participant), participant, key=key)
    assert response.status_code == 400
    assert says(response, "Halaman ini tidak lengkap.")
    assert len(fields_of(response)["key"]) == 36


# Tickets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ticket", ["", "palsu", "a:b:c"])
def test_without_a_valid_ticket_nothing_is_taken(client, participant, ticket):
    response = send(client, open_link(client, participant), participant, ticket=ticket)
    assert response.status_code == 400
    assert says(response, "Halaman ini sudah kedaluwarsa.")
    assert Signature.objects.count() == 0


def test_a_ticket_expires_after_twelve_hours(client, participant):
    with time_machine.travel(datetime(2023, 1, 11, 1, 0, tzinfo=UTC), tick=False) as clock:
        page = open_link(client, participant)
        clock.shift(timedelta(hours=12, seconds=1))
        assert send(client, page, participant).status_code == 400
        clock.shift(timedelta(seconds=-2))
        assert send(client, page, participant).status_code == 303


def test_a_ticket_of_another_ceremony_opens_nothing(client, participant):
    page = open_link(client, participant)
    foreign = make.open_ceremony()
    response = client.post(reverse("sign", args=[foreign.code]), {**fields_of(page), **TYPED})
    assert response.status_code == 404
    assert Signature.objects.count() == 0


def test_an_invitation_revoked_after_the_page_was_opened_is_refused(client, participant):
    page = open_link(client, participant)
    make.link_of(participant)
    response = send(client, page, participant)
    assert response.status_code == 403
    assert says(response, "Tautan ini sudah dicabut")


def test_a_slip_replaced_after_the_page_was_opened_is_refused(client, participant):
    page = enter(client, participant.ceremony, participant.number, make.pin_of(participant))
    make.pin_of(participant)
    response = send(client, page, participant)
    assert response.status_code == 403
    assert says(response, "Slip PIN ini sudah dicabut")


def test_a_ceremony_closed_meanwhile_takes_nothing(client, participant):
    page = open_link(client, participant)
    ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
    response = send(client, page, participant)
    assert response.status_code == 409
    assert says(response, "Acara ini tidak sedang dibuka. Tanda tangan belum diterima.")


def test_another_submission_of_who_has_signed_gets_no_receipt(client, participant):
    page = open_link(client, participant)
    send(client, page, participant)
    response = send(client, page, participant, key=str(uuid4()))
    assert response.status_code == 409
    assert says(response, "Pakta ini sudah ditandatangani.")
    receipt = Signature.objects.get().receipt
    assert not says(response, receipt)
    assert not says(response, grouped(receipt))


def test_a_key_of_somebody_else_gets_no_receipt(client, ceremony):
    first, second = make.participant_of(ceremony, 0), make.participant_of(ceremony, 1)
    page = open_link(client, first)
    send(client, page, first)
    response = send(client, open_link(client, second), second, key=fields_of(page)["key"])
    assert response.status_code == 409
    assert says(response, "Pengiriman ini milik peserta lain.")
    assert not says(response, Signature.objects.get().receipt)


def test_a_body_beyond_every_limit_is_refused_with_a_sentence(client, participant):
    page = open_link(client, participant)
    strokes = json.dumps([[[n % 9000, n % 4000] for n in range(1_000_000)]])
    response = send(client, page, participant, method="DRAWN", strokes=strokes)
    assert response.status_code == 400
    assert says(response, "Kiriman terlalu besar untuk diterima. Tidak ada yang disimpan.")
    assert Signature.objects.count() == 0


def test_signing_is_by_post_alone(client, ceremony):
    assert client.get(reverse("sign", args=[ceremony.code])).status_code == 405


# The receipt ------------------------------------------------------------------------------------


@time_machine.travel(datetime(2023, 1, 11, 1, 30, 5, tzinfo=UTC), tick=False)
def test_the_receipt_says_what_was_received_without_the_whole_number(client, participant):
    response = send(client, open_link(client, participant), participant)
    receipt = client.get(response["Location"])
    signature = Signature.objects.get()
    assert receipt.status_code == 200
    for fact in (
        "Diterima",
        grouped(signature.receipt),
        participant.name,
        masked(participant.number),
        "Rabu, 11 Januari 2023, 08.30.05 WIB",
        participant.ceremony.title,
        reverse("verify-receipt", args=[signature.receipt]),
    ):
        assert says(receipt, fact)
    assert not says(receipt, participant.number)


def test_a_late_receipt_says_so(client, participant):
    ceremonies.close_signing(actor=None, ceremony=participant.ceremony)
    ceremonies.open_signing(actor=None, ceremony=participant.ceremony)
    response = send(client, open_link(client, participant), participant)
    assert says(client.get(response["Location"]), "sebagai penandatanganan susulan")


def test_a_receipt_is_found_at_its_own_ceremony_alone(client, participant):
    receipt = make.sign(participant).receipt
    elsewhere = make.open_ceremony()
    for code, wanted in [
        (elsewhere.code, receipt),
        (participant.ceremony.code, new_receipt()),
        (participant.ceremony.code, "%00"),
        ("%00", receipt),
    ]:
        assert client.get(f"/i/{code}/bukti/{wanted}/").status_code == 404
