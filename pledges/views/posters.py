"""The poster of a ceremony: the QR code of its entrance, to be hung up."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from netralitas.lib.access import require
from netralitas.lib.files import safe_name

from .. import rules
from ..documents.poster import render_poster
from ..errors import WrongState
from .ceremonies import visible_ceremony


@require_safe
def poster(request, uuid, size):
    """The poster on A4 or A3. Raises WrongState unless people can or soon will come in by it."""
    ceremony = visible_ceremony(request, uuid)
    require(rules.may_invite_any(request.user.rights))
    if not ceremony.awaits_signers:
        raise WrongState("Poster tersedia setelah daftar peserta dibekukan sampai acara ditutup.")
    response = HttpResponse(render_poster(ceremony, size), content_type="application/pdf")
    name = safe_name(f"Poster {size.upper()} {ceremony.title}")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf")
    return response
