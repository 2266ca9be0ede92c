"""How the state of a participant who has not signed changes, for the services that change it."""

from ..choices import UNDER_WAY
from ..errors import WrongState
from ..models import Ceremony, Participant


def changeable(participants, sources):
    """Those of `participants` who are in one of the states `sources`, of ceremonies under way."""
    ceremonies = Ceremony.objects.order_by().filter(state__in=UNDER_WAY)
    pks = [participant.pk for participant in participants]
    return Participant.objects.filter(pk__in=pks, state__in=sources, ceremony__in=ceremonies)


def move(participant, sources, so_not, **fields):
    """Change the state by conditional update: whoever signs at this moment has signed.

    Raises WrongState, with `so_not` as what follows from it, for any state but `sources` and once
    the ceremony is over.
    """
    moved = changeable([participant], sources).update(**fields)
    participant.refresh_from_db(fields=["state", "reason"])
    if not moved:
        raise WrongState(
            f"Peserta berstatus “{participant.get_state_display()}”, atau acaranya sudah "
            f"berakhir, sehingga {so_not}."
        )
