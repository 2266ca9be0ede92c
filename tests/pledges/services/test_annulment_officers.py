"""Who may be the second officer of an annulment: HR since before it was asked for."""

import pytest
from django.db import IntegrityError, transaction

from agencies.choices import RoleName
from agencies.services import accounts, roles
from pledges.errors import WrongState
from pledges.models import Participant
from pledges.services import annulments
from tests import factories
from tests.annulling import annulment_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    return factories.open_ceremony(factories.OpdFactory())


@pytest.fixture
def signature(ceremony):
    return factories.sign(factories.participant_of(ceremony))


@pytest.fixture
def government(ceremony):
    return factories.government_of(ceremony.organizer)


@pytest.fixture
def first(government):
    return factories.user_with_role(RoleName.HR, government)


@pytest.fixture
def second(government):
    return factories.user_with_role(RoleName.HR, government)


@pytest.fixture
def request_(signature, first, second):
    return annulment_request(signature, asker=first)


def refused(actor, request):
    """Consenting is refused because of who it is, and nothing has happened."""
    with pytest.raises(WrongState, match="sudah bertugas sebelum pengajuan"):
        annulments.consent(actor=actor, request=request)
    request.refresh_from_db()
    return request.state == "ASKED" and not Participant.objects.annulled().exists()


def test_one_invited_after_the_asking_consents_to_nothing_but_may_decline(
    first, government, request_
):
    invited = accounts.invite_user(
        actor=first,
        government=government,
        name="Saya Juga",
        email="saya@dumaikota.example",
        role=RoleName.HR,
        agency=government,
    )
    assert refused(invited, request_)
    annulments.decline(actor=invited, request=request_)
    assert request_.state == "DECLINED"


def test_an_older_account_that_became_hr_after_the_asking_consents_to_nothing(
    first, government, ceremony, signature
):
    operator = factories.user_with_role(RoleName.OPERATOR, ceremony.organizer)
    request = annulment_request(signature, asker=first)
    roles.grant_role(actor=first, user=operator, role=RoleName.HR, agency=government)
    assert refused(operator, request)


def test_hr_of_another_government_consents_to_nothing(signature, first):
    stranger = factories.user_with_role(RoleName.HR, factories.GovernmentFactory())
    assert refused(stranger, annulment_request(signature, asker=first))


def test_a_role_that_ended_and_was_given_again_counts_from_then(
    first, second, government, request_
):
    roles.end_role(actor=first, role=second.roles.get())
    assert refused(second, request_)
    roles.grant_role(actor=first, user=second, role=RoleName.HR, agency=government)
    assert refused(second, request_)


def test_an_account_that_came_into_other_hands_after_the_asking_consents_to_nothing(
    first, second, request_
):
    new = {"name": "Pengguna", "email": "saya@dumaikota.example", "employee": None}
    accounts.change_account(actor=first, user=second, **new)
    assert refused(second, request_)


def test_an_account_restored_after_the_asking_consents_to_nothing(first, second, signature):
    accounts.end_account(actor=first, user=second)
    request = annulment_request(signature, asker=first)
    second.refresh_from_db()
    assert refused(second, request)
    accounts.restore_account(actor=first, user=second)
    second.refresh_from_db()
    assert refused(second, request)


def test_what_happened_to_the_account_before_the_asking_hinders_nothing(first, second, signature):
    new = {"name": "Nama Baru", "email": "baru@dumaikota.example", "employee": None}
    accounts.change_account(actor=first, user=second, **new)
    request = annulment_request(signature, asker=first)
    annulment = annulments.consent(actor=second, request=request)
    assert annulment.consenter_since == second.roles.get().granted_at < request.asked_at


def test_an_employee_has_one_account_and_so_is_never_both(ceremony, government):
    employee = factories.EmployeeFactory(agency=ceremony.organizer)
    factories.user_with_role(RoleName.HR, government, employee=employee)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.user_with_role(RoleName.HR, government, employee=employee)
