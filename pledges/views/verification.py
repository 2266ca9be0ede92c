"""The public verification of a pact: genuine or not, and no more than is needed to recognise it."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from agencies.choices import NumberKind
from netralitas.lib import dates, numbers
from netralitas.lib.codes import grouped, normalise

from ..forms.verification import ReceiptForm
from ..models import Signature
from ..services import verification
from .public import unlisted

RELATED = (
    "participant__ceremony__text",
    "participant__ceremony__election",
    "participant__ceremony__organizer",
)
UNKNOWN = (
    "Tidak ada tanda tangan dengan kode bukti ini. Periksa kembali setiap huruf dan angka. Bila "
    "kode sudah benar, pakta itu tidak diterbitkan oleh sistem ini."
)


@login_not_required
@unlisted
@require_safe
def verify(request):
    """From a typed receipt code to its verification."""
    if "kode" not in request.GET:
        return render(request, "verification/find.html", {"form": ReceiptForm()})
    form = ReceiptForm(request.GET)
    if form.is_valid():
        return redirect("verify-receipt", form.cleaned_data["kode"])
    return render(request, "verification/find.html", {"form": form}, status=400)


@login_not_required
@unlisted
@require_safe
def verify_receipt(request, receipt):
    """Genuine (200), known but altered (409), or unknown (404); everything is recomputed."""
    canonical = normalise(receipt)
    if canonical and canonical != receipt:
        return redirect("verify-receipt", canonical)
    signature = Signature.objects.select_related(*RELATED).filter(receipt=canonical or "").first()
    if signature is None:
        form = ReceiptForm(initial={"kode": receipt})
        context = {"form": form, "unknown": UNKNOWN}
        return render(request, "verification/find.html", context, status=404)
    found = verification.examine(signature)
    if not found.genuine:
        context = {"receipt": grouped(receipt), "faults": found.faults}
        return render(request, "verification/altered.html", context, status=409)
    return render(request, "verification/genuine.html", genuine_page(signature, found.record))


def genuine_page(signature, record):
    """What is shown of a genuine signature: taken from the record, the whole number never."""
    ceremony = signature.participant.ceremony
    signer = record["signer"]
    return {
        "receipt": grouped(record["receipt"]),
        "name": signer["name"],
        "number_label": NumberKind(signer["number_kind"]).label,
        "number": numbers.masked(signer["number"]),
        "opd": signer["opd"],
        "ceremony_title": record["ceremony"]["title"],
        "organizer": record["ceremony"]["organizer"],
        "ceremony_when": dates.date_time(
            datetime.fromisoformat(record["ceremony"]["starts_at"]), ceremony.time_zone
        ),
        "election": record["ceremony"]["election"],
        "when": dates.exact_date_time(signature.signed_at, ceremony.time_zone),
        "late": record["late"],
        "digest": signature.digest,
        "text": ceremony.text,
    }
