"""Later additions to a frozen roster and departures from it: single acts, each with a reason.

The writer of the state DEPARTED. The reasons stay with the participant and, each with its act,
beside the trail (`EventReason`); as with absences, the audit trail itself says only who did it to
whom, and when.
"""

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from agencies.models import Employee
from netralitas.lib.errors import Refusal

from ..choices import UNDER_WAY, UNSIGNED, ParticipantState
from ..errors import WrongState
from ..models import Participant
from . import follow_ups, holding, invitations, rosters, trail
from .participant_states import move

PENDING, DEPARTED = ParticipantState.PENDING, ParticipantState.DEPARTED
NOT_CHANGED = "daftar peserta tidak diubah"
NO_REASON = "Isi alasannya."
NOT_NOW = (
    "Peserta hanya ditambahkan atau dikeluarkan sesudah daftar dibekukan dan sebelum acara "
    "diarsipkan atau dibatalkan."
)
INACTIVE = "{} tidak aktif lagi dalam data pegawai."
HERE = "{} sudah menjadi peserta acara ini."
ELSEWHERE = "{} sudah menjadi peserta acara lain dalam rangkaian ini: “{}”."
GONE_BEFORE = (
    "{} pernah dikeluarkan dari daftar ini. Kembalikan lewat halaman pesertanya, supaya tidak "
    "tercatat dua kali."
)
SAME_NUMBER = "Nomor {} sudah ada dalam daftar peserta acara ini."
TAKEN = "Pegawai atau nomor ini sudah ada dalam daftar peserta."


def candidates(ceremony):
    """The active employees of the government; `here`: whether they count in this ceremony."""
    mine = Participant.objects.invited().filter(ceremony=ceremony, employee=OuterRef("pk"))
    return (
        Employee.objects.active()
        .filter(government__path=ceremony.organizer.government_path)
        .annotate(here=Exists(mine))
    )


@transaction.atomic
def add(*, actor, ceremony, employee, reason):
    """The new participant, with the identity of today and in the wave that takes it.

    Raises Refusal without a reason, for somebody inactive or of another government, or who counts
    in the ceremony or its campaign already; WrongState unless the roster is frozen and the ceremony
    not over.
    """
    reason = _given(reason)
    ceremony = _hold(ceremony)
    _check_employee(ceremony, employee)
    places = rosters.places_of(ceremony, candidates(ceremony).filter(pk=employee.pk))
    if not places:
        raise Refusal(INACTIVE.format(employee.full_name))
    [participant] = places
    participant.added_reason = reason
    _written(participant.save)
    trail.record_of(actor, "participant.added", participant, reason=reason)
    return participant


@transaction.atomic
def depart(*, actor, participant, reason):
    """Take somebody who has not signed off the roster; every way in ends.

    Raises WrongState for whoever has signed or is on the roster no longer, Refusal without a
    reason. Of a signature at the same moment only one succeeds.
    """
    reason = _given(reason)
    move(participant, UNSIGNED, NOT_CHANGED, state=DEPARTED, reason=reason)
    invitations.revoke_all(participant)
    follow_ups.refusal_over(participant)
    trail.record_of(actor, "participant.departed", participant, reason=reason)
    return participant


@transaction.atomic
def take_back(*, actor, participant, reason):
    """Put somebody who departed back on the roster, with the identity frozen before.

    The same row, so that nobody stands in the list twice. Raises WrongState for whoever has not
    departed, Refusal without a reason, for an inactive employee, or for one who counts elsewhere in
    the campaign by now.
    """
    reason = _given(reason)
    ceremony, employee = _hold(participant.ceremony), participant.employee
    if not employee.active:
        raise Refusal(INACTIVE.format(employee.full_name))
    _check_uncounted(ceremony, employee)

    def put_back():
        move(participant, (DEPARTED,), NOT_CHANGED, state=PENDING, reason="")

    _written(put_back)
    trail.record_of(actor, "participant.taken_back", participant, reason=reason)
    return participant


def _given(reason):
    reason = reason.strip()
    if not reason:
        raise Refusal(NO_REASON, "reason")
    return reason


def _hold(ceremony):
    """The ceremony as it is now: nobody archives or cancels it, or freezes another of its campaign,
    before the end of the act. Raises WrongState if it is over.
    """
    stored = holding.ceremony(ceremony.pk)
    if stored.state not in UNDER_WAY:
        raise WrongState(NOT_NOW)
    return stored


def _check_employee(ceremony, employee):
    if employee.government.path != ceremony.organizer.government_path:
        raise Refusal("Pegawai ini milik pemerintah daerah lain.")
    _check_uncounted(ceremony, employee)
    mine = ceremony.participants
    if mine.filter(employee=employee, state=DEPARTED).exists():
        raise Refusal(GONE_BEFORE.format(employee.full_name))
    if mine.invited().filter(number=employee.number).exists():
        raise Refusal(SAME_NUMBER.format(employee.number))


def _check_uncounted(ceremony, employee):
    """Everybody counts once, in the ceremony and in its campaign. Raises Refusal."""
    counted = Participant.objects.invited().filter(employee=employee)
    if counted.filter(ceremony=ceremony).exists():
        raise Refusal(HERE.format(employee.full_name))
    if ceremony.campaign_id is None:
        return
    other = counted.filter(campaign=ceremony.campaign_id).select_related("ceremony").first()
    if other:
        raise Refusal(ELSEWHERE.format(employee.full_name, other.ceremony.title))


def _written(write):
    """Write what the constraints of the database may still refuse. Raises Refusal then."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        raise Refusal(TAKEN) from error
