"""The waves of a ceremony: each is opened by one click, if it does not open by itself."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from ..services import ceremonies
from .ceremonies import change


@require_POST
def wave_open(request, uuid, order):
    """Begin the turn of a wave now."""

    def act(actor, ceremony):
        wave = get_object_or_404(ceremony.waves.select_related("ceremony"), order=order)
        ceremonies.open_wave(actor=actor, wave=wave)

    return change(request, uuid, act, "Gelombang dibuka.")
