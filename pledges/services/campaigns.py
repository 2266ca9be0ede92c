"""Campaigns ("rangkaian acara"): one election and text at many ceremonies. Their only writer."""

from textwrap import shorten

from django.db import IntegrityError, transaction

from agencies.services import events
from netralitas.lib.errors import Refusal

from ..choices import CeremonyState, OfficialRole, Scope
from ..models import Campaign, Ceremony
from . import holding, rosters, trail
from .ceremonies import check_made_for, save_draft

LONGEST_TITLE = Ceremony._meta.get_field("title").max_length
NAME_TAKEN = "Rangkaian acara dengan nama ini sudah ada."
OTHER_ELECTION = "Pemilu ini milik pemerintah daerah lain."
ELSEWHERE = "{} bukan OPD yang dipakai pada pemerintah daerah ini."
HAS_FROZEN = (
    "Pemilu dan naskah tidak dapat diganti: daftar peserta acara “{}” dalam rangkaian ini sudah "
    "dibekukan."
)
OTHER_GOVERNMENT = "Acara induk harus milik pemerintah daerah yang sama."
OTHER_TEXT = "Acara induk harus memakai pemilu dan naskah yang sama dengan rangkaian."
TAKEN = "Acara ini sudah termasuk rangkaian lain."
LEAD_CANCELLED = "Acara yang dibatalkan tidak dapat menjadi acara induk."
LEAD_HOLDS_ONE = "{} sudah mempunyai acara lain dalam rangkaian ini."
LEAD_FROZEN = (
    "Daftar peserta acara induk sudah dibekukan, sehingga acara induk tidak dapat diganti."
)
COUNTED_TWICE = (
    "Sebagian peserta acara induk sudah menjadi peserta acara OPD dalam rangkaian ini. Setiap "
    "orang dihitung satu kali."
)
NOBODY_LEFT = (
    "Semua peserta acara ini sudah menjadi peserta acara OPD dalam rangkaian ini, sehingga tidak "
    "ada lagi yang dapat menandatangani di acara induk."
)
# What ceremonies that are only proposed take over from the campaign.
PROPOSED = {"starts_at": "proposed_at", "time_zone": "time_zone", "kind": "kind"}


@transaction.atomic
def save_campaign(*, actor, campaign, lead=None, opds=()):
    """Create or change a campaign with its lead, and make what `opds` still lack, as one act.

    Ceremonies that are only proposed follow what was proposed; drafts follow election and text.
    Returns the ceremonies made. Raises Refusal next to the field where something does not fit.
    """
    created = campaign.pk is None
    stored = None if created else holding.campaign(campaign.pk)
    # Of two acts on the campaigns of an election one waits for the other, and so does a freezing.
    holding.elections(campaign.election_id, stored and stored.election_id)
    campaign.government = campaign.election.government
    _check(campaign)
    if stored and stored.government_id != campaign.government_id:
        raise Refusal(OTHER_ELECTION, "election")
    campaign.lead = stored.lead if stored else None
    _write(campaign)
    if stored:
        _follow(actor, stored, campaign)
    _put_in_front(campaign, lead)
    _record(actor, "campaign.created" if created else "campaign.changed", campaign)
    return make_ceremonies(actor=actor, campaign=campaign, opds=opds)


@transaction.atomic
def make_ceremonies(*, actor, campaign, opds):
    """One draft for each of `opds` that holds none in the campaign yet; returns those made.

    Its date is proposed until the OPD sets it; who heads the OPD leads and reads. Doing it again
    makes only what is missing. Raises Refusal for what is no OPD of the government in use.
    """
    campaign = holding.campaign(campaign.pk)
    holding.elections(campaign.election_id)
    for opd in opds:
        if opd.depth != 2 or opd.government_path != campaign.government.path or opd.retired_at:
            raise Refusal(ELSEWHERE.format(opd.name), "opds")
    served = set(campaign.ceremonies.held().order_by().values_list("organizer_id", flat=True))
    missing = [opd for opd in opds if opd.pk not in served]
    made = [_make(actor, campaign, opd) for opd in missing]
    if made:
        _record(actor, "campaign.ceremonies", campaign, {"ceremonies": len(made)})
    return made


def _make(actor, campaign, opd):
    ceremony = Ceremony(
        campaign=campaign,
        organizer=opd,
        election=campaign.election,
        text=campaign.text,
        title=_title(campaign, opd),
        place=opd.name[: Ceremony._meta.get_field("place").max_length],
        scope=Scope.SUBTREE,
        is_scheduled=False,
        **{field: getattr(campaign, source) for field, source in PROPOSED.items()},
    )
    return save_draft(actor=actor, ceremony=ceremony, agencies=[], officials=_led_by(opd.head))


def _title(campaign, opd):
    return shorten(f"{campaign.title} {opd.name}", LONGEST_TITLE, placeholder="…")


def _led_by(head):
    """Leader and reader, if it is known who heads the OPD."""
    if head is None:
        return []
    named = {"name": head.full_name[:160], "position": head.position[:160]}
    return [{"role": role, **named} for role in (OfficialRole.LEADER, OfficialRole.READER)]


# What fits together -----------------------------------------------------------------------------


def _write(campaign):
    """Of two that get the same name at once the second is refused by the database."""
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError as error:
        raise Refusal(NAME_TAKEN, "name") from error


def _check(campaign):
    others = Campaign.objects.filter(government=campaign.government).exclude(pk=campaign.pk)
    if others.filter(name=campaign.name).exists():
        raise Refusal(NAME_TAKEN, "name")
    text = campaign.text
    if not text.is_published:
        raise Refusal("Naskah harus diterbitkan lebih dahulu.", "text")
    if text.government_id and text.government_id != campaign.government_id:
        raise Refusal("Naskah ini milik pemerintah daerah lain.", "text")
    check_made_for(text, campaign.election)


def _follow(actor, stored, campaign):
    """Its ceremonies follow the change; who has a frozen roster may have been told of the text."""
    pledged = {"election_id": campaign.election_id, "text_id": campaign.text_id}
    if pledged != {"election_id": stored.election_id, "text_id": stored.text_id}:
        frozen = campaign.ceremonies.held().exclude(state=CeremonyState.DRAFT).first()
        if frozen:
            raise Refusal(HAS_FROZEN.format(frozen.title), "text")
    proposed = {field: getattr(campaign, source) for field, source in PROPOSED.items()}
    drafts = campaign.ceremonies.drafts().select_related("organizer")
    for draft in drafts.select_for_update(of=("self",), no_key=True):
        said = dict(pledged)
        if draft.is_proposed and draft.pk != stored.lead_id:
            said |= proposed | _named_anew(draft, stored, campaign)
        _say(actor, draft, said)


def _named_anew(draft, stored, campaign):
    """The name that a draft gets, unless HR has given it one of its own."""
    if draft.title != _title(stored, draft.organizer):
        return {}
    return {"title": _title(campaign, draft.organizer)}


def _say(actor, draft, said):
    """Write what of it is new, and note that the draft was changed."""
    new = {field: value for field, value in said.items() if getattr(draft, field) != value}
    if new:
        Ceremony.objects.filter(pk=draft.pk).update(**new)
        trail.record(actor, "ceremony.changed", draft)


def _put_in_front(campaign, lead):
    """Make `lead`, or none, the campaign's own event; what led before goes its own way again."""
    if lead == campaign.lead:
        return
    _release(campaign)
    if lead is not None:
        lead = holding.ceremony(lead.pk)
        _check_lead(campaign, lead)
        Ceremony.objects.filter(pk=lead.pk).update(campaign=campaign)
        lead.refresh_from_db(fields=["campaign"])
        if not rosters.join_campaign(lead):
            raise Refusal(COUNTED_TWICE, "lead")
        if lead.is_draft and rosters.nobody_left(lead):
            raise Refusal(NOBODY_LEFT, "lead")
    campaign.lead = lead
    campaign.save(update_fields=["lead"])


def _release(campaign):
    before = campaign.lead
    if before is None:
        return
    if not (before.is_draft or before.is_cancelled):
        raise Refusal(LEAD_FROZEN, "lead")
    if before.is_draft:
        Ceremony.objects.drafts().filter(pk=before.pk).update(campaign=None)


def _check_lead(campaign, lead):
    if lead.organizer.government_path != campaign.government.path:
        raise Refusal(OTHER_GOVERNMENT, "lead")
    if lead.is_cancelled:
        raise Refusal(LEAD_CANCELLED, "lead")
    if lead.campaign_id not in (None, campaign.pk):
        raise Refusal(TAKEN, "lead")
    if (lead.election_id, lead.text_id) != (campaign.election_id, campaign.text_id):
        raise Refusal(OTHER_TEXT, "lead")
    others = campaign.ceremonies.held().exclude(pk=lead.pk)
    if others.filter(organizer=lead.organizer_id).exists():
        raise Refusal(LEAD_HOLDS_ONE.format(lead.organizer.name), "lead")


def _record(actor, act, campaign, data=None):
    events.record(actor=actor, act=act, obj=campaign, government=campaign.government, data=data)
