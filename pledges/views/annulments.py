"""Annulling a signature: asked by one officer, decided by another."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from netralitas.lib.access import require
from netralitas.lib.forms import carried_out

from .. import rules
from ..choices import CeremonyState
from ..forms.annulments import AnnulmentForm
from ..models import AnnulmentRequest, Signature
from ..services import annulments
from .annulment_panel import second_officer_now
from .ceremonies import visible_ceremony
from .participants import changed, to_page, visible_participant

ASKED = "Pembatalan diajukan. Pakta tetap berlaku sampai petugas BKPSDM lain menyetujuinya."
ASKED_OF_NOBODY = (
    "Pembatalan diajukan, tetapi belum ada petugas BKPSDM lain yang dapat menyetujuinya. Pakta "
    "tetap berlaku."
)
ANNULLED = "Pakta dibatalkan. Peserta menandatangani lagi dengan undangan baru."
ANNULLED_CLOSED = (
    "Pakta dibatalkan. Acara sudah ditutup: peserta dapat menandatangani lagi setelah "
    "penandatanganan dibuka kembali dengan “Buka susulan” di halaman acara."
)
ANNULLED_FOR_GOOD = (
    "Pakta dibatalkan. Acara ini tidak dapat dibuka kembali: peserta tercatat belum menandatangani."
)

AFTER = {
    CeremonyState.CLOSED: ANNULLED_CLOSED,
    CeremonyState.ARCHIVED: ANNULLED_FOR_GOOD,
    CeremonyState.CANCELLED: ANNULLED_FOR_GOOD,
}


def annullable_participant(request, uuid, participant_uuid):
    """One participant for HR of the government; 403 for others who may see them."""
    participant = visible_participant(request, visible_ceremony(request, uuid), participant_uuid)
    require(rules.may_annul(request.user.rights, participant.ceremony.organizer))
    return participant


@require_http_methods(["GET", "HEAD", "POST"])
def annulment_ask(request, uuid, participant_uuid):
    """Ask for the cause and keep the request; 404 for whoever has not signed.

    Where nothing can be asked for now, the participant's page says so.
    """
    participant = annullable_participant(request, uuid, participant_uuid)
    signature = get_object_or_404(Signature, participant=participant)
    signature.participant = participant
    hindrance = annulments.hindrance(signature)
    if hindrance:
        messages.warning(request, hindrance)
        return to_page(participant)
    second = second_officer_now(request.user, participant.ceremony.organizer)
    form = AnnulmentForm(request.POST if request.method == "POST" else None)

    def ask():
        annulments.ask(actor=request.user, signature=signature, **form.cleaned_data)

    if form.is_valid() and carried_out(form, ask):
        if second["no_second_officer"]:
            messages.warning(request, ASKED_OF_NOBODY)
        else:
            messages.success(request, ASKED)
        return to_page(participant)
    context = {"ceremony": participant.ceremony, "participant": participant, "form": form, **second}
    status = 400 if form.is_bound else 200
    return render(request, "participants/annul.html", context, status=status)


@require_POST
def annulment_consent(request, uuid, participant_uuid, request_uuid):
    """The second officer agrees to this very request: the signature counts no longer."""
    state = visible_ceremony(request, uuid).state
    sentence = AFTER.get(state, ANNULLED)
    return _decide(request, uuid, participant_uuid, request_uuid, annulments.consent, sentence)


@require_POST
def annulment_decline(request, uuid, participant_uuid, request_uuid):
    """The second officer refuses: the signature goes on counting."""
    sentence = "Pembatalan ditolak. Pakta tetap berlaku."
    return _decide(request, uuid, participant_uuid, request_uuid, annulments.decline, sentence)


@require_POST
def annulment_withdraw(request, uuid, participant_uuid, request_uuid):
    """Whoever asked takes it back."""
    sentence = "Pengajuan pembatalan ditarik. Pakta tetap berlaku."
    return _decide(request, uuid, participant_uuid, request_uuid, annulments.withdraw, sentence)


def _decide(request, uuid, participant_uuid, request_uuid, act, sentence):
    """Do it with one request and say so; what is refused is told on the page as it is now."""
    participant = annullable_participant(request, uuid, participant_uuid)
    about = AnnulmentRequest.objects.filter(signature__participant=participant)
    asked = get_object_or_404(about.select_related("signature"), uuid=request_uuid)
    asked.signature.participant = participant
    return changed(
        request, participant, lambda actor, participant: act(actor=actor, request=asked), sentence
    )
