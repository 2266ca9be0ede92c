"""Pledge texts: drafts change, published texts never do. The only writer of this table."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from agencies.models import Agency
from agencies.services import events

from ..choices import TextState
from ..errors import WrongState
from ..models import PledgeText
from ..models.text import CONTENT_FIELDS

NATIONAL = " (nasional)"
PUBLISHED = "Naskah yang sudah diterbitkan tidak dapat diubah. Buat versi baru."


@transaction.atomic
def save_draft(*, actor, text):
    """Create or change a draft. Raises WrongState if the text was published meanwhile."""
    created = text.pk is None
    if created:
        _take_turns(text.government)
        text.family = text.family or free_family(text)
    else:
        _stored_draft(text)
    text.save()
    _record(actor, "text.created" if created else "text.changed", text)
    return text


@transaction.atomic
def publish(*, actor, text, at=None):
    """Make a draft immutable and give it its digest. Raises WrongState if it was no draft.

    The digest is of what is stored, whatever `text` holds. `at` is the day of a text that is
    entered after it was in force; no page gives it.
    """
    PledgeText.objects.filter(pk=text.pk).update(
        state=TextState.PUBLISHED,
        digest=_stored_draft(text).compute_digest(),
        published_at=at or timezone.now(),
    )
    text.refresh_from_db()
    _record(actor, "text.published", text, {"digest": text.digest})
    return text


@transaction.atomic
def new_version(*, actor, text, government):
    """A draft with the content of `text`, owned by `government`.

    A national text becomes the first version of a family of the government's own.
    """
    _take_turns(government)
    own = text.government_id == government.pk
    copy = PledgeText(government=government, title=text.title.removesuffix(NATIONAL))
    for name in CONTENT_FIELDS:
        setattr(copy, name, getattr(text, name))
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
