"""Who may do what with the pledge: pure predicates on a user's rights."""

from agencies.choices import RoleName


def may_prepare(rights):
    """Elections, texts and ceremonies are made by HR."""
    return rights.holds_any(RoleName.HR)


def may_manage(rights, agency):
    """HR of the government manages what `agency` (organiser, or the government) owns."""
    return rights.holds(agency, RoleName.HR)


def may_read_history(rights, agency):
    """HR and the Inspektorat see who did what to a ceremony that `agency` organises."""
    return rights.holds(agency, RoleName.HR, RoleName.AUDITOR)


def may_invite(rights, agency):
    """HR and the operator of the participant's agency issue links and PIN slips."""
    return rights.holds(agency, RoleName.HR, RoleName.OPERATOR)


def may_read_pacts(rights, agency):
    """HR, the head and the Inspektorat read signed pacts; an operator does not."""
    return rights.holds(agency, RoleName.HR, RoleName.HEAD, RoleName.AUDITOR)


def may_read_any_pacts(rights):
    """Whether downloading pacts makes sense for this user at all."""
    return rights.holds_any(RoleName.HR, RoleName.HEAD, RoleName.AUDITOR)
