"""Whose account is meant by what was typed or by what a provider claims."""

import re

from ..choices import AccountState
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


def the_only_one(accounts):
    """The one there is; None if there are more, or none."""
    return accounts[0] if len(accounts) == 1 else None


def username_of(typed):
    """The user name to log in with: that of the account meant by a number, if there is one.

    Of several it is the only one somebody has opened yet: an account made by another government's
    HR takes nobody's own away. That is a guess, which a password proves. Where more are in use the
    number stays what it is: the user name of one of them.

    However a number is grouped, the answer is the same, so that attempts are counted together.
    """
    number = number_in(typed)
    if not number:
        return typed
    accounts = list(accounts_with_number(number))
    opened = [user for user in accounts if user.state == AccountState.ACTIVE]
    user = the_only_one(accounts) or the_only_one(opened)
    return user.username if user else number


def accounts_named(typed):
    """The accounts in force meant by a user name, number or address; those without address not.

    By a number or address they may be several: each gets a mail of its own, which names it.
    """
    in_force = User.objects.filter(is_active=True).exclude(email="").order_by("username")
    number = number_in(typed)
    found = accounts_with_number(number).exclude(email="").order_by("username") if number else []
    if "@" in typed:
        found = in_force.filter(email__iexact=typed)
    return list(found or in_force.filter(username__iexact=number or typed))
