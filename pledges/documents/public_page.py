"""What the public page of a ceremony says, and its picture draws: figures, and officials by name.

Signers are never named. Figures of a small OPD would tell what single people did, so OPD with fewer
than `SMALL` participants are told together, and never so that one can be subtracted.
"""

import hashlib
from base64 import b64encode
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from agencies.services.logos import logo_of
from netralitas.lib import dates
from netralitas.lib.charts import grouped

from .. import reports
from ..choices import CeremonyState, OfficialRole
from ..reports import COUNTED, Progress
from ..services import register

SMALL = 5
TOGETHER = "Perangkat daerah lain"
# Told in the version, so that a picture drawn otherwise is fetched anew.
DRAWN = 1


@dataclass(frozen=True)
class PublicFacts:
    """Everything that page and picture tell, as plain values.

    `total` is None for a ceremony of fewer than `SMALL`; `opds` is empty where all are small.
    """

    title: str
    government: str
    organizer: str
    election: str
    moment: str
    day: str
    place: str
    notice: str
    state: str
    officials: tuple
    total: Progress | None
    opds: tuple
    together: int
    logo: bytes
    head: object

    @property
    def sentence(self):
        """ "5.212 dari 8.379 pegawai telah menandatangani." """
        if self.total is None:
            return "Pegawai menandatangani pakta integritas setelah ikrar dibacakan."
        signed, invited = grouped(self.total.signed), grouped(self.total.invited)
        return f"{signed} dari {invited} pegawai telah menandatangani pakta integritas."

    @property
    def description(self):
        """What a link to the page says of it."""
        return f"{self.government}, {self.day}. {self.sentence}"

    @property
    def version(self):
        """Another one whenever the picture would look otherwise."""
        drawn = (self.title, self.government, self.day, self.place, self.sentence, self.state)
        told = repr((DRAWN, *drawn)).encode() + self.logo
        return hashlib.sha256(told).hexdigest()[:16]

    @property
    def logo_uri(self):
        return f"data:image/png;base64,{b64encode(self.logo).decode()}" if self.logo else ""


def facts_of(ceremony):
    """The `PublicFacts` of a frozen ceremony as of now, in a constant number of queries."""
    standing = reports.standing_of(ceremony)
    shown, together = shareable(standing.opds)
    logo = logo_of(ceremony.organizer)
    return PublicFacts(
        title=ceremony.title,
        government=ceremony.organizer.government.name,
        organizer=ceremony.organizer.name,
        election=ceremony.election.name,
        moment=dates.date_time(ceremony.starts_at, ceremony.time_zone),
        day=dates.long_date(ceremony.starts_at, ceremony.time_zone),
        place=ceremony.place,
        notice=ceremony.notice,
        state=_state(ceremony),
        officials=tuple(_officials(ceremony)),
        total=standing.total if standing.total.invited >= SMALL else None,
        opds=tuple(shown),
        together=together,
        logo=bytes(logo.png) if logo else b"",
        head=register.latest_head(),
    )


def shareable(opds):
    """(the OPD to be told, how many the last of them stands for).

    The small ones are told as one row, with as many others as it takes for that row not to be small
    nor to stand for a single OPD. Nothing is told where no OPD would stand alone.
    """
    known = sorted((opd for opd in opds if opd.invited), key=lambda opd: (opd.invited, opd.name))
    few = [opd for opd in known if opd.invited < SMALL]
    while few and len(few) < len(known) and (_invited(few) < SMALL or len(few) == 1):
        few = known[: len(few) + 1]
    alone = sorted(known[len(few) :], key=lambda opd: opd.name)
    if not few or not alone:
        return alone, 0
    return [*alone, _summed(few)], len(few)


def _invited(opds):
    return sum(opd.invited for opd in opds)


def _summed(opds):
    counts = {name: sum(getattr(opd, name) for opd in opds) for name in COUNTED}
    return Progress(name=TOGETHER, **counts)


def _state(ceremony):
    if ceremony.is_cancelled:
        return "Acara dibatalkan"
    if ceremony.is_open:
        late = "susulan " if ceremony.is_late else ""
        return f"Penandatanganan {late}sedang dibuka"
    if ceremony.state == CeremonyState.READY:
        return "Penandatanganan belum dibuka"
    closed = dates.date_time(ceremony.last_closed_at, ceremony.time_zone)
    return f"Penandatanganan ditutup {closed}"


def _officials(ceremony):
    """(what they did, name, position, institution), leader and reader before the witnesses."""
    order = list(OfficialRole.values)
    for official in sorted(
        ceremony.officials.all(), key=lambda one: (order.index(one.role), one.pk)
    ):
        yield (
            official.get_role_display(),
            official.name,
            official.position,
            official.institution,
        )


def address_of(page):
    """Where anybody reads it."""
    return settings.SITE_URL + reverse("public-page", args=[page.slug])


def picture_address_of(page, facts):
    """Where its picture is; another address whenever the picture changes, for those who keep it."""
    return f"{settings.SITE_URL}{reverse('public-picture', args=[page.slug])}?v={facts.version}"
