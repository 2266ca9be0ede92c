"""The error pages, in Indonesian, and the middleware that turns a refusal into one."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from .lib.errors import Refusal
from .lib.uploads import UploadTooBig, takes_files

PAGES = {400, 403, 404, 409}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
TOO_BIG = "Kiriman terlalu besar untuk diterima."


def error_page(request, status, message="", back=""):
    """The page for one status; `message` takes the place of the page's own words, and `back` is
    where to try again, if that is known."""
    context = {"message": message, "back": back}
    return render(request, f"errors/{status}.html", context, status=status)


class LoginFirst(LoginRequiredMiddleware):
    """Closed by default. After logging in one is led back, but never to an act: its address takes
    no GET, and what was to be sent is gone.
    """

    def handle_no_permission(self, request, view_func):
        """The login page; home comes after it where this request was no reading."""
        if request.method in SAFE_METHODS:
            return super().handle_no_permission(request, view_func)
        return redirect("account_login")


class RefusalMiddleware:
    """A domain error that no view has caught becomes the page of its status."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """A refused method gets a page too; Django's answer has none."""
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        page = error_page(request, 405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request, exception):
        """Answer a `Refusal`; anything else goes on to Django."""
        if not isinstance(exception, Refusal):
            return None
        status = exception.status if exception.status in PAGES else 400
        return error_page(request, status, exception.message)


@requires_csrf_token
def bad_request(request, exception):
    """400: the request cannot be understood, or is larger than anything the site accepts."""
    if isinstance(exception, UploadTooBig):
        back = request.path if takes_files(request) else ""  # such an address shows its form too
        return error_page(request, 400, str(exception), back)
    message = TOO_BIG if isinstance(exception, RequestDataTooBig) else ""
    return error_page(request, 400, message)


@requires_csrf_token
def forbidden(request, exception):
    """403: known, but not allowed."""
    return error_page(request, 403, str(exception))


@requires_csrf_token
def not_found(request, exception):
    """404: not there, or not for this visitor to know of."""
    return error_page(request, 404)


def too_many_requests(request):
    """429: too many attempts to confirm or to change something in one account."""
    return error_page(request, 429)


def server_error(request):
    """500: our fault; made without a request, because the menu would ask the database."""
    return HttpResponseServerError(render_to_string("errors/500.html"))


def csrf_failure(request, reason=""):
    """403 when a form was left open too long or cookies are blocked."""
    return error_page(
        request,
        403,
        "Halaman ini sudah kedaluwarsa atau kuki diblokir. Muat ulang halaman, lalu coba lagi.",
    )
