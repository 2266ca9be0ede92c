"""Whom a mailing reaches: who has not signed, within what its asker may invite, with an address."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ...models import Participant, ParticipantMail
from ..slip_work import participants_of

RECENT = timedelta(hours=1)


@dataclass(frozen=True)
class Reach:
    """Who would get a mail now, who has no address, and who shares a mailbox with somebody else."""

    reached: list[Participant]
    without: list[Participant]
    sharing: list[Participant]


def expected(ceremony, user, opd=None):
    """Those of them who are still to sign, each with its employee, in the order of their names."""
    people = participants_of(ceremony, user, opd).unsigned().select_related("employee")
    return people.order_by("bare_name", "pk")


def reach(ceremony, user, opd=None):
    """Whom a mailing would reach if it were sent at this moment."""
    people = list(expected(ceremony, user, opd))
    reached = [each for each in people if has_address(each.employee)]
    boxes = Counter(each.employee.email.lower() for each in reached)
    return Reach(
        reached=reached,
        without=[each for each in people if not has_address(each.employee)],
        sharing=[each for each in reached if boxes[each.employee.email.lower()] > 1],
    )


def served_lately(participants, moment):
    """The mails that left for one of them within the hour before `moment`.

    Two mailings that overlap (of HR and of an operator, or of a button pressed twice) are one mail:
    who has got one gets no other.
    """
    mails = ParticipantMail.objects.filter(participant__in=participants)
    return mails.left_since(moment - RECENT)


def has_address(employee):
    """Whether there is an address to which a mail can be sent at all."""
    try:
        validate_email(employee.email)
    except ValidationError:
        return False
    return True
