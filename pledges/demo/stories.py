"""The ceremonies of the five articles: real days, places, people of office, kinds and wording.

An office whose holder an article does not name is written as the office. Hours, where an article
gives none, are the usual ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ..choices import CeremonyKind, OfficialRole, Scope
from . import wordings
from .elections import PEMILU_2024, PEMILU_DAN_PEMILIHAN_2024, PILKADA_2020, ElectionPlan
from .governments import DUMAI, MURUNG_RAYA, PEKANBARU, Government

WIB = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class Window:
    """A time in which people sign: from opening to closing, and what share of all does so.

    Without a closing the ceremony stays open.
    """

    opens: datetime
    closes: datetime | None
    share: float


@dataclass(frozen=True, kw_only=True)
class Story:
    """One ceremony as the demo tells it; its state follows from its windows.

    `wording` makes or finds its text. `organizer` is an OPD's name, or empty for the government.
    """

    government: Government
    title: str
    kind: CeremonyKind
    place: str
    starts: datetime
    election: ElectionPlan
    wording: Callable
    officials: tuple
    organizer: str = ""
    scope: Scope = Scope.SUBTREE
    echelons: tuple = ()
    positions: tuple = ()
    windows: tuple = ()
    archived: bool = False


def wib(*moment):
    """The moment (year, month, day, hour, minute) by the clock of western Indonesia."""
    return datetime(*moment, tzinfo=WIB)


def official(role, name, position="", institution=""):
    """An official as the service takes them."""
    return {"role": role, "name": name, "position": position, "institution": institution}


def led_by(name, position, reader=None):
    """The leader, and the reader where that is somebody else."""
    reader = reader or (name, position)
    return (
        official(OfficialRole.LEADER, name, position),
        official(OfficialRole.READER, *reader),
    )


def witnessed_by(*offices):
    """Witnesses from outside: pairs of an office and its institution."""
    return tuple(
        official(OfficialRole.WITNESS, office, institution=institution)
        for office, institution in offices
    )


LIBRARY = Story(
    government=DUMAI,
    organizer="Dinas Perpustakaan dan Kearsipan",
    title="Ikrar Netralitas ASN Dinas Perpustakaan dan Kearsipan pada Pilkada Serentak Tahun 2020",
    kind=CeremonyKind.APEL,
    place="Kantor Dinas Perpustakaan dan Kearsipan Kota Dumai",
    starts=wib(2020, 10, 12, 8, 0),
    election=PILKADA_2020,
    wording=wordings.quoted(wordings.LIBRARY_2020),
    officials=led_by("Suriyanto, SP", "Kepala Dinas Perpustakaan dan Kearsipan Kota Dumai"),
    windows=(Window(wib(2020, 10, 12, 8, 30), wib(2020, 10, 12, 15, 0), 1.0),),
    archived=True,
)
OFFICIALS = Story(
    government=DUMAI,
    title="Ikrar Netralitas dan Penandatanganan Netralitas ASN pada Pemilu Tahun 2024",
    kind=CeremonyKind.UPACARA,
    place="Ballroom, Kota Dumai",
    starts=wib(2022, 12, 13, 9, 0),
    election=PEMILU_DAN_PEMILIHAN_2024,
    wording=wordings.national,
    officials=led_by("Muhammad Syafie", "Asisten I Sekretariat Daerah Kota Dumai")
    + witnessed_by(
        ("Ketua KPU Kota Dumai", "KPU Kota Dumai"),
        ("Ketua Bawaslu Kota Dumai", "Bawaslu Kota Dumai"),
        ("Forkopimda Kota Dumai", "Forkopimda Kota Dumai"),
    ),
    scope=Scope.OFFICIALS,
    echelons=("II",),
    positions=("Direktur RSUD", "Camat", "Lurah"),
    windows=(Window(wib(2022, 12, 13, 9, 40), wib(2022, 12, 13, 15, 0), 1.0),),
)
ASSEMBLY = Story(
    government=DUMAI,
    title="Apel Ikrar Netralitas Pegawai dan Penandatanganan Pakta Integritas Netralitas Pegawai "
    "dalam Pemilihan Umum",
    kind=CeremonyKind.APEL,
    place="Lapangan Kantor Wali Kota Dumai",
    starts=wib(2023, 1, 11, 7, 30),
    election=PEMILU_2024,
    wording=wordings.quoted(wordings.DUMAI_2023),
    officials=led_by(
        "Indra Gunawan",
        "Sekretaris Daerah Kota Dumai",
        reader=(
            "Drs. H. Khairil Adli, M.Si.",
            "Kepala Dinas Komunikasi, Informatika, Statistik, dan Persandian Kota Dumai",
        ),
    ),
    windows=(
        Window(wib(2023, 1, 11, 8, 0), wib(2023, 1, 20, 16, 0), 0.91),
        Window(wib(2023, 1, 24, 8, 0), wib(2023, 1, 26, 15, 0), 0.02),
    ),
)
BRIEFING = Story(
    government=PEKANBARU,
    title="Penyuluhan Hukum Serentak Menciptakan Netralitas Aparatur Pemerintah dalam Mendukung "
    "Pemilu Tahun 2024",
    kind=CeremonyKind.PENYULUHAN,
    place="Pekanbaru",
    starts=wib(2024, 1, 28, 9, 0),
    election=PEMILU_2024,
    wording=wordings.for_pemilu,
    officials=led_by("Indra Pomi Nasution", "Sekretaris Daerah Kota Pekanbaru")
    + witnessed_by(
        ("Kanwil Kemenkumham Riau", "Kantor Wilayah Kementerian Hukum dan HAM Riau"),
    ),
    windows=(Window(wib(2024, 1, 28, 10, 0), wib(2024, 2, 2, 16, 0), 0.87),),
)
JOINT_ASSEMBLY = Story(
    government=MURUNG_RAYA,
    title="Apel Gabungan ASN dan Pengucapan Ikrar Netralitas ASN Kabupaten Murung Raya",
    kind=CeremonyKind.APEL_GABUNGAN,
    place="Halaman Kantor Bupati Murung Raya",
    starts=wib(2023, 12, 4, 7, 30),
    election=PEMILU_2024,
    wording=wordings.quoted(wordings.MURUNG_RAYA_2023),
    officials=led_by("Dr. Hermon, M.Si.", "Pj. Bupati Murung Raya"),
)
STORIES = (LIBRARY, OFFICIALS, ASSEMBLY, BRIEFING, JOINT_ASSEMBLY)
