"""The main menu, by what the user may do."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from agencies.choices import RoleName
from netralitas.navigation import navigation
from tests import factories

LABELS = ["Beranda", "Acara", "Pegawai", "Instansi", "Pemilu", "Naskah"]
OFFICE = ["Impor", "Pengguna", "Jejak audit"]
SEAL = ["Segel"]


def menu(user, address="/"):
    request = RequestFactory().get(address)
    request.user = user
    return navigation(request)


def active(user, address):
    return [item.label for item in menu(user, address)["navigation"] if item.active]


def test_a_visitor_has_no_menu():
    assert menu(AnonymousUser()) == {"navigation": [], "role_label": ""}


def test_a_request_that_failed_before_the_login_was_read_has_no_menu():
    assert navigation(RequestFactory().get("/")) == {"navigation": [], "role_label": ""}


@pytest.mark.django_db
def test_who_has_no_role_has_no_menu():
    assert menu(factories.UserFactory()) == {"navigation": [], "role_label": ""}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "label", "more"),
    [
        ("HR", "BKPSDM", SEAL),
        ("OPERATOR", "Operator OPD", []),
        ("HEAD", "Kepala OPD", []),
        ("AUDITOR", "Inspektorat", SEAL),
    ],
)
def test_a_role_is_named_and_has_what_it_may_open_in_the_menu(role, label, more):
    shown = menu(factories.user_with_role(role, factories.OpdFactory()))
    assert [item.label for item in shown["navigation"]] == LABELS + more
    assert shown["role_label"] == label


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "more"),
    [("HR", OFFICE + SEAL), ("AUDITOR", OFFICE + SEAL), ("HEAD", []), ("OPERATOR", [])],
)
def test_the_office_of_a_whole_government_has_more_in_the_menu(role, more):
    shown = menu(factories.user_with_role(role, factories.GovernmentFactory()))
    assert [item.label for item in shown["navigation"]] == LABELS + more


@pytest.mark.django_db
def test_several_roles_are_named_once_each_the_strongest_first():
    opd = factories.OpdFactory()
    user = factories.user_with_role(RoleName.HEAD, opd)
    for role, agency in [("HR", opd), ("HEAD", factories.OpdFactory())]:
        user.roles.create(role=role, agency=agency)
    assert menu(user)["role_label"] == "BKPSDM, Kepala OPD"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/", ["Beranda"]),
        ("/acara/", ["Acara"]),
        ("/acara/0001/peserta/", ["Acara"]),
        ("/acara/kalender/", ["Acara"]),
        ("/rangkaian/0001/", ["Acara"]),
        ("/pemilu/baru/", ["Pemilu"]),
        ("/segel/", ["Segel"]),
        ("/keluar/", []),
    ],
)
def test_where_one_is_is_marked(address, expected):
    user = factories.user_with_role(RoleName.HR, factories.OpdFactory())
    assert active(user, address) == expected
