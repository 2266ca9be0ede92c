"""Guidance on neutrality: versions of what the page says. The only writer of that table.

`content` is plain data, which `check` holds to a bounded form: a page never meets anything else.

    intro       a paragraph
    duties      what neutrality asks: sentences
    moments     what to heed at each `Moment`: sentences
    forbidden   acts, each with its level (a `BreachLevel`, or "" where none is fixed) and source
    costs       what a breach leads to: title, text, source
    laws        citations
    contacts    where to report: name, about, address (https, or "")
"""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agencies.models import Agency
from agencies.services import events
from netralitas.lib.canonical import canonical, sha256_hex
from netralitas.lib.errors import Refusal

from ..choices import BreachLevel, Moment, TextState
from ..errors import WrongState
from ..models import Guidance

CHANGED = "Panduan ini berubah sejak Anda membacanya. Baca sekali lagi, lalu terbitkan."
PUBLISHED = "Panduan yang sudah diterbitkan tidak dapat diubah. Buat versi baru."
ANOTHER_DRAFT = "Masih ada konsep panduan yang belum diterbitkan. Lanjutkan konsep itu."
INTRO, SENTENCE, SHORT, ADDRESS = 2_000, 500, 120, 200
MOST_SENTENCES, MOST_ROWS = 12, 30
ROWS = {
    "forbidden": {"act": SENTENCE, "level": SHORT, "source": SHORT},
    "costs": {"title": SHORT, "text": SENTENCE, "source": SHORT},
    "contacts": {"name": SHORT, "about": SENTENCE, "address": ADDRESS},
}
# What may be left empty in a row; what stands first in one never is.
OPTIONAL = {"level", "source", "address", "about"}
KEYS = {"intro", "duties", "moments", "laws", *ROWS}
MALFORMED = "Isi panduan tidak lengkap atau tidak sesuai bentuknya."
NO_ADDRESS = "Alamat situs harus lengkap dan diawali https://."
https_only = URLValidator(schemes=["https"])


@transaction.atomic
def begin_draft(*, actor, government):
    """A draft of the government's next version, with what holds for it now.

    Raises WrongState if there is a draft already.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=government.pk)
    own = Guidance.objects.filter(government=government)
    if own.drafts().exists():
        raise WrongState(ANOTHER_DRAFT)
    newest = own.aggregate(newest=Max("version"))["newest"] or 0
    draft = Guidance.objects.create(
        government=government,
        version=newest + 1,
        content=Guidance.objects.in_force(government).content,
    )
    _record(actor, "guidance.created", draft)
    return draft


@transaction.atomic
def save_draft(*, actor, guidance, content):
    """Change a draft. Raises WrongState if it was published meanwhile, Refusal for a content that
    has not the form above.
    """
    check(content)
    draft = _stored_draft(guidance)
    draft.content = content
    draft.save()
    _record(actor, "guidance.changed", draft)
    return draft


@transaction.atomic
def publish(*, actor, guidance, read=None):
    """Make a draft what everybody reads from now on. Raises WrongState if it was no draft, or if
    `read` (`digest_of` what somebody has read of it) is of anything else.
    """
    draft = _stored_draft(guidance)
    if read not in (None, digest_of(draft.content)):
        raise WrongState(CHANGED)
    check(draft.content)
    Guidance.objects.filter(pk=draft.pk).update(
        state=TextState.PUBLISHED, published_at=timezone.now()
    )
    guidance.refresh_from_db()
    _record(actor, "guidance.published", guidance)
    return guidance


def digest_of(content):
    """Stands for a content: whoever publishes says with it what was read."""
    return sha256_hex(canonical(content))


def check(content):
    """Raises Refusal unless `content` has exactly the form above, within its bounds."""
    _demand(isinstance(content, dict) and set(content) == KEYS)
    _check_text(content["intro"], INTRO, "intro")
    for name in ("duties", "laws"):
        _check_sentences(content[name], name)
    moments = content["moments"]
    _demand(isinstance(moments, dict) and set(moments) == set(Moment.values), "moments")
    for moment, sentences in moments.items():
        _check_sentences(sentences, moment)
    for name, bounds in ROWS.items():
        _check_rows(content[name], name, bounds)
    for row in content["forbidden"]:
        _demand(row["level"] in {"", *BreachLevel.values}, "forbidden")
    for row in content["contacts"]:
        _check_address(row["address"])


def _check_rows(rows, name, bounds):
    _demand(isinstance(rows, list) and 0 < len(rows) <= MOST_ROWS, name)
    for row in rows:
        _demand(isinstance(row, dict) and set(row) == set(bounds), name)
        for key, longest in bounds.items():
            _check_text(row[key], longest, name, optional=key in OPTIONAL)


def _check_sentences(sentences, name):
    _demand(isinstance(sentences, list) and 0 < len(sentences) <= MOST_SENTENCES, name)
    for sentence in sentences:
        _check_text(sentence, SENTENCE, name)


def _check_text(text, longest, name, *, optional=False):
    _demand(isinstance(text, str) and len(text) <= longest, name)
    _demand(optional or text.strip() != "", name)


def _check_address(address):
    """Nothing but https: whatever stands here becomes a link for everybody."""
    if not address:
        return
    try:
        https_only(address)
    except ValidationError as error:
        raise Refusal(NO_ADDRESS, "contacts") from error


def _demand(holds, field=""):
    if not holds:
        raise Refusal(MALFORMED, field)


def _stored_draft(guidance):
    """The draft as stored, locked until the end of the act. Raises WrongState if it is none."""
    draft = Guidance.objects.select_for_update().drafts().filter(pk=guidance.pk).first()
    if draft is None:
        raise WrongState(PUBLISHED)
    return draft


def _record(actor, act, guidance):
    events.record(actor=actor, act=act, obj=guidance, government=guidance.government)
