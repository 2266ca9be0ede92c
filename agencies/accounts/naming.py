"""Whose account is meant by what was typed or by what a provider claims."""

import re

from ..models import User
from ..models.employee import NIK_LENGTH, NIP_LENGTH

# What stands between the groups of a number as it is printed or copied.
BETWEEN_GROUPS = re.compile(r"[\s.'-]+")
NUMBER = re.compile(rf"[0-9]{{{NIK_LENGTH}}}|[0-9]{{{NIP_LENGTH}}}")


def number_in(typed):
    """The NIP, NI PPPK or NIK that was typed, in digits alone; "" if it is none of them."""
    digits = BETWEEN_GROUPS.sub("", typed)
    return digits if NUMBER.fullmatch(digits) else ""


def accounts_with_number(number):
    """The accounts in force of the active employees who have this number today.

    A number is unique in a government only: somebody who moved may still be in two rosters.
    """
    in_force = User.objects.filter(is_active=True, employee__active=True)
    return in_force.filter(employee__number=number).select_related("employee")


def username_of(typed):
    """The user name to log in with: that of the one account with the number typed, if there is one.

    However a number is grouped, the answer is the same, so that attempts are counted together.
    """
    number = number_in(typed)
    if not number:
        return typed
    found = accounts_with_number(number)[:2]
    return found[0].username if len(found) == 1 else number


def accounts_named(typed):
    """The accounts in force meant by a user name, number or address; those without address not."""
    in_force = User.objects.filter(is_active=True).exclude(email="")
    if "@" in typed:
        found = in_force.filter(email__iexact=typed)
        if found:
            return list(found.order_by("username"))
    return list(in_force.filter(username__iexact=username_of(typed)))
