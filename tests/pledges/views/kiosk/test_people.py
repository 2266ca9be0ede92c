"""…/bantuan/: an operator makes a device a kiosk, and looks for those who have not signed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.services import ceremonies
from tests import factories

from ..pages import beside, log_in, text_of
from .pages import PIN, address, leave, named, search, start

pytestmark = pytest.mark.django_db


def test_the_page_of_a_ceremony_leads_to_it_while_there_is_something_to_sign(
    client, operator, ceremony
):
    detail = reverse("ceremony-detail", args=[ceremony.uuid])
    assert address("start", ceremony) in client.get(detail).content.decode()
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    assert address("start", ceremony) not in client.get(detail).content.decode()
    response = start(client, ceremony)
    assert response.status_code == 400
    assert "Mode bantuan hanya dapat dimulai" in text_of(response)


def test_an_operator_makes_the_device_a_kiosk(client, operator, ceremony):
    page = text_of(client.get(address("start", ceremony)))
    assert "Belum menandatangani dari instansi Anda: 2 orang" in page
    response = start(client, ceremony)
    assert (response.status_code, response.url) == (302, address("people", ceremony))
    event = Event.objects.of(ceremony).first()
    assert (event.act, event.actor, event.data) == ("assistance.started", operator, {})
    assert PIN not in str(dict(client.session))


@pytest.mark.parametrize(
    ("pin", "again", "field", "sentence"),
    [
        ("12345", "12345", "pin", "PIN terdiri atas 6 angka."),
        ("abcdef", "abcdef", "pin", "PIN terdiri atas 6 angka."),
        ("111111", "111111", "pin", "PIN ini mudah ditebak. Pilih yang lain."),
        ("345678", "345678", "pin", "PIN ini mudah ditebak. Pilih yang lain."),
        ("482915", "482916", "again", "Kedua PIN tidak sama."),
    ],
)
def test_the_pin_must_be_worth_something(client, operator, ceremony, pin, again, field, sentence):
    response = client.post(address("start", ceremony), {"pin": pin, "again": again})
    assert (response.status_code, beside(response, field)) == (400, sentence)
    assert "kiosk" not in client.session


# The list ---------------------------------------------------------------------------------------


def test_the_list_goes_by_name_and_not_by_title(client, operator, opd):
    for name, title in [("Zainal Abidin", "Dr."), ("Aminah", ""), ("Budi Santoso", "H.")]:
        factories.EmployeeFactory(name=name, agency=opd, title_prefix=title, title_suffix="")
    ceremony = factories.open_ceremony(opd, employees=0)
    start(client, ceremony)
    page = text_of(client.get(address("people", ceremony)))
    names = ["Aminah", "Budi Santoso", "Zainal Abidin"]
    assert sorted(names, key=page.index) == names


def test_the_operator_finds_the_unsigned_of_the_own_agency(client, kiosk):
    found = search(client, kiosk, "siti")
    assert "Siti Aminah" in found
    assert "Siti Guru" not in found
    assert "Budi Santoso" in search(client, kiosk, named(kiosk, "Budi Santoso").number[:8])
    factories.sign(named(kiosk, "Siti Aminah"))
    assert "Tidak ada yang cocok" in search(client, kiosk, "siti")


def test_hr_finds_everybody(client, ceremony):
    log_in(client, RoleName.HR, ceremony.organizer)
    start(client, ceremony)
    found = search(client, ceremony, "siti")
    assert "Siti Aminah" in found
    assert "Siti Guru" in found


def test_fewer_than_three_letters_find_nobody(client, kiosk):
    found = search(client, kiosk, "si")
    assert "Ketik sekurang-kurangnya 3 huruf atau angka." in found
    assert "Siti" not in found


def test_the_list_asks_no_more_for_more_people(client, operator, opd):
    counts = []
    for people in (1, 15):
        ceremony = factories.open_ceremony(opd, employees=people)
        start(client, ceremony)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address("people", ceremony), {"q": "rahmawati"})
        assert page.status_code == 200
        counts.append(len(queries))
        leave(client, ceremony)
    assert counts[0] == counts[1]
