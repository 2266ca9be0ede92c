"""What the minutes of a ceremony print, put together from what is stored."""

from datetime import UTC

from django.db.models import Count, Q

from agencies.models import Agency
from netralitas.lib import dates
from netralitas.lib.words import date_in_words, in_words

from .. import reports
from ..choices import CeremonyKind, CeremonyState, OfficialRole
from ..services import register
from . import pact, pact_context, standing
from .annex import annex
from .drawn import number
from .minutes import MinutesContext, render_minutes

HEADING = ("BERITA ACARA", "IKRAR NETRALITAS DAN PENANDATANGANAN PAKTA INTEGRITAS")
COUNTS = ("Peserta", "Sudah", "Susulan", "Berhalangan", "Menolak", "Belum", "Persen")
HELD = {
    CeremonyState.READY: "akan menyelenggarakan",
    CeremonyState.OPEN: "menyelenggarakan",
    CeremonyState.CANCELLED: "merencanakan",
}
EVENT = {CeremonyKind.SUSULAN: "penandatanganan susulan"}
REGISTER = (
    "Setiap tanda tangan dicatat dalam register yang hanya dapat ditambah. Kepala register pada "
    "saat berita acara ini dibuat:"
)
NO_REGISTER = "Belum ada tanda tangan yang tercatat dalam register saat berita acara ini dibuat."
PERSONNEL = "Kepala perangkat daerah yang membidangi kepegawaian"


def minutes(ceremony, participants, now):
    """The PDF of the minutes as the ceremony stands `now` (in UTC), annex included.

    `participants` are those who count.
    """
    context = minutes_context(ceremony, participants, now)
    return render_minutes(context, annex(ceremony, participants, now))


def minutes_context(ceremony, participants, now):
    """The `MinutesContext` of a ceremony as it stands `now` (in UTC), in a fixed number of queries.

    `participants` are those who count; whoever is asked signs by hand below.
    """
    organizer, zone = ceremony.organizer, ceremony.time_zone
    found = reports.recap_of(participants)
    late = _late_of(participants)
    officials = list(ceremony.officials.all())
    witnesses = _witnesses(officials)
    return MinutesContext(
        document_title=f"Berita acara {ceremony.title}",
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        heading=(*HEADING, f"PADA {ceremony.election.name}".upper()),
        warning=standing.warning(ceremony, now),
        foot=f"Berita acara · {ceremony.title} · {standing.as_of(ceremony, now)}",
        opening=_opening(ceremony),
        led=_led(officials),
        witnessed="Acara disaksikan oleh:" if witnesses else "Saksi tidak dicatat.",
        witnesses=witnesses,
        text=f"Peserta mengucapkan dan menandatangani “{ceremony.text.heading}” (naskah "
        f"{ceremony.text.title}, versi {ceremony.text.version}) dengan sidik SHA-256",
        text_digest=ceremony.text.digest,
        result=_result(found.total),
        count_labels=COUNTS,
        opds=_rows(found, late),
        totals=_counts(found.total, sum(each["late"] for each in late.values())),
        late=_late(ceremony, late, zone),
        unsigned=_unsigned(found.total),
        lead=standing.share_in_lead(ceremony),
        cancelled=_cancelled(ceremony),
        annulled=_annulled(ceremony.participants.annulled().count()),
        signers=(_leader(officials), _personnel(organizer.government)),
        **pact_context.kop(organizer, organizer.name, organizer.government),
        **_register(zone),
    )


# The statement ----------------------------------------------------------------------------------


def _opening(ceremony):
    zone, moment = ceremony.time_zone, ceremony.starts_at
    event = EVENT.get(ceremony.kind, f"acara {ceremony.get_kind_display().lower()}")
    return (
        f"Pada hari ini, {date_in_words(moment, zone)} ({dates.in_figures(moment, zone)}), pukul "
        f"{dates.time_with_zone(moment, zone)}, bertempat di {ceremony.place}, "
        f"{ceremony.organizer.name} {HELD.get(ceremony.state, 'telah menyelenggarakan')} {event} "
        f"“{ceremony.title}” dalam rangka {ceremony.election.name}, dengan keterangan sebagai "
        "berikut:"
    )


def _cancelled(ceremony):
    return f"Acara ini dibatalkan. Alasan: {ceremony.reason}" if ceremony.is_cancelled else ""


def _led(officials):
    leader = _first(officials, OfficialRole.LEADER)
    reader = _first(officials, OfficialRole.READER)
    sentences = [f"Acara dipimpin oleh {_named(leader)}." if leader else "Pemimpin tidak dicatat."]
    if reader:
        sentences.append(f"Ikrar dibacakan oleh {_named(reader)} dan diikuti oleh para peserta.")
    return " ".join(sentences)


def _first(officials, role):
    return next((each for each in officials if each.role == role), None)


def _named(official):
    """Name, position and institution, as far as they are known."""
    return ", ".join(filter(None, (official.name, official.position, official.institution)))


def _witnesses(officials):
    found = [each for each in officials if each.role == OfficialRole.WITNESS]
    return tuple(
        (str(place), each.name, each.position, each.institution)
        for place, each in enumerate(found, start=1)
    )


def _result(total):
    return (
        f"Dari {number(total.invited)} ({in_words(total.invited)}) peserta, "
        f"{number(total.signed)} ({in_words(total.signed)}) orang atau {total.percent}% "
        f"menandatangani pakta integritas, {number(total.excused)} orang berhalangan, "
        f"{number(total.refused)} orang menolak, dan {number(total.pending)} orang belum "
        "menandatangani, dengan rincian:"
    )


def _late_of(participants):
    """{OPD's uuid: how many signed after the first closing, and how many arrived in grace}."""
    signed = participants.signed().order_by().values("opd__uuid")
    rows = signed.annotate(
        late=Count("pk", filter=Q(signature__late=True)),
        in_grace=Count("pk", filter=Q(signature__in_grace=True)),
    )
    return {row["opd__uuid"]: row for row in rows}


def _late(ceremony, late, zone):
    after = sum(each["late"] for each in late.values())
    in_grace = sum(each["in_grace"] for each in late.values())
    parts = []
    if after:
        closed = dates.date_time(ceremony.closed_at, zone)
        parts.append(
            f"{number(after)} orang menandatangani susulan, setelah penandatanganan pertama kali "
            f"ditutup pada {closed}"
        )
    if in_grace:
        parts.append(
            f"tanda tangan {number(in_grace)} orang dimulai sebelum penutupan dan tiba sesudahnya"
        )
    return f"Di antaranya {', dan '.join(parts)}." if parts else "Tidak ada tanda tangan susulan."


def _unsigned(total):
    if total.signed == total.invited:
        return "Seluruh peserta menandatangani."
    return (
        "Peserta yang tidak atau belum menandatangani beserta alasannya tercantum dalam lampiran "
        "yang merupakan bagian tidak terpisahkan dari berita acara ini."
    )


def _annulled(count):
    """How many signatures count no longer; nothing where all of them do."""
    if not count:
        return ""
    return (
        f"{number(count)} ({in_words(count)}) tanda tangan dibatalkan oleh dua petugas dan tidak "
        "dihitung di atas. Catatannya tetap tersimpan."
    )


def _rows(found, late):
    return tuple(
        (
            str(place),
            opd.total.name,
            _counts(opd.total, late.get(opd.total.uuid, {"late": 0})["late"]),
        )
        for place, opd in enumerate(found.opds, start=1)
    )


def _counts(progress, late):
    counts = (progress.signed, late, progress.excused, progress.refused, progress.pending)
    figures = [number(count) for count in (progress.invited, *counts)]
    return (*figures, f"{progress.percent}%")


def _register(zone):
    """The head of the register, of which whoever holds these minutes has a copy."""
    head = register.latest_head()
    if head is None:
        return {"register": NO_REGISTER}
    return {
        "register": REGISTER,
        "register_facts": (
            ("Jumlah isi", number(head.size)),
            ("Waktu", dates.exact_date_time(head.made_at, zone)),
        ),
        "register_root": head.root,
    }


# Who signs --------------------------------------------------------------------------------------


def _leader(officials):
    leader = _first(officials, OfficialRole.LEADER)
    return ("Pemimpin acara", leader.name if leader else "", leader.position if leader else "")


def _personnel(government):
    """The head of the government's personnel agency, which is called differently everywhere."""
    found = Agency.objects.in_use().filter(
        path__startswith=government.path, depth=government.depth + 1, name__icontains="kepegawaian"
    )
    agency = found.select_related("head").order_by("path").first()
    if agency is None:
        return (PERSONNEL, "", "")
    title = pact_context.title_of_head(agency, agency.name)
    if agency.head is None:
        return (title, "", "")
    head = agency.head
    return (title, head.full_name, pact.number_line(head.number, head.number_kind))
