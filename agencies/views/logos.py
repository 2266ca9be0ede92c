"""The logo of an agency's letterhead: shown, uploaded, taken away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netralitas.lib.forms import carried_out
from netralitas.lib.uploads import MEGABYTE, accepts_files

from ..forms.logos import LogoForm
from ..services import logos
from .agencies import editable_agency, visible_agency

MOST_BYTES = 4 * MEGABYTE


@require_safe
def agency_logo(request, uuid):
    """The picture in the agency's letterhead, its own or that of an agency above it."""
    logo = logos.logo_of(visible_agency(request, uuid))
    if logo is None:
        raise Http404
    etag = f'"{logo.sha256}"'
    response = HttpResponse(bytes(logo.png), content_type="image/png", headers={"ETag": etag})
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=etag, response=response)


@accepts_files(up_to=MOST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def agency_logo_edit(request, uuid):
    """The upload of a logo, by HR, beside the one there is."""
    agency = editable_agency(request, uuid)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LogoForm(*sent)

    def save():
        content = form.cleaned_data["picture"].read()
        logos.set_logo(actor=request.user, agency=agency, content=content)

    if request.method == "POST" and form.is_valid() and carried_out(form, save):
        messages.success(request, f"Logo {agency.name} disimpan.")
        return redirect("agency-detail", uuid=agency.uuid)
    context = {"agency": agency, "form": form, "logo": logos.logo_of(agency)}
    status = 400 if request.method == "POST" else 200
    return render(request, "agencies/agency_logo.html", context, status=status)


@require_POST
def agency_logo_remove(request, uuid):
    """Takes the agency's own logo away."""
    agency = editable_agency(request, uuid)
    logos.remove_logo(actor=request.user, agency=agency)
    messages.success(request, f"Logo {agency.name} dihapus.")
    return redirect("agency-detail", uuid=agency.uuid)
