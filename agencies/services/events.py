"""The audit trail: one function appends, nothing else writes."""

from ..models import Event


def record(*, actor, act, obj, government=None, data=None, employee=None, employee_id=None):
    """Append one event about `obj` (which has a `uuid`). Call it inside the act's transaction.

    `employee`, or its key alone, is the one person it concerned, if it was one, so that it is found
    by person.
    `actor` is None for the command line, the worker and the public. `data` must hold no personal
    data: counts, states, digests only.
    """
    return Event.objects.create(
        actor=actor if actor is not None and actor.is_authenticated else None,
        act=act,
        object_type=obj._meta.model_name,
        object_id=str(obj.uuid),
        government=government,
        employee_id=employee.pk if employee else employee_id,
        data=data or {},
    )
