"""/: a visitor sees what this is, everybody else what needs doing next."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.choices import RoleName
from tests import factories

from .pages import links_of, log_in, text_of

pytestmark = pytest.mark.django_db


def home(client):
    return client.get(reverse("home"))


def test_a_visitor_sees_what_this_is_and_where_to_go(client):
    response = home(client)
    page = text_of(response)
    assert response.status_code == 200
    assert "Ikrar netralitas, dari upacara hingga pakta yang dapat diperiksa." in page
    assert reverse("account_login") in links_of(response)
    for name in ("entrance", "verify"):
        assert f'action="{reverse(name)}"' in response.content.decode()


def test_who_has_no_role_is_told_whom_to_ask(client):
    factories.open_ceremony(title="Apel Rahasia")
    client.force_login(factories.UserFactory())
    page = text_of(home(client))
    assert "Akun Anda belum memiliki peran" in page
    assert "Apel Rahasia" not in page


def test_hr_of_a_new_government_begins_with_the_employees(client):
    log_in(client, RoleName.HR, factories.GovernmentFactory())
    response = home(client)
    assert "Masukkan data pegawai" in text_of(response)
    assert reverse("employee-list") in links_of(response)


def test_each_role_sees_its_next_step_and_the_progress_of_its_own_people(client):
    opd = factories.OpdFactory()
    other = factories.OpdFactory(parent=factories.government_of(opd))
    for agency in (opd, opd, other):
        factories.EmployeeFactory(agency=agency)
    ceremony = factories.open_ceremony(factories.government_of(opd), employees=0, title="Apel Kota")
    factories.sign(ceremony.participants.filter(opd=opd).first())
    seen = {}
    for role in (RoleName.HEAD, RoleName.OPERATOR):
        log_in(client, role, opd)
        response = home(client)
        page = text_of(response)
        assert "Sudah menandatangani 1 dari 2 (50%)" in page
        assert "Belum menandatangani: Apel Kota" in page
        seen[role] = reverse("slip-list", args=[ceremony.uuid]) in links_of(response)
    assert seen == {RoleName.HEAD: False, RoleName.OPERATOR: True}


def test_nothing_to_do_is_said_in_words(client):
    opd = factories.OpdFactory()
    log_in(client, RoleName.HEAD, opd)
    page = text_of(home(client))
    assert "Tidak ada yang menunggu Anda saat ini." in page
    assert "Tidak ada acara yang sedang dibuka." in page


def test_ceremonies_of_other_governments_stay_out_of_sight(client):
    factories.open_ceremony(title="Apel Kota Lain")
    own = factories.ceremony_in("CLOSED", title="Apel Sendiri")
    log_in(client, RoleName.AUDITOR, own.organizer)
    page = text_of(home(client))
    assert "Apel Sendiri" in page
    assert "Apel Kota Lain" not in page


@pytest.mark.parametrize("role", RoleName.values)
def test_home_needs_no_more_queries_for_more_ceremonies(client, role):
    counts = []
    for ceremonies in (1, 30):
        opd = factories.OpdFactory()
        for _ in range(ceremonies):
            factories.open_ceremony(opd)
        log_in(client, role, opd)
        with CaptureQueriesContext(connection) as queries:
            assert home(client).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
