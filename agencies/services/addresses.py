"""Where the invitation of an employee goes, and whether nobody else reads that mailbox."""

from ..models import Employee, User


def invitation_address(employee, account):
    """The address on record; that of the account if HR has given it a role, and so chosen it."""
    if account and (account.roles.exists() or not employee.email):
        return account.email
    return employee.email


def is_shared(address, employee):
    """Whether somebody else of the same government has the address: an active employee, or an
    account. The same rule for many rows is `EmployeeQuerySet.sharing_address`.
    """
    people = Employee.objects.active().filter(email__iexact=address)
    accounts = User.objects.filter(email__iexact=address)
    there = {"government": employee.government_id}
    return (
        people.filter(**there).exclude(pk=employee.pk).exists()
        or accounts.filter(**there).exclude(employee=employee).exists()
    )
