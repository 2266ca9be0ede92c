"""The register for the public: its heads, and the proofs that anybody can check without us."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from netralitas.lib.codes import normalise
from netralitas.lib.tables import sorted_and_paged

from ..forms.register import ConsistencyForm
from ..models import CountersignedPact, SealCertificate, Signature, TreeHead
from ..services import register
from ..tables import HeadTable
from .public import refusals_told, unlisted

VERIFIER = settings.BASE_DIR / "verifier" / "verify_pact.py"


@login_not_required
@unlisted
@require_safe
def head_list(request):
    """All heads of the register, the latest first."""
    return render(request, "verification/heads.html", heads_page(request, ConsistencyForm()))


@login_not_required
@unlisted
@require_safe
@refusals_told
def head_json(request, size):
    """A head as a file to keep."""
    head = get_object_or_404(TreeHead, size=size)
    return json_file(register.head_file(head), f"kepala-register-{size}.json")


@login_not_required
@unlisted
@require_safe
@refusals_told
def head_consistency(request):
    """The proof that one head only continues another, as a file."""
    form = ConsistencyForm(request.GET)
    if not form.is_valid():
        return render(request, "verification/heads.html", heads_page(request, form), status=400)
    first, second = form.cleaned_data["dari"], form.cleaned_data["ke"]
    name = f"konsistensi-register-{first.size}-{second.size}.json"
    return json_file(register.consistency_file(first, second), name)


@login_not_required
@unlisted
@require_safe
@refusals_told
def receipt_proof(request, receipt):
    """The proof that a signature is in the register, as a file.

    Under the earliest head over it, or under the one whose size `?kepala=` gives.
    """
    signature = get_object_or_404(Signature, receipt=normalise(receipt) or "")
    head = None
    if size := request.GET.get("kepala"):
        head = find_head(size)
    proof = register.proof_of(signature, head)
    return json_file(proof.file(), f"bukti-{signature.receipt}.json")


@login_not_required
@unlisted
@require_safe
@refusals_told
def noted_proof(request, receipt):
    """The proof that the countersignature over a pact is in the register, as `receipt_proof`.

    It tells the digest of that record alone: which other pacts it is about stays in here.
    """
    noted = get_object_or_404(
        CountersignedPact.objects.select_related("countersignature"),
        signature__receipt=normalise(receipt) or "",
    )
    head = None
    if size := request.GET.get("kepala"):
        head = find_head(size)
    proof = register.proof_of(noted.countersignature, head)
    return json_file(proof.file(), f"mengetahui-{normalise(receipt)}.json")


@login_not_required
@unlisted
@require_safe
def verifier(request):
    """The single file with which anybody checks a pact, without this site."""
    return FileResponse(VERIFIER.open("rb"), as_attachment=True, content_type="text/x-python")


def find_head(size):
    """The head of a size as it stands in an address. Raises Http404."""
    if not (size.isascii() and size.isdigit() and len(size) < 19):
        raise Http404
    return get_object_or_404(TreeHead, size=int(size))


def heads_page(request, form):
    """The context of the list of heads."""
    table = sorted_and_paged(request, HeadTable(TreeHead.objects.latest_first()))
    return {
        "table": table,
        "latest": register.latest_head(),
        "certificates": SealCertificate.objects.latest_first(),
        "several": table.paginator.count > 1,
        "form": form,
    }


def json_file(content, name):
    """A small file to save; nothing in it is secret, and another site may well read it."""
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
