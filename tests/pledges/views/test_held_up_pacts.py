"""Pacts that could not be made, on the page of downloads; the certificate of seals on its own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.choices import RoleName
from agencies.models import Event
from pledges.models import PactFailure, SealCertificate
from pledges.services import pact_failures, pact_seals
from pledges.todo import next_steps
from tests import factories

pytestmark = pytest.mark.django_db
REASON = "Peladen stempel waktu tidak menjawab, sehingga pakta belum disegel."
RETRY = "Coba lagi sekarang"


@pytest.fixture
def ceremony():
    ceremony = factories.open_ceremony(employees=12)
    for participant in ceremony.participants.all():
        pact_failures.note(factories.sign(participant), REASON)
    return ceremony


def log_in(client, role, agency):
    user = factories.user_with_role(role, agency)
    client.force_login(user)
    return user


def page_of(ceremony):
    return reverse("download-list", args=[ceremony.uuid])


def text_of(response):
    return " ".join(response.content.decode().split())


def test_hr_reads_why_how_many_and_whose(client, ceremony):
    log_in(client, RoleName.HR, ceremony.organizer)
    text = text_of(client.get(page_of(ceremony)))
    assert f'<p class="entry-title">{REASON}</p>' in text
    assert "12 pakta · dicoba lagi dengan sendirinya, paling cepat " in text
    for participant in ceremony.participants.order_by("signature__pact_failure")[:10]:
        assert participant.name in text
    assert "; dan 2 peserta lain." in text
    assert RETRY in text


@pytest.mark.parametrize("role", [RoleName.HEAD, RoleName.AUDITOR])
def test_others_read_it_without_the_button(client, ceremony, role):
    log_in(client, role, ceremony.organizer)
    text = text_of(client.get(page_of(ceremony)))
    assert REASON in text
    assert RETRY not in text


def test_nothing_is_said_where_nothing_failed(client, ceremony):
    PactFailure.objects.all().delete()
    log_in(client, RoleName.HR, ceremony.organizer)
    assert "belum dapat dibuat" not in text_of(client.get(page_of(ceremony)))


def test_hr_has_them_tried_again(client, ceremony):
    user = log_in(client, RoleName.HR, ceremony.organizer)
    response = client.post(reverse("pact-retry", args=[ceremony.uuid]), follow=True)
    assert response.redirect_chain == [(page_of(ceremony), 302)]
    assert "Pakta yang tertunda dicoba lagi dalam satu menit." in text_of(response)
    assert PactFailure.objects.due(timezone.now()).count() == 12
    assert Event.objects.get(act="pact.retried").actor == user


def test_hr_finds_them_among_what_is_to_be_done(ceremony):
    hr = factories.user_with_role(RoleName.HR, ceremony.organizer.government)
    (step,) = [step for step in next_steps(hr, []) if step.icon == "exclamation-triangle"]
    assert (step.url, step.count) == (page_of(ceremony), 12)
    assert step.title == f"Pakta belum dapat dibuat: {ceremony.title}"
    for role in (RoleName.HEAD, RoleName.OPERATOR, RoleName.AUDITOR):
        user = factories.user_with_role(role, ceremony.organizer)
        assert [step for step in next_steps(user, []) if step.icon == "exclamation-triangle"] == []
    foreign = factories.user_with_role(RoleName.HR, factories.GovernmentFactory())
    assert [step for step in next_steps(foreign, []) if "Pakta" in step.title] == []


@pytest.fixture
def ending():
    pact_seals.begin()
    soon = timezone.now() + timedelta(days=10)
    SealCertificate.objects.update(not_after=soon)
    return SealCertificate.objects.get()


def test_a_certificate_about_to_end_is_the_first_thing_hr_is_told(client, ending):
    government = factories.GovernmentFactory()
    hr = log_in(client, RoleName.HR, government)
    assert (next_steps(hr, [])[0].title, next_steps(hr, [])[0].url) == (
        pact_seals.EXPIRES,
        reverse("seal-detail"),
    )
    assert pact_seals.EXPIRES in text_of(client.get(reverse("home")))
    operator = factories.user_with_role(RoleName.OPERATOR, government)
    assert next_steps(operator, []) == []


def test_the_page_of_the_seal_tells_the_certificate_and_what_is_wrong(client, ending):
    log_in(client, RoleName.HR, factories.GovernmentFactory())
    text = text_of(client.get(reverse("seal-detail")))
    assert "Pemerintah Kota Dumai" in text
    assert ending.fingerprint in text
    assert "B-B (segel)" in text
    assert pact_seals.EXPIRES in text


@pytest.mark.parametrize("role", [RoleName.HR, RoleName.AUDITOR])
def test_the_page_of_the_seal_leads_to_what_waits_in_ones_own_government(client, ceremony, role):
    log_in(client, role, ceremony.organizer)
    page = client.get(reverse("seal-detail"))
    assert f'<a class="entry-title" href="{page_of(ceremony)}">{ceremony.title}</a>' in text_of(
        page
    )
    assert "12 pakta · tanda tangannya tidak hilang" in text_of(page)
    assert f'<a href="{reverse("home")}">Beranda</a>' in text_of(page)
    log_in(client, role, factories.GovernmentFactory())
    assert ceremony.title not in text_of(client.get(reverse("seal-detail")))


def test_the_page_of_the_seal_says_that_nothing_waits(client, ending):
    """Not beside a warning, which tells that they soon will."""
    nothing, government = "Tidak ada pakta yang tertahan", factories.GovernmentFactory()
    log_in(client, RoleName.AUDITOR, government)
    assert nothing not in text_of(client.get(reverse("seal-detail")))
    SealCertificate.objects.update(not_after=timezone.now() + timedelta(days=1000))
    assert nothing in text_of(client.get(reverse("seal-detail")))


def test_the_page_of_the_seal_says_when_there_is_no_certificate_yet(client):
    log_in(client, RoleName.AUDITOR, factories.GovernmentFactory())
    assert "Belum ada sertifikat" in text_of(client.get(reverse("seal-detail")))
