"""The public verification of a pact by its file, for whoever holds nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from netralitas.lib.uploads import MEGABYTE, accepts_files

from ..forms.verification import PactFileForm
from ..models import Signature
from ..services import uploaded_pacts
from .public import unlisted
from .verification import FIRST, RELATED, examined_page, find_page

# Less than Django keeps in memory: no byte of what a stranger sends comes onto the disk. A pact
# with its seal has about 50 kB.
MOST_BYTES = 2 * MEGABYTE
UNKNOWN = {
    "heading": "Berkas tidak dikenal",
    "message": "Berkas ini tidak memuat catatan tanda tangan yang dikenal sistem ini. Jangan "
    "terima berkas ini sebagai pakta. Pakta yang dipindai atau dicetak ke PDF kehilangan "
    "catatannya: ketik kode bukti yang tercetak padanya, lalu cocokkan isinya.",
}
LOCKED = {
    "heading": "Berkas terkunci",
    "message": "Berkas ini dikunci atau disandikan, sehingga tidak dapat diperiksa. Pakta yang "
    "diterbitkan sistem ini tidak pernah dikunci. Ketik kode bukti yang tercetak padanya.",
}
LOST = {
    "heading": "Tanda tangan hilang",
    "message": "Berkas ini memuat catatan yang pernah tercatat dalam register sistem ini, tetapi "
    "tanda tangannya tidak ada lagi. Simpan berkas ini, dan sampaikan kepada Inspektorat.",
}
SEVERAL = {
    "heading": "Lebih dari satu pakta",
    "message": "Berkas ini memuat catatan beberapa pakta, sehingga bukan berkas yang diterbitkan "
    "sistem ini. Unggah berkas setiap pakta sendiri-sendiri, atau ketik kode buktinya.",
}


@accepts_files(up_to=MOST_BYTES)
@login_not_required
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request):
    """Issued just so (200), a genuine record in another file (409), or unknown (404).

    The file is looked at and forgotten. To ask for the page alone leads to the form.
    """
    if request.method != "POST":
        return redirect("verify")
    form = PactFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return find_page(request, status=400, file_form=form)
    found = uploaded_pacts.recognise(form.cleaned_data["pakta"])
    if len(found.signatures) != 1:
        return find_page(request, status=404, unknown=words_for(found))
    signature = Signature.objects.select_related(*RELATED).filter(pk__in=found.signatures).first()
    if signature is None:
        return find_page(request, status=409, unknown=LOST)
    if found.is_issued:
        revision = "" if found.is_countersigned else FIRST
        return examined_page(
            request, signature, "verification/genuine_file.html", revision=revision
        )
    return examined_page(request, signature, "verification/altered_file.html", status=409)


def words_for(found):
    """What is said of a file that is not one pact."""
    if found.signatures:
        return SEVERAL
    return LOCKED if found.is_locked else UNKNOWN
