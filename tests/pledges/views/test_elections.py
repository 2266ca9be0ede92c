"""/pemilu/: list, detail, form."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.models import Election
from pledges.services.elections import FIXED, IN_TEXTS
from tests import factories, reporting

from .pages import beside, log_in, text_of

pytestmark = pytest.mark.django_db
DATA = {"kind": "PEMILU", "name": "Pemilu Tahun 2029", "year": "2029"}
EMPTY = "Bidang ini tidak boleh kosong."


@pytest.fixture
def government():
    return factories.GovernmentFactory(name="Pemerintah Kota Dumai")


@pytest.fixture
def hr(client, government):
    return log_in(client, RoleName.HR, government)


def create(client, government, **changes):
    data = {"government": government.pk, **DATA, **changes}
    return client.post(reverse("election-create"), data)


def test_an_election_with_its_phases_is_created(client, hr, government):
    days = {
        "KAMPANYE_starts": "2028-11-28",
        "KAMPANYE_ends": "2029-02-10",
        "PEMUNGUTAN_SUARA_starts": "2029-02-14",
        "PEMUNGUTAN_SUARA_ends": "2029-02-14",
    }
    response = create(client, government, **days)
    election = Election.objects.get()
    assert (response.status_code, response.url) == (302, f"/pemilu/{election.uuid}/")
    page = text_of(client.get(response.url))
    assert "Pemilu Tahun 2029 disimpan." in page
    assert "Kampanye 28 November 2028 – 10 Februari 2029" in page
    assert "Pemungutan suara 14 Februari 2029" in page
    assert "14 Februari 2029 –" not in page
    assert "28 November 2028 – 10 Februari 2029" in text_of(client.get(reverse("election-list")))
    assert Event.objects.of(election).get().actor == hr


REFUSALS = [
    ({"name": ""}, "name", EMPTY),
    (
        {"kind": "PILPRES"},
        "kind",
        "Masukkan pilihan yang valid. PILPRES bukan salah satu dari pilihan yang tersedia.",
    ),
    ({"year": "1990"}, "year", "Tahun paling awal 1999."),
    ({"year": "40000"}, "year", "Tahun paling akhir 2100."),
    ({"year": "dua ribu"}, "year", "Tulis tahun dengan angka, misalnya 2029."),
    (
        {"KAMPANYE_ends": "2028-11-28"},
        "KAMPANYE_starts",
        "Isi tanggal mulai, atau kosongkan keduanya.",
    ),
    (
        {
            "KAMPANYE_starts": "2028-11-28",
            "KAMPANYE_ends": "2029-02-10",
            "MASA_TENANG_starts": "2029-02-10",
            "MASA_TENANG_ends": "2029-02-13",
        },
        "MASA_TENANG_starts",
        "Harus sesudah tahapan sebelumnya, yang selesai 10 Februari 2029.",
    ),
    (
        {"KAMPANYE_starts": "2029-02-10", "KAMPANYE_ends": "2028-11-28"},
        "KAMPANYE_ends",
        "Tidak boleh sebelum tanggal mulai.",
    ),
    (
        {"KAMPANYE_starts": "31-31-2028", "KAMPANYE_ends": "2028-11-28"},
        "KAMPANYE_starts",
        "Masukkan tanggal yang valid.",
    ),
]


def test_a_phase_without_a_last_day_is_of_one_day(client, hr, government):
    assert create(client, government, PEMUNGUTAN_SUARA_starts="2029-02-14").status_code == 302
    phase = Election.objects.get().phases.get(kind="PEMUNGUTAN_SUARA")
    assert (phase.starts, phase.ends) == (date(2029, 2, 14), date(2029, 2, 14))


@pytest.mark.parametrize(("changes", "field", "sentence"), REFUSALS)
def test_a_refusal_stands_next_to_its_field(client, hr, government, changes, field, sentence):
    response = create(client, government, **changes)
    assert (response.status_code, beside(response, field)) == (400, sentence)
    assert list(response.context["form"].errors) == [field]
    assert Election.objects.count() == 0


def test_a_name_that_is_taken_is_refused_next_to_the_name(client, hr, government):
    factories.ElectionFactory(government=government, name=DATA["name"])
    response = create(client, government)
    assert response.status_code == 400
    assert beside(response, "name") == "Pemilu dengan nama ini sudah ada."
    assert Election.objects.count() == 1


def test_an_election_keeps_its_own_name_when_it_is_changed(client, hr, government):
    election = factories.ElectionFactory(government=government, name=DATA["name"])
    address = reverse("election-edit", args=[election.uuid])
    response = client.post(address, {**DATA, "kind": "PILKADA"})
    assert (response.status_code, response.url) == (302, f"/pemilu/{election.uuid}/")
    election.refresh_from_db()
    assert (election.kind, election.name, election.government) == (
        "PILKADA",
        DATA["name"],
        government,
    )


def test_whoever_renames_is_told_that_published_texts_keep_the_name(client, hr, government):
    election = factories.ElectionFactory(government=government)
    address = reverse("election-edit", args=[election.uuid])
    factories.published_text(government=government)
    assert IN_TEXTS not in text_of(client.get(reverse("election-create")))
    assert IN_TEXTS not in text_of(client.get(address))
    factories.published_text(government=government, election=election)
    assert IN_TEXTS in text_of(client.get(address))


def test_a_name_that_pacts_print_is_refused_next_to_the_name_but_phases_are_taken(
    client, hr, government
):
    election = factories.ElectionFactory(government=government, name=DATA["name"], year=2029)
    address = reverse("election-edit", args=[election.uuid])
    assert FIXED not in text_of(client.get(address))
    opd = factories.OpdFactory(parent=government)
    factories.open_ceremony(opd, election=election)
    assert FIXED in text_of(client.get(address))
    response = client.post(address, {**DATA, "name": "Pemilu lain"})
    assert (response.status_code, beside(response, "name")) == (400, FIXED)
    days = {"KAMPANYE_starts": "2028-11-28", "KAMPANYE_ends": "2029-02-10"}
    assert client.post(address, {**DATA, **days}).status_code == 302
    election.refresh_from_db()
    assert (election.name, election.phases.get().kind) == (DATA["name"], "KAMPANYE")


def test_the_government_of_an_election_cannot_be_changed(client, government):
    hr = log_in(client, RoleName.HR, government)
    second = factories.GovernmentFactory()
    hr.roles.create(agency=second, role=RoleName.HR)
    election = factories.ElectionFactory(government=government)
    address = reverse("election-edit", args=[election.uuid])
    assert client.post(address, {**DATA, "government": second.pk}).status_code == 302
    election.refresh_from_db()
    assert (election.name, election.government) == (DATA["name"], government)


def test_the_government_of_somebody_else_cannot_be_chosen(client, hr):
    response = create(client, factories.GovernmentFactory())
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["government"]
    assert Election.objects.count() == 0


def test_an_empty_submission_is_refused(client, hr):
    response = client.post(reverse("election-create"))
    assert response.status_code == 400
    assert [beside(response, field) for field in ("name", "year")] == [EMPTY, EMPTY]


def test_the_form_shows_the_stored_phases_again(client, hr, government):
    create(client, government, KAMPANYE_starts="2028-11-28", KAMPANYE_ends="2029-02-10")
    page = client.get(reverse("election-edit", args=[Election.objects.get().uuid]))
    assert page.status_code == 200
    assert page.context["form"].initial["name"] == DATA["name"]
    html = page.content.decode()
    assert 'value="2028-11-28"' in html
    assert 'value="2029-02-10"' in html


def test_hr_of_a_single_opd_is_told_that_elections_are_not_theirs(client, government):
    log_in(client, RoleName.HR, factories.OpdFactory(parent=government))
    response = client.get(reverse("election-create"))
    assert response.status_code == 403
    assert "Anda tidak berwenang" in text_of(response)


def test_the_list_has_the_elections_of_ones_own_government_only(client, hr, government):
    factories.ElectionFactory(government=government, name="Pilkada Dumai 2024")
    factories.ElectionFactory(name="Pilkada Kota Lain")
    page = text_of(client.get(reverse("election-list")))
    assert "Pilkada Dumai 2024 Pemilu · Pemerintah Kota Dumai Tahapan belum diisi" in page
    assert "Pilkada Kota Lain" not in page


def test_an_empty_list_says_what_to_do(client, hr):
    response = client.get(reverse("election-list"))
    page = text_of(response)
    assert "Belum ada pemilu" in page
    assert "Buat pemilunya lebih dahulu." in page
    assert reverse("election-create") in response.content.decode()


def test_the_page_of_an_election_shows_only_ceremonies_that_concern_the_reader(client, government):
    election = factories.ElectionFactory(government=government)
    own, other = (factories.OpdFactory(parent=government) for _ in range(2))
    factories.open_ceremony(own, election=election, title="Apel Dinas Sendiri")
    factories.open_ceremony(other, election=election, title="Apel Dinas Lain")
    log_in(client, RoleName.HEAD, own)
    page = text_of(client.get(reverse("election-detail", args=[election.uuid])))
    assert "Apel Dinas Sendiri" in page
    assert "Apel Dinas Lain" not in page


@time_machine.travel("2024-02-12T10:00:00+07:00", tick=False)
def test_an_election_says_which_phase_is_today(client, hr, government):
    election = factories.ElectionFactory(government=government)
    reporting.phase_of(election)
    reporting.phase_of(election, "MASA_TENANG", date(2024, 2, 11), date(2024, 2, 13))
    page = text_of(client.get(reverse("election-detail", args=[election.uuid])))
    assert "Sekarang: masa tenang, 11 Februari 2024 sampai 13 Februari 2024." in page
