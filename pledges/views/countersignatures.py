"""Countersigning ("Mengetahui"): what awaits a head, looking at it, and the one signature."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agencies.accounts import confirmations
from agencies.choices import RoleName
from agencies.querysets import below
from netralitas.lib.access import require
from netralitas.lib.forms import carried_out
from netralitas.lib.tables import sorted_and_paged

from .. import rules
from ..choices import Confirmation
from ..errors import BatchChanged
from ..forms.countersignatures import CountersignForm
from ..models import Countersignature
from ..services.countersigning import acts, due
from ..services.countersigning.records import STATEMENT
from ..tables import CountersignatureTable, DueTable
from .ceremonies import visible_ceremony

WAYS = {
    confirmations.PASSWORD: Confirmation.PASSWORD,
    confirmations.SECOND_FACTOR: Confirmation.SECOND_FACTOR,
}
SIGNED = (
    "Tanda tangan “Mengetahui” dicatat untuk {count} pakta. Berkas paktanya sedang dilengkapi; "
    "hasilnya terlihat di halaman ini."
)
NO_WAY_TO_CONFIRM = (
    "Sebelum menandatangani “Mengetahui” Anda harus mengonfirmasi diri dengan kata sandi atau "
    "faktor kedua. Tambahkan faktor kedua di sini lebih dahulu."
)


@require_safe
def countersignature_list(request, uuid):
    """What awaits the user as a head, and what was taken note of within their reach."""
    ceremony = visible_ceremony(request, uuid)
    rights = request.user.rights
    require(rules.may_read_any_pacts(rights))
    within = below(rights.paths(*rules.READERS), "agency__path")
    made = Countersignature.objects.filter(within, ceremony=ceremony)
    counted = made.select_related("agency", "ceremony").annotate(
        total=Count("pacts"),
        ready=Count("pacts", filter=~Q(pacts__file="")),
        failed=Count(
            "pacts", filter=Q(pacts__file="", pacts__next_at__isnull=False, pacts__attempts__gt=0)
        ),
    )
    context = {
        "ceremony": ceremony,
        "heads": rules.may_countersign_anywhere(rights),
        "waiting": _waiting(rights, ceremony),
        "agencies": _agencies(request.user, ceremony),
        "is_working": made.filter(pacts__file="", pacts__reason="").exists(),
        "table": sorted_and_paged(request, CountersignatureTable(counted.order_by("-pk"))),
    }
    return render(request, "countersignatures/list.html", context)


@require_safe
def countersignature_check(request, uuid, agency_uuid):
    """The pacts that await the user as head of one agency, to be looked at."""
    ceremony, agency = _headed(request, uuid, agency_uuid)
    batch = due.batch_of(request.user, agency, ceremony)
    receipts = list(batch.values_list("receipt", flat=True))
    shown = due.due_to(request.user, agency).filter(participant__ceremony=ceremony)
    table = DueTable(shown.select_related("participant__ceremony"))
    context = {
        "ceremony": ceremony,
        "agency": agency,
        "count": len(receipts),
        "batch": due.name_of(receipts),
        "table": sorted_and_paged(request, table),
    }
    return render(request, "countersignatures/check.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def countersignature_sign(request, uuid, agency_uuid):
    """Sign the list named by `isi`, after confirming who one is; a list that changed is shown anew.

    Posted too late, the confirmation is asked for and the act goes on with what was posted.
    """
    ceremony, agency = _headed(request, uuid, agency_uuid)
    if not confirmations.is_possible(request.user):
        messages.warning(request, NO_WAY_TO_CONFIRM)
        return redirect("mfa_index")
    method, confirmed_at = confirmations.require_fresh(request, acts.FRESH)
    data = request.POST if request.method == "POST" else None
    looked_at = (data or request.GET).get("batch" if data else "isi", "")[: due.LONGEST_NAME]
    batch = due.batch_of(request.user, agency, ceremony, looked_at)
    receipts = list(batch.values_list("receipt", flat=True))
    if not receipts or due.name_of(receipts) != looked_at:
        messages.warning(request, BatchChanged().message if receipts else acts.NOTHING_DUE)
        return redirect("countersignature-check", ceremony.uuid, agency.uuid)
    form = CountersignForm(data, initial={"batch": looked_at})

    def sign():
        sitting = form.sitting(WAYS[method], confirmed_at)
        acts.countersign(actor=request.user, ceremony=ceremony, agency=agency, sitting=sitting)

    if form.is_valid() and carried_out(form, sign):
        confirmations.spend(request, confirmed_at)
        count = number_format(len(receipts), force_grouping=True)
        messages.success(request, SIGNED.format(count=count))
        return redirect("countersignature-list", ceremony.uuid)
    context = {
        "ceremony": ceremony,
        "agency": agency,
        "count": len(receipts),
        "form": form,
        "signer": acts.signer_facts(request.user, agency),
        "statement": STATEMENT,
        "confirmed_by": Confirmation(WAYS[method]).label.lower(),
    }
    status = 400 if form.is_bound else 200
    return render(request, "countersignatures/sign.html", context, status=status)


def _headed(request, uuid, agency_uuid):
    """The ceremony and the agency as whose head the user signs; 404 for another's."""
    ceremony = visible_ceremony(request, uuid)
    require(rules.may_countersign_anywhere(request.user.rights))
    return ceremony, get_object_or_404(due.headed_by(request.user), uuid=agency_uuid)


def _waiting(rights, ceremony):
    """What awaits whom, for those who supervise and do not sign themselves."""
    paths = rights.paths(RoleName.HR, RoleName.AUDITOR)
    return due.waiting_in(ceremony, paths) if paths else []


def _agencies(user, ceremony):
    """(agency, how many pacts await the user as its head), those with any first."""
    found = [
        (agency, due.due_to(user, agency).filter(participant__ceremony=ceremony).count())
        for agency in due.headed_by(user)
    ]
    return sorted(found, key=lambda pair: not pair[1])
