"""Single sign-on in a browser, whose content policy lets no form be sent elsewhere."""

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from tests import oidc
from tests.factories import EmployeeFactory, user_with_role

pytestmark = pytest.mark.page

NIP = "197906062001042001"


@pytest.fixture
def provider(site, settings):
    with oidc.running() as running:
        settings.OIDC = running.settings()
        yield running


def go_there(page, sub):
    """From our login page to the provider's, and through it."""
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Masuk dengan SSO ASN").click()
    page.locator("[name=sub]").first.fill(sub)
    page.get_by_role("button", name="Authorize").first.click()


def test_somebody_known_there_comes_in_here(phone, provider):
    employee = EmployeeFactory(number=NIP)
    user = user_with_role(RoleName.HEAD, employee.agency, employee=employee)
    provider.add_user("rina", nip="19790606 200104 2 001")
    go_there(phone, "rina")
    phone.get_by_role("heading", level=1, name="Beranda").wait_for()
    user.refresh_from_db()
    assert user.last_login is not None


def test_somebody_unknown_here_reads_why(phone, provider):
    provider.add_user("rina", nip=NIP)
    go_there(phone, "rina")
    phone.get_by_text("tidak memiliki akun Netralitas yang berlaku").wait_for()
    phone.get_by_role("link", name="Kembali ke halaman masuk").click()
    phone.get_by_role("heading", level=1, name="Masuk").wait_for()
