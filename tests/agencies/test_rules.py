"""Rules as tables, on objects that were never saved."""

import pytest

from agencies import rules
from agencies.choices import RoleName
from agencies.models import Agency
from agencies.rights import NO_RIGHTS, Rights

GOVERNMENT, OPD, UNIT, OTHER_OPD, FOREIGN = (
    Agency(path=path) for path in ("0001", "00010001", "000100010001", "00010002", "0002")
)


def rights(role, agency):
    return Rights(((role, agency.path),))


@pytest.mark.parametrize(
    ("rule", "role", "held_on", "agency", "allowed"),
    [
        (rules.may_edit_agency, RoleName.HR, GOVERNMENT, GOVERNMENT, True),
        (rules.may_edit_agency, RoleName.HR, GOVERNMENT, UNIT, True),
        (rules.may_edit_agency, RoleName.HR, FOREIGN, OPD, False),
        (rules.may_edit_agency, RoleName.OPERATOR, OPD, OPD, False),
        (rules.may_edit_agency, RoleName.HEAD, OPD, OPD, False),
        (rules.may_edit_agency, RoleName.AUDITOR, GOVERNMENT, OPD, False),
        (rules.may_see_personal_contact, RoleName.HR, GOVERNMENT, UNIT, True),
        (rules.may_see_personal_contact, RoleName.OPERATOR, OPD, UNIT, True),
        (rules.may_see_personal_contact, RoleName.OPERATOR, OPD, OTHER_OPD, False),
        (rules.may_see_personal_contact, RoleName.OPERATOR, OPD, GOVERNMENT, False),
        (rules.may_see_personal_contact, RoleName.HEAD, OPD, OPD, False),
        (rules.may_see_personal_contact, RoleName.AUDITOR, GOVERNMENT, OPD, False),
    ],
)
def test_who_may_do_what(rule, role, held_on, agency, allowed):
    assert rule(rights(role, held_on), agency) is allowed


@pytest.mark.parametrize("rule", [rules.may_edit_agency, rules.may_see_personal_contact])
def test_without_rights_nothing_is_allowed(rule):
    assert rule(NO_RIGHTS, GOVERNMENT) is False


def test_rights_name_the_paths_on_which_a_role_is_held():
    held = Rights(((RoleName.HEAD, "00010002"), (RoleName.HR, "0001"), (RoleName.HEAD, "0001")))
    assert held.paths() == ["0001", "00010002"]
    assert held.paths(RoleName.HR) == ["0001"]
    assert held.paths(RoleName.AUDITOR) == []
    assert held.holds_any(RoleName.HEAD, RoleName.AUDITOR)
    assert not held.holds_any(RoleName.AUDITOR)
