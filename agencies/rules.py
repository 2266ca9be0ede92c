"""Who may do what with agencies and employees: pure predicates on a user's rights."""

from .choices import RoleName


def may_edit_agency(rights, agency):
    """HR edits the agencies of its government."""
    return rights.holds(agency, RoleName.HR)


def may_see_personal_contact(rights, agency):
    """E-mail and phone are for those who invite: HR and the agency's operator."""
    return rights.holds(agency, RoleName.HR, RoleName.OPERATOR)
