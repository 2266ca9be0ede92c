"""Staff at the login page."""

from django.urls import reverse

from tests.factories import PASSWORD


def sign_in(page, user, home="Beranda"):
    """Log the user in through the login page, as far as their home, the page of this heading."""
    page.goto(reverse("account_login"))
    page.locator("[name=login]").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("heading", level=1, name=home).wait_for()
