"""Logos in letterheads: the only writer of that table."""

import hashlib

from django.db import transaction

from netralitas.lib.pictures import small_png

from ..models import Logo
from . import events


def set_logo(*, actor, agency, content):
    """Make the picture in `content` (the bytes of an uploaded file) the logo of `agency`.

    It replaces the one before; the same picture again changes nothing. Raises Refusal for what is
    no small enough, still picture (`netralitas/lib/pictures.py`).
    """
    png = small_png(content)
    sha256 = hashlib.sha256(png).hexdigest()
    with transaction.atomic():
        if Logo.objects.filter(agency=agency, sha256=sha256).exists():
            return
        Logo.objects.update_or_create(agency=agency, defaults={"png": png, "sha256": sha256})
        _record(actor, agency, {"fields": ["logo"], "sha256": sha256})


@transaction.atomic
def remove_logo(*, actor, agency):
    """Take the logo of `agency` away; the letterhead then shows that of the agency above."""
    deleted, _ = Logo.objects.filter(agency=agency).delete()
    if deleted:
        _record(actor, agency, {"fields": ["logo"]})


def logo_of(agency):
    """The logo in the letterhead of `agency`: its own, or that of the nearest agency above it that
    has one; None if there is none. One query.
    """
    steps = range(agency.steplen, len(agency.path) + 1, agency.steplen)
    above = [agency.path[:end] for end in steps]
    found = Logo.objects.filter(agency__path__in=above).select_related("agency")
    return found.order_by("agency__path").last()


def _record(actor, agency, data):
    events.record(
        actor=actor, act="agency.changed", obj=agency, government=agency.government, data=data
    )
