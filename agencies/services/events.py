"""The audit trail: these two functions append, nothing else writes."""

from ..models import Event, EventReason


def record(
    *, actor, act, obj, government=None, data=None, employee=None, employee_id=None, reason=""
):
    """Append one event about `obj` (which has a `uuid`). Call it inside the act's transaction.

    `employee`, or its key alone, is the one person it concerned, if it was one, so that it is found
    by person.
    `actor` is None for the command line, the worker and the public. `data` must hold no personal
    data: counts, states, digests only. A `reason` in somebody's words is kept beside the trail.
    """
    event = _event(actor, act, obj, government, data, employee.pk if employee else employee_id)
    event.save()
    if reason:
        EventReason.objects.create(event=event, text=reason)
    return event


def record_each(*, actor, act, people, government, data=None, reason=""):
    """Append one event for each of `people`, who have a `uuid` and an `employee_id`, as `record`.

    In as few statements for many as for one.
    """
    events = Event.objects.bulk_create(
        _event(actor, act, each, government, data, each.employee_id) for each in people
    )
    if reason:
        EventReason.objects.bulk_create(EventReason(event=each, text=reason) for each in events)


def _event(actor, act, obj, government, data, employee_id):
    return Event(
        actor=actor if actor is not None and actor.is_authenticated else None,
        act=act,
        object_type=obj._meta.model_name,
        object_id=str(obj.uuid),
        government=government,
        employee_id=employee_id,
        data=data or {},
    )
