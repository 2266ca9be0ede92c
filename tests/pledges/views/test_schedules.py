"""/acara/<uuid>/jadwal/, …/jadwal/ubah/, …/batal/, …/salin/: who does it, and who is told why."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.forms.schedule_fields import OUT_OF_RANGE
from pledges.models import Ceremony
from pledges.services import ceremonies, schedules
from tests import factories

from .pages import beside, log_in, schedule_form, text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 1, 9, 1, 0, tzinfo=UTC)


@pytest.fixture
def opd():
    return factories.OpdFactory(name="Dinas Kesehatan")


@pytest.fixture
def hr(client, opd):
    return log_in(client, RoleName.HR, factories.government_of(opd))


def address_of(name, ceremony):
    return reverse(name, args=[ceremony.uuid])


@pytest.mark.parametrize("role", ["OPERATOR", "HEAD"])
def test_the_opd_sets_the_date_of_its_own_ceremony(client, opd, role):
    user = log_in(client, role, opd)
    ceremony = factories.ceremony_in("DRAFT", opd, is_scheduled=False)
    page = text_of(client.get(address_of("ceremony-detail", ceremony)))
    assert "Jadwal acara ini belum ditetapkan" in page
    assert "Tetapkan jadwal" in page
    response = client.post(address_of("ceremony-schedule", ceremony), schedule_form())
    assert (response.status_code, response.url) == (302, f"/acara/{ceremony.uuid}/")
    page = text_of(client.get(response.url))
    assert "Senin, 16 Januari 2023, 07.30 WIB" in page
    assert "Jadwal acara ini belum ditetapkan" not in page
    assert Event.objects.of(ceremony).first().actor == user


def test_the_form_shows_what_was_proposed_and_brings_back_what_was_typed(client, hr, opd):
    ceremony = factories.draft_ceremony(opd, is_scheduled=False)
    html = client.get(address_of("ceremony-schedule", ceremony)).content.decode()
    for value in ("2023-01-11", "08:00", "Halaman Kantor", "Khairil Adli"):
        assert f'value="{value}"' in html
    typed = schedule_form(leader_name="", reader_position="Sekretaris")
    response = client.post(address_of("ceremony-schedule", ceremony), typed)
    assert response.status_code == 400
    assert beside(response, "leader_name") == "Bidang ini tidak boleh kosong."
    assert beside(response, "reader_name") == "Isi nama pembaca, atau kosongkan jabatannya."
    assert 'value="Aula Dinas"' in response.content.decode()
    assert Ceremony.objects.get().is_proposed


def test_a_frozen_schedule_is_told_to_be_frozen(client, hr, opd):
    ceremony = factories.ceremony_in("OPEN", opd)
    for name, sentence in [
        ("ceremony-schedule", schedules.NOT_DRAFT),
        ("ceremony-reschedule", schedules.NOT_READY),
    ]:
        response = client.get(address_of(name, ceremony))
        assert (response.status_code, sentence in text_of(response)) == (409, True)


@time_machine.travel(NOW, tick=False)
def test_rescheduling_is_told_to_staff_and_to_participants(client, hr, opd):
    ceremony = factories.ceremony_in("READY", opd)
    told = "Jadwal acara ini diubah. Alasan: Lapangan tergenang."
    form = schedule_form(reason="Lapangan tergenang.")
    response = client.post(address_of("ceremony-reschedule", ceremony), form)
    page = text_of(client.get(response.url))
    assert "Jadwal acara ini diubah Alasan: Lapangan tergenang." in page
    assert "Senin, 16 Januari 2023, 07.30 WIB" in page
    token = factories.link_of(factories.participant_of(ceremony))
    for address in (f"/i/{ceremony.code}/", f"/t/{token}/"):
        page = text_of(client.get(address))
        assert told in page
        assert "Senin, 16 Januari 2023, 07.30 WIB" in page
    employee = ceremony.participants.get().employee
    client.force_login(factories.UserFactory(employee=employee, government=employee.government))
    assert told in text_of(client.get("/saya/"))


def test_what_cannot_be_rescheduled_says_so_beside_its_field(client, hr, opd):
    ceremony = factories.ceremony_in("READY", opd)
    with time_machine.travel(NOW, tick=False):
        past = schedule_form(day="2023-01-08", reason="Hujan")
        response = client.post(address_of("ceremony-reschedule", ceremony), past)
        assert (response.status_code, beside(response, "day")) == (400, schedules.IS_PAST)
        response = client.post(address_of("ceremony-reschedule", ceremony), schedule_form())
    assert beside(response, "reason") == "Bidang ini tidak boleh kosong."


def test_cancelling_asks_for_a_reason_and_tells_it(client, hr, opd):
    ceremony = factories.open_ceremony(opd)
    signature = factories.sign(factories.participant_of(ceremony))
    address = address_of("ceremony-cancel", ceremony)
    assert "Ya, batalkan acara" in text_of(client.get(address))
    refused = client.post(address, {"reason": " "})
    assert (refused.status_code, beside(refused, "reason")) == (
        400,
        "Bidang ini tidak boleh kosong.",
    )
    response = client.post(address, {"reason": "Gedung dipakai."})
    assert (response.status_code, response.url) == (302, f"/acara/{ceremony.uuid}/")
    page = text_of(client.get(response.url))
    assert "Acara ini dibatalkan Alasan: Gedung dipakai." in page
    assert "Acara dibatalkan." in page
    assert "Alasan: Gedung dipakai." in text_of(client.get(f"/i/{ceremony.code}/"))
    employee = signature.participant.employee
    client.force_login(factories.UserFactory(employee=employee, government=employee.government))
    assert "Acara ini dibatalkan. Alasan: Gedung dipakai." in text_of(client.get("/saya/"))


@pytest.mark.parametrize("state", ["CLOSED", "ARCHIVED", "CANCELLED"])
def test_what_is_over_is_not_cancelled(client, hr, opd, state):
    ceremony = factories.ceremony_in(state, opd)
    sentence = (
        ceremonies.ALREADY[state]
        if state == "CANCELLED"
        else ceremonies.not_possible(ceremony, "CANCELLED")
    )
    for response in (
        client.get(address_of("ceremony-cancel", ceremony)),
        client.post(address_of("ceremony-cancel", ceremony), {"reason": "Hujan"}),
    ):
        assert (response.status_code, sentence in text_of(response)) == (409, True)


def test_a_copy_is_opened_and_asks_for_its_date(client, hr, opd):
    ceremony = factories.ceremony_in("ARCHIVED", opd)
    response = client.post(address_of("ceremony-copy", ceremony))
    made = Ceremony.objects.exclude(pk=ceremony.pk).get()
    assert response.url == f"/acara/{made.uuid}/"
    page = text_of(client.get(response.url))
    assert "Apel Ikrar Netralitas (salinan)" in page
    assert "Jadwal acara ini belum ditetapkan" in page
    assert client.get(address_of("ceremony-copy", ceremony)).status_code == 405


def test_a_year_that_nobody_can_mean_is_refused_beside_its_field(client, hr, opd):
    ceremony = factories.draft_ceremony(opd)
    for day in ("0001-01-01", "9999-12-31"):
        response = client.post(address_of("ceremony-schedule", ceremony), schedule_form(day=day))
        assert (response.status_code, beside(response, "day")) == (400, OUT_OF_RANGE)


def test_a_copy_names_the_agencies_that_it_leaves_out(client, hr, opd):
    gone = factories.OpdFactory(parent=factories.government_of(opd), name="Dinas Lama")
    ceremony = factories.draft_ceremony(opd)
    ceremony.scope = "AGENCIES"
    agencies = [opd, gone]
    ceremonies.save_draft(actor=None, ceremony=ceremony, agencies=agencies, officials=[])
    type(gone).objects.filter(pk=gone.pk).update(retired_at=NOW)
    response = client.post(address_of("ceremony-copy", ceremony), follow=True)
    assert "Dinas Lama tidak dipakai lagi dan tidak ikut dalam salinan." in text_of(response)
