"""Personal links of many in one spreadsheet, for those who send them by other means."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from netralitas.lib import numbers
from netralitas.lib.spreadsheets import workbook

from ..errors import WrongState
from . import invitations, trail
from .slip_work import participants_of

MOST = 20_000
NOBODY = "Tidak ada peserta yang masih harus menandatangani."
TOO_MANY = "Daftar tautan memuat paling banyak 20.000 peserta. Pilih satu OPD."
HEADINGS = ["OPD", "Unit kerja", "Nama", "Nomor", "Surel", "Nomor telepon", "Tautan pribadi"]


def issue(*, actor, ceremony, opd=None):
    """The bytes of an XLSX with a new personal link for everybody who is still to sign and whom
    `actor` may invite, of one OPD or of all; earlier links that were handed out as such end.

    Every cell is text: a name that begins with `=` is no formula. The workbook is written once the
    links are: thousands of rows take a second in which nobody could sign. Should that fail, the
    links are lost, and a new list ends them. Raises WrongState as `invitations.issue_link`, if
    nobody is left, and beyond MOST people.
    """
    people, tokens = _issued(actor, ceremony, opd)
    rows = (_row(each, tokens[each.pk]) for each in people)
    return workbook("Tautan pribadi", HEADINGS, rows, as_text=True)


@transaction.atomic
def _issued(actor, ceremony, opd):
    """(the people, their new tokens by primary key)"""
    people = participants_of(ceremony, actor, opd).unsigned().select_related("employee")
    people = list(people.order_by("opd_name", "agency_name", "bare_name", "pk")[: MOST + 1])
    if len(people) > MOST:
        raise WrongState(TOO_MANY)
    invitations.check_invitable(ceremony)
    if not people:
        raise WrongState(NOBODY)
    tokens = invitations.issue_links(actor=actor, ceremony=ceremony, participants=people)
    agency = {"agency": str(opd.uuid)} if opd else {}
    trail.record(actor, "links.listed", ceremony, {"count": len(people)} | agency)
    return people, tokens


def _row(participant, token):
    employee = participant.employee
    return [
        participant.opd_name,
        participant.agency_name,
        participant.name,
        numbers.printed(participant.number, participant.number_kind),
        employee.email,
        employee.phone,
        settings.SITE_URL + reverse("personal-link", args=[token]),
    ]
