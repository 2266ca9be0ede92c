"""/panduan/: for everybody, by the phase of today; its versions and the reports for HR."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from agencies.choices import RoleName
from pledges.models import Guidance, ReportCount
from pledges.services import guidance, report_counts
from tests import factories, reporting

from .pages import beside, guidance_form, log_in, text_of

pytestmark = pytest.mark.django_db
IN_CAMPAIGN = "2024-01-20T10:00:00+07:00"


@pytest.fixture
def government():
    return factories.GovernmentFactory(name="Pemerintah Kota Dumai", slug="kota-dumai")


@pytest.fixture
def hr(client, government):
    return log_in(client, RoleName.HR, government)


@pytest.fixture
def election(government):
    election = factories.ElectionFactory(government=government, name="Pemilu Tahun 2024")
    reporting.phase_of(election)
    return election


@pytest.fixture
def draft(government):
    return guidance.begin_draft(actor=None, government=government)


def test_a_visitor_reads_what_is_asked_what_is_forbidden_and_what_it_costs(client, election):
    page = text_of(client.get("/panduan/"))
    for expected in (
        "Netralitas berarti setiap pegawai melayani",
        "Mengerahkan PNS lain sebagai peserta kampanye. PP 94/2021 Pasal 5 huruf n angka 3 Hukuman "
        "disiplin berat",
        "Pemotongan tunjangan kinerja sebesar 25%",
        "Sentra Gakkumdu",
        "Panduan nasional, versi 1, diterbitkan",
        "Pemerintah Kota Dumai",
    ):
        assert expected in page
    assert "laporan pelanggaran netralitas" not in page


@time_machine.travel(IN_CAMPAIGN, tick=False)
def test_the_page_of_a_government_says_which_phase_is_today(client, election):
    response = client.get("/panduan/kota-dumai/")
    page = text_of(response)
    assert "Pemilu Tahun 2024 · hari ini 20 Januari 2024" in page
    assert "Sekarang: kampanye, 5 Januari 2024 sampai 10 Februari 2024." in page
    assert [label for label, _, now in response.context["moments"] if now] == ["Kampanye"]
    assert "Kampanye Sekarang Jangan ikut kampanye" in page


@time_machine.travel("2024-01-04T23:30:00+07:00", tick=False)
def test_today_is_the_day_where_the_election_is_held(client, election):
    assert "Tahapan belum dimulai." in text_of(client.get("/panduan/kota-dumai/"))
    type(election.government).objects.filter(pk=election.government.pk).update(
        time_zone="Asia/Jayapura"
    )
    assert "Sekarang: kampanye" in text_of(client.get("/panduan/kota-dumai/"))


@time_machine.travel(IN_CAMPAIGN, tick=False)
def test_another_election_can_be_asked_for(client, election):
    other = factories.ElectionFactory(government=election.government, name="Pilkada Tahun 2020")
    page = text_of(client.get(f"/panduan/kota-dumai/?pemilu={other.uuid}"))
    assert "Tahapan pemilu ini belum dicatat." in page
    assert "Pemilu lain: Pemilu Tahun 2024" in page


@pytest.mark.parametrize("address", ["/panduan/kota-lain/", "/panduan/kota-dumai/?pemilu=x"])
def test_what_there_is_not_is_not_found(client, election, address):
    assert client.get(address).status_code == 404


def test_elections_of_other_governments_are_not_shown(client, election):
    foreign = factories.ElectionFactory(name="Pilkada Kota Lain")
    assert client.get(f"/panduan/kota-dumai/?pemilu={foreign.uuid}").status_code == 404
    assert "Pilkada Kota Lain" not in text_of(client.get("/panduan/kota-dumai/"))


@time_machine.travel(IN_CAMPAIGN, tick=False)
def test_no_report_is_said_only_where_hr_records_them(client, election):
    assert "Belum ada laporan" not in text_of(client.get("/panduan/kota-dumai/"))
    report_counts.begin(actor=None, election=election, since=date(2024, 1, 2))
    page = text_of(client.get("/panduan/kota-dumai/"))
    assert (
        "Belum ada laporan pelanggaran netralitas yang diterima (dicatat sejak 2 Januari 2024, "
        "keadaan per 20 Januari 2024)." in page
    )
    reporting.report_count(election)
    page = text_of(client.get("/panduan/kota-dumai/"))
    assert "2 laporan pelanggaran netralitas diterima" in page
    assert "Keberpihakan di media sosial 2 Diteruskan: Bawaslu 2" in page


def test_hr_changes_a_draft_looks_at_it_and_publishes_it(client, hr, government):
    response = client.post(reverse("guidance-begin"))
    draft = Guidance.objects.get(government=government)
    assert response.url == f"/panduan/versi/{draft.uuid}/ubah/"
    changes = {
        "intro": "Netral itu adil.",
        "contacts-0-DELETE": "on",
        "forbidden-0-level": "SEDANG",
    }
    response = client.post(response.url, guidance_form(draft.content, **changes))
    assert (response.status_code, response.url) == (302, f"/panduan/versi/{draft.uuid}/")
    page = text_of(client.get(response.url))
    assert "Pratinjau Beginilah versi ini tampil setelah diterbitkan." in page
    assert "Netral itu adil." in page
    assert "Netral itu adil." not in text_of(client.get("/panduan/kota-dumai/"))
    publish = reverse("guidance-publish", args=[draft.uuid])
    assert client.post(publish, {"read": "0" * 64}).status_code == 409
    draft.refresh_from_db()
    client.post(publish, {"read": guidance.digest_of(draft.content)})
    page = text_of(client.get("/panduan/kota-dumai/"))
    assert "Netral itu adil." in page
    assert "bawaslu.go.id" not in page
    assert "Panduan Pemerintah Kota Dumai, versi 1, diterbitkan" in page
    assert "Netral itu adil." not in text_of(client.get("/panduan/"))


def test_the_form_shows_the_stored_content_and_sends_it_back_unchanged(client, hr, draft):
    address = reverse("guidance-edit", args=[draft.uuid])
    assert client.get(address).status_code == 200
    client.post(address, guidance_form(draft.content))
    assert Guidance.objects.get(pk=draft.pk).content == draft.content


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"intro": ""}, "intro", "Bidang ini tidak boleh kosong."),
        ({"KAMPANYE": "x" * 501}, "KAMPANYE", "Satu kalimat paling panjang 500 huruf."),
        ({"laws": "x\n" * 13}, "laws", "Paling banyak 12 kalimat."),
        (
            {"contacts-0-address": "http://bawaslu.go.id/"},
            "contacts-0-address",
            "Alamat situs harus lengkap dan diawali https://.",
        ),
        ({"costs-0-text": ""}, "costs-0-text", "Bidang ini tidak boleh kosong."),
    ],
)
def test_a_refusal_stands_next_to_its_field(client, hr, draft, changes, field, sentence):
    data = guidance_form(draft.content, **changes)
    response = client.post(reverse("guidance-edit", args=[draft.uuid]), data)
    assert (response.status_code, beside(response, field)) == (400, sentence)


def test_a_published_version_answers_that_it_cannot_change(client, hr, draft):
    guidance.publish(actor=None, guidance=draft)
    for name in ("guidance-edit", "guidance-publish"):
        response = client.post(reverse(name, args=[draft.uuid]), guidance_form(draft.content))
        assert response.status_code == 409
        assert "Panduan yang sudah diterbitkan tidak dapat diubah." in text_of(response)


@time_machine.travel(IN_CAMPAIGN, tick=False)
def test_hr_records_reports_as_numbers(client, hr, election):
    pages = {name: reverse(name, args=[election.uuid]) for name in ("report-list", "report-add")}
    assert "Laporan belum dicatat" in text_of(client.get(pages["report-list"]))
    client.post(reverse("reports-begin", args=[election.uuid]), {"since": "2024-01-02"})
    data = {"received_on": "2024-01-19", "count": 3, "kind": "CAMPAIGN", "forwarded_to": "NOBODY"}
    assert client.post(pages["report-add"], data).url == pages["report-list"]
    page = text_of(client.get(pages["report-list"]))
    assert "3 laporan: keikutsertaan dalam kampanye Diterima 19 Januari 2024 · belum" in page
    report = ReportCount.objects.get()
    assert report.recorded_by == hr
    address = reverse("report-edit", args=[election.uuid, report.uuid])
    client.post(address, {**data, "forwarded_to": "GAKKUMDU"})
    assert "diteruskan ke Sentra Gakkumdu" in text_of(client.get(pages["report-list"]))
    client.post(reverse("report-remove", args=[election.uuid, report.uuid]))
    assert ReportCount.objects.count() == 0


@time_machine.travel(IN_CAMPAIGN, tick=False)
@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"received_on": "2024-01-21"}, "received_on", "Tanggal ini belum terjadi."),
        ({"count": 0}, "count", "Jumlah laporan antara 1 dan 10.000."),
        ({"count": 10_001}, "count", "Jumlah laporan antara 1 dan 10.000."),
        ({"kind": ""}, "kind", "Bidang ini tidak boleh kosong."),
    ],
)
def test_a_refused_report_is_not_recorded(client, hr, election, changes, field, sentence):
    report_counts.begin(actor=None, election=election, since=date(2024, 1, 2))
    data = {"received_on": "2024-01-19", "count": 3, "kind": "CAMPAIGN", "forwarded_to": "BKN"}
    response = client.post(reverse("report-add", args=[election.uuid]), {**data, **changes})
    assert (response.status_code, beside(response, field)) == (400, sentence)
    assert ReportCount.objects.count() == 0


def test_a_report_of_another_election_is_not_found_here(client, hr, election):
    foreign = reporting.report_count(factories.ElectionFactory())
    for name in ("report-edit", "report-remove"):
        address = reverse(name, args=[election.uuid, foreign.uuid])
        assert client.post(address, {}).status_code == 404
