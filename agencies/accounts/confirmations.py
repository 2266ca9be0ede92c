"""That somebody has confirmed, just now, who they are: for acts that weigh more than a login.

A login does not count, however fresh; one confirmation serves one act.
"""

from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.utils import timezone

SPENT = "confirmation_spent"
PASSWORD, SECOND_FACTOR = "password", "mfa"  # noqa: S105


def is_possible(user):
    """Whether `user` has a password or a second factor to confirm with."""
    return bool(get_adapter().get_reauthentication_methods(user))


def require_fresh(request, within):
    """(PASSWORD or SECOND_FACTOR, when): the last confirmation, if it is not older than `within`.

    Else raises ReauthenticationRequired: allauth asks for it and then goes on with this request.
    """
    records = get_authentication_records(request, request.user)
    again = [record for record in records if record.get("reauthenticated")]
    if again:
        method, at = again[-1]["method"], again[-1]["at"]
        moment = datetime.fromtimestamp(at, UTC)
        # Not `at` itself: a moment keeps less of it than was stored.
        is_left = moment.timestamp() > request.session.get(SPENT, 0)
        fresh = is_left and timezone.now() - within < moment
        if fresh and method in {PASSWORD, SECOND_FACTOR}:
            return method, moment
    raise ReauthenticationRequired


def spend(request, moment):
    """What was confirmed at `moment` has served its act."""
    request.session[SPENT] = moment.timestamp()
