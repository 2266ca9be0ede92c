"""When and where a ceremony is held: set for a draft, changed with a reason; and its cancelling."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from netralitas.lib.access import require
from netralitas.lib.forms import carried_out

from .. import rules
from ..choices import CeremonyState
from ..errors import WrongState
from ..forms.schedules import CancelForm, RescheduleForm, ScheduleForm
from ..services import ceremonies, copies, schedules
from .ceremonies import managed_ceremony, visible_ceremony

COPIED = (
    "Salinan dibuat sebagai konsep, dengan naskah, peserta, petugas, dan gelombang yang sama. "
    "Tetapkan jadwalnya, dan ubah bila perlu."
)
LEFT_OUT = "{} tidak dipakai lagi dan tidak ikut dalam salinan. Periksa pilihan pesertanya."
SCHEDULE_PAGE = "ceremonies/schedule.html"
RESCHEDULE_PAGE = "ceremonies/reschedule.html"
CANCEL_PAGE = "ceremonies/cancel.html"
CANCELLABLE = [
    state for state, targets in ceremonies.TRANSITIONS.items() if CeremonyState.CANCELLED in targets
]


@require_http_methods(["GET", "HEAD", "POST"])
def ceremony_schedule(request, uuid):
    """Time, place, leader and reader of a draft; for the OPD that holds it, and HR."""
    ceremony = visible_ceremony(request, uuid)
    require(rules.may_schedule(request.user.rights, ceremony.organizer))
    if not ceremony.is_draft:
        raise WrongState(schedules.NOT_DRAFT)
    form = ScheduleForm(request.POST or None, ceremony=ceremony)

    def save():
        schedules.set_schedule(actor=request.user, ceremony=ceremony, **form.values())

    return _answer(request, ceremony, form, save, SCHEDULE_PAGE, "Jadwal acara ditetapkan.")


@require_http_methods(["GET", "HEAD", "POST"])
def ceremony_reschedule(request, uuid):
    """Another time or place of a frozen ceremony that is not open yet."""
    ceremony = managed_ceremony(request, uuid)
    if ceremony.state != CeremonyState.READY:
        raise WrongState(schedules.NOT_READY)
    form = RescheduleForm(request.POST or None, ceremony=ceremony)

    def save():
        schedules.change(actor=request.user, ceremony=ceremony, **form.values())

    return _answer(request, ceremony, form, save, RESCHEDULE_PAGE, "Jadwal acara diubah.")


@require_http_methods(["GET", "HEAD", "POST"])
def ceremony_cancel(request, uuid):
    """Cancel a ceremony that is not over, and say why."""
    ceremony = managed_ceremony(request, uuid)
    if ceremony.is_cancelled:
        raise WrongState(ceremonies.ALREADY[ceremony.state])
    if ceremony.state not in CANCELLABLE:
        raise WrongState(ceremonies.not_possible(ceremony, CeremonyState.CANCELLED))
    form = CancelForm(request.POST or None)

    def save():
        ceremonies.cancel(actor=request.user, ceremony=ceremony, **form.cleaned_data)

    return _answer(request, ceremony, form, save, CANCEL_PAGE, "Acara dibatalkan.")


def _answer(request, ceremony, form, save, template, sentence):
    """Do it and go back to the ceremony; else the form, with what is wrong beside its field."""
    if form.is_valid() and carried_out(form, save):
        messages.success(request, sentence)
        return redirect("ceremony-detail", uuid=ceremony.uuid)
    status = 400 if request.method == "POST" else 200
    context = {"ceremony": ceremony, "form": form}
    return render(request, template, context, status=status)


@require_POST
def ceremony_copy(request, uuid):
    """A new draft after this ceremony."""
    ceremony = managed_ceremony(request, uuid)
    made = copies.copy(actor=request.user, ceremony=ceremony)
    messages.success(request, COPIED)
    for agency in copies.left_out(ceremony):
        messages.warning(request, LEFT_OUT.format(agency.name))
    return redirect("ceremony-detail", uuid=made.uuid)
