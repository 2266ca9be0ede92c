"""/acara/: list, detail, and one address for each change of state."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.services.ceremonies import ALREADY
from tests import factories

from .pages import freeze_form, links_of, log_in, text_of

pytestmark = pytest.mark.django_db
BEGINNING = datetime(2023, 1, 11, 1, 0, tzinfo=UTC)
# The address of each act: from which state it leads to which, and what it says.
ACTS = {
    "ceremony-freeze": ("DRAFT", "READY", "Daftar peserta dibekukan."),
    "ceremony-open": ("READY", "OPEN", "Penandatanganan dibuka."),
    "ceremony-close": ("OPEN", "CLOSED", "Penandatanganan ditutup."),
    "ceremony-archive": ("CLOSED", "ARCHIVED", "Acara diarsipkan."),
}
OFFERED = {
    "DRAFT": {
        *("ceremony-freeze", "ceremony-cancel", "ceremony-edit", "ceremony-schedule"),
        "ceremony-copy",
    },
    "READY": {
        *("ceremony-open", "ceremony-cancel", "ceremony-reschedule"),
        *("ceremony-officials", "ceremony-copy"),
    },
    "OPEN": {"ceremony-close", "ceremony-cancel", "ceremony-officials", "ceremony-copy"},
    "CLOSED": {"ceremony-open", "ceremony-archive", "ceremony-officials", "ceremony-copy"},
    "ARCHIVED": {"ceremony-copy"},
    "CANCELLED": {"ceremony-copy"},
}
# What stands beside the acts: a form, or an act that leaves the ceremony as it is.
BESIDE = (
    *("ceremony-edit", "ceremony-cancel", "ceremony-schedule", "ceremony-reschedule"),
    *("ceremony-officials", "ceremony-copy"),
)


@pytest.fixture
def opd():
    return factories.OpdFactory(name="Dinas Kesehatan")


@pytest.fixture
def hr(client, opd):
    return log_in(client, RoleName.HR, factories.government_of(opd))


def address_of(name, ceremony):
    return reverse(name, args=[ceremony.uuid])


def sent_to(name, ceremony):
    """What the button of an act sends."""
    return freeze_form(ceremony) if name == "ceremony-freeze" else {}


def offered_on(response, ceremony):
    html = response.content.decode()
    names = [*ACTS, *BESIDE]
    return {name for name in names if f'"{address_of(name, ceremony)}"' in html}


# The acts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ACTS)
def test_an_act_changes_the_state_and_says_so(client, hr, opd, name):
    before, after, sentence = ACTS[name]
    ceremony = factories.ceremony_in(before, opd)
    response = client.post(address_of(name, ceremony), sent_to(name, ceremony))
    assert (response.status_code, response.url) == (302, f"/acara/{ceremony.uuid}/")
    ceremony.refresh_from_db()
    assert ceremony.state == after
    assert Event.objects.of(ceremony).first().actor == hr
    assert sentence in text_of(client.get(response.url))


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_never_done_by_following_a_link(client, hr, opd, name):
    """Freezing has a page, which only shows what would be frozen."""
    ceremony = factories.ceremony_in(ACTS[name][0], opd)
    status = 200 if name == "ceremony-freeze" else 405
    assert client.get(address_of(name, ceremony)).status_code == status
    before = ceremony.state
    ceremony.refresh_from_db()
    assert ceremony.state == before


@pytest.mark.parametrize("name", ACTS)
def test_an_act_done_twice_says_that_the_state_has_changed(client, hr, opd, name):
    ceremony = factories.ceremony_in(ACTS[name][0], opd)
    client.post(address_of(name, ceremony), sent_to(name, ceremony))
    events = Event.objects.count()
    response = client.post(address_of(name, ceremony))
    assert response.status_code == 409
    ceremony.refresh_from_db()
    assert ALREADY[ceremony.state] in text_of(response)
    assert Event.objects.count() == events


def test_freezing_nobody_says_what_to_do(client, hr, opd):
    ceremony = factories.ceremony_in("DRAFT", opd, employees=0)
    page = client.get(address_of("ceremony-detail", ceremony))
    assert "Belum ada pegawai yang termasuk peserta" in text_of(page)
    assert "ceremony-freeze" not in offered_on(page, ceremony)
    response = client.post(address_of("ceremony-freeze", ceremony))
    assert response.status_code == 409
    told = text_of(response)
    assert "Tidak ada pegawai aktif yang termasuk peserta acara ini." in told
    assert ceremony.title in told
    assert offered_on(response, ceremony) == OFFERED["DRAFT"] - {"ceremony-freeze"}
    ceremony.refresh_from_db()
    assert (ceremony.state, ceremony.frozen_at) == ("DRAFT", None)


# The page of a ceremony -------------------------------------------------------------------------


@pytest.mark.parametrize("state", OFFERED)
def test_hr_is_offered_what_is_possible_now_and_a_head_the_schedule(client, hr, opd, state):
    ceremony = factories.ceremony_in(state, opd)
    page = client.get(address_of("ceremony-detail", ceremony))
    assert offered_on(page, ceremony) == OFFERED[state]
    log_in(client, RoleName.HEAD, opd)
    page = client.get(address_of("ceremony-detail", ceremony))
    mine = OFFERED[state] & {"ceremony-schedule"}
    assert (page.status_code, offered_on(page, ceremony)) == (200, mine)


def test_a_draft_tells_how_many_would_take_part(client, hr, opd):
    ceremony = factories.ceremony_in("DRAFT", opd, employees=3)
    page = text_of(client.get(address_of("ceremony-detail", ceremony)))
    assert "Bila daftar peserta dibekukan sekarang, 3 pegawai menjadi peserta." in page


def test_a_draft_tells_how_many_each_wave_would_take(client, hr, opd):
    waves = [{"name": "Pejabat", "echelons": ["II"]}, {"name": "Staf"}]
    ceremony = factories.draft_ceremony(opd, waves=waves)
    factories.EmployeeFactory(agency=opd, echelon="II.b")
    factories.EmployeeFactory.create_batch(3, agency=opd)
    page = text_of(client.get(address_of("ceremony-detail", ceremony)))
    assert "4 pegawai menjadi peserta" in page
    assert "1. Pejabat Eselon II Dibuka bersama penandatanganan 1 pegawai" in page
    assert "2. Staf Semua peserta lainnya Dibuka dengan tombol 3 pegawai" in page


def test_hr_is_led_to_the_slips_that_wrong_pins_have_locked(client, hr, opd):
    ceremony = factories.open_ceremony(opd, employees=3)
    detail = address_of("ceremony-detail", ceremony)
    assert "PIN terkunci" not in text_of(client.get(detail))
    queries = queries_for(client, detail)
    for participant in ceremony.participants.all()[:2]:
        factories.locked_slip(participant)
    assert queries_for(client, detail) == queries
    response = client.get(detail)
    assert "PIN terkunci 2" in text_of(response)
    assert f"{address_of('participant-list', ceremony)}?slip=locked" in links_of(response)
    log_in(client, RoleName.HEAD, opd)
    assert "PIN terkunci" not in text_of(client.get(detail))


def test_the_entrance_is_shown_from_the_freezing_on(client, hr, opd, settings):
    settings.SITE_URL = "https://netralitas.example.go.id"
    ceremony = factories.ceremony_in("DRAFT", opd)
    entrance = f"https://netralitas.example.go.id/i/{ceremony.code}/"
    assert entrance not in text_of(client.get(address_of("ceremony-detail", ceremony)))
    client.post(address_of("ceremony-freeze", ceremony), freeze_form(ceremony))
    page = text_of(client.get(address_of("ceremony-detail", ceremony)))
    assert entrance in page
    assert f"{ceremony.code[:4]} {ceremony.code[4:]}" in page


def test_a_closed_ceremony_shows_what_its_entrance_is_still_for(client, hr, opd):
    with time_machine.travel(BEGINNING, tick=False) as clock:
        ceremony = factories.ceremony_in("CLOSED", opd)
        address = address_of("ceremony-detail", ceremony)
        grace = "diterima bila terkirim paling lambat Kamis, 12 Januari 2023, 08.00 WIB"
        for hours, said in ((24, True), (1, False)):
            clock.shift(timedelta(hours=hours))
            response = client.get(address)
            page = text_of(response)
            assert "Peserta yang menandatangani dengan slip PIN masih dapat melihat" in page
            assert (grace in page) is said
            offered = links_of(response)
            assert address_of("slip-list", ceremony) not in offered
            assert address_of("kiosk-start", ceremony) not in offered
            assert "Kode QR" not in response.content.decode()


def test_a_cancelled_ceremony_shows_no_way_in(client, hr, opd):
    ceremony = factories.ceremony_in("CANCELLED", opd)
    page = client.get(address_of("ceremony-detail", ceremony)).content.decode()
    assert f"/i/{ceremony.code}/" not in page
    assert "masuk peserta" not in page


def test_a_closed_ceremony_offers_to_reopen_as_late(client, hr, opd):
    ceremony = factories.ceremony_in("CLOSED", opd)
    page = text_of(client.get(address_of("ceremony-detail", ceremony)))
    assert "Buka susulan" in page


def test_a_head_sees_only_the_progress_of_the_own_agency(client, hr, opd):
    government = factories.government_of(opd)
    other = factories.OpdFactory(parent=government, name="Dinas Pendidikan")
    factories.EmployeeFactory.create_batch(2, agency=opd)
    factories.EmployeeFactory.create_batch(5, agency=other)
    ceremony = factories.ceremony_in("OPEN", government, employees=0)
    factories.sign(ceremony.participants.filter(opd=opd).first())
    page = text_of(client.get(address_of("ceremony-detail", ceremony)))
    assert "Sudah menandatangani 1 dari 7 (14%)" in page
    assert page.index("Dinas Pendidikan") < page.index("Dinas Kesehatan")
    log_in(client, RoleName.HEAD, opd)
    page = text_of(client.get(address_of("ceremony-detail", ceremony)))
    assert "Sudah menandatangani 1 dari 2 (50%)" in page
    assert "Dinas Pendidikan" not in page
    assert "Riwayat" not in page


def test_hr_reads_who_did_what(client, hr, opd):
    ceremony = factories.ceremony_in("DRAFT", opd)
    client.post(address_of("ceremony-freeze", ceremony), freeze_form(ceremony))
    page = text_of(client.get(address_of("ceremony-detail", ceremony)))
    story = page[page.index("Riwayat") :]
    assert re.search(rf"Daftar peserta dibekukan {hr} · .* WIB Acara dibuat Sistem · .* WIB", story)


def test_every_link_of_the_page_leads_somewhere(client, hr, opd):
    ceremony = factories.open_ceremony(opd)
    page = client.get(address_of("ceremony-detail", ceremony))
    own = {link for link in links_of(page) if link.startswith(("/acara", "/pemilu", "/naskah"))}
    assert len(own) >= 6
    assert {client.get(link, follow=True).status_code for link in own} == {200}


def queries_for(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["ceremony-detail", "participant-list", "download-list"])
def test_a_page_needs_no_more_queries_for_more_participants(client, hr, opd, name):
    few, many = (
        factories.open_ceremony(factories.OpdFactory(parent=hr_root(hr)), employees=count)
        for count in (1, 30)
    )
    few_queries = queries_for(client, address_of(name, few))
    assert queries_for(client, address_of(name, many)) == few_queries


def hr_root(user):
    return user.roles.get().agency


# The list ---------------------------------------------------------------------------------------


def test_the_list_has_each_ceremony_with_the_progress_of_ones_own_people(client, hr, opd):
    ceremony = factories.open_ceremony(opd, employees=4, title="Apel Dinas Kesehatan")
    factories.sign(factories.participant_of(ceremony))
    factories.open_ceremony(title="Apel Kota Lain")
    page = text_of(client.get(reverse("ceremony-list")))
    assert (
        "Apel Dinas Kesehatan Dibuka Rabu, 11 Januari 2023, 08.00 WIB · Dinas Kesehatan "
        "1 dari 4 (25%)" in page
    )
    assert "Apel Kota Lain" not in page


def test_a_long_list_is_paged(client, hr, opd):
    factories.EmployeeFactory(agency=opd)
    election = factories.ElectionFactory(government=hr_root(hr))
    text = factories.published_text(government=hr_root(hr))
    for n in range(51):
        factories.draft_ceremony(opd, election=election, text=text, title=f"Apel {n}.")
    first, second = (
        text_of(client.get(reverse("ceremony-list"), {"page": page})) for page in (1, 2)
    )
    assert "1–50 dari 51 acara" in first
    assert "Apel 50." in first
    assert "Apel 0." not in first
    assert "51–51 dari 51 acara" in second
    assert "Apel 0." in second


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("HR", "Buat acara pertama: pilih pemilu dan naskah"),
        ("HEAD", "Acara tampil di sini setelah BKPSDM membekukan daftar pesertanya."),
    ],
)
def test_an_empty_list_says_what_to_expect(client, opd, role, sentence):
    log_in(client, role, factories.government_of(opd))
    assert sentence in text_of(client.get(reverse("ceremony-list")))


def test_a_head_sees_a_city_wide_ceremony_once_own_people_take_part(client, opd):
    government = factories.government_of(opd)
    factories.EmployeeFactory(agency=opd)
    ceremony = factories.ceremony_in("DRAFT", government, employees=0, title="Apel Kota")
    log_in(client, RoleName.HEAD, opd)
    assert client.get(address_of("ceremony-detail", ceremony)).status_code == 404
    factories.ceremonies.freeze(actor=None, ceremony=ceremony)
    assert client.get(address_of("ceremony-detail", ceremony)).status_code == 200
    assert "Apel Kota" in text_of(client.get(reverse("ceremony-list")))


def test_a_late_opening_says_what_it_is_and_when_it_was_closed_first(client, hr, opd):
    ceremony = factories.ceremony_in("CLOSED", opd)
    page = text_of(client.post(address_of("ceremony-open", ceremony), follow=True))
    assert "Penandatanganan susulan dibuka." in page
    assert page.count("Dibuka untuk susulan") == 2
    assert "Penandatanganan pertama kali ditutup pada " in page
