"""/acara/…/rekap/ and the papers of a ceremony: who gets what, and the trace it leaves."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from agencies.choices import RoleName
from agencies.models import Event
from tests import factories

from .pages import log_in, text_of

pytestmark = pytest.mark.django_db
PAPERS = ("recap-pdf", "recap-export", "attendance-pdf", "minutes-pdf")


@pytest.fixture
def government():
    return factories.GovernmentFactory(name="Pemerintah Kota Dumai")


@pytest.fixture
def health(government):
    return factories.OpdFactory(parent=government, name="Dinas Kesehatan")


@pytest.fixture
def ceremony(government, health):
    """City-wide: two at Kesehatan, of whom one in its clinic has signed; one at Pendidikan."""
    clinic = factories.UnitFactory(parent=health, name="Puskesmas Kota")
    schools = factories.OpdFactory(parent=government, name="Dinas Pendidikan")
    factories.EmployeeFactory(agency=health, name="Siti Sehat")
    factories.EmployeeFactory(agency=clinic, name="Budi Klinik")
    factories.EmployeeFactory(agency=schools, name="Adi Guru")
    found = factories.open_ceremony(government, employees=0, title="Apel Ikrar")
    factories.sign(found.participants.get(bare_name="Budi Klinik"))
    return found


def address_of(name, ceremony):
    return reverse(name, args=[ceremony.uuid])


def words_of(response):
    pages = PdfReader(BytesIO(response.getvalue())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_hr_sees_each_opd_with_its_figures_and_the_ways_to_all_papers(client, ceremony, government):
    log_in(client, RoleName.HR, government)
    response = client.get(address_of("recap", ceremony))
    words = text_of(response)
    assert "Dinas Kesehatan 2 1 0 0 1" in words
    assert "Dinas Pendidikan 1 0 0 0 1" in words
    assert [n for n in PAPERS if address_of(n, ceremony) not in response.content.decode()] == []
    assert "Sementara, keadaan pukul" in words


def test_one_opd_is_shown_by_unit_and_its_papers_are_of_it_alone(
    client, ceremony, government, health
):
    log_in(client, RoleName.AUDITOR, government)
    response = client.get(address_of("recap", ceremony), {"opd": health.uuid})
    assert "Puskesmas Kota 1 1 0 0 0" in text_of(response)
    assert (
        f"{address_of('attendance-pdf', ceremony)}?opd={health.uuid}" in response.content.decode()
    )
    assert address_of("minutes-pdf", ceremony) not in response.content.decode()
    listed = words_of(client.get(address_of("attendance-pdf", ceremony), {"opd": health.uuid}))
    assert "Siti Sehat" in listed
    assert "Adi Guru" not in listed


@pytest.mark.parametrize("name", ["recap-pdf", "attendance-pdf"])
def test_a_head_gets_the_papers_of_the_own_opd_only(client, ceremony, health, name):
    log_in(client, RoleName.HEAD, health)
    words = words_of(client.get(address_of(name, ceremony)))
    assert "Dinas Kesehatan" in words
    assert "Dinas Pendidikan" not in words


def test_a_heads_workbook_knows_the_own_opd_only(client, ceremony, health):
    log_in(client, RoleName.HEAD, health)
    content = client.get(address_of("recap-export", ceremony)).getvalue()
    assert [row[0] for row in load_workbook(BytesIO(content)).active.values] == [
        "Perangkat daerah",
        "Dinas Kesehatan",
        "Jumlah",
    ]


def test_a_head_reads_minutes_only_of_what_the_own_opd_organises(client, ceremony, health):
    log_in(client, RoleName.HEAD, health)
    assert client.get(address_of("minutes-pdf", ceremony)).status_code == 403
    assert "Berita acara" not in text_of(client.get(address_of("recap", ceremony)))
    own = factories.open_ceremony(health)
    assert "BERITA ACARA" in words_of(client.get(address_of("minutes-pdf", own)))


@pytest.mark.parametrize("name", ["recap", *PAPERS])
def test_an_operator_gets_none(client, ceremony, health, name):
    log_in(client, RoleName.OPERATOR, health)
    assert client.get(address_of(name, ceremony)).status_code == 403


@pytest.mark.parametrize(
    ("name", "paper", "count"),
    [
        ("recap-pdf", "RECAP", 3),
        ("recap-export", "RECAP", 3),
        ("attendance-pdf", "ATTENDANCE", 3),
        ("minutes-pdf", "MINUTES", 2),
    ],
)
def test_a_paper_leaves_a_trace_of_how_many_people_it_tells(
    client, ceremony, government, name, paper, count
):
    user = log_in(client, RoleName.HR, government)
    client.get(address_of(name, ceremony))
    event = Event.objects.get(act="paper.downloaded")
    assert (event.actor, event.data) == (user, {"paper": paper, "count": count})


@pytest.mark.parametrize("name", PAPERS)
def test_without_a_roster_there_is_nothing_to_print(client, government, name):
    draft = factories.draft_ceremony(government)
    log_in(client, RoleName.HR, government)
    response = client.get(address_of(name, draft))
    assert response.status_code == 409
    assert "belum dibekukan" in text_of(response)


def test_the_page_of_a_draft_says_when_it_fills(client, government):
    draft = factories.draft_ceremony(government)
    log_in(client, RoleName.HR, government)
    assert "Belum ada peserta" in text_of(client.get(address_of("recap", draft)))


@pytest.mark.parametrize("opd", ["bukan-uuid", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_opd_has_no_list(client, ceremony, government, opd):
    log_in(client, RoleName.HR, government)
    response = client.get(address_of("attendance-pdf", ceremony), {"opd": opd})
    assert response.status_code == 404
    assert not Event.objects.filter(act="paper.downloaded").exists()


def test_files_are_named_after_paper_and_ceremony(client, ceremony, government):
    log_in(client, RoleName.HR, government)
    names = [client.get(address_of(name, ceremony))["Content-Disposition"] for name in PAPERS]
    assert names == [
        'inline; filename="Rekapitulasi Apel Ikrar.pdf"',
        'attachment; filename="Rekapitulasi Apel Ikrar.xlsx"',
        'inline; filename="Daftar hadir Apel Ikrar.pdf"',
        'inline; filename="Berita acara Apel Ikrar.pdf"',
    ]
