"""The three governments of the demo and their employees, by the ordinary roster import.

The people in data/ are made up. Its files have the form of SIASN exports, reduced to columns that
the import keeps, and hold no telephone number, which might be a real one.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from agencies.choices import NumberKind
from agencies.models import Agency
from agencies.roster.importing import apply, read_roster
from agencies.roster.sources import source_from_path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Government:
    """A government, with what the letterhead of its pacts needs. All three keep WIB."""

    slug: str
    seat: str
    address: str


DUMAI = Government("kota-dumai", "Dumai", "Jalan Jenderal Sudirman, Dumai, Riau")
PEKANBARU = Government("kota-pekanbaru", "Pekanbaru", "Jalan Jenderal Sudirman, Pekanbaru, Riau")
MURUNG_RAYA = Government(
    "kabupaten-murung-raya",
    "Puruk Cahu",
    "Jalan Letjen Suprapto, Puruk Cahu, Kalimantan Tengah",
)
GOVERNMENTS = (DUMAI, PEKANBARU, MURUNG_RAYA)


def take_in(government, day=None):
    """Import those whom the government employed on `day` (everybody if None); its root agency.

    Whoever is there already stays. Raises RosterError where another roster is in the way.
    """
    folder = DATA / government.slug
    roster = read_roster(
        slug=government.slug,
        sources=[source_from_path(path) for path in sorted(folder.glob("*asn.csv"))],
        units=source_from_path(folder / "unor.csv"),
        partial=True,
    )
    if day:
        roster = replace(roster, files=[_employed(file, day) for file in roster.files])
    root = Agency.objects.get(pk=apply(roster).government.pk)
    root.seat, root.address = government.seat, government.address
    root.save(update_fields=["seat", "address"])
    return root


def _employed(file, day):
    """The file without those who were appointed after the month of `day`.

    A NIP tells the month, an NI PPPK only the year, which is taken as its end; a NIK tells nothing.
    """
    people = [
        person
        for person in file.people
        if person.number_kind == NumberKind.NIK or person.number[8:14] <= f"{day:%Y%m}"
    ]
    return replace(file, people=people)
