"""Who may do what with an employee, as a table on objects that were never saved."""

import pytest

from agencies import rules
from agencies.choices import RoleName
from agencies.models import Agency, Employee
from agencies.rights import NO_RIGHTS, Rights

GOVERNMENT, OPD, UNIT, OTHER_OPD, FOREIGN = (
    Agency(path=path) for path in ("0001", "00010001", "000100010001", "00010002", "0002")
)


def rights(role, agency):
    return Rights(((role, agency.path),))


@pytest.mark.parametrize(
    ("role", "held_on", "edits", "reads_history"),
    [
        (RoleName.HR, GOVERNMENT, True, True),
        (RoleName.AUDITOR, GOVERNMENT, False, True),
        (RoleName.HEAD, OPD, False, False),
        (RoleName.OPERATOR, UNIT, False, False),
        (RoleName.HR, FOREIGN, False, False),
        (RoleName.AUDITOR, OTHER_OPD, False, False),
    ],
)
def test_who_keeps_an_employee_and_who_reads_the_history(role, held_on, edits, reads_history):
    employee = Employee(agency=UNIT)
    assert rules.may_edit_employee(rights(role, held_on), employee) is edits
    assert rules.may_read_history(rights(role, held_on), employee) is reads_history


@pytest.mark.parametrize("role", RoleName.values)
def test_hr_adds_employees_and_every_role_takes_its_list_along(role):
    assert rules.may_add_employees(rights(role, OPD)) is (role == RoleName.HR)
    assert rules.may_export_employees(rights(role, OPD)) is True


def test_without_rights_nothing_is_allowed():
    employee = Employee(agency=UNIT)
    assert rules.may_edit_employee(NO_RIGHTS, employee) is False
    assert rules.may_read_history(NO_RIGHTS, employee) is False
    assert rules.may_add_employees(NO_RIGHTS) is False
    assert rules.may_export_employees(NO_RIGHTS) is False
