"""Accounts of people who log in, with `roles` the only writer of users: HR makes and ends them."""

from django.db import IntegrityError, transaction

from netralitas.lib.errors import Refusal

from ..choices import AccountState, Concern
from ..models import User
from . import account_mails, events, links, roles, sessions
from .addresses import invitation_address
from .usernames import free_username

TAKEN = "Nama pengguna {username} sudah dipakai."
ONLY_DIGITS = "Nama pengguna tidak boleh hanya angka: itu dapat disangka NIP orang lain."
JUST_TAKEN = "Nama pengguna atau pegawai ini baru saja dipakai akun lain."
HAS_ACCOUNT = "Pegawai ini sudah memiliki akun."
FOREIGN_EMPLOYEE = "Pegawai ini tidak bekerja pada pemerintah daerah yang mengelola akun."
INACTIVE_EMPLOYEE = "Pegawai ini tidak aktif lagi dalam daftar pegawai."
ALREADY_ENDED = "Akun ini sudah diakhiri."
NOT_ENDED = "Akun ini masih berlaku."


@transaction.atomic
def create_account(*, actor, username, password, role, agency, name="", email="", employee=None):
    """A new user with one role and a password that was validated before; no mail is sent.

    The agency's government keeps the account. Raises Refusal as `invite_user` does.
    """
    user = _add_user(
        actor=actor,
        government=agency.government,
        username=username,
        name=name,
        email=email,
        employee=employee,
        password=password,
    )
    roles.grant_role(actor=actor, user=user, role=role, agency=agency)
    return user


@transaction.atomic
def invite_user(*, actor, government, name, email, role, agency, username="", employee=None):
    """A new user with one role, who is mailed a link to set the password.

    Without `username` it is what `free_username` makes. Raises Refusal for a user name that is
    taken or might be taken for somebody's number, for an employee who has an account, has left or
    works elsewhere, for an address that `account_mails.send_invitation` refuses, and for a role
    that `roles.grant_role` refuses; nothing is written then.
    """
    user = _add_user(
        actor=actor,
        government=government,
        username=username or free_username(employee=employee, name=name, email=email),
        name=name,
        email=email,
        employee=employee,
    )
    roles.grant_role(actor=actor, user=user, role=role, agency=agency)
    account_mails.send_invitation(actor=actor, user=user)
    return user


@transaction.atomic
def invite_employee(*, actor, employee):
    """Let an employee claim an account without a role, by a link mailed to the address on record.

    Asking again sends a new link as long as the account was never used, to the address on record
    now if the account has no role. Raises Refusal if the employee has left, or for what
    `account_mails.send_invitation` refuses: nothing is written then.
    """
    if not employee.active:
        raise Refusal(INACTIVE_EMPLOYEE)
    user = User.objects.select_for_update(no_key=True).filter(employee=employee).first()
    address = invitation_address(employee, user)
    if user is None:
        user = _add_user(
            actor=actor,
            government=employee.government,
            username=free_username(employee=employee, name=employee.name, email=address),
            name=employee.full_name,
            email=address,
            employee=employee,
        )
    elif user.state == AccountState.INVITED and user.email != address:
        _set_address(user, address)
    account_mails.send_invitation(actor=actor, user=user)
    return user


@transaction.atomic
def change_account(*, actor, user, name, email, employee):
    """Change who an account belongs to; the event names the fields, never their content.

    A changed address is told to the old one; an account never used gets a new invitation at the new
    one instead. Links mailed before are void. With the employee goes whom the single sign-on knows.
    Raises Refusal for an employee who has an account, has left (unless it is the present one) or
    works elsewhere.
    """
    stored = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    wanted = {"first_name": name, "email": email, "employee": employee}
    changed = [field for field, value in wanted.items() if getattr(stored, field) != value]
    if not changed:
        return stored
    if "employee" in changed:
        _check_employee(employee, stored.government)
        links.forget(actor=actor, user=stored, reason=links.OTHER_EMPLOYEE)
    stored.first_name, stored.employee = name, employee
    _save_or_refuse(stored)
    if "email" in changed:
        _change_address(actor, stored, email)
    names = [field.replace("first_name", "name") for field in changed]
    _record(actor, "account.changed", stored, {"fields": names})
    return stored


@transaction.atomic
def end_account(*, actor, user):
    """Nobody logs in with the account any more, and who is logged in is out at the next request.

    Its roles stay for the day it is restored; whom the single sign-on knows is forgotten. Raises
    Refusal if it has ended already, or if nobody who can log in would be HR of its government
    after it.
    """
    stored = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not stored.is_active:
        raise Refusal(ALREADY_ENDED)
    if stored.government:
        roles.check_other_hr(stored, stored.government)
    stored.is_active = False
    if not stored.has_usable_password():
        stored.set_unusable_password()  # made anew: the link of an invitation is void
    stored.save(update_fields=["is_active", "password"])
    account_mails.drop_invitations(stored)
    sessions.remove_sessions(stored)
    links.forget(actor=actor, user=stored, reason=links.ACCOUNT_ENDED)
    _record(actor, "account.ended", stored)


@transaction.atomic
def restore_account(*, actor, user):
    """An ended account may log in again, with the roles it had. Raises Refusal if it is valid."""
    stored = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if stored.is_active:
        raise Refusal(NOT_ENDED)
    stored.is_active = True
    stored.save(update_fields=["is_active"])
    _record(actor, "account.restored", stored)


@transaction.atomic
def _add_user(*, actor, government, username, name, email, employee=None, password=None):
    """A user without a role; without `password` one must be set by a link. Refusals as above.

    The event says if the number has a valid account in another government as well.
    """
    _check_employee(employee, government)
    username = username.strip().lower()
    own_number = employee is not None and username == employee.number
    if username.isdigit() and not own_number:
        raise Refusal(ONLY_DIGITS, field="username")
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal(TAKEN.format(username=username), field="username")
    user = User(
        username=username,
        first_name=name[: User._meta.get_field("first_name").max_length],
        email=email,
        employee=employee,
        government=government,
    )
    user.set_password(password)
    _save_or_refuse(user)
    twice = User.objects.of_concern(Concern.TWICE).filter(pk=user.pk).exists()
    _record(actor, "account.created", user, {"twice": True} if twice else None)
    return user


def _check_employee(employee, government):
    if employee is None:
        return
    if employee.government_id != government.pk:
        raise Refusal(FOREIGN_EMPLOYEE, field="employee")
    if not employee.active:
        raise Refusal(INACTIVE_EMPLOYEE, field="employee")
    if User.objects.filter(employee=employee).exists():
        raise Refusal(HAS_ACCOUNT, field="employee")


def _save_or_refuse(user):
    """Save; whoever took the user name or the employee a moment earlier makes it a Refusal."""
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise Refusal(JUST_TAKEN) from error


def _change_address(actor, user, email):
    old = user.email
    _set_address(user, email)
    if user.state == AccountState.INVITED:
        account_mails.send_invitation(actor=actor, user=user)
    elif old:
        account_mails.tell_old_address(actor=actor, user=user, address=old)


def _set_address(user, email):
    """Links in mails to the old address are void: a key holds for one address."""
    user.email = email
    user.save(update_fields=["email"])


def _record(actor, act, user, data=None):
    events.record(
        actor=actor,
        act=act,
        obj=user,
        government=user.government,
        employee=user.employee,
        data=data,
    )
