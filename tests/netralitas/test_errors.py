"""Every error has a page of its own, in Indonesian, and a refusal tells its reason."""

from uuid import uuid4

import pytest
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404
from django.test import Client, RequestFactory, override_settings
from django.urls import path, reverse

from agencies.choices import RoleName
from netralitas.errors import server_error
from netralitas.lib.errors import Refusal
from netralitas.urls import handler400, handler403, handler404, handler500, urlpatterns
from pledges.errors import UnknownInvitation
from tests import factories
from tests.pledges.views.pages import text_of

__all__ = ["handler400", "handler403", "handler404", "handler500"]


class Teapot(Refusal):
    status = 418


RAISED = {
    "refusal": Refusal("Naskah ini sudah dipakai."),
    "unknown": UnknownInvitation(),
    "teapot": Teapot("Tidak bisa."),
    "denied": PermissionDenied(),
    "denied-why": PermissionDenied("Khusus BKPSDM."),
    "missing": Http404("nothing in English"),
    "bad": BadRequest("nothing in English"),
    "suspicious": SuspiciousOperation("nothing in English"),
    "too-big": RequestDataTooBig("nothing in English"),
    "broken": ValueError("nothing in English"),
}
EXPECTED = {
    "refusal": (409, "Tindakan ini tidak dapat dilakukan Naskah ini sudah dipakai."),
    "unknown": (404, "Halaman tidak ditemukan Tautan ini tidak berlaku."),
    "teapot": (400, "Permintaan tidak dapat diproses Tidak bisa."),
    "denied": (403, "Akun Anda tidak memiliki hak untuk membuka halaman ini."),
    "denied-why": (403, "Anda tidak berwenang Khusus BKPSDM."),
    "missing": (404, "Alamat ini tidak ada, sudah tidak berlaku, atau bukan untuk Anda."),
    "bad": (400, "Data yang dikirim tidak lengkap atau tidak sesuai."),
    "suspicious": (400, "Data yang dikirim tidak lengkap atau tidak sesuai."),
    "too-big": (400, "Kiriman terlalu besar untuk diterima."),
    "broken": (500, "Terjadi gangguan pada sistem"),
}


def fail(request, why):
    raise RAISED[why]


urlpatterns = [*urlpatterns, path("gagal/<slug:why>/", fail)]


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("why", RAISED)
def test_each_error_has_its_page_and_says_nothing_of_the_inside(browser, why):
    browser.force_login(factories.user_with_role(RoleName.HR, factories.GovernmentFactory()))
    response = browser.get(f"/gagal/{why}/")
    status, sentence = EXPECTED[why]
    page = text_of(response)
    assert (response.status_code, sentence in page) == (status, True), page
    assert "English" not in page
    assert 'lang="id"' in response.content.decode()
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_the_page_of_our_own_fault_needs_neither_database_nor_user():
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Tanda tangan yang sudah menerima kode bukti tetap tersimpan." in text_of(response)


@pytest.mark.django_db
def test_a_visitor_is_led_to_the_login_page_and_back(client):
    response = client.get(reverse("ceremony-list"))
    assert (response.status_code, response.url) == (302, "/masuk/?next=/acara/")


@pytest.mark.django_db
def test_an_address_that_never_was_is_not_found(client):
    response = client.get("/tidak/ada/")
    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in text_of(response)


@pytest.mark.django_db
def test_a_stranger_is_not_told_of_roles():
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "hr"})
    assert response.status_code == 403
    page = text_of(response)
    assert "Halaman ini sudah kedaluwarsa atau kuki diblokir." in page
    assert [words for words in ("peran Anda", "BKPSDM", "berwenang") if words in page] == []


@pytest.mark.django_db
def test_a_form_left_open_too_long_is_explained():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.user_with_role(RoleName.HR, factories.GovernmentFactory()))
    response = strict.post(reverse("election-create"), {"name": "Pemilu"})
    assert response.status_code == 403
    assert (
        "Halaman ini sudah kedaluwarsa atau kuki diblokir. Muat ulang halaman, lalu coba lagi."
        in text_of(response)
    )


# Acts that are opened like pages ---------------------------------------------------------------


def test_an_act_that_is_opened_like_a_page_answers_in_indonesian(client, db):
    client.force_login(factories.UserFactory())
    answer = client.get(reverse("text-publish", args=[uuid4()]))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "tekan tombolnya sekali lagi" in answer.content.decode()


def test_logging_in_never_leads_back_to_an_act(client, db):
    act = reverse("text-publish", args=[uuid4()])
    assert client.post(act).url == reverse("account_login")
    assert client.get(reverse("text-list")).url == f"{reverse('account_login')}?next=/naskah/"
