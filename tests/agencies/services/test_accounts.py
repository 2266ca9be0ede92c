"""Accounts: made with an invitation, changed, ended and restored."""

import pytest
from allauth.account.forms import default_token_generator
from django.core import mail

from agencies.choices import AccountState
from agencies.models import Event, User
from agencies.services import account_mails, accounts
from netralitas.lib.errors import Refusal
from tests import factories


def invite(city, **changes):
    details = {
        "government": city.government,
        "name": "Khairil Adli",
        "email": "khairil@dumaikota.example",
        "role": "HEAD",
        "agency": city.opd,
        **changes,
    }
    return accounts.invite_user(actor=city.hr, **details)


def acts_of(user):
    return list(Event.objects.of(user).order_by("id").values_list("act", flat=True))


# Inviting ---------------------------------------------------------------------------------------


def test_an_invited_user_has_a_role_but_no_password_until_the_link_is_used(city):
    user = invite(city)
    assert user.government == city.government
    assert user.state == AccountState.INVITED
    assert user.rights.grants == (("HEAD", city.opd.path),)
    assert str(user) == "Khairil Adli"


def test_every_step_of_an_invitation_is_an_event_of_its_actor(city):
    user = invite(city)
    assert acts_of(user) == ["account.created", "role.granted", "account.invited"]
    assert set(Event.objects.of(user).values_list("actor", "government")) == {
        (city.hr.pk, city.government.pk)
    }


def test_events_of_an_account_name_the_employee_but_hold_nothing_personal(city):
    employee = factories.EmployeeFactory(agency=city.opd)
    user = invite(city, employee=employee)
    created, granted, invited = Event.objects.of(user).order_by("id")
    assert (created.employee, created.data) == (employee, {})
    assert (invited.employee, invited.data) == (employee, {})
    assert granted.data == {"role": "HEAD", "agency": str(city.opd.uuid)}


def test_the_user_name_is_what_was_given_in_small_letters(city):
    assert invite(city, username="Kepala.Kominfo").username == "kepala.kominfo"


def test_the_user_name_of_an_employee_is_the_number(city):
    employee = factories.EmployeeFactory(agency=city.unit)
    assert invite(city, employee=employee).username == employee.number


@pytest.mark.parametrize(
    ("email", "username"),
    [
        ("Khairil.Adli@dumaikota.example", "khairil.adli"),
        ("o'neil+x@dumaikota.example", "oneilx"),
        ("0811223344@dumaikota.example", "khairil.adli"),
        ("sekretariat@dumaikota.example", "sekretariat.3"),
    ],
)
def test_without_a_number_the_user_name_comes_from_the_address(city, email, username):
    factories.UserFactory(username="Sekretariat")
    factories.UserFactory(username="sekretariat.2")
    assert invite(city, email=email).username == username


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"username": "LAMA"}, "username", "Nama pengguna lama sudah dipakai."),
        ({"username": "197906062001042001"}, "username", accounts.ONLY_DIGITS),
    ],
)
def test_a_user_name_that_is_taken_or_looks_like_a_number_is_refused(
    city, changes, field, sentence
):
    factories.UserFactory(username="lama")
    with pytest.raises(Refusal) as refusal:
        invite(city, **changes)
    assert (refusal.value.field, refusal.value.message) == (field, sentence)


def test_an_employee_has_one_account(city):
    employee = factories.EmployeeFactory(agency=city.opd)
    invite(city, employee=employee)
    with pytest.raises(Refusal, match=accounts.HAS_ACCOUNT):
        invite(city, employee=employee, username="lain")


def test_an_employee_of_another_government_is_refused(city, regency):
    with pytest.raises(Refusal, match=accounts.FOREIGN_EMPLOYEE):
        invite(city, employee=regency.employee)


def test_who_has_left_is_not_invited(city):
    employee = factories.EmployeeFactory(agency=city.opd, active=False, email="a@b.example")
    with pytest.raises(Refusal, match=accounts.INACTIVE_EMPLOYEE):
        invite(city, employee=employee)
    with pytest.raises(Refusal, match=accounts.INACTIVE_EMPLOYEE):
        accounts.invite_employee(actor=city.hr, employee=employee)


def test_a_refused_role_leaves_no_account_behind(city, regency):
    before = User.objects.count(), Event.objects.count()
    with pytest.raises(Refusal):
        invite(city, agency=regency.opd)
    assert (User.objects.count(), Event.objects.count()) == before


def test_an_account_with_a_password_belongs_to_the_government_of_its_role(city):
    user = accounts.create_account(
        actor=None,
        username="bkpsdm",
        password=factories.PASSWORD,
        role="HR",
        agency=city.government,
    )
    assert (user.government, user.state) == (city.government, AccountState.ACTIVE)
    assert acts_of(user) == ["account.created", "role.granted"]


# Claims of employees ----------------------------------------------------------------------------


@pytest.fixture
def employee(city):
    return factories.EmployeeFactory(agency=city.unit, email="siti@dumaikota.example")


def test_an_employee_claims_an_account_without_a_role(city, employee, run_tasks):
    user = accounts.invite_employee(actor=city.operator, employee=employee)
    run_tasks()
    assert (user.username, user.employee, user.email) == (employee.number, employee, employee.email)
    assert user.government == city.government
    assert user.rights.grants == ()
    assert [message.to for message in mail.outbox] == [[employee.email]]


def test_a_second_account_for_a_number_is_named_by_the_address_and_its_mails_tell_no_number(
    city, regency, employee, run_tasks
):
    other = factories.EmployeeFactory(
        agency=regency.opd, number=employee.number, email="siti@murungraya.example"
    )
    first = accounts.invite_employee(actor=city.hr, employee=employee)
    second = accounts.invite_employee(actor=regency.hr, employee=other)
    assert (first.username, second.username) == (employee.number, "siti")
    run_tasks()
    message = mail.outbox[1]
    assert message.to == ["siti@murungraya.example"]
    assert "siti" in message.body
    assert employee.number not in message.body + message.alternatives[0].content


@pytest.mark.parametrize("local", ["{number}", "asn.{number}", "08112233", "..."])
def test_an_address_that_tells_a_number_gives_way_to_the_name(city, regency, employee, local):
    address = f"{local.format(number=employee.number)}@murungraya.example"
    other = factories.EmployeeFactory(
        agency=regency.opd, number=employee.number, name="Siti Aminah", email=address
    )
    accounts.invite_employee(actor=city.hr, employee=employee)
    account = accounts.invite_employee(actor=regency.hr, employee=other)
    assert account.username == "siti.aminah"


def test_the_address_that_would_be_mailed_is_the_one_that_must_not_be_shared(city, employee):
    user = invite(city, employee=employee)
    factories.EmployeeFactory(agency=city.opd, email=employee.email)
    assert accounts.invite_employee(actor=city.operator, employee=employee) == user
    factories.EmployeeFactory(agency=city.opd, email=user.email)
    with pytest.raises(Refusal, match="juga tercatat pada pegawai atau akun lain"):
        accounts.invite_employee(actor=city.operator, employee=employee)


def test_nobody_is_invited_or_invited_again_at_the_address_of_somebody_else(city, employee):
    user = invite(city, employee=employee)
    factories.EmployeeFactory(agency=city.opd, email="Khairil@dumaikota.example")
    with pytest.raises(Refusal, match="juga tercatat") as refusal:
        account_mails.send_invitation(actor=city.hr, user=user)
    assert refusal.value.field == "email"
    somebody = factories.EmployeeFactory(agency=city.opd)
    with pytest.raises(Refusal, match="juga tercatat"):
        invite(city, employee=somebody)
    assert not User.objects.filter(employee=somebody).exists()


def test_the_account_of_an_office_may_be_at_the_mailbox_of_the_office(city):
    factories.EmployeeFactory(agency=city.opd, email="khairil@dumaikota.example")
    assert invite(city).state == AccountState.INVITED


def test_an_employee_without_an_address_cannot_be_invited(city):
    with pytest.raises(Refusal, match="Alamat surel belum diisi."):
        accounts.invite_employee(actor=city.hr, employee=factories.EmployeeFactory(agency=city.opd))


def test_who_uses_the_account_already_is_not_invited_again(city, employee):
    factories.UserFactory(employee=employee, government=city.government)
    with pytest.raises(Refusal, match="sudah dibuat"):
        accounts.invite_employee(actor=city.hr, employee=employee)


def test_whose_account_was_ended_is_not_invited_past_hr(city, employee):
    factories.UserFactory(employee=employee, government=city.government, is_active=False)
    with pytest.raises(Refusal, match="sudah diakhiri"):
        accounts.invite_employee(actor=city.operator, employee=employee)


def test_a_second_claim_goes_to_the_address_on_record_by_then(city, employee, run_tasks):
    accounts.invite_employee(actor=city.hr, employee=employee)
    employee.email = "siti.baru@dumaikota.example"
    employee.save()
    accounts.invite_employee(actor=city.operator, employee=employee)
    run_tasks()
    assert [message.to for message in mail.outbox] == [["siti.baru@dumaikota.example"]]
    assert User.objects.filter(employee=employee).count() == 1


def test_a_claim_never_moves_the_invitation_of_somebody_with_a_role(city, employee):
    user = invite(city, employee=employee)
    again = accounts.invite_employee(actor=city.operator, employee=employee)
    assert again == user
    assert again.email == "khairil@dumaikota.example"


# Changing ---------------------------------------------------------------------------------------


def change(city, user, **changes):
    details = {"name": user.first_name, "email": user.email, "employee": user.employee, **changes}
    return accounts.change_account(actor=city.hr, user=user, **details)


@pytest.fixture
def head(city):
    city.head.email = "lama@dumaikota.example"
    city.head.save()
    return city.head


def test_a_changed_account_says_which_fields_and_never_what_they_held(city, head):
    employee = factories.EmployeeFactory(agency=city.opd)
    changed = change(city, head, name="Suriyanto", employee=employee)
    assert (changed.first_name, changed.employee) == ("Suriyanto", employee)
    assert Event.objects.of(head).get().data == {"fields": ["name", "employee"]}


def test_saving_without_a_change_leaves_no_event(city, head):
    change(city, head)
    assert acts_of(head) == []


def test_a_changed_address_is_told_to_the_old_one(city, head, run_tasks):
    change(city, head, email="baru@dumaikota.example")
    run_tasks()
    (message,) = mail.outbox
    assert message.to == ["lama@dumaikota.example"]
    assert message.subject == "Alamat surel akun Netralitas Anda diganti"
    assert "baru@dumaikota.example" not in message.body + message.alternatives[0].content


def test_a_link_mailed_to_the_old_address_sets_no_password_any_more(city, head):
    key = default_token_generator.make_token(head)
    changed = change(city, head, email="baru@dumaikota.example")
    assert not default_token_generator.check_token(changed, key)


def test_who_never_used_the_account_is_invited_at_the_new_address_instead(city, run_tasks):
    user = invite(city)
    run_tasks()
    change(city, user, email="betul@dumaikota.example")
    run_tasks()
    assert [message.to for message in mail.outbox] == [
        ["khairil@dumaikota.example"],
        ["betul@dumaikota.example"],
    ]


def test_an_account_keeps_an_employee_who_has_left(city, head):
    employee = factories.EmployeeFactory(agency=city.opd)
    change(city, head, employee=employee)
    employee.active = False
    employee.save()
    head.refresh_from_db()
    assert change(city, head, name="Nama Baru").employee == employee


# Ending and restoring ---------------------------------------------------------------------------


def test_an_ended_account_has_no_rights_and_its_roles_come_back_with_it(city):
    accounts.end_account(actor=city.hr, user=city.head)
    assert User.objects.get(pk=city.head.pk).rights.grants == ()
    accounts.restore_account(actor=city.hr, user=city.head)
    assert User.objects.get(pk=city.head.pk).rights.grants == (("HEAD", city.opd.path),)
    assert acts_of(city.head) == ["account.ended", "account.restored"]


def test_an_account_is_ended_or_restored_once(city):
    with pytest.raises(Refusal, match=accounts.NOT_ENDED):
        accounts.restore_account(actor=city.hr, user=city.head)
    accounts.end_account(actor=city.hr, user=city.head)
    with pytest.raises(Refusal, match=accounts.ALREADY_ENDED):
        accounts.end_account(actor=city.hr, user=city.head)


def test_the_last_hr_who_can_log_in_cannot_end_the_own_account(city):
    invite(city, role="HR", agency=city.government)
    with pytest.raises(Refusal, match="satu-satunya akun BKPSDM yang dapat masuk pada Pemerintah"):
        accounts.end_account(actor=city.hr, user=city.hr)
    assert User.objects.get(pk=city.hr.pk).is_active


def test_with_another_hr_who_can_log_in_the_own_account_may_end(city):
    factories.user_with_role("HR", city.government)
    accounts.end_account(actor=city.hr, user=city.hr)
    assert User.objects.get(pk=city.hr.pk).state == AccountState.ENDED


def test_an_invitation_that_waits_is_not_sent_to_an_ended_account(city, run_tasks):
    accounts.end_account(actor=city.hr, user=invite(city))
    run_tasks()
    assert mail.outbox == []
