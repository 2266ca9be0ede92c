"""The last call by mail that is planned for the ceremony that is open now."""

from datetime import datetime, time, timedelta

from ..choices import MailingKind
from ..models import Ceremony, Mailing
from ..services.mailings import asking
from .stories import WIB

NOTE = "Bila Anda sedang bertugas di luar kota, tautan ini dapat dibuka dari mana pun."
DAYS_AHEAD = 3


def plan_last_call(root, actor, now):
    """Ask for it in the name of `actor`, for the morning of a day soon."""
    ceremony = Ceremony.objects.open().filter(organizer=root).first()
    if ceremony is None:
        return
    day = now.astimezone(WIB).date() + timedelta(days=DAYS_AHEAD)
    last_call = Mailing(
        ceremony=ceremony,
        kind=MailingKind.LAST_CALL,
        note=NOTE,
        send_at=datetime.combine(day, time(8), WIB),
    )
    asking.ask(actor=actor, mailing=last_call)
