"""The last step of access: an insider without the right is told so."""

from django.core.exceptions import PermissionDenied


def require(allowed, message=""):
    """Go on if `allowed`; raises PermissionDenied (403) otherwise.

    Objects are fetched from `visible_to(user)` before, so a stranger never gets here.
    """
    if not allowed:
        raise PermissionDenied(message)
