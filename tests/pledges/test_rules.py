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
    rules.may_schedule: {HR, OPERATOR, HEAD},
    rules.may_invite: {HR, OPERATOR},
    rules.may_record_absence: {HR, OPERATOR},
    rules.may_read_pacts: {HR, HEAD, AUDITOR},
    rules.may_read_minutes: {HR, HEAD, AUDITOR},
    rules.may_show_board: {HR, OPERATOR, AUDITOR},
}
ANYWHERE = {
    rules.may_prepare: {HR},
    rules.may_read_any_pacts: {HR, HEAD, AUDITOR},
    rules.may_countersign_anywhere: {HEAD},
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


@pytest.mark.parametrize("role", RoleName)
def test_a_campaign_is_made_by_hr_of_the_whole_government(role):
    answers = [rules.may_run_campaigns(rights_on(role, agency)) for agency in (GOVERNMENT, OPD)]
    assert answers == [role == HR, False]


def test_without_a_role_nothing_is_allowed():
    on_agencies = [rule(NO_RIGHTS, GOVERNMENT) for rule in ON_AN_AGENCY]
    assert {*on_agencies, *(rule(NO_RIGHTS) for rule in ANYWHERE)} == {False}


# Of a pact of the OPD: the role, where it is held, and whether it lets somebody take note of it,
# of one of the OPD's own head, and of the own pact.
TAKING_NOTE = [
    (HEAD, OPD, (True, False, False)),
    (HEAD, GOVERNMENT, (False, True, False)),
    (HEAD, UNIT, (False, False, False)),
    (HEAD, SIBLING, (False, False, False)),
    (HEAD, FOREIGN, (False, False, False)),
    (HR, OPD, (False, False, False)),
    (HR, GOVERNMENT, (False, False, False)),
    (AUDITOR, GOVERNMENT, (False, False, False)),
]


@pytest.mark.parametrize(("role", "agency", "allowed"), TAKING_NOTE)
def test_a_head_takes_note_of_the_own_opd_and_the_one_above_of_its_head(role, agency, allowed):
    rights = rights_on(role, agency)
    cases = [(False, False), (True, False), (False, True)]
    answers = [
        rules.may_countersign(rights, OPD, of_head=of_head, is_own=is_own)
        for of_head, is_own in cases
    ]
    assert tuple(answers) == allowed
    assert not rules.may_countersign(rights, OPD, of_head=True, is_own=True)


def test_the_head_of_a_government_takes_note_of_its_own_office():
    rights = rights_on(HEAD, GOVERNMENT)
    cases = [False, True]
    answers = [
        rules.may_countersign(rights, GOVERNMENT, of_head=of_head, is_own=False)
        for of_head in cases
    ]
    assert answers == [True, True]


@pytest.mark.parametrize(("level", "allowed"), [("OPD", True), ("UNIT", False)])
def test_the_head_of_a_unit_takes_note_for_nobody(level, allowed):
    agency = Agency(path=OPD.path, level=level)
    assert rules.may_countersign_for(rights_on(HEAD, agency), agency) is allowed
