"""When somebody was last seen: kept to a few minutes, so that reading a page writes nothing."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings

SEEN_AT = "seen_at"
PRECISION = 5 * 60


class LastSeen:
    """Notes time and address of a session now and then; allauth's own does at every request."""

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
