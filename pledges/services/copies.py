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
    the copy. For a chosen agency that was merged its successor is chosen; one that was retired is
    left out. Raises Refusal where a draft may not say this any more, as of a retired organiser.
    """
    title = ceremony.title.removesuffix(COPY)[: LONGEST_TITLE - len(COPY)] + COPY
    made = Ceremony(
        title=title, is_scheduled=False, **{name: getattr(ceremony, name) for name in SAME}
    )
    officials = ceremony.officials.values("role", "name", "position", "institution")
    save_draft(
        actor=actor,
        ceremony=made,
        agencies=_successors(ceremony),
        officials=list(officials),
        waves=list(ceremony.waves.values("name", "echelons", "positions")),
    )
    trail.record(actor, "ceremony.copied", ceremony)
    return made


def left_out(ceremony):
    """The chosen agencies that a copy does not take in: retired, and no other took them over."""
    return [each for each in ceremony.agencies.all() if _successor(each) is None]


def _successors(ceremony):
    found = [_successor(each) for each in ceremony.agencies.all()]
    return list(dict.fromkeys(each for each in found if each))


def _successor(agency):
    """The agency itself or the one into which it was merged in the end; None if none is in use."""
    while agency and agency.retired_at:
        agency = agency.merged_into
    return agency
