"""What concerns an open session: when it was last seen, and what of it has ended meanwhile."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY

SEEN_AT = "seen_at"
PRECISION = 5 * 60
GRANTS_HELD = "grants_held"
SESSION_ENDED = "Sesi di peramban ini sudah berakhir. Masuklah kembali untuk melanjutkan."
ROLE_ENDED = "Peran Anda sudah diakhiri oleh BKPSDM, sehingga sebagian halaman tidak terbuka lagi."


class LastSeen:
    """Notes time and address of a session now and then; allauth's own does at every request.

    Kept to a few minutes, so that reading a page writes nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            note(request)
        return self.get_response(request)


def note(request):
    """Bring the row of this session up to date, unless it was a moment ago."""
    now = int(time.time())
    if now - request.session.get(SEEN_AT, 0) >= PRECISION:
        UserSession.objects.create_from_request(request)
        request.session[SEEN_AT] = now


class WhatEnded:
    """Says, on the next page somebody opens, that the session or a role has ended meanwhile.

    Pages for everybody stay silent, but for home, where such a session ends up.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, args, kwargs):
        """Leave the sentence among the messages; the request goes on as it would."""
        if (
            not getattr(view_func, "login_required", True)
            and request.resolver_match.url_name != "home"
        ):
            return
        if request.user.is_authenticated:
            say_if_role_ended(request)
        elif request.COOKIES.get(settings.SESSION_COOKIE_NAME) and was_logged_in(request.session):
            request.session.flush()
            messages.info(request, SESSION_ENDED)


def was_logged_in(session):
    """Whether a session that opens nothing did once: it is gone, or its account is."""
    return session.is_empty() or SESSION_KEY in session


def say_if_role_ended(request):
    """Compare the roles with those of the request before; a moved agency ends none."""
    held = sorted(map(list, request.user.rights.held))
    before = request.session.get(GRANTS_HELD, [])
    if any(grant not in held for grant in before):
        messages.info(request, ROLE_ENDED)
    if held != before:
        request.session[GRANTS_HELD] = held
