"""Who leads, reads and witnesses a ceremony whose roster is frozen."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from netralitas.lib.forms import carried_out

from ..errors import WrongState
from ..forms.ceremonies import WitnessFormSet, witnesses_from, witnesses_of
from ..forms.officials import OfficialsForm
from ..services import officials
from .ceremonies import managed_ceremony


@require_http_methods(["GET", "HEAD", "POST"])
def ceremony_officials(request, uuid):
    """Name others than were planned; 409 for a draft and what is archived or cancelled."""
    ceremony = managed_ceremony(request, uuid)
    if ceremony.state not in officials.CHANGEABLE:
        raise WrongState(officials.NOT_CHANGEABLE)
    data = request.POST if request.method == "POST" else None
    form = OfficialsForm(data, ceremony=ceremony)
    stored = witnesses_of(ceremony) if data is None else None
    witnesses = WitnessFormSet(data, prefix="saksi", initial=stored)

    def save():
        named = form.speakers() + witnesses_from(witnesses)
        officials.change(actor=request.user, ceremony=ceremony, officials=named)

    valid = [part.is_valid() for part in (form, witnesses)]
    if data is not None and all(valid) and carried_out(form, save):
        messages.success(request, "Petugas acara diganti.")
        return redirect("ceremony-detail", uuid=ceremony.uuid)
    context = {"ceremony": ceremony, "form": form, "witnesses": witnesses}
    status = 400 if form.is_bound else 200
    return render(request, "ceremonies/officials.html", context, status=status)
