"""/acara/…/peserta/: list, one participant, personal links."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.errors import WrongPin
from pledges.models import Invitation
from pledges.services import invitations, pacts, signing
from tests import factories

from .pages import links_of, log_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def health():
    return factories.OpdFactory(name="Dinas Kesehatan")


@pytest.fixture
def ceremony(health):
    """City-wide: two at Kesehatan, one at Pendidikan."""
    government = factories.government_of(health)
    schools = factories.OpdFactory(parent=government, name="Dinas Pendidikan")
    clinic = factories.UnitFactory(parent=health, name="Puskesmas Kota")
    for name, agency in [("Siti Aminah", clinic), ("Budi Santoso", health), ("Adi Guru", schools)]:
        factories.EmployeeFactory(name=name, agency=agency, title_suffix="")
    return factories.open_ceremony(government, employees=0)


@pytest.fixture
def hr(client, ceremony):
    return log_in(client, RoleName.HR, ceremony.organizer)


def list_of(client, ceremony, **query):
    return client.get(reverse("participant-list", args=[ceremony.uuid]), query)


def names_on(response):
    """The names in the table, in its order."""
    pattern = r'href="/acara/[^"]+/peserta/[0-9a-f-]{36}/">([^<]+)</a>'
    return re.findall(pattern, response.content.decode())


def page_of(name, participant):
    return reverse(name, args=[participant.ceremony.uuid, participant.uuid])


def named(ceremony, name):
    return ceremony.participants.select_related("ceremony").get(bare_name=name)


# The list ---------------------------------------------------------------------------------------


def test_hr_sees_everybody_by_name_with_number_unit_and_state(client, hr, ceremony):
    response = list_of(client, ceremony)
    assert names_on(response) == ["Adi Guru", "Budi Santoso", "Siti Aminah"]
    number = named(ceremony, "Siti Aminah").number
    page = text_of(response)
    printed = f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"
    assert f"Siti Aminah {printed} NIP Puskesmas Kota Dinas Kesehatan Belum" in page
    assert "Sudah menandatangani 0 dari 3 (0%)" in page


@pytest.mark.parametrize("role", ["OPERATOR", "HEAD", "AUDITOR"])
def test_an_agency_sees_its_own_people_alone(client, health, ceremony, role):
    log_in(client, role, health)
    response = list_of(client, ceremony)
    assert names_on(response) == ["Budi Santoso", "Siti Aminah"]
    assert "Dinas Pendidikan" not in text_of(response)


QUERIES = [
    ({"q": "siti"}, ["Siti Aminah"]),
    ({"q": "santoso budi"}, ["Budi Santoso"]),
    ({"q": "tidak ada"}, []),
    ({"state": "SIGNED"}, ["Budi Santoso"]),
    ({"state": "PENDING"}, ["Adi Guru", "Siti Aminah"]),
    ({"sort": "-name"}, ["Siti Aminah", "Budi Santoso", "Adi Guru"]),
    ({"sort": "tidak-ada", "page": "seratus", "per_page": "1"}, None),
    ({"state": "TIDAK_ADA"}, None),
    ({"q": "\x00"}, None),
    ({"opd": "bukan-uuid"}, None),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_the_list_is_searched_sorted_and_narrowed_and_survives_nonsense(
    client, hr, ceremony, query, expected
):
    factories.sign(named(ceremony, "Budi Santoso"))
    response = list_of(client, ceremony, **query)
    everybody = ["Adi Guru", "Budi Santoso", "Siti Aminah"]
    assert (response.status_code, names_on(response)) == (
        200,
        everybody if expected is None else expected,
    )


def test_a_number_is_found_as_it_is_printed(client, hr, ceremony):
    number = named(ceremony, "Adi Guru").number
    printed = f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"
    assert names_on(list_of(client, ceremony, q=printed)) == ["Adi Guru"]


def test_the_list_is_narrowed_to_one_opd(client, hr, ceremony, health):
    assert names_on(list_of(client, ceremony, opd=health.uuid)) == ["Budi Santoso", "Siti Aminah"]


def test_an_opd_that_is_not_ones_own_shows_nobody_of_it(client, ceremony, health):
    log_in(client, RoleName.HEAD, health)
    other = named(ceremony, "Adi Guru").opd
    assert names_on(list_of(client, ceremony, opd=other.uuid)) == ["Budi Santoso", "Siti Aminah"]


def test_a_page_has_fifty_rows_whatever_the_visitor_asks_for(client):
    ceremony = factories.open_ceremony(employees=53)
    log_in(client, RoleName.HR, ceremony.organizer)
    assert len(names_on(list_of(client, ceremony, per_page="1000"))) == 50
    assert len(names_on(list_of(client, ceremony, page="2"))) == 3
    assert len(names_on(list_of(client, ceremony, page="999"))) == 3


def test_a_draft_says_when_the_list_will_be_there(client, health):
    log_in(client, RoleName.HR, health)
    ceremony = factories.ceremony_in("DRAFT", health)
    assert "Daftar peserta terisi setelah dibekukan oleh BKPSDM." in text_of(
        list_of(client, ceremony)
    )


# One participant --------------------------------------------------------------------------------


def test_the_page_shows_the_frozen_identity_and_no_signature_yet(client, hr, ceremony):
    participant = named(ceremony, "Siti Aminah")
    participant.employee.name = "Siti Baru"
    participant.employee.save()
    page = text_of(client.get(page_of("participant-detail", participant)))
    assert "Siti Aminah" in page
    assert "Siti Baru" not in page
    assert "Golongan III/b Jabatan Pranata Komputer Ahli Pertama Unit kerja Puskesmas Kota" in page
    assert "Belum ada tautan atau slip yang diterbitkan." in page
    assert "Kode bukti" not in page


def test_the_page_of_a_signer_leads_to_verification_and_pact(client, hr, ceremony):
    signature = factories.sign(named(ceremony, "Siti Aminah"))
    response = client.get(page_of("participant-detail", signature.participant))
    page = text_of(response)
    assert "Goresan tanda tangan" in page
    assert f"Sidik digital (SHA-256) {signature.digest}" in page
    assert reverse("verify-receipt", args=[signature.receipt]) in links_of(response)
    assert page_of("pact-pdf", signature.participant) in links_of(response)
    assert page_of("link-issue", signature.participant) not in response.content.decode()


def test_an_operator_is_offered_links_but_no_pact(client, ceremony, health):
    signer, other = named(ceremony, "Siti Aminah"), named(ceremony, "Budi Santoso")
    factories.sign(signer)
    log_in(client, RoleName.OPERATOR, health)
    response = client.get(page_of("participant-detail", signer))
    assert page_of("pact-pdf", signer) not in links_of(response)
    response = client.get(page_of("participant-detail", other))
    assert page_of("link-issue", other) in response.content.decode()


def test_late_signers_are_labelled(client, hr, ceremony):
    participant = named(ceremony, "Siti Aminah")
    factories.ceremonies.close_signing(actor=None, ceremony=ceremony)
    factories.ceremonies.open_signing(actor=None, ceremony=ceremony)
    factories.sign(named(ceremony, "Siti Aminah"))
    page = text_of(client.get(page_of("participant-detail", participant)))
    assert "Penandatanganan susulan" in page


@pytest.mark.parametrize("name", ["participant-detail", "link-issue"])
def test_a_participant_of_another_agency_or_another_ceremony_is_not_found(
    client, ceremony, health, name
):
    log_in(client, RoleName.OPERATOR, health)
    send = client.get if name == "participant-detail" else client.post
    stranger = named(ceremony, "Adi Guru")
    assert send(page_of(name, stranger)).status_code == 404
    elsewhere = factories.participant_of(factories.open_ceremony(health))
    assert send(reverse(name, args=[ceremony.uuid, elsewhere.uuid])).status_code == 404
    assert Invitation.objects.count() == 0


# Personal links ---------------------------------------------------------------------------------


def link_on(response):
    return re.search(r"/t/([\w-]+)/", response.content.decode())[1]


def test_a_link_is_shown_once_and_opens_the_signing_page(client, hr, ceremony, settings):
    settings.SITE_URL = "https://netralitas.example.go.id"
    participant = named(ceremony, "Siti Aminah")
    response = client.post(page_of("link-issue", participant), follow=True)
    token = link_on(response)
    assert response.redirect_chain == [(page_of("participant-detail", participant), 302)]
    assert token not in str(dict(client.session))
    assert f"https://netralitas.example.go.id/t/{token}/" in text_of(response)
    assert "no-store" in response.headers["Cache-Control"]
    assert invitations.find_by_token(token).participant == participant
    event = Event.objects.of(ceremony).first()
    assert (event.act, event.actor, event.data) == (
        "invitation.issued",
        hr,
        {"channel": "LINK", "count": 1},
    )
    again = client.get(page_of("participant-detail", participant))
    assert token not in again.content.decode()
    assert "Tautan pribadi Berlaku" in text_of(again)


def test_a_new_link_ends_the_old_one_and_the_page_tells_so(client, hr, ceremony):
    participant = named(ceremony, "Siti Aminah")
    old = link_on(client.post(page_of("link-issue", participant), follow=True))
    client.post(page_of("link-issue", participant))
    page = text_of(client.get(page_of("participant-detail", participant)))
    assert (page.count("Tautan pribadi Berlaku"), page.count("Tautan pribadi Dicabut")) == (1, 1)
    assert client.get(reverse("personal-link", args=[old])).status_code == 404


def test_a_page_with_a_link_can_be_loaded_again_and_the_link_stays_good(client, hr, ceremony):
    participant = named(ceremony, "Siti Aminah")
    token = link_on(client.post(page_of("link-issue", participant), follow=True))
    client.get(page_of("participant-detail", participant))
    assert invitations.find_by_token(token).participant == participant


def test_a_new_link_is_not_shown_on_the_page_of_somebody_else(client, hr, ceremony):
    client.post(page_of("link-issue", named(ceremony, "Siti Aminah")))
    other = client.get(page_of("participant-detail", named(ceremony, "Budi Santoso")))
    assert "/t/" not in other.content.decode()


def test_nobody_is_warned_of_the_end_of_what_was_never_issued(client, hr, ceremony):
    participant = named(ceremony, "Siti Aminah")
    page, form = page_of("participant-detail", participant), page_of("link-send", participant)
    assert "Tautan pribadi yang lama" not in client.get(page).content.decode()
    assert "yang pernah dikirim" not in text_of(client.get(form))
    for channel in ("LINK", "EMAIL"):
        invitations.issue_link(actor=hr, participant=participant, channel=channel)
    assert "Tautan pribadi yang lama tidak berlaku lagi." in client.get(page).content.decode()
    assert "yang pernah dikirim" in text_of(client.get(form))


# One slip ---------------------------------------------------------------------------------------


def test_whoever_lost_a_slip_gets_one_new_slip(client, ceremony, health):
    log_in(client, RoleName.OPERATOR, health)
    participant = named(ceremony, "Siti Aminah")
    page = page_of("participant-detail", participant)
    assert "Slip yang dipegang peserta ini dicabut" not in client.get(page).content.decode()
    old = factories.pin_of(participant)
    assert "Slip yang dipegang peserta ini dicabut" in client.get(page).content.decode()
    response = client.post(page_of("slip-renew", participant))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in response["Cache-Control"]
    disposition = 'attachment; filename="Slip PIN Siti Aminah.pdf"'
    assert response["Content-Disposition"] == disposition
    with pytest.raises(WrongPin):
        invitations.find_by_pin(ceremony=ceremony, number=participant.number, pin=old)
    told = text_of(client.get(page))
    assert (told.count("Slip PIN Berlaku"), told.count("Slip PIN Dicabut")) == (1, 1)


def test_a_slip_for_somebody_who_has_signed_is_refused_on_their_page(client, hr, ceremony):
    participant = named(ceremony, "Siti Aminah")
    factories.sign(participant)
    response = client.post(page_of("slip-renew", participant))
    assert response.status_code == 409
    assert "Undangan hanya diterbitkan bagi peserta yang belum menandatangani" in text_of(response)


def test_after_signing_no_invitation_is_called_valid(client, hr, ceremony):
    participant = named(ceremony, "Siti Aminah")
    factories.pin_of(participant)
    invitation = factories.invitation_of(participant)
    signing.sign(invitation=invitation, submission=factories.submission_for(participant))
    page = text_of(client.get(page_of("participant-detail", participant)))
    assert "Tautan pribadi Terpakai" in page
    assert "Slip PIN Tidak diperlukan lagi" in page
    assert "Berlaku" not in page


# What was done ----------------------------------------------------------------------------------


def test_hr_reads_what_was_done_to_one_participant(client, hr, ceremony, health):
    participant, other = named(ceremony, "Siti Aminah"), named(ceremony, "Budi Santoso")
    factories.locked_slip(participant)
    invitations.unlock(actor=hr, participant=participant)
    invitations.issue_link(actor=hr, participant=other, channel="EMAIL")
    signature = factories.sign(participant)
    pacts.issue(signature)
    pacts.hand_out(actor=None, signature=signature)
    address = page_of("participant-detail", participant)
    story = text_of(client.get(address)).partition("Riwayat")[2]
    assert re.search(
        r"Pakta diunduh Penanda tangan · .* Pakta ditandatangani Penanda tangan · .* "
        rf"Kunci slip PIN dibuka {hr} · .* Undangan diterbitkan Sistem · ",
        story,
    )
    log_in(client, RoleName.OPERATOR, health)
    assert "Riwayat" not in text_of(client.get(address))


@time_machine.travel("2024-01-10T01:00:00Z", tick=False)
def test_a_lock_that_has_ended_is_still_told(client, hr, ceremony):
    participant = named(ceremony, "Siti Aminah")
    locked = factories.locked_slip(participant)
    with time_machine.travel(locked.locked_until, tick=False):
        page = text_of(client.get(page_of("participant-detail", participant)))
    assert "Slip PIN Berlaku Sistem" in page
    assert "Lima PIN salah; kunci berakhir Rabu, 10 Januari 2024, 08.15 WIB" in page


def test_a_link_is_not_made_by_following_a_link(client, hr, ceremony):
    response = client.get(page_of("link-issue", named(ceremony, "Siti Aminah")))
    assert (response.status_code, Invitation.objects.count()) == (405, 0)


def test_an_operator_cannot_read_a_pact_by_a_link_of_their_own(client, ceremony, health):
    """It would also end the signer's own link."""
    participant = named(ceremony, "Siti Aminah")
    token = invitations.issue_link(actor=None, participant=participant)
    signing.sign(
        invitation=invitations.find_by_token(token),
        submission=factories.submission_for(participant),
    )
    log_in(client, RoleName.OPERATOR, health)
    response = client.post(page_of("link-issue", participant))
    assert (response.status_code, Invitation.objects.count()) == (409, 1)
    assert "Undangan hanya diterbitkan bagi peserta yang belum menandatangani" in text_of(response)
    client.logout()
    assert client.get(reverse("personal-pact", args=[token])).status_code == 200


@pytest.mark.parametrize("state", ["EXCUSED", "REFUSED"])
def test_who_is_not_expected_to_sign_gets_no_link(client, hr, ceremony, state):
    participant = named(ceremony, "Siti Aminah")
    ceremony.participants.filter(pk=participant.pk).update(state=state, reason="Cuti")
    address = page_of("link-issue", participant)
    page = client.get(page_of("participant-detail", participant)).content.decode()
    assert address not in page
    assert (client.post(address).status_code, Invitation.objects.count()) == (409, 0)


def test_a_slip_locked_by_wrong_pins_is_shown_as_locked(client, hr, ceremony):
    participant = named(ceremony, "Siti Aminah")
    factories.pin_of(participant)
    address = page_of("participant-detail", participant)
    assert "Terkunci" not in text_of(client.get(address))
    for _ in range(5):
        with pytest.raises(WrongPin):
            invitations.find_by_pin(ceremony=ceremony, number=participant.number, pin="00000000")
    assert "Slip PIN Berlaku Terkunci" in text_of(client.get(address))


def test_an_archived_ceremony_gives_no_links(client, health):
    log_in(client, RoleName.HR, health)
    ceremony = factories.ceremony_in("ARCHIVED", health)
    participant = factories.participant_of(ceremony)
    response = client.post(page_of("link-issue", participant))
    assert (response.status_code, Invitation.objects.count()) == (409, 0)
    assert "Undangan hanya dapat diterbitkan setelah daftar peserta dibekukan" in text_of(response)


def test_a_page_needs_no_more_queries_for_more_invitations(client, hr, ceremony):
    participant = named(ceremony, "Siti Aminah")
    counts = []
    for links in (1, 10):
        for _ in range(links):
            invitations.issue_link(actor=hr, participant=participant)
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of("participant-detail", participant))
        counts.append(len(queries))
    assert counts[0] == counts[1]
