"""Who lets people in: rules as a table, and what the database itself holds about accounts."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies import rules
from agencies.choices import AccountState, RoleName
from agencies.models import AccountMail, User
from agencies.rights import NO_RIGHTS
from tests import factories

from .test_rules import FOREIGN, GOVERNMENT, OPD, OTHER_OPD, UNIT, rights


@pytest.mark.parametrize(
    ("rule", "role", "held_on", "agency", "allowed"),
    [
        (rules.may_see_account, RoleName.HR, GOVERNMENT, GOVERNMENT, True),
        (rules.may_see_account, RoleName.AUDITOR, GOVERNMENT, GOVERNMENT, True),
        (rules.may_see_account, RoleName.HR, FOREIGN, GOVERNMENT, False),
        (rules.may_see_account, RoleName.HEAD, GOVERNMENT, GOVERNMENT, False),
        (rules.may_keep_account, RoleName.HR, GOVERNMENT, GOVERNMENT, True),
        (rules.may_keep_account, RoleName.AUDITOR, GOVERNMENT, GOVERNMENT, False),
        (rules.may_keep_account, RoleName.HR, OPD, GOVERNMENT, False),
        (rules.may_invite_employees, RoleName.HR, GOVERNMENT, UNIT, True),
        (rules.may_invite_employees, RoleName.OPERATOR, OPD, UNIT, True),
        (rules.may_invite_employees, RoleName.OPERATOR, OPD, OTHER_OPD, False),
        (rules.may_invite_employees, RoleName.HEAD, OPD, OPD, False),
        (rules.may_invite_employees, RoleName.AUDITOR, GOVERNMENT, OPD, False),
    ],
)
def test_who_may_do_what_with_accounts(rule, role, held_on, agency, allowed):
    assert rule(rights(role, held_on), agency) is allowed
    assert rule(NO_RIGHTS, agency) is False


@pytest.mark.parametrize(
    ("role", "held_on", "sees", "adds"),
    [
        (RoleName.HR, GOVERNMENT, True, True),
        (RoleName.AUDITOR, GOVERNMENT, True, False),
        (RoleName.HR, OPD, False, False),
        (RoleName.AUDITOR, OPD, False, False),
        (RoleName.HEAD, GOVERNMENT, False, False),
        (RoleName.OPERATOR, GOVERNMENT, False, False),
    ],
)
def test_only_roles_on_a_whole_government_lead_to_its_accounts(role, held_on, sees, adds):
    held = rights(role, held_on)
    assert (rules.may_see_users(held), rules.may_add_users(held)) == (sees, adds)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, AccountState.ACTIVE),
        ({"password": "!"}, AccountState.INVITED),
        ({"password": "!", "last_login": timezone.now()}, AccountState.ACTIVE),
        ({"password": "!", "is_active": False}, AccountState.ENDED),
        ({"is_active": False}, AccountState.ENDED),
    ],
)
def test_an_account_knows_its_state(fields, state):
    assert User(**{"password": "md5$x$y", **fields}).state == state


def test_a_user_name_is_used_once_however_it_is_written(db):
    factories.UserFactory(username="kepala")
    with pytest.raises(IntegrityError):
        factories.UserFactory(username="Kepala")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "SENT", "sent_at": None},
        {"state": "WAITING", "address": "a@b.example", "sent_at": timezone.now()},
        {"state": "WAITING", "address": ""},
        {"state": "SENT", "sent_at": timezone.now(), "address": "a@b.example"},
        {"state": "FAILED", "address": "a@b.example"},
    ],
)
def test_a_mail_keeps_its_address_only_while_it_waits_and_its_time_only_once_sent(city, fields):
    with pytest.raises(IntegrityError, match="account_mail_"), transaction.atomic():
        AccountMail.objects.create(user=city.head, kind="INVITATION", **fields)
