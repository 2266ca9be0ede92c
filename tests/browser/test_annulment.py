"""A pact that must not count: one officer asks, another agrees, and the person signs again."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agencies.choices import RoleName
from pledges.models import Participant
from tests import factories
from tests.annulling import EXPLANATION
from tests.conftest import DESKTOP, PHONE

from .hand import draw, tick_all
from .staff import sign_in

pytestmark = pytest.mark.page


def test_two_officers_annul_a_pact_the_public_reads_it_and_the_person_signs_again(open_page):
    ceremony = factories.open_ceremony(factories.GovernmentFactory())
    signer = factories.participant_of(ceremony)
    signature = factories.sign(signer)
    second_officer = factories.user_with_role(RoleName.HR, ceremony.organizer)

    asker = open_page(DESKTOP)
    sign_in(asker, factories.user_with_role(RoleName.HR, ceremony.organizer))
    ask(asker, signer)
    verified = open_page(PHONE)
    assert says(verified, signature) == "Asli"

    second = open_page(PHONE)
    sign_in(second, second_officer)
    consent(second, signer)
    assert says(verified, signature) == "Dibatalkan"
    expect(verified.get_by_text("Dibubuhkan oleh orang lain")).to_be_visible()
    expect(verified.get_by_text(EXPLANATION)).to_have_count(0)

    sign(open_page(PHONE), personal_link(second))
    again = Participant.objects.get(replaces=signer)
    assert says(verified, again.signature) == "Asli"
    assert says(verified, signature) == "Dibatalkan"
    assert ceremony.participants.invited().count() == ceremony.participants.signed().count() == 1


def ask(page, signer):
    """The first officer gives a cause and an explanation, and may not agree to the own request."""
    page.goto(reverse("participant-detail", args=[signer.ceremony.uuid, signer.uuid]))
    page.get_by_role("link", name="Batalkan pakta").click()
    page.get_by_label("Dibubuhkan oleh orang lain").check()
    page.locator("[name=explanation]").fill(EXPLANATION)
    page.get_by_role("button", name="Ajukan pembatalan").click()
    expect(page.get_by_role("heading", name="Pembatalan diajukan")).to_be_visible()
    expect(page.get_by_role("button", name="Tarik pengajuan")).to_be_visible()
    expect(page.get_by_role("button", name="Setujui pembatalan")).to_have_count(0)


def consent(page, signer):
    """The second finds it among what is to be done, reads why, and agrees after a question."""
    page.get_by_role("link", name=f"Setujui atau tolak pembatalan pakta: {signer.name}").click()
    expect(page.get_by_text(EXPLANATION)).to_be_visible()
    page.get_by_role("button", name="Setujui pembatalan").click()
    page.get_by_role("button", name="Setujui", exact=True).click()
    expect(page.get_by_role("heading", name="Pakta dibatalkan")).to_be_visible()


def personal_link(page):
    """From the annulled place to the one that follows it, and a link for whoever is to sign."""
    page.get_by_role("link", name="Peserta yang menggantikan").click()
    expect(page.get_by_text("Menggantikan pakta yang dibatalkan")).to_be_visible()
    page.get_by_role("button", name="Terbitkan tautan pribadi").click()
    return page.locator(".copyable").get_by_text("/t/").inner_text()


def sign(page, link):
    page.goto(link)
    tick_all(page)
    draw(page)
    page.locator("[data-send]").click()
    page.get_by_role("heading", name="Diterima").wait_for()


def says(page, signature):
    """The verdict of the public page."""
    page.goto(reverse("verify-receipt", args=[signature.receipt]))
    return page.get_by_role("heading", level=1).inner_text()
