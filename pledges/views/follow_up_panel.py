"""What the page of one participant offers about the roster and about following up."""

from .. import rules
from ..choices import UNDER_WAY
from ..models import FollowUp
from ..services import follow_ups


def follow_up_panel(user, participant):
    """The context of these parts of the page."""
    ceremony, rights = participant.ceremony, user.rights
    running = ceremony.state in UNDER_WAY
    unsigned = participant.is_pending or participant.is_absent
    found = FollowUp.objects.select_related("assignee", "noted_by", "looked_by")
    follow_up = found.filter(participant=participant).first()
    changes = running and rules.may_change_roster(rights, ceremony.organizer)
    noted = follow_up and (follow_up.assignee or follow_up.signs_late or follow_up.note)
    invites = rules.may_invite(rights, participant.keeper)
    looks = rules.may_look_at_refusal(rights, participant.keeper)
    looked = follow_up and follow_up.looked_by
    settled = looked and not follow_ups.may_be_second(user, participant, follow_up)
    awaits = FollowUp.objects.awaiting_look(user).filter(participant=participant)
    return {
        "follow_up": follow_up,
        "may_read_follow_up": noted and unsigned and (invites or looks),
        "may_expect": running and participant.is_absent and invites and not settled,
        "expect_label": f"Hapus catatan {participant.get_state_display().lower()}",
        "may_follow_up": running and unsigned and invites,
        "may_look": looks and awaits.exists(),
        "may_depart": changes and unsigned,
        "may_take_back": changes and participant.is_departed,
    }
