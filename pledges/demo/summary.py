"""What the command prints: where to go, who logs in, and fresh secrets of people yet to sign."""

from django.conf import settings
from django.urls import reverse

from agencies.choices import NumberKind
from agencies.models import Agency

from ..models import Ceremony, Signature
from ..services import invitations
from .accounts import DISKOMINFO, LOGINS, PASSWORD
from .governments import DUMAI

LINKS = 3
NOTHING_OPEN = (
    "Tidak ada acara demo yang sedang dibuka. Untuk memulai dari awal: manage.py demo --reset"
)


def lines():
    """The whole print, line by line. Links and PIN are issued anew, so the last ones end."""
    return [
        f"Netralitas: {settings.SITE_URL}/",
        "",
        *_logins(),
        "",
        *_ceremony(),
        *_verification(),
    ]


def _logins():
    names = dict(Agency.objects.governments().values_list("slug", "name"))
    yield f"Masuk        : {_address('account_login')}"
    yield f"Kata sandi   : {PASSWORD} (sama untuk semua pengguna)"
    for login in LOGINS:
        where = ", ".join(filter(None, [login.opd, names[login.government.slug]]))
        note = f" ({login.note})" if login.note else ""
        yield f"  {login.username:<17} {login.role.label:<13} {where}{note}"


def _ceremony():
    """The ceremony open at Dumai and the ways into it."""
    organized = Ceremony.objects.filter(organizer__slug=DUMAI.slug)
    ceremony = organized.open().with_counts().order_by("-starts_at").first()
    if ceremony is None:
        return [NOTHING_OPEN]
    return [
        f"Acara yang sedang dibuka: {ceremony.title}",
        f"  {ceremony.signed} dari {ceremony.invited} peserta sudah menandatangani.",
        f"  Pintu masuk  : {_address('ceremony-entrance', ceremony.code)}",
        f"  Kode acara   : {ceremony.code}",
        *_ways_in(ceremony),
    ]


def _ways_in(ceremony):
    """A number with its PIN, and personal links, of people who have not signed."""
    unsigned = ceremony.participants.unsigned().select_related("ceremony__organizer")
    people = sorted(unsigned, key=_nearness)[: LINKS + 1]
    if people:
        yield f"  NIP dan PIN  : {_number_and_pin(ceremony, people[0])}"
    for person in people[1:]:
        token = invitations.issue_link(actor=None, participant=person)
        yield f"  Tautan       : {_address('personal-link', token)} ({person.name})"


def _nearness(participant):
    """The demo's operator and head see the people of their own OPD sign; a NIP is the usual way."""
    return (
        participant.opd_name != DISKOMINFO,
        participant.number_kind != NumberKind.NIP,
        participant.bare_name,
    )


def _number_and_pin(ceremony, person):
    slips = invitations.issue_slips(actor=None, ceremony=ceremony, participants=[person])
    return f"{person.number} dengan PIN {slips[0].pin} ({person.name})"


def _verification():
    """The public page of the demo's newest signature."""
    newest = Signature.objects.order_by("-signed_at").first()
    if newest:
        yield f"Verifikasi   : {_address('verify-receipt', newest.receipt)}"


def _address(name, *arguments):
    return settings.SITE_URL + reverse(name, args=arguments)
