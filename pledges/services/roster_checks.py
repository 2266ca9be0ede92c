"""What freezing a draft would freeze, and what looks wrong about it; nothing of it hinders.

Everything is told from the places that the freezing itself would write (`rosters.places_of`), so
that the preview and the roster cannot differ unknown: both have a mark, and a roster whose mark is
not the one that was looked at is not frozen.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from agencies.choices import EmployeeKind, NumberKind
from agencies.models import Agency, Employee
from agencies.models.employee import IdentityNumber
from agencies.querysets import below
from agencies.roster.identity import oddities
from netralitas.lib import spreadsheets
from netralitas.lib.errors import Refusal

from ..choices import Scope
from ..errors import RosterChanged
from ..models import Participant
from ..models.participant import FROZEN_FIELDS
from . import ceremonies, rosters

SHOWN = 20
HEADINGS = ("Temuan", "Nama", "Keterangan", "Saran")
# An election as texts name it: "Pemilihan Umum Tahun 2029", never the year of a law before it.
NAMED_ELECTION = re.compile(
    r"\b(?:Pemilu|Pilkada|Pemilihan)(?:\s+\w+){0,4}?\s+Tahun\s+(\d{4})\b", re.IGNORECASE
)
MARKED = ("employee_id", "agency_id", "opd_id", "wave_id", "name", *FROZEN_FIELDS)


@dataclass(frozen=True)
class Named:
    """Somebody or an agency that a finding is about; one of the two keys leads to its page."""

    name: str
    note: str = ""
    employee: object = None
    agency: object = None


@dataclass(frozen=True)
class Finding:
    """Something that HR should have seen before the roster is frozen.

    `found` are the `count` it is about, as `Named` or as employees not fetched yet; `serious` if it
    is likely a mistake, not just worth knowing.
    """

    title: str
    advice: str
    count: int
    found: Sequence
    serious: bool = True

    @property
    def shown(self):
        """The first of them."""
        return [_named(each) for each in self.found[:SHOWN]]

    @property
    def more(self):
        """How many are not among `shown`."""
        return max(0, self.count - SHOWN)

    @property
    def everybody(self):
        """All of them, each fetched when it is asked for."""
        return map(_named, self.found)


@dataclass(frozen=True)
class Preview:
    """Who would be frozen now: in all, by OPD, kind and wave; what looks wrong; and its mark."""

    total: int
    opds: list
    kinds: list
    waves: list
    findings: list
    mark: str


def preview(ceremony):
    """The `Preview` of a draft, in a number of queries that does not grow with the roster."""
    places = rosters.places_of(ceremony, rosters.eligible(ceremony))
    taken = Counter(place.wave_id for place in places)
    waves = [(wave.name, taken[wave.pk]) for wave in ceremony.waves.all()]
    kinds = Counter(place.kind for place in places)
    opds = Counter(place.opd_name for place in places)
    return Preview(
        total=len(places),
        opds=sorted(opds.items(), key=lambda each: (-each[1], each[0])),
        kinds=[(kind.label, kinds[kind]) for kind in EmployeeKind if kinds[kind]],
        waves=waves if len(waves) > 1 else [],
        findings=[each for each in _findings(ceremony, places, waves) if each.count],
        mark=mark_of(places),
    )


def workbook_of(ceremony):
    """The bytes of an XLSX of all findings, a row for everybody and every agency they name."""
    rows = (
        (finding.title, each.name, each.note, finding.advice)
        for finding in preview(ceremony).findings
        for each in finding.everybody
    )
    return spreadsheets.workbook("Temuan", HEADINGS, rows)


def hindrance(ceremony):
    """Why the draft cannot be frozen whatever its roster, in a sentence; "" if it can."""
    try:
        ceremonies.check_freezable(ceremony)
    except Refusal as refusal:
        return refusal.message
    return ""


@transaction.atomic
def freeze_as_shown(*, actor, ceremony, mark):
    """Freeze a roster that is the one with this mark; returns the ceremony.

    Raises RosterChanged if it is another by now, else what `ceremonies.freeze` raises. Then nothing
    is frozen.
    """
    ceremonies.freeze(actor=actor, ceremony=ceremony)
    if mark_of(Participant.objects.filter(ceremony=ceremony)) != mark:
        raise RosterChanged
    return ceremony


def mark_of(places):
    """A fingerprint of who has which place: equal for equal rosters, in any order."""
    rows = sorted([str(getattr(place, field)) for field in MARKED] for place in places)
    return hashlib.sha256(repr(rows).encode()).hexdigest()


# What looks wrong -------------------------------------------------------------------------------


def _findings(ceremony, places, waves):
    yield _other_year(ceremony)
    yield from _numbers(ceremony, places)
    yield _twice(places)
    yield from _heads(ceremony, places)
    yield from _empty(ceremony, places, waves)
    yield _inactive(ceremony)
    yield _without_mail(places)
    yield _counted_elsewhere(ceremony)


def _other_year(ceremony):
    """A text bound to no election may still name another one, by its year."""
    text, election = ceremony.text, ceremony.election
    words = "\n".join([text.heading, text.opening, *text.points, text.closing])
    named = set(NAMED_ELECTION.findall(words))
    right = {str(election.year), *NAMED_ELECTION.findall(election.name)}
    return _finding(
        "Naskah menyebut tahun lain daripada pemilunya",
        "Setelah daftar dibekukan, naskah tidak dapat diganti. Pilih naskah atau pemilu yang "
        "sesuai di formulir acara.",
        [Named(text.heading, election.name)] if named and not named & right else [],
    )


def _numbers(ceremony, places):
    odd = [(place, oddities(place.number, place.number_kind, None)) for place in places]
    found = [_person(place, f"{place.number}: {'; '.join(why)}") for place, why in odd if why]
    yield _finding(
        "Nomor identitas tampak keliru",
        "Nomor tercetak pada pakta dan dipakai untuk masuk dengan slip PIN. Cocokkan dengan SK, "
        "lalu perbaiki di halaman pegawainya.",
        found,
    )
    held = IdentityNumber.objects.filter(employee__government=ceremony.organizer.government)
    twice = held.values("number").annotate(n=Count("employee", distinct=True)).filter(n__gt=1)
    numbers = set(twice.order_by().values_list("number", flat=True))
    yield _finding(
        "Nomor pernah tercatat pada dua pegawai",
        "Pastikan keduanya bukan orang yang sama, atau nomor salah satunya keliru.",
        [_person(place, place.number) for place in places if place.number in numbers],
    )


def _twice(places):
    """People of one name and day of birth, as their numbers tell it: likely one with two posts."""
    same = {}
    for place in places:
        same.setdefault((place.bare_name.casefold(), _born(place)), []).append(place)
    return _finding(
        "Nama dan tanggal lahir sama",
        "Mungkin satu orang dengan dua jabatan atau dua nomor. Satu orang cukup satu kali menjadi "
        "peserta: nonaktifkan data yang tidak dipakai.",
        [_person(place) for group in same.values() if len(group) > 1 for place in group],
    )


def _born(place):
    """YYMMDD by the number; in a NIK the day of a woman is 40 higher."""
    if place.number_kind != NumberKind.NIK:
        return place.number[2:8]
    return f"{place.number[10:12]}{place.number[8:10]}{int(place.number[6:8]) % 40:02}"


def _heads(ceremony, places):
    opds = {place.opd_id: place.opd for place in places}
    headless = [opd for opd in opds.values() if opd.head_id is None]
    yield _finding(
        "OPD tanpa kepala",
        "Kepala OPD tercetak pada pakta (“Mengetahui”). Catat kepalanya di halaman instansi.",
        [_agency(opd) for opd in headless],
    )
    taking_part = {place.employee_id for place in places}
    absent = {
        opd.head_id: opd for opd in opds.values() if opd.head_id and opd.head_id not in taking_part
    }
    heads = Employee.objects.filter(pk__in=absent).order_by("name")
    if ceremony.campaign_id:
        counted = Participant.objects.invited().filter(campaign=ceremony.campaign_id)
        heads = heads.exclude(Exists(counted.filter(employee=OuterRef("pk"))))
    yield _finding(
        "Kepala OPD tidak menjadi peserta",
        "Kepala biasanya menandatangani lebih dahulu. Periksa pilihan peserta dan status "
        "pegawainya.",
        [_person_of(head, absent[head.pk].name) for head in heads],
    )


def _empty(ceremony, places, waves):
    if len(waves) > 1:
        yield _finding(
            "Gelombang tanpa peserta",
            "Periksa eselon dan jabatan gelombang ini, atau hapus gelombangnya.",
            [Named(name) for name, count in waves if not count],
        )
    paths = {place.agency.path for place in places}
    agencies = (
        ceremony.agencies.all()
        if ceremony.scope == Scope.AGENCIES
        else Agency.objects.opds().in_use().filter(below([ceremony.organizer.path]))
    )
    yield _finding(
        "Instansi tanpa peserta",
        "Tidak seorang pun dari instansi ini menjadi peserta. Impor pegawainya, atau periksa "
        "pilihan peserta.",
        [_agency(each) for each in agencies if not any(p.startswith(each.path) for p in paths)],
        serious=ceremony.scope != Scope.OFFICIALS,
    )


def _inactive(ceremony):
    left_out = rosters.within_scope(ceremony, Employee.objects.filter(active=False))
    return _counted(
        "Pegawai tidak aktif tidak ikut serta",
        "Mereka tidak dibekukan. Aktifkan lebih dahulu yang masih bekerja.",
        left_out,
    )


def _without_mail(places):
    return _finding(
        "Tanpa alamat surel",
        "Mereka tidak dapat diundang lewat surel. Beri slip PIN, kirim tautan lewat WhatsApp, atau "
        "dampingi di tempat.",
        [_person(place) for place in places if not place.employee.email],
        serious=False,
    )


def _counted_elsewhere(ceremony):
    """Whoever counts in another ceremony of the campaign, with that ceremony."""
    people = Employee.objects.none()
    if ceremony.campaign_id:
        counted = Participant.objects.invited().filter(campaign=ceremony.campaign_id)
        people = rosters.in_scope(ceremony).filter(Exists(counted.filter(employee=OuterRef("pk"))))
    return _counted(
        "Sudah menjadi peserta acara lain dalam rangkaian ini",
        "Mereka dihitung di sana dan tidak dibekukan lagi di sini.",
        people,
    )


def _counted(title, advice, employees):
    """A finding about so many employees that no more are fetched than are shown."""
    found = employees.select_related("agency").order_by("name", "pk")
    return Finding(title, advice, employees.count(), found, serious=False)


def _finding(title, advice, found, serious=True):
    return Finding(title, advice, len(found), found, serious)


def _named(each):
    return _person_of(each, each.agency.name) if isinstance(each, Employee) else each


def _person(place, note=""):
    return Named(place.name, note or place.agency_name, employee=place.employee.uuid)


def _person_of(employee, note):
    return Named(employee.full_name, note, employee=employee.uuid)


def _agency(agency):
    return Named(agency.name, agency=agency.uuid)
