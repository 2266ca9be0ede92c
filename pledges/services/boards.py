"""Big screens: the address of one, how long it holds, and whether it names who has signed.

The only writer of `Ceremony.names_on_board`.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from netralitas.lib import tickets

from ..choices import CeremonyState
from ..errors import DisplayEnded, WrongState
from ..models import Ceremony
from . import trail

# How long a screen goes on at most; how long while nobody can sign; how long it shows the end.
LASTS = timedelta(days=7)
HOLDS = timedelta(hours=48)
LINGERS = timedelta(hours=1)
RUNNING = {CeremonyState.READY, CeremonyState.OPEN}
OVER = {CeremonyState.CLOSED, CeremonyState.ARCHIVED}


def new_display(ceremony):
    """A ticket for the address of a screen, which needs no login and tells nothing of anybody.

    Raises WrongState before the roster is frozen, and for a cancelled ceremony.
    """
    if ceremony.state not in RUNNING | OVER:
        raise WrongState("Layar besar tersedia setelah daftar peserta dibekukan.")
    return tickets.issue(ceremony.code, tickets.BOARD)


def find_display(text):
    """The ceremony that a screen shows, with what it shows of it, in one query.

    Raises DisplayEnded for what is no ticket, one older than `HOLDS` unless people can sign, or
    than `LASTS`, and an hour after the closing for one from before it.
    """
    try:
        ticket = tickets.read(text, tickets.BOARD, max_age=LASTS)
    except tickets.TicketError as error:
        raise DisplayEnded from error
    related = ("election", "text", "organizer")
    ceremony = Ceremony.objects.select_related(*related).filter(code=ticket.subject).first()
    if ceremony is None or not _holds(ticket, ceremony, timezone.now()):
        raise DisplayEnded
    return ceremony


def _holds(ticket, ceremony, now):
    if ceremony.state == CeremonyState.OPEN:
        return True
    holds = now - ticket.begun_at <= HOLDS
    if ceremony.state not in OVER:
        return holds and ceremony.state in RUNNING
    closed_at = ceremony.last_closed_at
    return now - closed_at <= LINGERS or (holds and ticket.begun_at >= closed_at)


def names_shown(ceremony):
    """Whether a screen names the latest signers: only while there are some to come."""
    return ceremony.names_on_board and ceremony.state == CeremonyState.OPEN


@transaction.atomic
def show_names(*, actor, ceremony):
    """Have screens name the latest signers. Raises WrongState once nobody signs any more."""
    running = Ceremony.objects.filter(pk=ceremony.pk, state__in=RUNNING)
    if not running.update(names_on_board=True):
        raise WrongState("Nama hanya ditampilkan sebelum dan selama penandatanganan.")
    _record(actor, "board.names_shown", ceremony)
    return ceremony


@transaction.atomic
def hide_names(*, actor, ceremony):
    """Have screens name nobody; within seconds it is so on every one."""
    Ceremony.objects.filter(pk=ceremony.pk).update(names_on_board=False)
    _record(actor, "board.names_hidden", ceremony)
    return ceremony


def _record(actor, act, ceremony):
    ceremony.refresh_from_db()
    trail.record(actor, act, ceremony)
