"""Who may do what with agencies and employees: pure predicates on a user's rights."""

from .choices import RoleName

TRAIL_READERS = (RoleName.HR, RoleName.AUDITOR)


def may_edit_agency(rights, agency):
    """HR edits the agencies of its government."""
    return rights.holds(agency, RoleName.HR)


def may_export_agencies(rights):
    """Whoever sees agencies by a role may take along what the list shows."""
    return bool(rights.grants)


def may_see_personal_contact(rights, agency):
    """E-mail and phone are for those who invite: HR and the agency's operator."""
    return rights.holds(agency, RoleName.HR, RoleName.OPERATOR)


def may_read_events(rights):
    """HR and auditors of a whole government read its audit trail."""
    return bool(rights.government_paths(*TRAIL_READERS))


def may_see_imports(rights):
    """HR and auditors of a whole government see what was imported into it."""
    return bool(rights.government_paths(RoleName.HR, RoleName.AUDITOR))


def may_import(rights):
    """HR of some whole government imports rosters."""
    return bool(rights.government_paths(RoleName.HR))


def may_import_roster(rights, government):
    """HR of the whole government imports its roster, approves and discards."""
    return rights.holds(government, RoleName.HR)


def may_add_employees(rights):
    """HR adds employees of its government by hand."""
    return rights.holds_any(RoleName.HR)


def may_edit_employee(rights, employee):
    """HR corrects, moves, deactivates and activates the employees of its government."""
    return rights.holds(employee.agency, RoleName.HR)


def may_export_employees(rights):
    """Whoever sees employees by a role may take along what the list shows."""
    return bool(rights.grants)


def may_read_history(rights, employee):
    """HR and the Inspektorat see who did what to an employee's data."""
    return rights.holds(employee.agency, RoleName.HR, RoleName.AUDITOR)


def may_see_users(rights):
    """HR and auditors of a whole government see who can log in."""
    return bool(rights.government_paths(RoleName.HR, RoleName.AUDITOR))


def may_add_users(rights):
    """HR of some whole government lets people in."""
    return bool(rights.government_paths(RoleName.HR))


def may_see_account(rights, government):
    """HR and auditors of the government that keeps an account see it."""
    return rights.holds(government, RoleName.HR, RoleName.AUDITOR)


def may_keep_account(rights, government):
    """HR of the government that keeps an account changes it, its roles and its sessions."""
    return rights.holds(government, RoleName.HR)


def may_invite_employees(rights, agency):
    """HR and the operator of the agency invite its employees to claim their accounts."""
    return rights.holds(agency, RoleName.HR, RoleName.OPERATOR)
