"""The participants of a ceremony: list, one participant, personal links."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agencies.choices import RoleName
from netralitas.lib import numbers, qr
from netralitas.lib.access import require
from netralitas.lib.tables import sorted_and_paged

from .. import reports, rules
from ..filters import ParticipantFilter
from ..models import Signature
from ..services import invitations
from ..tables import ParticipantTable
from .ceremonies import visible_ceremony


def participant_list(request, uuid):
    """Who takes part, who has signed and who has not, within the user's agencies."""
    ceremony = visible_ceremony(request, uuid)
    mine = ceremony.participants.visible_to(request.user)
    found = ParticipantFilter(request.GET, queryset=mine)
    table = ParticipantTable(found.qs.select_related("ceremony"))
    context = {
        "ceremony": ceremony,
        "progress": reports.progress_of(mine),
        "filter": found,
        "filtered": any(request.GET.get(name) for name in found.form.fields),
        "may_invite": request.user.rights.holds_any(RoleName.HR, RoleName.OPERATOR)
        and ceremony.state in invitations.INVITABLE,
        "table": sorted_and_paged(request, table),
    }
    return render(request, "participants/list.html", context)


def visible_participant(request, ceremony, uuid):
    """One participant of the ceremony, or 404 outside the user's agencies."""
    found = ceremony.participants.visible_to(request.user).select_related("agency", "opd")
    return get_object_or_404(found, uuid=uuid)


def participant_detail(request, uuid, participant_uuid):
    """The frozen identity, how the person was invited, and the signature."""
    ceremony = visible_ceremony(request, uuid)
    return _page(request, ceremony, visible_participant(request, ceremony, participant_uuid))


@never_cache
@require_POST
def link_issue(request, uuid, participant_uuid):
    """Issue a personal link and show it, this once."""
    ceremony = visible_ceremony(request, uuid)
    participant = visible_participant(request, ceremony, participant_uuid)
    require(rules.may_invite(request.user.rights, participant.keeper))
    token = invitations.issue_link(actor=request.user, participant=participant)
    link = settings.SITE_URL + reverse("personal-link", args=[token])
    messages.success(request, "Tautan baru diterbitkan. Tautan lama tidak berlaku lagi.")
    return _page(request, ceremony, participant, link)


def _page(request, ceremony, participant, link=""):
    signature = Signature.objects.filter(participant=participant).first()
    rights = request.user.rights
    context = {
        "ceremony": ceremony,
        "participant": participant,
        "printed_number": numbers.printed(participant.number, participant.number_kind),
        "signature": signature,
        "invitations": participant.invitations.select_related("issued_by").annotate(
            locked=Q(revoked_at=None, locked_until__gt=timezone.now())
        ),
        "may_invite": rules.may_invite(rights, participant.keeper)
        and ceremony.state in invitations.INVITABLE
        and participant.is_pending,
        "may_read_pact": signature and rules.may_read_pacts(rights, participant.keeper),
        "link": link,
        "link_qr": qr.data_uri(link) if link else "",
    }
    return render(request, "participants/detail.html", context)
