"""A new draft after a ceremony that is there."""

from django.db import transaction

from ..models import Ceremony
from . import trail
from .ceremonies import save_draft

LONGEST_TITLE = Ceremony._meta.get_field("title").max_length
COPY = " (salinan)"
SAME = (
    *("organizer_id", "election_id", "text_id", "kind", "place", "starts_at", "time_zone"),
    *("scope", "official_echelons", "official_positions"),
)


@transaction.atomic
def copy(*, actor, ceremony):
    """A draft with the same text, participants, officials and waves; its date is still to be set.

    It belongs to no campaign: there the agency has one already. What opens by itself does not in
    the copy. Raises Refusal where a draft may not say this any more, as of a retired agency.
    """
    title = ceremony.title.removesuffix(COPY)[: LONGEST_TITLE - len(COPY)] + COPY
    made = Ceremony(
        title=title, is_scheduled=False, **{name: getattr(ceremony, name) for name in SAME}
    )
    officials = ceremony.officials.values("role", "name", "position", "institution")
    save_draft(
        actor=actor,
        ceremony=made,
        agencies=list(ceremony.agencies.in_use()),
        officials=list(officials),
        waves=list(ceremony.waves.values("name", "echelons", "positions")),
    )
    trail.record(actor, "ceremony.copied", ceremony)
    return made
