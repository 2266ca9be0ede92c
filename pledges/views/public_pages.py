"""The public page of a ceremony and its picture, for anybody; and the page on which HR shows it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from netralitas.lib.forms import carried_out

from ..documents import public_page
from ..documents.social_card import SIZE, card
from ..errors import WrongState
from ..forms.public_pages import PublicPageForm
from ..models import PublicPage
from ..services import public_pages
from .ceremonies import managed_ceremony

# Seconds for which a page and its picture may be kept: they tell of figures that grow.
KEPT = 60
RELATED = ("ceremony__organizer", "ceremony__election", "ceremony__text")


def shown_page(slug):
    """The page that HR shows at this address; 404 if there is none, or none any more."""
    return get_object_or_404(PublicPage.objects.select_related(*RELATED), slug=slug, is_shown=True)


@login_not_required
@require_safe
def public_page_detail(request, slug):
    """What was pledged, by whom led, and how many have signed."""
    page = shown_page(slug)
    facts = public_page.facts_of(page.ceremony)
    context = {
        **_told(page.ceremony, facts),
        "address": public_page.address_of(page),
        "picture": public_page.picture_address_of(page, facts),
        "picture_size": SIZE,
    }
    response = render(request, "public/page.html", context)
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


@login_not_required
@require_safe
def public_page_picture(request, slug):
    """The picture that a shared link shows; unchanged figures are not sent again."""
    facts = public_page.facts_of(shown_page(slug).ceremony)
    etag = f'"{facts.version}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(card(facts), content_type="image/png")
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


def _told(ceremony, facts):
    return {
        "ceremony": ceremony,
        "text": ceremony.text,
        "points": list(enumerate(ceremony.text.points, start=1)),
        "facts": facts,
    }


@require_safe
def public_page_settings(request, uuid):
    """Whether the page is shown and where, and what it says; for HR."""
    return _settings(request, managed_ceremony(request, uuid))


def _settings(request, ceremony, form=None, status=200):
    if ceremony.frozen_at is None:
        raise WrongState(public_pages.NO_ROSTER)
    page = public_pages.page_of(ceremony)
    if form is None and page is None:
        form = PublicPageForm(initial={"slug": public_pages.suggested_slug(ceremony)})
    context = {
        **_told(ceremony, public_page.facts_of(ceremony)),
        "page": page,
        "address": public_page.address_of(page) if page else "",
        "form": form,
    }
    return render(request, "public/settings.html", context, status=status)


@require_POST
def public_page_show(request, uuid):
    """Let anybody read it, the first time at the address that was typed."""
    ceremony = managed_ceremony(request, uuid)
    public_pages.check_possible(ceremony)
    page = public_pages.page_of(ceremony)
    if page:
        public_pages.show(actor=request.user, ceremony=ceremony, slug=page.slug)
        return _done(request, ceremony, "Halaman publik ditampilkan.")
    form = PublicPageForm(request.POST)

    def show():
        slug = form.cleaned_data["slug"]
        public_pages.show(actor=request.user, ceremony=ceremony, slug=slug)

    if form.is_valid() and carried_out(form, show):
        return _done(request, ceremony, "Halaman publik ditampilkan.")
    return _settings(request, ceremony, form, status=400)


@require_POST
def public_page_hide(request, uuid):
    """Let nobody read it any more."""
    ceremony = managed_ceremony(request, uuid)
    public_pages.hide(actor=request.user, ceremony=ceremony)
    return _done(request, ceremony, "Halaman publik disembunyikan.")


def _done(request, ceremony, sentence):
    messages.success(request, sentence)
    return redirect("public-page-settings", uuid=ceremony.uuid)
