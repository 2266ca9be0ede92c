"""People sign: by slip or link, drawn or typed, one after the other, by the real service."""

from datetime import timedelta
from uuid import uuid4

from ..choices import Channel, SigningMethod
from ..models import Invitation
from ..services import invitations, signing
from ..services.frozen import attach_ceremony
from .chance import chance
from .handwriting import drawing
from .stories import WIB

BY_LINK = 0.12
TYPED = 0.04
MOST = 450  # in one window: where a whole city was imported before, the demo stays small
OFFICE_HOURS = range(7, 17)
SATURDAY = 5
AHEAD = {"II": 0.6, "III": 0.3, "IV": 0.15}


class Signing:
    """The signers of one ceremony, all of whom got a slip at `issued_at`."""

    def __init__(self, ceremony, actor, issued_at):
        self.ceremony, self.actor, self.issued_at = ceremony, actor, issued_at
        self.chance = chance("signing", ceremony.title)
        everyone = list(ceremony.participants.order_by("number"))
        invitations.issue_slips(actor=actor, ceremony=ceremony, participants=everyone, at=issued_at)
        self.total = len(everyone)
        self.waiting = sorted(everyone, key=self._turn)

    def collect(self, share, opens, until):
        """Let a share of all participants sign between the two moments, in their order."""
        count = min(round(share * self.total), MOST)
        signers, self.waiting = self.waiting[:count], self.waiting[count:]
        slips = self._slips(signers)
        for signer, at in zip(signers, self._moments(opens, until, len(signers)), strict=True):
            by_link = self.chance.random() < BY_LINK
            invitation = self._link(signer) if by_link else slips[signer.pk]
            signing.sign(invitation=invitation, submission=self._submission(invitation, at), at=at)

    def _turn(self, participant):
        """When somebody's turn comes: heads tend to sign first, the others by chance."""
        return self.chance.random() - AHEAD.get(participant.echelon.partition(".")[0], 0)

    def _moments(self, opens, until, count):
        """`count` moments in order: most soon after the opening, all in working hours."""
        moments = []
        while len(moments) < count:
            at = opens + (until - opens) * self.chance.random() ** 3
            if _is_working_time(at.astimezone(WIB), opens.astimezone(WIB)):
                moments.append(at)
        return sorted(moments)

    def _slips(self, signers):
        """{participant: invitation by slip}, read anew because the ceremony's state is in it."""
        slips = Invitation.objects.valid().filter(participant__in=signers, channel=Channel.SLIP)
        slips = list(slips.select_related("participant"))
        for slip in slips:
            attach_ceremony(slip.participant)
        return {slip.participant_id: slip for slip in slips}

    def _link(self, participant):
        """The invitation by a personal link."""
        token = invitations.issue_link(actor=self.actor, participant=participant, at=self.issued_at)
        return invitations.find_by_token(token)

    def _submission(self, invitation, at):
        """What the person's phone sends: drawn, or typed by the few who cannot draw."""
        participant = invitation.participant
        text = participant.ceremony.text
        typed = self.chance.random() < TYPED
        return signing.Submission(
            key=uuid4(),
            text_digest=text.digest,
            points=frozenset(range(1, len(text.points) + 1)),
            consent=True,
            method=SigningMethod.TYPED if typed else SigningMethod.DRAWN,
            strokes=[] if typed else drawing(participant.number, participant.ceremony.title),
            typed_name=participant.bare_name if typed else "",
            device_time=at - timedelta(seconds=self.chance.uniform(0.4, 6)),
        )


def _is_working_time(at, opened):
    """Whether people are at work: on the day of the ceremony itself, or on a working day."""
    working_day = at.weekday() < SATURDAY or at.date() == opened.date()
    return working_day and at.hour in OFFICE_HOURS
