"""Holds a device that is handed around to the pages it was started for."""

from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from .lib.kiosk import kiosk_of
from .second_factor import lacks_factor

LOCKED = "kiosk-locked"
# By name: whatever is added to the site stays out of reach.
KIOSK_PAGES = {
    LOCKED,
    "kiosk-lock",
    "kiosk-leave",
    "kiosk-people",
    "kiosk-hand",
    "kiosk-sign",
}
# What signing itself asks for, in the hand of whoever signs.
SIGNING = {"sign", "send", "receipt", "service-worker", "health"}


class KioskOnly:
    """Leads a session in kiosk mode back to its locked screen from anywhere else.

    It decides by the address, before any view is found, so that not even a page that does not exist
    lets anybody out. A session whose account has ended, or needs a second factor now, ends with it:
    the device may be in a stranger's hand.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.kiosk = self.kiosk_of(request)
        if request.kiosk and not self.reaches(request.kiosk, request.path_info):
            return redirect(LOCKED, request.kiosk.place)
        return self.get_response(request)

    def kiosk_of(self, request):
        """The kiosk, which costs nobody else a query."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        kiosk = kiosk_of(request.session)
        if kiosk and (not request.user.is_authenticated or lacks_factor(request.user)):
            logout(request)
            return None
        return kiosk

    def reaches(self, kiosk, path):
        """Whether the kiosk may go there."""
        try:
            match = resolve(path)
        except Resolver404:
            return False
        if match.url_name in KIOSK_PAGES:
            return str(match.kwargs["uuid"]) == kiosk.place
        return match.url_name in SIGNING
