"""A head looks at the signed pacts, confirms who it is, and signs once for all of them."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from pledges.models import Countersignature
from tests import factories
from tests.conftest import PHONE
from tests.countersigning import head_of, made

from .hand import draw, drawn
from .staff import sign_in

pytestmark = pytest.mark.page


def test_a_head_takes_note_of_all_pacts_on_a_phone(open_page):
    ceremony = factories.open_ceremony(factories.OpdFactory(), employees=2)
    signatures = [factories.sign(factories.participant_of(ceremony, n)) for n in range(2)]
    page = open_page(PHONE)
    sign_in(page, head_of(ceremony.organizer))

    page.get_by_role("link", name="Tandatangani “Mengetahui”").click()
    page.get_by_role("link", name="Periksa").click()
    expect(page.get_by_role("link", name="Lihat pakta")).to_have_count(2)
    page.get_by_role("link", name="Lanjut menandatangani").click()
    page.get_by_label("Kata sandi").fill(factories.PASSWORD)
    page.get_by_role("button", name="Konfirmasi").click()

    expect(page.get_by_role("heading", name="Tanda tangan “Mengetahui”")).to_be_visible()
    draw(page)
    given = drawn(page)
    page.get_by_label("Saya telah memeriksa").check()
    page.get_by_role("button", name="Tanda tangani 2 pakta").click()
    expect(page.get_by_text("dicatat untuk 2 pakta")).to_be_visible()

    assert Countersignature.objects.get().strokes == given
    files = page.locator("#countersigned .cell-bar")
    expect(files).to_contain_text("0%")
    made(Countersignature.objects.get())
    expect(files).to_contain_text("100%")

    page.goto(reverse("verify-receipt", args=[signatures[0].receipt]))
    expect(page.get_by_role("heading", name="Mengetahui")).to_be_visible()
