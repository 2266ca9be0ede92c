"""Roles: given on an agency of the account's own government, and ended."""

from importlib import import_module

import pytest
from django.apps import apps

from agencies.models import Event, Role, User
from agencies.services import roles
from netralitas.lib.errors import Refusal
from tests import factories


def held(user):
    return User.objects.get(pk=user.pk).rights.grants


def test_a_role_holds_from_the_next_request_on(city):
    roles.grant_role(actor=city.hr, user=city.head, role="OPERATOR", agency=city.unit)
    assert ("OPERATOR", city.unit.path) in held(city.head)


def test_granting_a_role_twice_is_granting_it_once(city):
    for _ in range(2):
        roles.grant_role(actor=city.hr, user=city.head, role="OPERATOR", agency=city.unit)
    assert Event.objects.filter(act="role.granted").count() == 1
    assert city.head.roles.count() == 2


def test_no_role_reaches_into_another_government(city, regency):
    with pytest.raises(Refusal, match=roles.FOREIGN) as refusal:
        roles.grant_role(actor=city.hr, user=city.head, role="HEAD", agency=regency.opd)
    assert refusal.value.field == "agency"
    assert held(city.head) == (("HEAD", city.opd.path),)


def test_an_account_without_a_government_gets_no_role(city):
    with pytest.raises(Refusal, match=roles.FOREIGN):
        roles.grant_role(actor=city.hr, user=factories.UserFactory(), role="HEAD", agency=city.opd)


def test_roles_from_before_that_reach_into_another_government_were_ended(city, regency):
    """By the migration, for those that were held before governments kept accounts."""
    Role.objects.create(user=city.head, agency=regency.opd, role="HEAD")
    import_module("agencies.migrations.0008_roles_in_time_and_place").end_foreign(apps, None)
    assert held(city.head) == (("HEAD", city.opd.path),)
    event = Event.objects.get()
    assert (event.act, event.object_id, event.actor) == ("role.ended", str(city.head.uuid), None)
    assert event.government == regency.government
    assert event.data == {"role": "HEAD", "agency": str(regency.opd.uuid)}


def test_hr_is_a_role_on_the_whole_government_only(city):
    with pytest.raises(Refusal, match="hanya dapat diberikan pada pemerintah daerah"):
        roles.grant_role(actor=city.hr, user=city.head, role="HR", agency=city.opd)
    roles.grant_role(actor=city.hr, user=city.head, role="HR", agency=city.government)
    assert ("HR", city.government.path) in held(city.head)


def test_a_retired_agency_gets_no_roles(city):
    city.unit.retired_at = city.hr.date_joined
    with pytest.raises(Refusal, match=roles.RETIRED):
        roles.grant_role(actor=city.hr, user=city.head, role="HEAD", agency=city.unit)


def test_an_ended_role_is_gone_and_says_so(city):
    role = city.head.roles.get()
    roles.end_role(actor=city.hr, role=role)
    assert held(city.head) == ()
    event = Event.objects.get(act="role.ended")
    assert (event.actor, event.object_id) == (city.hr, str(city.head.uuid))
    assert event.data == {"role": "HEAD", "agency": str(city.opd.uuid)}


def test_a_role_that_somebody_else_just_ended_is_not_ended_twice(city):
    role, same = city.head.roles.get(), city.head.roles.get()
    roles.end_role(actor=city.hr, role=role)
    with pytest.raises(Refusal, match=roles.NOT_HELD):
        roles.end_role(actor=city.hr, role=same)


def test_the_last_hr_keeps_the_role(city):
    role = city.hr.roles.get()
    with pytest.raises(Refusal, match="satu-satunya akun BKPSDM"):
        roles.end_role(actor=city.hr, role=role)
    assert Role.objects.filter(pk=role.pk).exists()


@pytest.mark.parametrize("other", [{"is_active": False}, {"password": "!never-set"}])
def test_who_cannot_log_in_does_not_count_as_another_hr(city, other):
    user = factories.user_with_role("HR", city.government)
    User.objects.filter(pk=user.pk).update(**other)
    with pytest.raises(Refusal):
        roles.end_role(actor=city.hr, role=city.hr.roles.get())


def test_of_two_hr_one_may_leave(city):
    other = factories.user_with_role("HR", city.government)
    roles.end_role(actor=city.hr, role=city.hr.roles.get())
    with pytest.raises(Refusal):
        roles.end_role(actor=other, role=other.roles.get())
