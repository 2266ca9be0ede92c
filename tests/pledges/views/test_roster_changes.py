"""…/peserta/tambah/, …/keluarkan/ and …/kembalikan/; and where the departed are told."""

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from pledges.services import roster_changes
from tests import factories

from .pages import beside, links_of, log_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    return factories.open_ceremony(factories.OpdFactory(name="Dinas Kesehatan"), employees=2)


@pytest.fixture
def participant(ceremony):
    return factories.participant_of(ceremony)


@pytest.fixture
def hr(client, ceremony):
    return log_in(client, RoleName.HR, factories.government_of(ceremony.organizer))


def page_of(name, participant):
    return reverse(name, args=[participant.ceremony.uuid, participant.uuid])


def add_url(ceremony):
    return reverse("participant-add", args=[ceremony.uuid])


def list_of(ceremony):
    return reverse("participant-list", args=[ceremony.uuid])


def depart(participant):
    roster_changes.depart(actor=None, participant=participant, reason="Pindah ke provinsi")


def test_hr_finds_somebody_and_adds_them_with_a_reason(client, hr, ceremony, participant):
    unit = factories.UnitFactory(parent=ceremony.organizer, name="Sekretariat")
    newcomer = factories.EmployeeFactory(agency=unit, name="Zainab Siregar")
    assert add_url(ceremony) in links_of(client.get(list_of(ceremony)))
    page = text_of(client.get(add_url(ceremony), {"q": "zainab"}))
    assert f"{newcomer.full_name} {newcomer.number}" in page
    assert f"Sekretariat, {ceremony.organizer.name}" in page
    page = text_of(client.get(add_url(ceremony), {"q": participant.number}))
    assert f"{participant.name} Sudah peserta" in page
    sent = {"employee": newcomer.uuid, "reason": "Pindahan"}
    response = client.post(add_url(ceremony) + "?q=zainab", sent)
    added = ceremony.participants.get(employee=newcomer)
    assert (response.status_code, response.url) == (302, page_of("participant-detail", added))
    page = text_of(client.get(response.url))
    assert f"{added.name} ditambahkan ke daftar peserta." in page
    assert "Alasan ditambahkan Pindahan" in page


def test_an_addition_needs_a_reason_and_is_refused_beside_the_form(
    client, hr, ceremony, participant
):
    newcomer = factories.EmployeeFactory(agency=ceremony.organizer, name="Zainab Siregar")
    address = add_url(ceremony) + "?q=zainab"
    response = client.post(address, {"employee": newcomer.uuid, "reason": ""})
    assert (response.status_code, "Bidang ini tidak boleh kosong." in text_of(response)) == (
        400,
        True,
    )
    sent = {"employee": participant.employee.uuid, "reason": "Pindahan"}
    response = client.post(address, sent)
    assert response.status_code == 400
    assert f"{participant.name} sudah menjadi peserta acara ini." in text_of(response)
    foreign = factories.EmployeeFactory()
    assert client.post(address, {**sent, "employee": foreign.uuid}).status_code == 400
    assert ceremony.participants.count() == 2


def test_hr_takes_somebody_off_and_back(client, hr, ceremony, participant):
    detail = client.get(page_of("participant-detail", participant))
    assert page_of("participant-depart", participant) in links_of(detail)
    address = page_of("participant-depart", participant)
    response = client.post(address, {"reason": " "})
    assert (response.status_code, beside(response, "reason") != "") == (400, True)
    response = client.post(address, {"reason": "Pindah ke provinsi"})
    page = client.get(response.url)
    assert f"{participant.name} Dikeluarkan Pindah ke provinsi" in text_of(page)
    assert "Tidak lagi dalam daftar peserta" in text_of(page)
    for gone in ("participant-depart", "participant-excuse", "link-issue", "follow-up-edit"):
        assert page_of(gone, participant) not in page.content.decode()
    assert page_of("participant-take-back", participant) in links_of(page)
    response = client.post(page_of("participant-take-back", participant), {"reason": "Keliru"})
    page = text_of(client.get(response.url))
    assert f"{participant.name} dikembalikan." in page
    assert "Peserta dikembalikan ke daftar Keliru" in page
    assert "Peserta dikeluarkan dari daftar Pindah ke provinsi" in page
    assert "Alasan ditambahkan" not in page
    participant.refresh_from_db()
    assert (participant.state, participant.reason) == ("PENDING", "")


def test_whoever_has_signed_meanwhile_is_not_taken_off(client, hr, participant):
    factories.sign(participant)
    response = client.post(page_of("participant-depart", participant), {"reason": "Pindah"})
    assert response.status_code == 400
    assert "Peserta berstatus “Sudah”" in text_of(response)


def test_the_departed_are_listed_only_where_asked_for_and_counted_nowhere(
    client, hr, ceremony, participant
):
    depart(participant)
    page = text_of(client.get(list_of(ceremony)))
    assert "1 orang dikeluarkan dari daftar" in page
    assert "0 dari 1" in page
    assert participant.name not in page
    page = text_of(client.get(list_of(ceremony), {"state": "DEPARTED"}))
    assert f"{participant.name} " in page
    recap = text_of(client.get(reverse("recap", args=[ceremony.uuid])))
    assert "0 dari 1" in recap
    assert "dibatalkan" not in recap.lower()


def test_a_departed_employee_is_told_on_the_own_page_and_signs_nothing(client, participant):
    account = factories.UserFactory(
        employee=participant.employee, government=participant.employee.government
    )
    depart(participant)
    client.force_login(account)
    page = text_of(client.get(reverse("own-page")))
    assert "Tidak lagi menjadi peserta" in page
    assert "Pindah ke provinsi" not in page
    assert "Tidak ada ikrar yang menunggu tanda tangan Anda saat ini." in page
    assert client.post(reverse("own-sign", args=[participant.uuid])).status_code == 409


def test_a_page_open_when_its_holder_departs_is_told_and_not_taken(client, participant):
    client.get(reverse("personal-link", args=[factories.link_of(participant)]))
    token = factories.link_of(participant)
    opened = client.get(reverse("personal-link", args=[token]))
    ticket = opened.context["ticket"]
    depart(participant)
    submission = factories.submission_for(participant)
    response = client.post(
        reverse("sign", args=[participant.ceremony.code]),
        {
            "ticket": ticket,
            "key": submission.key,
            "text_digest": submission.text_digest,
            "points": sorted(submission.points),
            "method": "TYPED",
            "typed_name": participant.bare_name,
            "consent": "on",
        },
    )
    assert response.status_code in {403, 409}
    assert "tidak lagi tercatat sebagai peserta" in text_of(response)
    assert client.get(reverse("personal-link", args=[token])).status_code == 404


def test_only_hr_of_the_organiser_is_offered_changes(client, participant):
    log_in(client, RoleName.OPERATOR, participant.opd)
    page = client.get(page_of("participant-detail", participant)).content.decode()
    assert page_of("participant-depart", participant) not in page
    assert (
        add_url(participant.ceremony)
        not in client.get(list_of(participant.ceremony)).content.decode()
    )
