"""Dashboard and public page on a phone: nothing hinders anybody, and HR shows what it sees."""

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from tests import factories as make

from .axe import findings
from .staff import sign_in

pytestmark = pytest.mark.page


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_hr_looks_at_the_figures_and_shows_the_public_page(phone, site):
    government = make.GovernmentFactory()
    for name in ("Dinas Pemberdayaan Perempuan, Perlindungan Anak, dan Keluarga", "Dinas Arsip"):
        make.EmployeeFactory.create_batch(5, agency=make.OpdFactory(parent=government, name=name))
    ceremony = make.open_ceremony(government, employees=0, title="Apel Kota")
    make.sign(ceremony.participants.first())
    sign_in(phone, make.user_with_role(RoleName.HR, government))
    phone.get_by_role("link", name="Dasbor Apel Kota").click()
    assert phone.get_by_role("img", name="Tanda tangan tiap jam").count() == 1
    phone.get_by_text("Angka tiap jam dalam tabel").click()
    assert (findings(phone), fits(phone)) == ([], True)
    phone.goto(reverse("public-page-settings", args=[ceremony.uuid]))
    phone.get_by_label("Alamat halaman").fill("apel-kota")
    phone.get_by_role("button", name="Tampilkan").click()
    assert (findings(phone), fits(phone)) == ([], True)
    phone.goto(reverse("public-page", args=["apel-kota"]))
    assert phone.get_by_text("dari 10 pegawai telah menandatangani").count() == 1
    assert (findings(phone), fits(phone)) == ([], True)
