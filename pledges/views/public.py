"""What the pages for strangers have in common."""

from functools import wraps

from django.shortcuts import render
from django.views.decorators.cache import never_cache

from netralitas.lib.errors import Refusal
from netralitas.lib.seal_keys import SealError

from ..errors import (
    AlreadySigned,
    BrokenPage,
    BrokenRegister,
    ForeignKey,
    NotLogged,
    NotOpen,
    NotYet,
    RevokedInvitation,
    StalePage,
    UnknownInvitation,
)
from ..services.pacts import BrokenPact, NotReady
from . import signing_pages as pages

HEADINGS = {
    AlreadySigned: "Sudah ditandatangani",
    BrokenPact: "Pakta tidak dapat diberikan",
    BrokenPage: "Halaman tidak lengkap",
    BrokenRegister: "Register tidak dapat dibaca",
    ForeignKey: "Tanda tangan belum diterima",
    NotLogged: "Belum tercatat dalam register",
    NotOpen: "Tanda tangan belum diterima",
    NotReady: "Pakta belum tersedia",
    NotYet: "Tanda tangan belum diterima",
    RevokedInvitation: "Undangan sudah dicabut",
    SealError: "Pakta belum tersedia",
    StalePage: "Halaman sudah kedaluwarsa",
    UnknownInvitation: "Tautan tidak berlaku",
}


def unlisted(view):
    """A page behind a code: no search engine lists it, no cache keeps it."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(answer)


def refusals_told(view):
    """A refusal becomes a page for strangers, who have no role that anybody could change."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return stopped(request, refusal)

    return answer


def stopped(request, refusal, ceremony=None, status=None):
    """The page for whoever cannot go on, with the reason and where to go from there."""
    context = {
        "heading": next(HEADINGS[kind] for kind in type(refusal).mro() if kind in HEADINGS),
        "message": refusal.message,
        "ceremony": pages.ceremony_facts(ceremony) if ceremony else None,
    }
    return render(request, "signing/stopped.html", context, status=status or refusal.status)
