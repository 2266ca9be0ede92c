"""An employee with an account of their own: log in, sign and take the pact along, on a phone."""

from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pledges.models import Signature
from tests import factories as make
from tests.conftest import DESKTOP, PHONE

from .hand import draw, tick_all
from .staff import sign_in

LONG = "Pengendalian-Penduduk-dan-Keluarga-Berencana-Pemberdayaan-Perempuan"


@pytest.fixture
def employee(site):
    return make.EmployeeFactory(name="Ani Lestari", title_suffix="")


def log_in(page, employee):
    """Log in with the employee's own account, as far as the own page."""
    user = make.UserFactory(employee=employee, government=employee.government)
    sign_in(page, user, home="Halaman saya")


def test_an_employee_signs_with_the_own_account_and_downloads_the_pact(phone, employee, run_tasks):
    make.open_ceremony(employee.agency, employees=0, title="Apel Ikrar Senin")
    log_in(phone, employee)
    assert "Apel Ikrar Senin" in phone.locator("main").inner_text()
    phone.get_by_role("button", name="Baca dan tanda tangani").click()
    phone.wait_for_url("**/saya/*/")
    phone.reload()
    tick_all(phone)
    draw(phone)
    phone.locator("[data-send]").click()
    phone.get_by_role("heading", name="Diterima").wait_for()
    run_tasks()

    phone.get_by_role("link", name="Ke halaman saya").click()
    assert "Tidak ada ikrar yang menunggu tanda tangan Anda" in phone.locator("main").inner_text()
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Unduh pakta").click()
    assert download.value.suggested_filename == "Pakta Integritas - Ani Lestari.pdf"
    (page,) = PdfReader(BytesIO(Path(download.value.path()).read_bytes())).pages
    text = " ".join(page.extract_text().split())
    assert "melalui akun sendiri pada aplikasi ini" in text
    assert Signature.objects.get().channel == "ACCOUNT"


def test_the_menu_leads_to_the_own_page(phone, employee):
    log_in(phone, employee)
    phone.goto(reverse("verify"))
    phone.goto(reverse("account_change_password"))
    phone.get_by_role("button", name="Menu pengguna").click()
    phone.get_by_role("link", name="Halaman saya").click()
    phone.get_by_role("heading", level=1, name="Halaman saya").wait_for()


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_it_is_not_too_wide_whatever_ceremonies_are_called(open_page, employee, screen):
    for state in ("READY", "OPEN", "CLOSED"):
        make.ceremony_in(state, employee.agency, 0, title=f"Apel {LONG}", place=LONG)
    signed = make.open_ceremony(employee.agency, 0, title=f"Apel {LONG}")
    make.sign(signed.participants.get())
    page = open_page(screen)
    log_in(page, employee)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= screen["viewport"]["width"]
