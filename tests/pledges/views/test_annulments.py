"""The pages on which HR asks for an annulment, and another officer decides it."""

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from pledges.models import AnnulmentRequest, Participant
from pledges.services import annulments, ceremonies
from tests import factories
from tests.annulling import annul, annulment_request

from .pages import beside, log_in, text_of

pytestmark = pytest.mark.django_db
WORDS = "Ditandatangani oleh rekan sekantornya."
FORM = {"cause": "WRONG_PERSON", "explanation": WORDS}


@pytest.fixture
def ceremony():
    return factories.open_ceremony(factories.OpdFactory(name="Dinas Kesehatan"))


@pytest.fixture
def government(ceremony):
    return factories.government_of(ceremony.organizer)


@pytest.fixture
def signature(ceremony):
    return factories.sign(factories.participant_of(ceremony))


def address(name, participant, request=None):
    more = [request.uuid] if request else []
    return reverse(name, args=[participant.ceremony.uuid, participant.uuid, *more])


def page_of(client, participant):
    return client.get(address("participant-detail", participant))


# Asking -----------------------------------------------------------------------------------------


def test_hr_asks_from_the_participants_page(client, signature, government):
    user = log_in(client, RoleName.HR, government)
    participant = signature.participant
    link = address("annulment-ask", participant)
    assert f'"{link}"' in page_of(client, participant).content.decode()
    response = client.post(link, FORM, follow=True)
    request = AnnulmentRequest.objects.get()
    assert (request.asked_by, request.cause, request.explanation) == (user, "WRONG_PERSON", WORDS)
    page = text_of(response)
    assert "Pakta tetap berlaku sampai petugas BKPSDM lain menyetujuinya." in page
    assert WORDS in page
    assert f'"{link}"' not in response.content.decode()
    assert address("annulment-withdraw", participant, request) in response.content.decode()
    assert address("annulment-consent", participant, request) not in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"explanation": "   "}, "explanation", "Bidang ini tidak boleh kosong."),
        ({"explanation": "x" * 501}, "explanation", "500"),
        ({"explanation": "a\x00b"}, "explanation", "Karakter null tidak diizinkan."),
        ({"cause": ""}, "cause", "Bidang ini tidak boleh kosong."),
        ({"cause": "SALAH"}, "cause", "SALAH"),
    ],
)
def test_what_is_missing_or_too_much_is_told_beside_the_field(
    client, signature, government, changes, field, sentence
):
    log_in(client, RoleName.HR, government)
    link = address("annulment-ask", signature.participant)
    response = client.post(link, {**FORM, **changes})
    assert response.status_code == 400
    assert sentence in beside(response, field) or sentence in text_of(response)
    assert not AnnulmentRequest.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_where_one_is_pending_the_form_leads_to_the_participants_page(
    client, signature, government, method
):
    annulment_request(signature)
    log_in(client, RoleName.HR, government)
    link = address("annulment-ask", signature.participant)
    response = getattr(client, method)(link, FORM, follow=True)
    assert response.redirect_chain == [(address("participant-detail", signature.participant), 302)]
    assert text_of(response).count(annulments.ALREADY_ASKED) == 1
    assert AnnulmentRequest.objects.count() == 1


def test_of_an_annulled_pact_the_form_leads_to_the_participants_page(client, signature, government):
    annul(signature)
    log_in(client, RoleName.HR, government)
    response = client.get(address("annulment-ask", signature.participant), follow=True)
    assert annulments.NOT_SIGNED in text_of(response)


NO_SECOND = "Belum ada petugas BKPSDM kedua"


def test_without_a_second_officer_the_form_and_the_page_after_it_say_so(
    client, signature, government
):
    log_in(client, RoleName.HR, government)
    link = address("annulment-ask", signature.participant)
    form = client.get(link)
    assert NO_SECOND in text_of(form)
    assert f'"{reverse("user-create")}">Undang petugas itu' in form.content.decode()
    page = client.post(link, FORM, follow=True)
    assert "belum ada petugas BKPSDM lain yang dapat menyetujuinya" in text_of(page)
    assert f'"{reverse("user-create")}">undang petugas BKPSDM' in page.content.decode()
    factories.user_with_role(RoleName.HR, government)
    assert "lalu tarik pengajuan ini" in text_of(page_of(client, signature.participant))


def test_with_a_second_officer_nobody_is_said_to_be_missing(client, signature, government):
    factories.user_with_role(RoleName.HR, government)
    log_in(client, RoleName.HR, government)
    link = address("annulment-ask", signature.participant)
    assert NO_SECOND not in text_of(client.get(link))
    page = text_of(client.post(link, FORM, follow=True))
    assert "belum ada" not in page.lower()


def test_an_officer_who_has_never_come_in_is_no_second_one_yet(client, signature, government):
    invited = factories.user_with_role(RoleName.HR, government)
    invited.set_unusable_password()
    invited.save()
    log_in(client, RoleName.HR, government)
    assert NO_SECOND in text_of(client.get(address("annulment-ask", signature.participant)))


def test_there_is_nothing_to_annul_before_signing(client, ceremony, government):
    participant = factories.participant_of(ceremony)
    log_in(client, RoleName.HR, government)
    link = address("annulment-ask", participant)
    assert link not in page_of(client, participant).content.decode()
    assert client.post(link, FORM).status_code == 404


@pytest.mark.parametrize("role", ["OPERATOR", "HEAD", "AUDITOR"])
def test_nobody_but_hr_is_offered_it(client, signature, government, role):
    log_in(client, RoleName(role), government)
    request = annulment_request(signature)
    page = page_of(client, signature.participant)
    for name in ("ask", "consent", "decline", "withdraw"):
        about = None if name == "ask" else request
        link = address(f"annulment-{name}", signature.participant, about)
        assert link not in page.content.decode()
        assert client.post(link, FORM).status_code == 403
    assert (WORDS in text_of(page)) == (role == "AUDITOR")
    request.refresh_from_db()
    assert request.state == "ASKED"


# Deciding ---------------------------------------------------------------------------------------


def test_another_officer_finds_it_at_home_and_consents(client, signature, government):
    user = log_in(client, RoleName.HR, government)
    request = annulment_request(signature)
    participant = signature.participant
    home = client.get(reverse("home"))
    assert f"Setujui atau tolak pembatalan pakta: {participant.name}" in text_of(home)
    assert address("participant-detail", participant) in home.content.decode()
    consent = address("annulment-consent", participant, request)
    assert consent in page_of(client, participant).content.decode()
    page = text_of(client.post(consent, follow=True))
    assert "Pakta dibatalkan." in page
    assert "Dibubuhkan oleh orang lain" in page
    assert WORDS in page
    assert str(user) in page
    assert f"pembatalan pakta: {participant.name}" not in text_of(client.get(reverse("home")))


def test_the_annulled_and_the_new_place_lead_to_each_other(client, signature, government):
    annul(signature)
    log_in(client, RoleName.OPERATOR, government)
    old = signature.participant
    new = Participant.objects.get(replaces=old)
    page = page_of(client, old)
    assert address("participant-detail", new) in page.content.decode()
    assert "Dibubuhkan oleh orang lain" in text_of(page)
    assert WORDS not in text_of(page)
    assert address("link-issue", old) not in page.content.decode()
    page = page_of(client, new)
    assert address("participant-detail", old) in page.content.decode()
    assert "Menggantikan pakta yang dibatalkan" in text_of(page)
    assert address("link-issue", new) in page.content.decode()


def test_whoever_asked_is_not_told_at_home_to_decide(client, signature, government):
    user = log_in(client, RoleName.HR, government)
    annulment_request(signature, asker=user)
    home = client.get(reverse("home"))
    assert "Setujui atau tolak" not in text_of(home)
    name = signature.participant.name
    assert f"Menunggu persetujuan pembatalan pakta: {name}" in text_of(home)
    assert address("participant-detail", signature.participant) in home.content.decode()


def test_an_officer_who_came_after_the_asking_is_offered_to_decline_alone(
    client, signature, government
):
    request = annulment_request(signature)
    log_in(client, RoleName.HR, government)
    participant = signature.participant
    assert "pembatalan pakta" not in text_of(client.get(reverse("home")))
    page = page_of(client, participant)
    assert annulments.TOO_NEW in text_of(page)
    consent = address("annulment-consent", participant, request)
    assert consent not in page.content.decode()
    assert address("annulment-decline", participant, request) in page.content.decode()
    response = client.post(consent)
    assert response.status_code == 409
    assert annulments.TOO_NEW in text_of(response)


def test_hr_of_another_government_sees_and_decides_nothing(client, signature):
    request = annulment_request(signature)
    log_in(client, RoleName.HR, factories.GovernmentFactory())
    assert "pembatalan pakta" not in text_of(client.get(reverse("home")))
    consent = address("annulment-consent", signature.participant, request)
    assert client.post(consent).status_code == 404


def test_whoever_asked_is_refused_consent_and_told_why(client, signature, government):
    user = log_in(client, RoleName.HR, government)
    request = annulment_request(signature, asker=user)
    response = client.post(address("annulment-consent", signature.participant, request))
    assert response.status_code == 409
    assert "petugas lain daripada yang mengajukannya" in text_of(response)


def test_consent_is_to_the_request_that_was_shown(client, signature, government):
    asker = factories.user_with_role(RoleName.HR, government)
    log_in(client, RoleName.HR, government)
    shown = annulment_request(signature, asker=asker)
    annulments.withdraw(actor=asker, request=shown)
    annulment_request(signature, asker=asker)
    response = client.post(address("annulment-consent", signature.participant, shown))
    assert response.status_code == 409
    assert annulments.DECIDED in text_of(response)
    assert not Participant.objects.annulled().exists()


def test_a_request_about_somebody_else_is_not_found(client, government):
    ceremony = factories.open_ceremony(government, employees=2)
    mine, other = (factories.participant_of(ceremony, place) for place in range(2))
    request = annulment_request(factories.sign(other))
    log_in(client, RoleName.HR, government)
    link = address("annulment-consent", mine, request)
    assert client.post(link).status_code == 404


@pytest.mark.parametrize(
    ("act", "own", "state"), [("decline", False, "DECLINED"), ("withdraw", True, "WITHDRAWN")]
)
def test_declined_or_withdrawn_the_pact_goes_on_counting(
    client, signature, government, act, own, state
):
    user = log_in(client, RoleName.HR, government)
    request = annulment_request(signature, asker=user if own else None)
    link = address(f"annulment-{act}", signature.participant, request)
    page = text_of(client.post(link, follow=True))
    assert "Pakta tetap berlaku." in page
    assert "Batalkan pakta" in page
    request.refresh_from_db()
    assert request.state == state


# Signing anew -----------------------------------------------------------------------------------

OPEN_AGAIN = "Buka susulan"


def test_of_a_closed_ceremony_it_is_told_that_signing_must_be_opened_again(
    client, ceremony, signature, government
):
    log_in(client, RoleName.HR, government)
    request = annulment_request(signature)
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    link = address("annulment-consent", signature.participant, request)
    assert OPEN_AGAIN in text_of(client.post(link, follow=True))
    place = Participant.objects.get(replaces=signature.participant)
    page = page_of(client, place)
    assert f"“{OPEN_AGAIN}” di halaman acara" in text_of(page)
    overview = reverse("ceremony-detail", args=[ceremony.uuid])
    assert f'“{OPEN_AGAIN}” di <a href="{overview}">halaman acara' in page.content.decode()
    log_in(client, RoleName.OPERATOR, government)
    assert f"BKPSDM membuka penandatanganan kembali (“{OPEN_AGAIN}”)" in text_of(
        page_of(client, place)
    )
    ceremony.refresh_from_db()
    ceremonies.open_signing(actor=None, ceremony=ceremony)
    assert OPEN_AGAIN not in text_of(page_of(client, place))


def test_of_an_archived_ceremony_nobody_is_promised_to_sign_again(
    client, ceremony, signature, government
):
    log_in(client, RoleName.HR, government)
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    ceremonies.archive(actor=None, ceremony=ceremony)
    form = text_of(client.get(address("annulment-ask", signature.participant)))
    assert "tidak dapat dibuka kembali" in form
    assert OPEN_AGAIN not in form
    request = annulment_request(signature)
    link = address("annulment-consent", signature.participant, request)
    page = text_of(client.post(link, follow=True))
    assert "peserta tercatat belum menandatangani" in page
    place = Participant.objects.get(replaces=signature.participant)
    assert "tetap tercatat belum menandatangani" in text_of(page_of(client, place))


def test_who_signs_anew_is_told_why(client, ceremony, signature):
    annul(signature)
    place = Participant.objects.get(replaces=signature.participant)
    page = client.get(reverse("personal-link", args=[factories.link_of(place)]), follow=True)
    assert "tanda tangan sebelumnya atas nama Anda dibatalkan" in text_of(page)
    assert "dibatalkan (dibubuhkan oleh orang lain)." in text_of(page)
    assert WORDS not in text_of(page)


# Elsewhere --------------------------------------------------------------------------------------


def test_the_list_shows_both_and_finds_the_annulled(client, signature, government):
    annul(signature)
    log_in(client, RoleName.HR, government)
    link = reverse("participant-list", args=[signature.participant.ceremony.uuid])
    assert text_of(client.get(link)).count(signature.participant.name) == 2
    found = text_of(client.get(link, {"state": "ANNULLED"}))
    assert found.count(signature.participant.name) == 1
    assert "0 dari 1" in found


def test_the_own_page_tells_of_it_and_offers_to_sign_again(client, signature):
    participant = signature.participant
    employee = participant.employee
    user = factories.UserFactory(employee=employee, government=employee.government)
    annul(signature)
    client.force_login(user)
    page = client.get(reverse("own-page"))
    assert "Alasan pembatalan: Dibubuhkan oleh orang lain" in text_of(page)
    assert "Belum ada pakta yang Anda tandatangani." in text_of(page)
    new = Participant.objects.get(replaces=participant)
    assert reverse("own-sign", args=[new.uuid]) in page.content.decode()
    assert reverse("own-sign", args=[participant.uuid]) not in page.content.decode()
