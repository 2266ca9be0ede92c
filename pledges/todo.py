"""What somebody should do next, told from their roles and the state of their ceremonies."""

from dataclasses import dataclass

from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Employee

from . import rules
from .choices import CeremonyState
from .models import Election


@dataclass(frozen=True)
class Step:
    """One line of the list: where it leads, what it says, how many it concerns."""

    url: str
    icon: str
    title: str
    note: str = ""
    count: int | None = None


def next_steps(user, rows):
    """The steps for `user`; `rows` are pairs of a visible ceremony and the progress of their people."""
    steps = preparations(user) if rules.may_prepare(user.rights) else []
    for ceremony, progress in rows:
        makers = MAKERS.get(ceremony.state, [])
        steps += [step for make in makers if (step := make(user.rights, ceremony, progress))]
    return steps


def preparations(user):
    """What HR needs before the first ceremony."""
    if not Employee.objects.visible_to(user).exists():
        return [
            Step(
                reverse("employee-list"),
                "people",
                "Masukkan data pegawai",
                "Belum ada pegawai. Impor ekspor SIASN terlebih dahulu.",
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
    return []


def to_freeze(rights, ceremony, progress):
    """A draft waits for HR to freeze its roster."""
    if not rules.may_manage(rights, ceremony.organizer):
        return None
    return Step(_page(ceremony), "snow", f"Bekukan daftar peserta: {ceremony.title}", "Masih konsep.")


def to_open(rights, ceremony, progress):
    """A ready ceremony waits to be opened; slips and links can go out."""
    if rules.may_manage(rights, ceremony.organizer):
        return Step(_page(ceremony), "door-open", f"Buka acara: {ceremony.title}")
    return None


def to_hand_out(rights, ceremony, progress):
    """Operators print slips once the roster is frozen."""
    if progress and progress.pending and rights.holds_any(RoleName.OPERATOR):
        address = reverse("slip-list", args=[ceremony.uuid])
        return Step(address, "printer", f"Cetak slip PIN: {ceremony.title}", "", progress.pending)
    return None


def to_chase(rights, ceremony, progress):
    """Somebody has not signed while the ceremony is open."""
    if not progress or not progress.pending:
        return None
    address = reverse("participant-list", args=[ceremony.uuid]) + "?state=PENDING"
    return Step(
        address, "person-exclamation", f"Belum menandatangani: {ceremony.title}", "", progress.pending
    )


def to_file(rights, ceremony, progress):
    """A closed ceremony's pacts are there to be kept."""
    if not progress or not progress.signed or not rules.may_read_any_pacts(rights):
        return None
    address = reverse("download-list", args=[ceremony.uuid])
    return Step(address, "download", f"Unduh pakta: {ceremony.title}", "", progress.signed)


MAKERS = {
    CeremonyState.DRAFT: [to_freeze],
    CeremonyState.READY: [to_open, to_hand_out],
    CeremonyState.OPEN: [to_chase, to_hand_out],
    CeremonyState.CLOSED: [to_file],
}


def _page(ceremony):
    return reverse("ceremony-detail", args=[ceremony.uuid])
