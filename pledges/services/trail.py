"""The audit trail of ceremonies: what was done to one, and to one participant of it.

As with `events.record`, which appends it, `data` holds no personal data. A `reason` given in
somebody's words lies beside the trail (`EventReason`), for those who read the history.
"""

from agencies.services import events


def record(actor, act, ceremony, data=None, *, employee=None, reason=""):
    """Append one event about a ceremony; `employee` is the one person it concerned, if it was one.

    Call it inside the act's transaction, as `record_of`.
    """
    events.record(
        actor=actor,
        act=act,
        obj=ceremony,
        government=ceremony.organizer.government,
        data=data,
        employee=employee,
        reason=reason,
    )


def record_of(actor, act, participant, data=None, *, reason=""):
    """Append one event about a participant, found by the employee as well."""
    events.record(
        actor=actor,
        act=act,
        obj=participant,
        government=participant.ceremony.organizer.government,
        employee_id=participant.employee_id,
        data=data,
        reason=reason,
    )


def record_of_each(actor, act, participants, data=None, *, reason=""):
    """Append one event about each of `participants`, of one ceremony, as `record_of`."""
    if participants:
        events.record_each(
            actor=actor,
            act=act,
            people=participants,
            government=participants[0].ceremony.organizer.government,
            data=data,
            reason=reason,
        )
