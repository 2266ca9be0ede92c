"""What the pages for strangers have in common."""

from functools import wraps

from django.views.decorators.cache import never_cache


def unlisted(view):
    """A page behind a code: no search engine lists it, no cache keeps it."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(answer)
