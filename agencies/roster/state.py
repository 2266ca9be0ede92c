"""What the database holds of one government before an import, in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Prefetch

from ..models import Agency, Employee, IdentityNumber, Role, User


@dataclass(frozen=True)
class State:
    """The government as stored: its agencies in path order, everybody ever employed, old numbers.

    `accounts` holds {employee id: the roles} of those who can log in, by name. `agencies` is empty
    and `new_root_path` counts if the government is not yet known.
    """

    agencies: list
    employees: list
    numbers: list
    accounts: dict
    new_root_path: str


def load_state(slug, *, lock=False):
    """The state of the government `slug`; with `lock` inside a transaction, held until its end."""
    agencies, employees = Agency.objects.all(), Employee.objects.order_by("pk")
    if lock:
        # Not against keys: rows that refer to a person or agency may be added meanwhile.
        agencies = agencies.select_for_update(no_key=True)
        employees = employees.select_for_update(no_key=True)
    root = agencies.filter(slug=slug).first()
    if root is None:
        last = Agency.objects.filter(depth=1).order_by("path").last()
        path = last._inc_path() if last else Agency._get_path("", 1, 1)
        return State([], [], [], {}, path)
    return State(
        list(agencies.filter(path__startswith=root.path)),
        list(employees.filter(government=root)),
        list(
            IdentityNumber.objects.filter(employee__government=root)
            .order_by("pk")
            .values_list("employee_id", "number")
        ),
        _accounts(root),
        root.path,
    )


def _accounts(root):
    users = User.objects.filter(is_active=True, employee__government=root)
    return {
        user.employee_id: tuple(str(role) for role in user.roles.all())
        for user in users.prefetch_related(
            Prefetch("roles", Role.objects.select_related("agency").order_by("pk"))
        )
    }
