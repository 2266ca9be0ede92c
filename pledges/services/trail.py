"""The audit trail of ceremonies: what was done to one, and to one participant of it.

As with `events.record`, which appends it, `data` holds no personal data.
"""

from agencies.services import events


def record(actor, act, ceremony, data=None, *, employee=None):
    """Append one event about a ceremony; `employee` is the one person it concerned, if it was one.

    Call it inside the act's transaction, as `record_of`.
    """
    government = ceremony.organizer.government
    events.record(
        actor=actor, act=act, obj=ceremony, government=government, data=data, employee=employee
    )


def record_of(actor, act, participant, data=None):
    """Append one event about a participant, found by the employee as well."""
    events.record(
        actor=actor,
        act=act,
        obj=participant,
        government=participant.ceremony.organizer.government,
        employee_id=participant.employee_id,
        data=data,
    )
