"""What comes back later: a mail that a server had taken, and could not deliver after all."""

from ...choices import ParticipantMailState
from ...models import ParticipantMail
from .reasons import sentence_for

# What had left us, or is just leaving: an answer may overtake what the worker notes.
LEFT = [
    ParticipantMailState.SENDING,
    ParticipantMailState.SENT,
    ParticipantMailState.UNSURE,
]


def note(bounce):
    """BOUNCED for the mail that a `Bounce` is about, with the reason; returns whether there is one.

    Noted again it stays as it is. The link in the mail stands: it may have been read elsewhere.
    """
    mails = ParticipantMail.objects.filter(message_id__in=bounce.message_ids, state__in=LEFT)
    reason = sentence_for(status=bounce.status)
    return bool(mails.update(state=ParticipantMailState.BOUNCED, reason=reason))
