"""A pack for the archive: a ZIP of sealed pacts in folders, papers, and proofs of the register."""

import logging
import zipfile
from datetime import UTC

from django.conf import settings
from django.utils import timezone

from netralitas.lib import dates
from netralitas.lib.files import UniqueNames

from .. import reports, rules
from ..documents import standing
from ..documents.attendance import attendance
from ..documents.drawn import number
from ..documents.minutes_context import minutes
from ..documents.recap_workbook import recap_workbook
from ..models import CountersignedPact
from . import pacts, register, register_proofs
from .pack_contents import LEFT_OUT, left_out, member_name

PACTS = "Pakta"
README, HEAD, PROOFS = "BACA-SAYA.txt", "Kepala register.json", "Bukti register.json"
RECAP, ATTENDANCE, MINUTES = "Rekapitulasi.xlsx", "Daftar hadir.pdf", "Berita acara.pdf"
NOT_MADE = "Berkas ini belum dapat dibuat."

logger = logging.getLogger(__name__)


def write_archive(contents, target, tell):
    """Write the ZIP into the file `target`, one member in memory at a time.

    `tell` gets how many pacts are in it, now and then. PDFs hardly shrink: they are stored.
    """
    # The figures and the head of this moment; who signs meanwhile stands in the next pack.
    now, head = timezone.now().astimezone(UTC), register.latest_head()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        done = _pacts(contents, archive, tell)
        papers = _papers(contents, archive, now)
        proved = _proofs(contents, archive, head) if head else 0
        others = [*papers, PROOFS, HEAD] if head else papers
        told = readme(contents.pack, now, done, proved, others, noted_line(contents))
        _text(archive, README, told)
        missing = [f"{member_name(person)}: {reason}" for person, reason in contents.failures]
        missing += [f"{name}: {NOT_MADE}" for name in contents.papers_missing]
        if missing:
            _text(archive, LEFT_OUT, left_out(missing, "berkas"))


def _pacts(contents, archive, tell):
    names, done = UniqueNames(), 0
    for done, (participant, content) in enumerate(contents.pacts(), start=1):
        archive.writestr(f"{PACTS}/{names.unused(member_name(participant))}", content)
        tell(done)
    return done


def _papers(contents, archive, now):
    """Write the papers that the asker may read; the names of those that are in the archive.

    One that cannot be made (a damaged drawing, say) does not keep the others out.
    """
    ceremony, everybody = contents.pack.ceremony, contents.participants
    people = everybody.invited()
    makers = {
        RECAP: lambda: recap_workbook(ceremony, reports.recap_of(everybody), now),
        ATTENDANCE: lambda: b"".join(attendance(ceremony, people, now)),
        MINUTES: lambda: minutes(ceremony, ceremony.participants.invited(), now),
    }
    if contents.pack.opd or not rules.may_read_minutes(contents.rights, ceremony.organizer):
        del makers[MINUTES]
    made = []
    for name, make in makers.items():
        content = _attempt(name, make)
        if content:
            archive.writestr(name, content)
            made.append(name)
        else:
            contents.papers_missing.append(name)
    return made


def _attempt(name, make):
    """The bytes of a paper; none if it cannot be made."""
    try:
        return make()
    except pacts.FAILURES:
        logger.exception("The paper %s cannot be made.", name)
        return b""


def _proofs(contents, archive, head):
    """Write the head and the proofs under it; how many there are."""
    count = 0

    def counted():
        nonlocal count
        for proof in register_proofs.proofs_of(contents.signatures.order_by(), head):
            count += 1
            yield proof

    _text(archive, HEAD, register.head_file(head))
    _pieces(archive, PROOFS, register_proofs.file_of(counted()))
    return count


def _pieces(archive, name, pieces):
    """A text that is written while it is made."""
    info = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w") as member:
        for piece in pieces:
            member.write(piece)


def _text(archive, name, content):
    archive.writestr(name, content, zipfile.ZIP_DEFLATED)


SAID_OF = {
    RECAP: "angka tiap perangkat daerah dan unit kerja",
    ATTENDANCE: "daftar hadir dengan tanda tangan setiap peserta",
    MINUTES: "berita acara dengan lampiran yang belum menandatangani",
    PROOFS: "bukti bahwa setiap tanda tangan tercatat dalam register",
    HEAD: "keadaan register yang dirujuk bukti itu; simpan salinannya di tempat lain",
}


def noted_line(contents):
    """How many of the pacts show that a head took note of them."""
    made = CountersignedPact.objects.exclude(file="")
    count = made.filter(signature__in=contents.signatures.order_by()).count()
    return f"Dengan tanda tangan “Mengetahui”: {number(count)} pakta"


def readme(pack, now, done, proved, others, noted):
    """What the archive holds, and how anybody checks it, as text for Windows."""
    ceremony = pack.ceremony
    left = done - proved
    lines = [
        "PAKTA INTEGRITAS NETRALITAS",
        "",
        *(f"{label}: {value}" for label, value in standing.occasion(ceremony)),
        f"Perangkat daerah: {pack.covers}",
        f"Disiapkan: {dates.exact_date_time(now, ceremony.time_zone)}",
        f"Isi: {number(done)} pakta",
        noted,
        "",
        f"{PACTS}/: satu PDF bersegel bagi setiap pegawai, menurut perangkat daerah dan unit kerja",
        *(f"{name}: {SAID_OF[name]}" for name in others),
        "",
        f"Periksa pakta di {settings.SITE_URL}/v/ dengan mengunggah PDF-nya. Hanya di sana",
        "terlihat pembatalan sesudah paket ini disiapkan. Tanpa jaringan, periksa dengan program",
        f"dari {settings.SITE_URL}/v/kepala/,",
        "dengan kunci dan sidik sertifikat yang diumumkan instansi:",
        f'  python verify_pact.py "pakta.pdf" "{PROOFS}" "{HEAD}" --key KUNCI --cert SIDIK',
        "Jangan ubah atau simpan ulang PDF-nya: segelnya tidak berlaku lagi.",
    ]
    if left:
        lines.append(f"{number(left)} pakta belum tercatat dalam register saat paket disiapkan.")
    return "\r\n".join([*lines, ""]).encode()
