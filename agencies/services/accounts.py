"""People who log in and their roles: the only writer of users and roles."""

from django.db import transaction

from ..models import Role, User
from . import events


@transaction.atomic
def grant_role(*, actor, user, role, agency):
    """Give `user` a role on `agency` and everything below it; granting it again changes nothing."""
    granted, created = Role.objects.get_or_create(user=user, agency=agency, role=role)
    if created:
        events.record(
            actor=actor,
            act="role.granted",
            obj=user,
            government=agency.government,
            data={"role": role, "agency": str(agency.uuid)},
        )
    return granted


@transaction.atomic
def create_account(*, actor, username, password, role, agency, name="", email="", employee=None):
    """A new user with one role. The password was validated before.

    Raises IntegrityError if the username is taken or the employee has an account.
    """
    user = User.objects.create_user(username, email, password, first_name=name, employee=employee)
    grant_role(actor=actor, user=user, role=role, agency=agency)
    return user
