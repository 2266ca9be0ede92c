"""Who may do what with the pledge, as one table on unsaved objects."""

import pytest

from agencies.choices import RoleName
from agencies.models import Agency
from agencies.rights import NO_RIGHTS, Rights
from pledges import rules

GOVERNMENT, OPD, UNIT = Agency(path="0001"), Agency(path="00010002"), Agency(path="000100020003")
SIBLING, FOREIGN = Agency(path="00010003"), Agency(path="0002")
HR, OPERATOR, HEAD, AUDITOR = RoleName

# The roles that the rule allows, of whoever holds them on the OPD.
ON_AN_AGENCY = {
    rules.may_manage: {HR},
    rules.may_read_history: {HR, AUDITOR},
    rules.may_invite: {HR, OPERATOR},
    rules.may_record_absence: {HR, OPERATOR},
    rules.may_read_pacts: {HR, HEAD, AUDITOR},
    rules.may_read_minutes: {HR, HEAD, AUDITOR},
    rules.may_show_board: {HR, OPERATOR, AUDITOR},
}
ANYWHERE = {
    rules.may_prepare: {HR},
    rules.may_read_any_pacts: {HR, HEAD, AUDITOR},
    rules.may_assist_anywhere: {HR, OPERATOR},
    rules.may_invite_any: {HR, OPERATOR},
}


def rights_on(role, agency):
    return Rights(((role, agency.path),))


@pytest.mark.parametrize("rule", ON_AN_AGENCY)
@pytest.mark.parametrize("role", RoleName)
def test_a_role_counts_for_its_agency_and_below_and_nowhere_else(rule, role):
    allowed = role in ON_AN_AGENCY[rule]
    rights = rights_on(role, OPD)
    answers = [rule(rights, agency) for agency in (OPD, UNIT, GOVERNMENT, SIBLING, FOREIGN)]
    assert answers == [allowed, allowed, False, False, False]


@pytest.mark.parametrize("rule", ANYWHERE)
@pytest.mark.parametrize("role", RoleName)
def test_what_makes_sense_for_a_role_does_so_wherever_it_is_held(rule, role):
    allowed = role in ANYWHERE[rule]
    assert [rule(rights_on(role, agency)) for agency in (GOVERNMENT, UNIT)] == [allowed, allowed]


def test_without_a_role_nothing_is_allowed():
    on_agencies = [rule(NO_RIGHTS, GOVERNMENT) for rule in ON_AN_AGENCY]
    assert on_agencies + [rule(NO_RIGHTS) for rule in ANYWHERE] == [False] * 11
