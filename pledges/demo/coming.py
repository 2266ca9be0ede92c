"""The ceremony that is open now: an assembly of Dumai before an election still to come."""

from datetime import timedelta

from ..choices import CeremonyKind
from . import wordings
from .elections import coming_election
from .governments import DUMAI
from .stories import WIB, Story, Window, led_by

STARTS_AT = (7, 30)
OPENS_AFTER = timedelta(minutes=30)
LEAST_OPEN = timedelta(hours=1)
SATURDAY = 5


def open_story(now):
    """The assembly of the last working morning, open since, with about a third signed."""
    starts = last_morning(now)
    election = coming_election(starts.date())
    return Story(
        government=DUMAI,
        title=f"Apel Ikrar Netralitas Pegawai Menjelang {election.name}",
        kind=CeremonyKind.APEL,
        place="Lapangan Kantor Wali Kota Dumai",
        starts=starts,
        election=election,
        wording=wordings.next_version(election.name),
        officials=led_by("Janet Maryadi, S.E.", "Sekretaris Daerah Kota Dumai"),
        windows=(Window(starts + OPENS_AFTER, None, 0.35),),
    )


def last_morning(now):
    """The last 07.30 WIB, Monday to Friday, whose signing has been open for an hour or more."""
    hour, minute = STARTS_AT
    opened = now - OPENS_AFTER - LEAST_OPEN
    morning = now.astimezone(WIB).replace(hour=hour, minute=minute, second=0, microsecond=0)
    while morning > opened or morning.weekday() >= SATURDAY:
        morning -= timedelta(days=1)
    return morning
