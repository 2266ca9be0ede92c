"""The public verification of a pact: genuine or not, and no more than is needed to recognise it."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from agencies.choices import NumberKind
from netralitas.lib import dates, numbers
from netralitas.lib.codes import grouped, normalise

from ..choices import timing_note
from ..forms.verification import PactFileForm, ReceiptForm
from ..models import Signature
from ..services import annulment_records, verification
from ..services.countersigning import records as countersignature_records
from .annulment_panel import told
from .public import unlisted
from .signing_pages import grouped_number, register_facts

RELATED = (
    "participant__ceremony__text",
    "participant__ceremony__election",
    "participant__ceremony__organizer",
    "invitation__issued_by",
)
FIRST = "first"
UNKNOWN = {
    "heading": "Kode bukti tidak dikenal",
    "message": "Tidak ada tanda tangan dengan kode bukti ini. Periksa kembali setiap huruf dan "
    "angka. Bila kode sudah benar, pakta itu tidak diterbitkan oleh sistem ini.",
}


@login_not_required
@unlisted
@require_safe
def verify(request):
    """From a typed receipt code to its verification."""
    if "kode" not in request.GET:
        return find_page(request)
    form = ReceiptForm(request.GET)
    if form.is_valid():
        return redirect("verify-receipt", form.cleaned_data["kode"])
    return find_page(request, status=400, form=form)


@login_not_required
@unlisted
@require_safe
def verify_receipt(request, receipt):
    """Genuine (200), annulled (410), known but altered (409), or unknown (404).

    Everything is recomputed.
    """
    canonical = normalise(receipt)
    if canonical and canonical != receipt:
        return redirect("verify-receipt", canonical)
    signature = Signature.objects.select_related(*RELATED).filter(receipt=canonical or "").first()
    if signature is None:
        form = ReceiptForm(initial={"kode": receipt})
        return find_page(request, status=404, form=form, unknown=UNKNOWN)
    return examined_page(request, signature, "verification/genuine.html")


def find_page(request, status=200, **context):
    """Where somebody types a code or uploads a file, with what came of the last one."""
    forms = {"form": ReceiptForm(), "file_form": PactFileForm()}
    return render(request, "verification/find.html", {**forms, **context}, status=status)


def examined_page(request, signature, template, status=200, revision=""):
    """What is stored of a signature, by `template` if it still fits together; else what does not
    (409). Of one that was annulled, that it was (410, unless `status` tells of something worse).
    `revision` is FIRST if somebody holds the file without the countersignature."""
    found = verification.examine(signature)
    standing, outside = verification.standing_of(signature)
    annulment, beside = annulment_records.annulment_of(signature)
    noted, besides = countersignature_records.countersigned_of(signature)
    faults = (*found.faults, *outside, *beside, *besides)
    if faults:
        context = {"receipt": grouped(signature.receipt), "faults": faults}
        return render(request, "verification/altered.html", context, status=409)
    if annulment and status == 200:
        template, status = "verification/annulled.html", 410
    context = genuine_page(signature, found.record, standing)
    context["annulment"] = told(annulment, signature.participant.ceremony)
    context["noted"] = noted_facts(noted)
    context["without_note"] = bool(noted) and status == 200 and revision == FIRST
    return render(request, template, context, status=status)


def noted_facts(pact):
    """What anybody may read of the countersignature of a pact: by which office, when, its record in
    the register; None where there is none."""
    if pact is None:
        return None
    made = pact.countersignature
    standing, faults = verification.standing_of(made)
    return {
        "position": made.position,
        "agency": made.agency.name,
        "when": dates.exact_date_time(made.signed_at, made.ceremony.time_zone),
        "digest": made.digest,
        "number": grouped_number(standing.number) if standing and not faults else "",
        "head": standing.head.size if standing and not faults else None,
        "receipt": pact.signature.receipt,
        "in_file": pact.is_made,
    }


def genuine_page(signature, record, standing):
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
        "timing": timing_note(late=record["late"], in_grace=record.get("in_grace", False)),
        "digest": signature.digest,
        "register": register_facts(signature, standing),
        "text": ceremony.text,
    }
