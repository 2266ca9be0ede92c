"""The keys from which everything follows that this installation seals, hashes or signs itself."""

from django.conf import settings


def known():
    """The SECRET_KEY of now first, then those it replaced, which still open what they sealed."""
    return settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS
