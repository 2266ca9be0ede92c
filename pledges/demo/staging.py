"""A story becomes a ceremony, led through its states by the services that people would use."""

from datetime import timedelta

from ..models import Ceremony
from ..services import ceremonies
from . import elections
from .accounts import opd_named
from .signatures import Signing

PREPARED_BEFORE = timedelta(days=7)


def stage(story, root, actor, now):
    """The ceremony of `story`, of the government `root`, in the state it is left in."""
    ceremony = _draft(story, root, actor)
    prepared_at = story.starts - PREPARED_BEFORE
    ceremonies.freeze(actor=actor, ceremony=ceremony, at=prepared_at)
    if story.windows:
        signing = Signing(ceremony, actor, prepared_at + timedelta(hours=1))
        for window in story.windows:
            _hold(ceremony, window, signing, actor, now)
    if story.archived:
        ceremonies.archive(actor=actor, ceremony=ceremony)
    return ceremony


def _draft(story, root, actor):
    prepared_on = story.starts - 2 * PREPARED_BEFORE
    ceremony = Ceremony(
        organizer=opd_named(root, story.organizer) if story.organizer else root,
        election=elections.enter(story.election, root, actor),
        text=story.wording(root, actor, prepared_on),
        kind=story.kind,
        title=story.title,
        place=story.place,
        starts_at=story.starts,
        scope=story.scope,
        official_echelons=list(story.echelons),
        official_positions=list(story.positions),
    )
    return ceremonies.save_draft(
        actor=actor, ceremony=ceremony, agencies=[], officials=story.officials
    )


def _hold(ceremony, window, signing, actor, now):
    ceremonies.open_signing(actor=actor, ceremony=ceremony, at=window.opens)
    signing.collect(window.share, window.opens, window.closes or now)
    if window.closes:
        ceremonies.close_signing(actor=actor, ceremony=ceremony, at=window.closes)
