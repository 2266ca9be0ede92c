"""What is being done about those who have not signed at the ceremony that is open now."""

from ..models import Ceremony
from ..services import absences, follow_ups, roster_changes
from .accounts import DISKOMINFO

ABSENT = ("Cuti: cuti besar", "Dinas luar: rapat koordinasi di Pekanbaru", "Tugas belajar")
REFUSAL = "Keberatan dengan butir ketiga; ingin bertanya lebih dahulu."
NOTE = "Masih di luar kota, kembali minggu depan."
LEFT = "Pindah ke Pemerintah Provinsi Riau."


def follow_up(root):
    """Excuse, note, and take off a few of the unsigned of the government `root`.

    Nobody of the OPD whose invitations the demo prints is among them.
    """
    ceremony = Ceremony.objects.open().filter(organizer=root).first()
    if ceremony is None:
        return
    unsigned = ceremony.participants.unsigned().exclude(opd_name=DISKOMINFO).order_by("number")
    people = list(unsigned.select_related("ceremony__organizer", "agency", "opd")[:6])
    for participant, reason in zip(people, ABSENT, strict=False):
        absences.excuse(actor=None, participant=participant, reason=reason)
    if len(people) < 6:
        return
    refusing, late, left = people[3:]
    absences.refuse(actor=None, participant=refusing, reason=REFUSAL)
    follow_ups.change(actor=None, participant=late, assignee=None, signs_late=True, note=NOTE)
    roster_changes.depart(actor=None, participant=left, reason=LEFT)
