"""Who leads, reads and witnesses once the roster is frozen: on the day somebody else may stand in.

Of a draft ceremonies.py and schedules.py write this.
"""

from django.db import transaction

from ..choices import CeremonyState
from ..errors import WrongState
from ..models import CeremonyOfficial
from . import holding, trail

CHANGEABLE = {CeremonyState.READY, CeremonyState.OPEN, CeremonyState.CLOSED}
NOT_CHANGEABLE = (
    "Petugas hanya dapat diganti setelah daftar peserta dibekukan dan sebelum acara diarsipkan."
)


@transaction.atomic
def change(*, actor, ceremony, officials):
    """Put these in the place of leader, reader and witnesses; `officials` are the fields of rows.

    Board, public page and minutes name them from now on. Raises WrongState for a draft and for a
    ceremony that is archived or cancelled.
    """
    if holding.ceremony(ceremony.pk).state not in CHANGEABLE:
        raise WrongState(NOT_CHANGEABLE)
    ceremony.officials.all().delete()
    CeremonyOfficial.objects.bulk_create(
        CeremonyOfficial(ceremony=ceremony, **official) for official in officials
    )
    trail.record(actor, "ceremony.officials_changed", ceremony)
