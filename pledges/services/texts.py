"""Pledge texts: drafts change, published texts never do. The only writer of this table."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from agencies.models import Agency
from agencies.services import events
from netralitas.lib.errors import Refusal

from ..choices import TextState
from ..errors import WrongState
from ..models import PledgeText
from ..models.text import CONTENT_FIELDS
from . import text_patterns

NATIONAL = " (nasional)"
PATTERN = " (pola)"
FOREIGN_ELECTION = "Pemilu ini milik pemerintah daerah lain."
PATTERN_NEEDS_ELECTION = "Pilih pemilu untuk naskah yang disusun dari pola ini."
CHANGED = "Naskah ini berubah sejak Anda membacanya. Baca sekali lagi, lalu terbitkan."
PUBLISHED = "Naskah yang sudah diterbitkan tidak dapat diubah. Buat versi baru."


@transaction.atomic
def save_draft(*, actor, text):
    """Create or change a draft. Raises WrongState if the text was published meanwhile, Refusal for
    an election of another government.
    """
    created = text.pk is None
    _check_election(text)
    if created:
        _take_turns(text.government)
        text.family = text.family or free_family(text)
    else:
        _stored_draft(text)
    text.save()
    _record(actor, "text.created" if created else "text.changed", text)
    return text


@transaction.atomic
def publish(*, actor, text, read=None, at=None):
    """Make a draft immutable and give it its digest. Raises WrongState if it was no draft, or if
    `read`, the digest of what somebody has read of it, is of anything else; Refusal while it holds
    a placeholder that nothing fills.

    What is stored is filled from its election, whatever `text` holds; the digest is of that. `at`
    is the day of a text that is entered after it was in force; no page gives it.
    """
    draft = _stored_draft(text)
    for name, value in text_patterns.literal(draft, draft.election).items():
        setattr(draft, name, value)
    if read not in (None, draft.compute_digest()):
        raise WrongState(CHANGED)
    PledgeText.objects.filter(pk=draft.pk).update(
        state=TextState.PUBLISHED,
        digest=draft.compute_digest(),
        published_at=at or timezone.now(),
        **text_patterns.content_of(draft),
    )
    text.refresh_from_db()
    _record(actor, "text.published", text, {"digest": text.digest})
    return text


@transaction.atomic
def new_version(*, actor, text, government, election=None, people_word=""):
    """A draft with the content of `text`, owned by `government`, for `election` or that of `text`.

    A national text becomes the first version of a family of the government's own. `people_word`
    takes the place of that of `text`, if given. Raises Refusal for a pattern without an election.
    """
    if text.state == TextState.PATTERN and election is None:
        raise Refusal(PATTERN_NEEDS_ELECTION, "election")
    _take_turns(government)
    own = text.government_id == government.pk
    title = text.title.removesuffix(NATIONAL).removesuffix(PATTERN)
    copy = PledgeText(government=government, title=title, election=election or text.election)
    for name in CONTENT_FIELDS:
        setattr(copy, name, getattr(text, name))
    copy.people_word = people_word or text.people_word
    if election:
        copy.title = f"{title}: {election.name}"[:160]
    _check_election(copy)
    if own:
        copy.family = text.family
        newest = PledgeText.objects.filter(government=government, family=text.family)
        copy.version = newest.aggregate(newest=Max("version"))["newest"] + 1
    else:
        copy.family = free_family(copy)
    copy.save()
    _record(actor, "text.created", copy, {"from": str(text.uuid)})
    return copy


def free_family(text):
    """A family name made from the title that the government does not use yet."""
    base = slugify(text.title)[:70] or "naskah"
    taken = set(
        PledgeText.objects.filter(government=text.government, family__startswith=base).values_list(
            "family", flat=True
        )
    )
    candidates = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in candidates if name not in taken)


def _check_election(text):
    if text.election and text.election.government_id != text.government_id:
        raise Refusal(FOREIGN_ELECTION, "election")


def _stored_draft(text):
    """The draft as stored, locked until the end of the act. Raises WrongState if it is none."""
    draft = PledgeText.objects.select_for_update().filter(pk=text.pk, state=TextState.DRAFT).first()
    if draft is None:
        raise WrongState(PUBLISHED)
    return draft


def _take_turns(government):
    """Let only one act of a government choose a family or version at a time."""
    Agency.objects.select_for_update(no_key=True).get(pk=government.pk)


def _record(actor, act, text, data=None):
    events.record(actor=actor, act=act, obj=text, government=text.government, data=data)
