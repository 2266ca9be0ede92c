"""Waves: made in the form of a draft, opened on the ceremony's page, waited for by people."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.models import Ceremony
from pledges.services import ceremonies
from tests import factories
from tests.pledges import visitor

from .pages import beside, ceremony_form, log_in, text_of

pytestmark = pytest.mark.django_db
EMPTY = "Bidang ini tidak boleh kosong."
BEGINNING = datetime(2023, 1, 11, 1, 0, tzinfo=UTC)
AT_NINE = {"name": "Peserta lainnya", "opens_at": BEGINNING + timedelta(hours=1)}
HEADS = {"name": "Pimpinan", "positions": ["Kepala Dinas"]}


@pytest.fixture
def opd():
    return factories.OpdFactory(name="Dinas Kominfo")


@pytest.fixture
def hr(client, opd):
    return log_in(client, RoleName.HR, factories.government_of(opd))


@pytest.fixture
def data(opd):
    """A form of a draft in two waves; what is not said about them is empty."""
    return ceremony_form(
        opd,
        time_zone="Asia/Makassar",
        turns="WAVES",
        **rows({"name": "Pimpinan", "echelons": ["II"], "positions": "Camat, Lurah"}, {}),
        **{"terakhir-name": "Peserta lainnya"},
    )


def rows(*waves, stored=0):
    """What the rows of earlier waves send."""
    sent = {"gelombang-TOTAL_FORMS": len(waves), "gelombang-INITIAL_FORMS": stored}
    for at, wave in enumerate(waves):
        sent |= {f"gelombang-{at}-{name}": value for name, value in wave.items()}
    return sent


def create(client, data, **changes):
    return client.post(reverse("ceremony-create"), {**data, **changes})


def stored():
    fields = ("order", "name", "echelons", "positions", "opens_at")
    return list(Ceremony.objects.get().waves.values_list(*fields))


def detail(client, ceremony):
    return client.get(reverse("ceremony-detail", args=[ceremony.uuid]))


def open_second(client, ceremony):
    return client.post(reverse("wave-open", args=[ceremony.uuid, 2]))


def head_and_other(ceremony):
    return ceremony.participants.order_by("wave__order")


# The form ---------------------------------------------------------------------------------------


def test_a_draft_is_made_in_waves(client, hr, data):
    assert create(client, data).status_code == 302
    assert stored() == [
        (1, "Pimpinan", ["II"], ["Camat", "Lurah"], None),
        (2, "Peserta lainnya", [], [], None),
    ]


def test_without_waves_everybody_signs_together(client, hr, data):
    assert create(client, data, turns="TOGETHER").status_code == 302
    assert stored() == [(1, "Seluruh peserta", [], [], None)]


def test_a_wave_opens_by_itself_on_the_day_of_the_ceremony_in_its_zone(client, hr, data):
    create(client, data, **{"terakhir-clock": "08:30"})
    assert stored()[1][-1] == datetime(2023, 1, 11, 0, 30, tzinfo=UTC)


def test_a_wave_opens_by_itself_on_another_day(client, hr, data):
    create(client, data, **{"terakhir-clock": "08:30", "terakhir-day": "2023-01-12"})
    assert stored()[1][-1] == datetime(2023, 1, 12, 0, 30, tzinfo=UTC)


FAULTS = [
    ({"gelombang-0-name": ""}, "gelombang-0-name", EMPTY),
    ({"terakhir-name": ""}, "terakhir-name", EMPTY),
    (
        {"gelombang-0-echelons": [], "gelombang-0-positions": " , "},
        "gelombang-0-echelons",
        "Centang eselon atau sebutkan jabatan gelombang ini.",
    ),
    (
        {"terakhir-day": "2023-01-12"},
        "terakhir-clock",
        "Isi jamnya, atau kosongkan harinya.",
    ),
    (
        {"gelombang-0-DELETE": "on"},
        "turns",
        "Isi sekurang-kurangnya satu gelombang sebelum yang terakhir, atau pilih bersamaan.",
    ),
]


@pytest.mark.parametrize(("changes", "field", "sentence"), FAULTS)
def test_a_fault_in_a_wave_stands_next_to_its_field(client, hr, data, changes, field, sentence):
    response = create(client, data, **changes)
    assert (response.status_code, beside(response, field)) == (400, sentence)
    assert 'href="#' in response.content.decode().split("Isian belum dapat disimpan")[1]
    assert Ceremony.objects.count() == 0


def test_faults_in_waves_do_not_count_where_there_are_none(client, hr, data):
    response = create(client, data, turns="TOGETHER", **{"gelombang-0-name": ""})
    assert response.status_code == 302


def test_the_form_shows_the_waves_that_are_stored_and_changes_them(client, hr, data):
    create(client, data, **{"terakhir-clock": "08:30"})
    address = reverse("ceremony-edit", args=[Ceremony.objects.get().uuid])
    page = client.get(address).content.decode()
    for shown in ("Pimpinan", "Camat, Lurah", "Peserta lainnya", "08:30", "2023-01-11"):
        assert f'value="{shown}"' in page
    wave = {"name": "Kepala OPD", "echelons": [], "positions": "Kepala Dinas"}
    client.post(address, {**data, **rows(wave, stored=1)})
    assert [row[1:4] for row in stored()] == [
        ("Kepala OPD", [], ["Kepala Dinas"]),
        ("Peserta lainnya", [], []),
    ]


# The ceremony's page ----------------------------------------------------------------------------


def test_the_page_shows_each_wave_its_state_and_how_far_it_is(client, hr, opd):
    ceremony = factories.ceremony_in_waves(opd)
    factories.sign(head_and_other(ceremony)[0])
    page = text_of(detail(client, ceremony))
    assert "1. Pimpinan Giliran berjalan Kepala Dinas Dibuka" in page
    assert "2. Peserta lainnya Menunggu Semua peserta lainnya Dibuka dengan tombol" in page
    assert page.count("1 dari 1 (100%)") == 1
    assert page.count("0 dari 1 (0%)") == 1


def test_one_wave_is_not_worth_a_word(client, hr, opd):
    assert "Gelombang" not in text_of(detail(client, factories.open_ceremony(opd)))


def test_a_head_sees_the_waves_and_opens_none(client, opd):
    ceremony = factories.ceremony_in_waves(opd)
    log_in(client, RoleName.HEAD, opd)
    response = detail(client, ceremony)
    assert "2. Peserta lainnya Menunggu" in text_of(response)
    assert reverse("wave-open", args=[ceremony.uuid, 2]) not in response.content.decode()


def test_hr_opens_a_wave(client, hr, opd):
    ceremony = factories.ceremony_in_waves(opd)
    assert (
        reverse("wave-open", args=[ceremony.uuid, 2]) in detail(client, ceremony).content.decode()
    )
    response = open_second(client, ceremony)
    assert (response.status_code, response.url) == (302, f"/acara/{ceremony.uuid}/")
    page = text_of(client.get(response.url))
    assert "Gelombang dibuka." in page
    assert "2. Peserta lainnya Giliran berjalan" in page
    event = Event.objects.of(ceremony).first()
    assert (event.act, event.actor, event.data) == ("wave.opened", hr, {"wave": 2})


def test_a_wave_is_opened_once_and_only_while_the_ceremony_is_open(client, hr, opd):
    ceremony = factories.ceremony_in_waves(opd)
    open_second(client, ceremony)
    response = open_second(client, ceremony)
    assert response.status_code == 409
    assert "Gelombang ini sudah dibuka, atau acaranya tidak sedang dibuka." in text_of(response)
    waiting = factories.ceremony_in_waves(opd, state="READY")
    assert open_second(client, waiting).status_code == 409
    assert client.post(reverse("wave-open", args=[waiting.uuid, 9])).status_code == 404
    assert client.get(reverse("wave-open", args=[waiting.uuid, 2])).status_code == 405


# Participants -----------------------------------------------------------------------------------


def test_the_list_is_narrowed_to_one_wave(client, hr, opd):
    ceremony = factories.ceremony_in_waves(opd)
    head, other = head_and_other(ceremony)
    page = text_of(client.get(reverse("participant-list", args=[ceremony.uuid]), {"wave": "2"}))
    assert other.name in page
    assert head.name not in page


def test_who_signs_later_is_told_so_instead_of_a_form(client, opd):
    ceremony = factories.ceremony_in_waves(opd)
    head, other = head_and_other(ceremony)
    assert visitor.open_link(client, head).status_code == 200
    response = visitor.open_link(client, other)
    page = text_of(response)
    assert response.status_code == 403
    assert "Giliran Anda belum dibuka" in page
    assert "gelombang “Peserta lainnya”, yang belum dibuka. Tunggu sampai panitia" in page
    assert "data-sign" not in response.content.decode()


def test_behind_a_slip_and_the_own_account_it_is_the_same(client, opd):
    ceremony = factories.ceremony_in_waves(opd)
    other = head_and_other(ceremony)[1]
    response = visitor.enter(client, ceremony, other.number, factories.pin_of(other))
    assert (response.status_code, "Giliran Anda belum dibuka" in text_of(response)) == (403, True)
    client.force_login(factories.UserFactory(employee=other.employee))
    response = client.post(reverse("own-sign", args=[other.uuid]), follow=True)
    assert (response.status_code, "Giliran Anda belum dibuka" in text_of(response)) == (403, True)


def test_a_wave_opens_by_itself(client, opd):
    with time_machine.travel(BEGINNING, tick=False):
        ceremony = factories.ceremony_in_waves(opd, waves=(HEADS, AT_NINE))
        other = head_and_other(ceremony)[1]
        link = reverse("personal-link", args=[factories.link_of(other)])
        page = text_of(client.get(link))
        assert "dibuka otomatis pada Rabu, 11 Januari 2023, 09.00 WIB" in page
    with time_machine.travel(AT_NINE["opens_at"], tick=False):
        page = client.get(link)
        assert page.status_code == 200
        assert visitor.send(client, page, other).status_code == 303
        with pytest.raises(ceremonies.WrongState):
            ceremonies.open_wave(actor=None, wave=other.wave)


def test_late_signing_is_for_all_waves(client, opd):
    ceremony = factories.ceremony_in_waves(opd, state="CLOSED")
    ceremonies.open_signing(actor=None, ceremony=ceremony)
    page = visitor.open_link(client, head_and_other(ceremony)[1])
    assert page.status_code == 200
