"""Links of the single sign-on: they end with the account, with its employee, or when HR says so."""

import pytest
from allauth.socialaccount.models import SocialAccount

from agencies.models import Event
from agencies.services import accounts, links
from netralitas.lib.errors import Refusal
from tests import factories

PERSON = {"provider": "https://sso.example.go.id", "uid": "sub-siti"}


@pytest.fixture
def user(city):
    """Siti's account, to which she came by the single sign-on."""
    employee = factories.EmployeeFactory(agency=city.opd)
    user = factories.UserFactory(government=city.government, employee=employee)
    assert links.link(user=user, **PERSON)
    return user


def told(user):
    """What the trail says of the links of `user`: (act, actor, government, data)."""
    found = Event.objects.of(user).filter(act__in=("account.linked", "account.unlinked"))
    return [
        (event.act, event.actor, event.government, event.data) for event in found.order_by("id")
    ]


def change(city, user, **changes):
    details = {"name": user.first_name, "email": user.email, "employee": user.employee, **changes}
    accounts.change_account(actor=city.hr, user=user, **details)


def test_the_link_ends_with_the_account(city, user):
    accounts.end_account(actor=city.hr, user=user)
    assert links.owner_of(**PERSON) is None
    reason = {"reason": "account_ended"}
    assert told(user) == [
        ("account.linked", None, city.government, {}),
        ("account.unlinked", city.hr, city.government, reason),
    ]


def test_the_link_ends_when_the_account_becomes_another_employees(city, user):
    change(city, user, name="Siti")
    assert links.owner_of(**PERSON) == user
    change(city, user, employee=factories.EmployeeFactory(agency=city.opd))
    assert links.owner_of(**PERSON) is None
    reason = {"reason": "other_employee"}
    assert told(user)[1:] == [("account.unlinked", city.hr, city.government, reason)]


def test_hr_undoes_the_link_with_an_event(city, user):
    links.unlink(actor=city.hr, user=user)
    assert not SocialAccount.objects.exists()
    assert told(user)[1:] == [("account.unlinked", city.hr, city.government, {})]
    assert {event.employee for event in Event.objects.of(user)} == {user.employee}


def test_where_there_is_no_link_there_is_nothing_to_undo(city):
    with pytest.raises(Refusal, match=r"belum pernah masuk melalui masuk tunggal \(SSO\)"):
        links.unlink(actor=city.hr, user=city.head)
    assert not Event.objects.filter(act="account.unlinked").exists()


def test_the_link_follows_the_number_to_another_government_and_nobody_else(city, regency, user):
    somebody = factories.EmployeeFactory(agency=regency.opd)
    other = factories.UserFactory(government=regency.government, employee=somebody)
    assert not links.link(user=other, **PERSON)
    assert links.owner_of(**PERSON) == user
    same = factories.EmployeeFactory(agency=regency.opd, number=user.employee.number)
    moved = factories.UserFactory(government=regency.government, employee=same)
    assert links.link(user=moved, **PERSON)
    assert links.owner_of(**PERSON) == moved
    reason = {"reason": "other_account"}
    assert told(user)[1:] == [("account.unlinked", None, city.government, reason)]
    assert told(moved) == [("account.linked", None, regency.government, {})]
    assert links.link(user=moved, **PERSON)
    assert len(told(moved)) == 1
