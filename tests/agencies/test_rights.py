"""Rights are plain values: roles on paths of the tree."""

import pytest

from agencies.choices import RoleName
from agencies.models import Agency, Role, User
from agencies.rights import NO_RIGHTS, Rights
from tests import factories

RIGHTS = Rights(((RoleName.HEAD, "00010002"), (RoleName.OPERATOR, "00010003")))


@pytest.mark.parametrize(
    ("path", "role", "held"),
    [
        ("00010002", RoleName.HEAD, True),
        ("000100020001", RoleName.HEAD, True),
        ("0001", RoleName.HEAD, False),
        ("00010003", RoleName.HEAD, False),
        ("00010003", RoleName.OPERATOR, True),
        ("00010002", RoleName.OPERATOR, False),
        ("00020002", RoleName.HEAD, False),
        ("00010002", RoleName.HR, False),
    ],
)
def test_a_role_is_held_on_its_agency_and_below(path, role, held):
    assert RIGHTS.holds(Agency(path=path), role) is held


def test_one_of_several_roles_is_enough():
    opd = Agency(path="00010002")
    assert RIGHTS.holds(opd, RoleName.HR, RoleName.HEAD)
    assert not RIGHTS.holds(opd, RoleName.HR, RoleName.AUDITOR)


def test_roles_are_found_wherever_they_are_held():
    assert RIGHTS.holds_any(RoleName.OPERATOR)
    assert RIGHTS.holds_any(RoleName.HR, RoleName.HEAD)
    assert not RIGHTS.holds_any(RoleName.HR, RoleName.AUDITOR)


def test_paths_are_sorted_and_named_once():
    twice = Rights((*RIGHTS.grants, (RoleName.HR, "00010002")))
    assert twice.paths() == ["00010002", "00010003"]
    assert twice.paths(RoleName.OPERATOR) == ["00010003"]
    assert twice.paths(RoleName.HR, RoleName.HEAD) == ["00010002"]
    assert twice.paths(RoleName.AUDITOR) == []


def test_nobody_holds_nothing():
    assert not NO_RIGHTS.holds(Agency(path="0001"), *RoleName)
    assert (NO_RIGHTS.holds_any(*RoleName), NO_RIGHTS.paths()) == (False, [])


@pytest.mark.django_db
def test_the_rights_of_a_user_are_its_roles_read_once(django_assert_num_queries):
    opd = factories.OpdFactory()
    user = factories.user_with_role(RoleName.HEAD, opd)
    Role.objects.create(user=user, agency=opd, role=RoleName.OPERATOR)
    user = User.objects.get(pk=user.pk)
    with django_assert_num_queries(1):
        held = set(user.rights.grants) | set(user.rights.grants)
    assert held == {("HEAD", opd.path), ("OPERATOR", opd.path)}


@pytest.mark.django_db
def test_an_ended_account_has_no_rights_and_staff_flags_give_none():
    ended = factories.user_with_role(RoleName.HR, factories.OpdFactory(), is_active=False)
    assert ended.rights == NO_RIGHTS
    flagged = factories.UserFactory(is_staff=True, is_superuser=True)
    assert flagged.rights == NO_RIGHTS
