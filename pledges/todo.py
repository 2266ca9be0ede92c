"""What somebody should do next, told from their roles and the state of their ceremonies."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format

from agencies.choices import Concern, ImportState, RoleName
from agencies.models import Employee, RosterImport, User
from netralitas.lib import dates

from . import reports, rules
from .choices import CeremonyState
from .models import (
    AnnulmentRequest,
    Ceremony,
    Election,
    FollowUp,
    PactFailure,
    Participant,
    SealCertificate,
)
from .services import pact_seals
from .services.countersigning import due

# So many, that they leave room for the rest.
ANNULMENTS = 3
CEREMONIES = 3
IMPORT_WAITS = {
    ImportState.COLUMNS: "Tentukan kolom daftar pegawai",
    ImportState.READY: "Periksa dan terapkan daftar pegawai",
}


LEFT_BEHIND = {
    Concern.LEFT: ("Periksa akun pegawai yang tidak aktif lagi", "Akunnya masih berlaku."),
    Concern.MOVED: (
        "Periksa peran pegawai yang sudah pindah",
        "Perannya masih pada instansi yang lama.",
    ),
}


@dataclass(frozen=True)
class Step:
    """One line of the list: where it leads, what it says, how many it concerns."""

    url: str
    icon: str
    title: str
    note: str = ""
    count: int | None = None


def next_steps(user, rows):
    """The steps for `user`, the most urgent first.

    `rows` pair a ceremony with the progress of the user's own people.
    """
    steps = (
        seal_steps(user)
        + annulments_to_decide(user)
        + pacts_to_countersign(user)
        + refusals_to_look_at(user)
        + waiting_imports(user)
        + accounts_left_behind(user)
    )
    steps += preparations(user, rows) if rules.may_prepare(user.rights) else []
    slipless = people_without_slip(user, rows)
    steps += campaigns_to_go_on(user)
    for ceremony, progress in sorted(rows, key=urgency):
        makers = MAKERS.get(ceremony.state, [])
        steps += [step for make in makers if (step := make(user.rights, ceremony, progress))]
        if ceremony.pk in slipless:
            steps.append(to_hand_out(ceremony, slipless[ceremony.pk]))
    return steps


def people_without_slip(user, rows):
    """How many of an operator's own still need a PIN slip, by the ceremony's key, in one query."""
    paths = user.rights.paths(RoleName.OPERATOR)
    awaiting = [ceremony for ceremony, _ in rows if ceremony.awaits_signers]
    if not paths or not awaiting:
        return {}
    mine = Participant.objects.within(paths).filter(ceremony__in=awaiting)
    return reports.missing_slips_by_ceremony(mine)


def own_steps(user):
    """What `user` is to sign as an employee: it comes before all that concerns others."""
    waiting = Participant.objects.of_owner(user).unsigned().select_related("ceremony")
    return [
        Step(
            reverse("own-page"),
            "pen",
            f"Anda belum menandatangani: {participant.ceremony.title}",
            _when(participant.ceremony),
        )
        for participant in waiting.filter(ceremony__in=Ceremony.objects.open())
    ]


def urgency(row):
    """Open ceremonies come first, then those to be opened, to be frozen, to be filed.

    Of two in one state, the one nearer to now.
    """
    ceremony, _ = row
    rank = ORDER.index(ceremony.state) if ceremony.state in ORDER else len(ORDER)
    return rank, abs(ceremony.starts_at - timezone.now())


def seal_steps(user):
    """For HR: a certificate of seals that ends or has ended, and pacts that could not be made."""
    if not rules.may_prepare(user.rights):
        return []
    warning = pact_seals.warning_of(SealCertificate.objects.current(), timezone.now())
    url = reverse("seal-detail")
    steps = [Step(url, "patch-exclamation", warning.title, warning.note)] if warning else []
    return steps + [
        Step(
            reverse("download-list", args=[held_up["uuid"]]),
            "exclamation-triangle",
            f"Pakta belum dapat dibuat: {held_up['title']}",
            "Lihat sebabnya; tanda tangannya tidak hilang.",
            held_up["count"],
        )
        for held_up in PactFailure.objects.by_ceremony(user.rights.government_paths(RoleName.HR))
    ]


def annulments_to_decide(user):
    """What another officer of HR asks to be annulled, the longest waiting first; then what the user
    asks for, and nobody has decided."""
    if not user.rights.government_paths(RoleName.HR):
        return []
    related = ("asked_by", "signature__participant__ceremony__organizer")
    asked = AnnulmentRequest.objects.select_related(*related).order_by("pk")
    held = user.roles.filter(role=RoleName.HR).values_list("agency__path", "granted_at")
    others, own = asked.awaiting(user, dict(held)), asked.asked().filter(asked_by=user)
    shown = (*others[:ANNULMENTS], *own[:ANNULMENTS])
    return [_undecided_annulment(request, user) for request in shown]


def _undecided_annulment(request, user):
    participant = request.signature.participant
    ceremony = participant.ceremony
    when = dates.date_time(request.asked_at, ceremony.time_zone)
    title, note = (
        ("Menunggu persetujuan pembatalan pakta", f"Anda ajukan {when}.")
        if request.asked_by_id == user.pk
        else ("Setujui atau tolak pembatalan pakta", f"Diajukan {request.asked_by}, {when}.")
    )
    return Step(
        reverse("participant-detail", args=[ceremony.uuid, participant.uuid]),
        "x-octagon",
        f"{title}: {participant.name}",
        note,
    )


def pacts_to_countersign(user):
    """For heads: how many signed pacts of each ceremony await "Mengetahui", the most first."""
    if not rules.may_countersign_anywhere(user.rights):
        return []
    counts = due.counts(user)
    ceremonies = Ceremony.objects.in_bulk(sorted(counts, key=counts.get, reverse=True)[:CEREMONIES])
    return [
        Step(
            reverse("countersignature-list", args=[ceremony.uuid]),
            "pen",
            f"Tandatangani “Mengetahui”: {ceremony.title}",
            "Periksa pakta yang sudah ditandatangani, lalu tandatangani satu kali untuk semuanya.",
            counts[ceremony.pk],
        )
        for ceremony in sorted(ceremonies.values(), key=lambda each: -counts[each.pk])
    ]


def refusals_to_look_at(user):
    """Refusals that HR or the head should look at as the second person, by ceremony."""
    paths = user.rights.paths(RoleName.HR, RoleName.HEAD)
    if not paths:
        return []
    mine = Participant.objects.within(paths)
    waiting = FollowUp.objects.awaiting_look(user).filter(participant__in=mine)
    columns = ("participant__ceremony__uuid", "participant__ceremony__title")
    rows = waiting.order_by("-participant__ceremony").values_list(*columns)
    return [
        Step(
            reverse("follow-up-list", args=[uuid]) + "?plan=look",
            "slash-circle",
            f"Telaah penolakan: {title}",
            "Ditelaah oleh orang kedua, selain yang mencatatnya.",
            count,
        )
        for uuid, title, count in rows.annotate(Count("pk"))[:CEREMONIES]
    ]


def waiting_imports(user):
    """Rosters that were read and wait for HR: to say what a column holds, to agree."""
    mine = RosterImport.objects.filter(
        government__path__in=user.rights.government_paths(RoleName.HR),
        state__in=IMPORT_WAITS,
    )
    return [_to_decide(roster_import) for roster_import in mine.select_related("government")]


def _to_decide(roster_import):
    uploaded = dates.date_time(roster_import.created_at, roster_import.government.time_zone)
    return Step(
        reverse("import-detail", args=[roster_import.uuid]),
        "file-earmark-arrow-up",
        IMPORT_WAITS[roster_import.state],
        f"Diunggah {uploaded}.",
    )


def accounts_left_behind(user):
    """Accounts and roles of people who left or moved, for HR to end or to confirm."""
    kept = User.objects.filter(government__path__in=user.rights.government_paths(RoleName.HR))
    counts = {concern: kept.of_concern(concern).count() for concern in LEFT_BEHIND}
    return [
        Step(f"{reverse('user-list')}?concern={concern}", "person-gear", *LEFT_BEHIND[concern], n)
        for concern, n in counts.items()
        if n
    ]


def preparations(user, rows):
    """What HR needs before the first ceremony."""
    if not Employee.objects.visible_to(user).exists():
        return [
            Step(
                reverse("import-create"),
                "people",
                "Masukkan data pegawai",
                "Belum ada pegawai. Impor data dari SIASN terlebih dahulu.",
            )
        ]
    if not Election.objects.visible_to(user).exists():
        return [
            Step(
                reverse("election-create"),
                "box2",
                "Buat pemilu beserta tahapannya",
                "Setiap acara ikrar diadakan menjelang sebuah pemilu.",
            )
        ]
    if not rows:
        return [
            Step(
                reverse("ceremony-create"),
                "calendar-plus",
                "Buat acara ikrar",
                "Tentukan naskah, tempat, waktu, dan peserta. Naskah nasional sudah tersedia.",
            )
        ]
    return []


def campaigns_to_go_on(user):
    """For HR: a lead to be frozen, then for each campaign in one line what its OPD wait for.

    They wait for their date, or, once the lead is frozen, to be frozen themselves.
    """
    paths = user.rights.government_paths(RoleName.HR)
    if not paths:
        return []
    drafts = Ceremony.objects.drafts().filter(campaign__government__path__in=paths)
    leads = list(drafts.filter(leads__isnull=False))
    columns = ("campaign__uuid", "campaign__name", "is_scheduled")
    waiting = drafts.filter(leads=None).exclude(
        is_scheduled=True, campaign__lead__state=CeremonyState.DRAFT
    )
    rows = waiting.order_by().values(*columns).annotate(drafts=Count("pk"))
    return [
        *(
            Step(_page(lead), "lock", f"Bekukan daftar peserta: {lead.title}", _when(lead))
            for lead in leads
            if lead.is_scheduled
        ),
        *(_to_go_on(row) for row in rows.order_by("campaign__name", "-is_scheduled")),
    ]


def _to_go_on(row):
    title, note = (
        ("Bekukan daftar peserta acara OPD", "Waktu dan tempatnya sudah ditetapkan.")
        if row["is_scheduled"]
        else ("Acara OPD belum berjadwal", "Operator setiap OPD menetapkan waktu dan tempatnya.")
    )
    return Step(
        reverse("campaign-detail", args=[row["campaign__uuid"]]),
        "lock" if row["is_scheduled"] else "calendar-week",
        f"{title}: {row['campaign__name']}",
        note,
        row["drafts"],
    )


def to_schedule(rights, ceremony, progress):
    """An OPD is to say when and where it holds its ceremony; HR sees that by campaign."""
    if not ceremony.is_proposed:
        return None
    alone = ceremony.campaign_id is None and rules.may_manage(rights, ceremony.organizer)
    if not (rights.holds(ceremony.organizer, RoleName.OPERATOR, RoleName.HEAD) or alone):
        return None
    address = reverse("ceremony-schedule", args=[ceremony.uuid])
    note = f"Usulan: {_when(ceremony)}"
    return Step(address, "calendar-week", f"Tetapkan jadwal acara: {ceremony.title}", note)


def to_freeze(rights, ceremony, progress):
    """A draft waits for HR to freeze its roster; those of a campaign are told together."""
    if not rules.may_manage(rights, ceremony.organizer) or ceremony.is_proposed:
        return None
    if ceremony.campaign_id:
        return None
    title = f"Bekukan daftar peserta: {ceremony.title}"
    return Step(_page(ceremony), "lock", title, _when(ceremony))


def to_open(rights, ceremony, progress):
    """A ready ceremony waits to be opened; slips and links can go out."""
    if rules.may_manage(rights, ceremony.organizer):
        title = f"Buka penandatanganan: {ceremony.title}"
        return Step(_page(ceremony), "door-open", title, _when(ceremony))
    return None


def to_hand_out(ceremony, count):
    """Operators print slips once the roster is frozen, for those who hold none."""
    address = reverse("slip-list", args=[ceremony.uuid])
    note = "Bagi peserta yang belum memegang slip."
    return Step(address, "printer", f"Cetak slip PIN: {ceremony.title}", note, count)


def to_chase(rights, ceremony, progress):
    """Somebody has not signed while the ceremony is open."""
    if not progress or not progress.pending or not rights.holds_any(*rules.FOLLOWERS):
        return None
    address = reverse("follow-up-list", args=[ceremony.uuid]) + "?state=PENDING"
    return Step(
        address,
        "person-exclamation",
        f"Belum menandatangani: {ceremony.title}",
        f"{_count(progress.signed)} dari {_count(progress.invited)} peserta sudah menandatangani.",
        progress.pending,
    )


def to_file(rights, ceremony, progress):
    """A closed ceremony's pacts are there to be kept."""
    if not progress or not progress.signed or not rules.may_read_any_pacts(rights):
        return None
    address = reverse("download-list", args=[ceremony.uuid])
    note = "Penandatanganan sudah ditutup."
    return Step(address, "download", f"Unduh pakta: {ceremony.title}", note, progress.signed)


MAKERS = {
    CeremonyState.OPEN: [to_chase],
    CeremonyState.READY: [to_open],
    CeremonyState.DRAFT: [to_schedule, to_freeze],
    CeremonyState.CLOSED: [to_file],
}
ORDER = list(MAKERS)


def _page(ceremony):
    return reverse("ceremony-detail", args=[ceremony.uuid])


def _when(ceremony):
    return dates.date_time(ceremony.starts_at, ceremony.time_zone)


def _count(number):
    return number_format(number, force_grouping=True)
