"""The participants of a ceremony: list, one participant, personal links, locks, absences."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from netralitas.lib import numbers
from netralitas.lib.access import require
from netralitas.lib.errors import Refusal
from netralitas.lib.forms import carried_out
from netralitas.lib.tables import sorted_and_paged

from .. import reports, rules
from ..choices import UNDER_WAY, Channel, ParticipantState
from ..filters import ParticipantFilter
from ..forms.absences import ExcuseForm, RefusalForm
from ..forms.links import LinkForm
from ..models import Signature
from ..services import absences, invitations, pact_failures, slips
from ..tables import ParticipantTable
from . import issued_links
from .annulment_panel import panel
from .ceremonies import visible_ceremony
from .follow_up_panel import follow_up_panel
from .slips import sheet_of
from .work_list import back_from, carried_on

EXPECTED = "Catatan dihapus: tanda tangannya kembali ditunggu."
NOTED = "{} dicatat {}: {}."
SENT = (Channel.EMAIL, Channel.WHATSAPP)
MESSAGE = (
    "Yth. {name},\n\nMohon membaca ikrar netralitas dan menandatangani pakta integritas pada acara "
    "“{ceremony}” melalui tautan pribadi ini:\n{link}\n\nTautan ini hanya untuk Anda. Jangan "
    "diteruskan kepada siapa pun."
)


def participant_list(request, uuid):
    """Who takes part, who has signed and who has not, within the user's agencies."""
    ceremony = visible_ceremony(request, uuid)
    mine = ceremony.participants.visible_to(request.user)
    rights = request.user.rights
    # Whoever was taken off the list is told only where that is asked for.
    departed = request.GET.get("state") == ParticipantState.DEPARTED
    listed = mine if departed else mine.exclude(state=ParticipantState.DEPARTED)
    found = ParticipantFilter(request.GET, queryset=listed.with_locks(timezone.now()))
    table = ParticipantTable(found.qs.select_related("ceremony"))
    context = {
        "ceremony": ceremony,
        "progress": reports.progress_of(mine),
        "filter": found,
        "filtered": any(request.GET.get(name) for name in found.form.fields),
        "departed": mine.departed().count(),
        "may_invite": rules.may_invite_any(rights) and ceremony.awaits_signers,
        "may_follow_up": rules.may_follow_up_any(rights),
        "may_add": rules.may_change_roster(rights, ceremony.organizer)
        and ceremony.state in UNDER_WAY,
        "table": sorted_and_paged(request, table),
    }
    return render(request, "participants/list.html", context)


def visible_participant(request, ceremony, uuid):
    """One participant of the ceremony, or 404 outside the user's agencies."""
    found = ceremony.participants.visible_to(request.user).select_related(
        "agency", "opd", "wave", "replaces"
    )
    return get_object_or_404(found, uuid=uuid)


def invitable_participant(request, uuid, participant_uuid):
    """One participant for those who may invite them; 403 for others who may see them."""
    participant = visible_participant(request, visible_ceremony(request, uuid), participant_uuid)
    require(rules.may_invite(request.user.rights, participant.keeper))
    return participant


@never_cache
def participant_detail(request, uuid, participant_uuid):
    """The frozen identity, how the person was invited, and the signature; once a new link."""
    participant = visible_participant(request, visible_ceremony(request, uuid), participant_uuid)
    return _page(request, participant, issued_links.take(request.session, participant))


@require_POST
def link_issue(request, uuid, participant_uuid):
    """Issue a personal link; the participant's page shows it, this once."""
    participant = invitable_participant(request, uuid, participant_uuid)

    def issue(**arguments):
        token = invitations.issue_link(**arguments)
        issued_links.keep(request.session, participant, issued_links.address_of(token))

    return changed(request, participant, issue, "Tautan baru diterbitkan.")


def link_send(request, uuid, participant_uuid):
    """Issue a personal link for e-mail or WhatsApp, to be shown with a message ready to be sent."""
    participant = invitable_participant(request, uuid, participant_uuid)
    form = LinkForm(
        request.POST if request.method == "POST" else None,
        initial=shown_first(request.GET.get("cara"), participant.employee),
    )

    def issue():
        token = invitations.issue_link(
            actor=request.user, participant=participant, **form.cleaned_data
        )
        link = issued_links.address_of(token)
        text = MESSAGE.format(name=participant.name, link=link, ceremony=participant.ceremony)
        issued_links.keep(request.session, participant, link, form.address_with(text))

    if form.is_valid() and carried_out(form, issue):
        messages.success(request, "Tautan baru diterbitkan. Kirimkan pesannya sekarang.")
        return to_page(participant, carried_on(request))
    context = {
        "ceremony": participant.ceremony,
        "participant": participant,
        "form": form,
        "back": back_from(request, participant),
        "sent_before": participant.invitations.valid().filter(channel__in=SENT).exists(),
    }
    status = 400 if form.is_bound else 200
    return render(request, "participants/link.html", context, status=status)


def shown_first(channel, employee):
    """What the form of a link shows first once the way is chosen: the address on record."""
    known = {Channel.EMAIL: employee.email, Channel.WHATSAPP: employee.phone}
    return {"channel": channel, "sent_to": known[channel]} if channel in known else {}


@never_cache
@require_POST
def slip_renew(request, uuid, participant_uuid):
    """The PDF of one new slip, for whoever has lost theirs: its PIN holds from now on."""
    participant = invitable_participant(request, uuid, participant_uuid)
    try:
        sheet = slips.renew(actor=request.user, participant=participant)
    except Refusal as refusal:
        return _refused(request, participant, refusal)
    return sheet_of(participant.bare_name, sheet)


@require_POST
def slip_unlock(request, uuid, participant_uuid):
    """End the pause after five wrong PINs."""
    participant = invitable_participant(request, uuid, participant_uuid)
    return changed(request, participant, invitations.unlock, "Kunci slip PIN dibuka.")


# Absences ---------------------------------------------------------------------------------------


def participant_excuse(request, uuid, participant_uuid):
    """Note that somebody cannot sign, and why."""
    act = absences.excuse
    return _absence(request, uuid, participant_uuid, ExcuseForm, act, "Catat berhalangan")


def participant_refuse(request, uuid, participant_uuid):
    """Note that somebody refuses to sign, and why."""
    act = absences.refuse
    return _absence(request, uuid, participant_uuid, RefusalForm, act, "Catat menolak")


@require_POST
def participant_expect(request, uuid, participant_uuid):
    """Take the note of an absence back."""
    ceremony = visible_ceremony(request, uuid)
    participant = visible_participant(request, ceremony, participant_uuid)
    require(rules.may_record_absence(request.user.rights, participant.keeper))
    return changed(request, participant, absences.expect_again, EXPECTED)


def _absence(request, uuid, participant_uuid, form_class, act, title):
    """Ask for the reason and keep it; what cannot be noted now is told above the form."""
    ceremony = visible_ceremony(request, uuid)
    participant = visible_participant(request, ceremony, participant_uuid)
    require(rules.may_record_absence(request.user.rights, participant.keeper))
    form = form_class(request.POST if request.method == "POST" else None)

    def save():
        act(actor=request.user, participant=participant, reason=form.reason)

    if form.is_valid() and carried_out(form, save):
        label = participant.get_state_display().lower()
        messages.success(request, NOTED.format(participant, label, form.reason.rstrip(".")))
        return redirect("participant-detail", uuid=uuid, participant_uuid=participant.uuid)
    context = {"ceremony": ceremony, "participant": participant, "form": form, "title": title}
    status = 400 if form.is_bound else 200
    return render(request, "participants/absence.html", context, status=status)


# The page of one participant --------------------------------------------------------------------


def changed(request, participant, act, sentence):
    """Do it and say so; what is refused is told on the participant's page as it is now (409)."""
    try:
        act(actor=request.user, participant=participant)
    except Refusal as refusal:
        return _refused(request, participant, refusal)
    messages.success(request, sentence)
    return redirect(back_from(request, participant))


def _refused(request, participant, refusal):
    messages.error(request, refusal.message)
    return _page(request, participant, status=refusal.status)


def to_page(participant, query=""):
    address = reverse("participant-detail", args=[participant.ceremony.uuid, participant.uuid])
    return redirect(f"{address}?{query}" if query else address)


def _page(request, participant, issued=None, status=200):
    ceremony = participant.ceremony
    signed = Signature.objects.select_related("invitation__issued_by")
    signature = signed.filter(participant=participant).first()
    rights = request.user.rights
    running = ceremony.state in UNDER_WAY
    way_back = carried_on(request)
    look = reverse("refusal-look", args=[ceremony.uuid, participant.uuid])
    may_invite = rules.may_invite(rights, participant.keeper)
    may_read_history = rules.may_read_history(rights, ceremony.organizer)
    may_record = rules.may_record_absence(rights, participant.keeper) and running
    given = participant.invitations.select_related("issued_by", "mail").annotate(
        locked=Q(revoked_at=None, locked_until__gt=timezone.now())
    )
    context = {
        "ceremony": ceremony,
        "participant": participant,
        "printed_number": numbers.printed(participant.number, participant.number_kind),
        "signature": signature,
        "pact_standing": pact_failures.standing_of(signature) if signature else "",
        "invitations": given,
        "standing": {each.channel for each in given if not each.revoked_at},
        "in_waves": ceremony.waves.count() > 1,
        "may_invite": may_invite and ceremony.awaits_signers and participant.is_pending,
        "may_unlock": may_invite,
        "may_record_absence": may_record and participant.is_pending,
        "may_read_pact": signature and rules.may_read_pacts(rights, participant.keeper),
        "issued": issued,
        "back": back_from(request, participant),
        "carried": way_back,
        "look_url": f"{look}?{way_back}" if way_back else look,
        **panel(request.user, participant, signature),
        **follow_up_panel(request.user, participant),
        "events": reports.history_of_participant(participant) if may_read_history else [],
    }
    return render(request, "participants/detail.html", context, status=status)
