"""Where people come in, as it is printed, encoded and shown: one address for all of these."""

from django.conf import settings
from django.urls import reverse


def address_of(ceremony):
    """The entrance of a ceremony, for a QR code or a link."""
    return settings.SITE_URL + reverse("ceremony-entrance", args=[ceremony.code])


def short_address():
    """The page that asks for the code, as people read and type it: without "https://"."""
    return settings.SITE_URL.partition("://")[2] + reverse("entrance")
