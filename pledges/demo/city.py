"""A campaign of Dumai as in January 2023: the officials' event first, then each OPD its own."""

from datetime import timedelta

from agencies.models import Agency, User

from ..choices import CeremonyKind, Scope
from ..models import Campaign, Ceremony
from ..services import campaigns, schedules
from . import wordings
from .accounts import DISKOMINFO, opd_named
from .coming import SATURDAY
from .governments import DUMAI
from .stories import Story, Window, led_by, witnessed_by

OPDS = (DISKOMINFO, "Dinas Kesehatan", "Dinas Perpustakaan dan Kearsipan")
WEEK = timedelta(days=7)


def lead_story(coming):
    """The officials' ceremony a week before the assembly that is open; a few still miss."""
    starts = coming.starts - WEEK + timedelta(hours=1, minutes=30)
    closes = starts + timedelta(hours=6)
    return Story(
        government=DUMAI,
        title=f"Ikrar Netralitas Pejabat Pemerintah Kota Dumai Menjelang {coming.election.name}",
        kind=CeremonyKind.UPACARA,
        place="Ballroom, Kota Dumai",
        starts=starts,
        election=coming.election,
        wording=wordings.next_version(coming.election.name),
        officials=led_by("Janet Maryadi, S.E.", "Sekretaris Daerah Kota Dumai")
        + witnessed_by(
            ("Ketua KPU Kota Dumai", "KPU Kota Dumai"),
            ("Ketua Bawaslu Kota Dumai", "Bawaslu Kota Dumai"),
            ("Forkopimda Kota Dumai", "Forkopimda Kota Dumai"),
        ),
        scope=Scope.OFFICIALS,
        echelons=("II",),
        positions=("Direktur RSUD", "Camat", "Lurah"),
        windows=(Window(starts + timedelta(minutes=40), closes, 0.95),),
    )


def next_working_day(moment):
    """The same hour on the next day from Monday to Friday."""
    moment += timedelta(days=1)
    while moment.weekday() >= SATURDAY:
        moment += timedelta(days=1)
    return moment


def go_round(story):
    """The campaign that the ceremony of `story` leads, with some OPD; one has set its date."""
    lead = Ceremony.objects.get(title=story.title)
    root = Agency.objects.get(pk=lead.organizer_id)
    campaign = Campaign(
        name=f"Ikrar Netralitas Pegawai Menjelang {lead.election.name}",
        election=lead.election,
        text=lead.text,
        kind=CeremonyKind.APEL,
        title="Ikrar Netralitas Pegawai",
        proposed_at=story.starts + 3 * WEEK - timedelta(hours=1, minutes=30),
        deadline=(story.starts + 6 * WEEK).date(),
    )
    made = campaigns.save_campaign(
        actor=User.objects.get(username="bkpsdm"),
        campaign=campaign,
        lead=lead,
        opds=[opd_named(root, name) for name in OPDS],
    )
    first = next(each for each in made if each.organizer.name == DISKOMINFO)
    schedules.set_schedule(
        actor=User.objects.get(username="operator"),
        ceremony=first,
        starts_at=next_working_day(first.starts_at),
        time_zone=first.time_zone,
        place="Halaman Kantor Dinas Komunikasi, Informatika, Statistik dan Persandian",
        officials=list(first.officials.values("role", "name", "position")),
    )
