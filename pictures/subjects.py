"""What the pictures show: who looks, at which page of the demo, and how much of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import User
from pledges.choices import CeremonyState, TextState
from pledges.demo.governments import DUMAI
from pledges.models import Campaign, Ceremony, PledgeText, Signature
from pledges.services import invitations
from tests.browser.hand import draw, tick_all

TALL = 1150


@dataclass(frozen=True)
class Subject:
    """One picture: `visit` leads a page to what is to be seen; `height` in pixels of the page."""

    name: str
    user: str
    visit: Callable
    height: int = TALL
    phone: bool = False
    folder: Path = Path("static/img/guides")


def at(name, *finders):
    """Opens the address of this name, whose arguments are looked up when the picture is taken."""
    return lambda page: page.goto(reverse(name, args=[find() for find in finders]))


def open_ceremony():
    """The ceremony of Dumai at which people are signing."""
    return _ceremonies().filter(state=CeremonyState.OPEN).latest("starts_at").uuid


def campaign():
    return Campaign.objects.latest("created_at").uuid


def ceremony_of_head():
    """One that has pacts which the head of the demo has not taken note of yet."""
    head = User.objects.get(username="kepala")
    opd = head.roles.get(role=RoleName.HEAD).agency
    signed = Signature.objects.filter(participant__opd=opd, countersigned=None)
    return signed.latest("pk").participant.ceremony.uuid


def text_in_editor(page):
    """A text made from a national pattern, with its preview."""
    page.goto(reverse("text-from-pattern", args=[_pattern().uuid]))
    page.locator("[name=election]").select_option(index=1)
    page.get_by_role("button", name="Buat konsep").click()
    page.locator("[name=heading]").wait_for()


def sign(page):
    """A personal link, everything ticked and a signature drawn."""
    _open_link(page)
    tick_all(page)
    draw(page)


def receipt(page):
    """The same, sent."""
    sign(page)
    page.locator("[data-send]").click()
    page.get_by_role("heading", name="Diterima").wait_for()


def _open_link(page):
    ceremony = Ceremony.objects.get(uuid=open_ceremony())
    participant = ceremony.participants.unsigned().order_by("bare_name").first()
    token = invitations.issue_link(actor=None, participant=participant)
    page.goto(reverse("personal-link", args=[token]))


def _pattern():
    return PledgeText.objects.filter(state=TextState.PATTERN).earliest("pk")


def _ceremonies():
    return Ceremony.objects.filter(organizer__slug=DUMAI.slug)


SUBJECTS = (
    Subject("ceremony", "bkpsdm", at("ceremony-detail", open_ceremony), folder=Path("docs/img")),
    Subject("bkpsdm-beranda", "bkpsdm", at("home"), height=900),
    Subject("bkpsdm-naskah", "bkpsdm", text_in_editor),
    Subject("bkpsdm-rangkaian", "bkpsdm", at("campaign-detail", campaign)),
    Subject("bkpsdm-dasbor", "bkpsdm", at("ceremony-dashboard", open_ceremony)),
    Subject("operator-slip", "operator", at("slip-list", open_ceremony), height=800),
    Subject("operator-tindak-lanjut", "operator", at("follow-up-list", open_ceremony), height=950),
    Subject("kepala-dasbor", "kepala", at("ceremony-dashboard", ceremony_of_head), height=950),
    Subject("kepala-mengetahui", "kepala", at("countersignature-list", ceremony_of_head), 800),
    Subject("kepala-unduhan", "kepala", at("download-list", ceremony_of_head), height=950),
    Subject("pegawai-tanda-tangan", "", sign, height=1100, phone=True),
    Subject("pegawai-bukti", "", receipt, height=1000, phone=True),
)
