"""/acara/…/unduhan/: one pact as PDF, all of an agency as a streamed ZIP."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Agency, Event
from netralitas.lib import dates
from pledges.models import Pact
from pledges.services import pact_seals, pacts
from tests import factories
from tests.tampering import spoil

from .pages import log_in, text_of

pytestmark = pytest.mark.django_db
FORGED = (
    "Berkas pakta tidak cocok dengan catatan, sehingga tidak diberikan. Hubungi pengelola sistem."
)


@pytest.fixture
def ceremony():
    """City-wide and signed by all: at Kesehatan, its clinic, and Pendidikan; one has not signed."""
    government = factories.GovernmentFactory(name="Pemerintah Kota Dumai")
    health = factories.OpdFactory(parent=government, name="Dinas Kesehatan")
    clinic = factories.UnitFactory(parent=health, name="Puskesmas: Kota/Timur")
    schools = factories.OpdFactory(parent=government, name="Dinas Pendidikan")
    for name, agency in [
        ("Siti Aminah", health),
        ("Siti Aminah", health),
        ("Renée D'Ávila", clinic),
        ("Adi Guru", schools),
        ("Belum Tanda", health),
    ]:
        factories.EmployeeFactory(name=name, agency=agency)
    ceremony = factories.open_ceremony(government, employees=0)
    for participant in ceremony.participants.exclude(bare_name="Belum Tanda"):
        factories.sign(participant)
    return ceremony


@pytest.fixture
def health(ceremony):
    return ceremony.participants.get(bare_name="Belum Tanda").agency


def zip_of(client, ceremony, **query):
    return client.get(reverse("pact-zip", args=[ceremony.uuid]), query)


def members(response):
    """{name in the archive: content}"""
    archive = ZipFile(BytesIO(response.getvalue()))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def pdf_of(participant):
    return reverse("pact-pdf", args=[participant.ceremony.uuid, participant.uuid])


def stored(participant):
    return Pact.objects.get(signature__participant=participant).file.read()


# The ZIP ----------------------------------------------------------------------------------------


def test_a_head_downloads_the_own_agency_alone_with_readable_names(client, ceremony, health):
    log_in(client, RoleName.HEAD, health)
    response = zip_of(client, ceremony)
    assert isinstance(response, StreamingHttpResponse)
    assert response.headers["Content-Type"] == "application/zip"
    day = dates.local_day(ceremony.starts_at, ceremony.time_zone)
    name = f"PDF pakta {day:%Y-%m-%d} {ceremony.code} Dinas Kesehatan.zip"
    disposition = f'attachment; filename="{name}"'
    assert response.headers["Content-Disposition"] == disposition
    signers = ceremony.participants.signed().filter(opd=health)
    number = {person.pk: person.number for person in signers}
    first, second, clinic = sorted(signers, key=lambda person: (person.agency_id, person.pk))
    assert members(response) == {
        f"Dinas Kesehatan/Siti Aminah - {number[first.pk]}.pdf": stored(first),
        f"Dinas Kesehatan/Siti Aminah - {number[second.pk]}.pdf": stored(second),
        f"Dinas Kesehatan/Puskesmas Kota Timur/Renée D'Ávila - {number[clinic.pk]}.pdf": stored(
            clinic
        ),
    }


def test_hr_downloads_all_or_one_opd(client, ceremony, health):
    log_in(client, RoleName.HR, ceremony.organizer)
    assert len(members(zip_of(client, ceremony))) == 4
    only = members(zip_of(client, ceremony, opd=health.uuid))
    assert {name.split("/")[0] for name in only} == {"Dinas Kesehatan"}


def test_a_download_leaves_an_event_with_its_count(client, ceremony, health):
    head = log_in(client, RoleName.HEAD, health)
    zip_of(client, ceremony).getvalue()
    event = Event.objects.of(ceremony).first()
    assert (event.act, event.actor, event.government, event.data) == (
        "pact.downloaded",
        head,
        ceremony.organizer,
        {"count": 3},
    )


def test_pacts_are_made_one_by_one_while_the_archive_is_sent(client, ceremony, health):
    log_in(client, RoleName.HEAD, health)
    response = zip_of(client, ceremony)
    assert Pact.objects.count() == 0
    chunks = iter(response)
    next(chunks)
    assert Pact.objects.count() == 1
    for _ in chunks:
        pass
    assert Pact.objects.count() == 3


def test_the_archive_is_never_silently_incomplete(client, ceremony, health, settings):
    log_in(client, RoleName.HEAD, health)
    clinic = ceremony.participants.get(bare_name="Renée D'Ávila")
    forge(clinic, settings)
    spoilt = ceremony.participants.signed().filter(agency=health).order_by("id")[0]
    spoil(spoilt.signature)
    found = members(zip_of(client, ceremony))
    names = [
        f"Dinas Kesehatan/Puskesmas Kota Timur/Renée D'Ávila - {clinic.number}.pdf",
        f"Dinas Kesehatan/Siti Aminah - {spoilt.number}.pdf",
    ]
    assert len(found) == 2
    assert not set(names) & set(found)
    assert found["GAGAL.txt"].decode().split("\r\n") == [
        "2 pakta tidak termasuk dalam arsip ini:",
        "",
        f"{names[0]}: {FORGED}",
        f"{names[1]}: Pakta belum dapat dibuat.",
        "",
    ]


def forge(participant, settings):
    """Put another file where the participant's pact lies."""
    pact = pacts.issue(participant.signature)
    Path(settings.MEDIA_ROOT, pact.file.name).write_bytes(b"%PDF-palsu")


def test_of_a_nik_only_the_end_is_in_the_names_of_files(client):
    opd = factories.OpdFactory(name="Dinas Kesehatan")
    factories.EmployeeFactory(agency=opd, kind="NON_ASN", name="Joko")
    ceremony = factories.open_ceremony(opd, employees=0)
    participant = factories.participant_of(ceremony)
    factories.sign(participant)
    log_in(client, RoleName.HEAD, opd)
    assert list(members(zip_of(client, ceremony))) == [
        f"Dinas Kesehatan/Joko - NIK {participant.number[-4:]}.pdf"
    ]


@pytest.mark.parametrize("query", [{"opd": "bukan-uuid"}, {"opd": "other"}, {"opd": "unsigned"}])
def test_what_holds_no_pact_of_ones_own_is_not_found(client, ceremony, health, query):
    log_in(client, RoleName.HEAD, health)
    others = {
        "other": ceremony.participants.get(bare_name="Adi Guru").opd.uuid,
        "unsigned": factories.OpdFactory(parent=ceremony.organizer).uuid,
    }
    events = Event.objects.count()
    response = zip_of(client, ceremony, opd=others.get(query["opd"], query["opd"]))
    assert response.status_code == 404
    assert Event.objects.count() == events


def test_an_archive_needs_no_more_queries_for_more_pacts(client):
    counts = []
    for employees in (1, 6):
        ceremony = factories.open_ceremony(employees=employees)
        for participant in ceremony.participants.all():
            pacts.issue(factories.sign(participant))
        log_in(client, RoleName.HR, ceremony.organizer)
        with CaptureQueriesContext(connection) as queries:
            assert len(members(zip_of(client, ceremony))) == employees
        counts.append(len(queries) - 2 * employees)  # two looks for each pact
    assert counts[0] == counts[1]


# One pact ---------------------------------------------------------------------------------------


def test_a_pact_is_shown_as_pdf_and_leaves_an_event(client, ceremony, health):
    head = log_in(client, RoleName.HEAD, health)
    participant = ceremony.participants.get(bare_name="Renée D'Ávila")
    response = client.get(pdf_of(participant))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.getvalue() == stored(participant)
    assert "Pakta%20Integritas%20-%20Ren%C3%A9e" in response.headers["Content-Disposition"]
    event = Event.objects.of(ceremony).first()
    assert (event.act, event.actor, event.data) == ("pact.downloaded", head, {"count": 1})
    assert event.employee == participant.employee


def test_a_forged_pact_is_refused_in_words_and_leaves_no_event(client, ceremony, health, settings):
    log_in(client, RoleName.HEAD, health)
    participant = ceremony.participants.get(bare_name="Renée D'Ávila")
    forge(participant, settings)
    events = Event.objects.count()
    response = client.get(pdf_of(participant))
    assert (response.status_code, Event.objects.count()) == (409, events)
    assert FORGED in text_of(response)


def test_a_lost_pact_is_sealed_anew(client, ceremony, health, settings):
    log_in(client, RoleName.HEAD, health)
    participant = ceremony.participants.get(bare_name="Renée D'Ávila")
    content = client.get(pdf_of(participant)).getvalue()
    path = Path(settings.MEDIA_ROOT, pacts.file_name(participant.signature))
    path.unlink()
    anew = client.get(pdf_of(participant)).getvalue()
    with participant.signature.pact.file.open() as stored:
        assert anew == stored.read()
    assert not path.exists()
    assert pact_seals.examine(anew).holds
    assert anew != content


# A unit that goes to another OPD ------------------------------------------------------------------


@pytest.fixture
def moved(ceremony, health):
    """The clinic goes from Kesehatan to Pendidikan, and Kesehatan opens another in its place."""
    clinic = ceremony.participants.get(bare_name="Renée D'Ávila").agency
    old_path = clinic.path
    schools = ceremony.participants.get(bare_name="Adi Guru").opd
    Agency.objects.move(clinic, schools, "last-child")
    assert factories.UnitFactory(parent=health, name="Puskesmas Baru").path == old_path
    return ceremony.participants.get(bare_name="Renée D'Ávila")


def test_the_opd_of_the_day_keeps_the_pacts_of_a_unit_that_has_gone(
    client, ceremony, health, moved
):
    log_in(client, RoleName.HEAD, health)
    assert {name.split("/")[-1].split(" - ")[0] for name in members(zip_of(client, ceremony))} == {
        "Siti Aminah",
        "Renée D'Ávila",
    }
    assert client.get(pdf_of(moved)).getvalue() == stored(moved)
    page = client.get(reverse("participant-detail", args=[ceremony.uuid, moved.uuid]))
    assert pdf_of(moved) in page.content.decode()


def test_the_opd_a_unit_has_come_to_does_not_see_its_earlier_pacts(client, ceremony, moved):
    schools = ceremony.participants.get(bare_name="Adi Guru").opd
    log_in(client, RoleName.HEAD, schools)
    assert {name.split("/")[0] for name in members(zip_of(client, ceremony))} == {
        "Dinas Pendidikan"
    }
    detail = reverse("participant-detail", args=[ceremony.uuid, moved.uuid])
    assert [client.get(address).status_code for address in (pdf_of(moved), detail)] == [404, 404]


def test_a_pact_that_was_never_signed_is_not_found(client, ceremony, health):
    log_in(client, RoleName.HEAD, health)
    response = client.get(pdf_of(ceremony.participants.get(bare_name="Belum Tanda")))
    assert (response.status_code, Pact.objects.count()) == (404, 0)


def test_a_head_cannot_read_another_agencys_pact(client, ceremony, health):
    log_in(client, RoleName.HEAD, health)
    assert client.get(pdf_of(ceremony.participants.get(bare_name="Adi Guru"))).status_code == 404


def test_an_operator_cannot_read_pacts_but_sees_who_has_signed(client, ceremony, health):
    log_in(client, RoleName.OPERATOR, health)
    participant = ceremony.participants.get(bare_name="Renée D'Ávila")
    answers = [
        client.get(address).status_code
        for address in (
            pdf_of(participant),
            reverse("pact-zip", args=[ceremony.uuid]),
            reverse("download-list", args=[ceremony.uuid]),
            reverse("participant-detail", args=[ceremony.uuid, participant.uuid]),
        )
    ]
    assert answers == [403, 403, 403, 200]
    assert Pact.objects.count() == 0


def test_who_heads_one_agency_and_operates_another_reads_only_where_head(client, ceremony, health):
    schools = ceremony.participants.get(bare_name="Adi Guru").opd
    user = log_in(client, RoleName.HEAD, health)
    user.roles.create(agency=schools, role=RoleName.OPERATOR)
    assert {name.split("/")[0] for name in members(zip_of(client, ceremony))} == {"Dinas Kesehatan"}
    assert client.get(pdf_of(ceremony.participants.get(bare_name="Adi Guru"))).status_code == 403


def test_hr_of_another_government_finds_nothing(client, ceremony):
    log_in(client, RoleName.HR, factories.GovernmentFactory())
    participant = ceremony.participants.get(bare_name="Adi Guru")
    addresses = [
        pdf_of(participant),
        reverse("pact-zip", args=[ceremony.uuid]),
        reverse("download-list", args=[ceremony.uuid]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 3


# The page ---------------------------------------------------------------------------------------


def test_the_page_counts_what_is_signed_and_what_is_ready(client, ceremony, health):
    log_in(client, RoleName.HR, ceremony.organizer)
    pacts.issue(ceremony.participants.get(bare_name="Adi Guru").signature)
    page = text_of(client.get(reverse("download-list", args=[ceremony.uuid])))
    assert "Semua OPD 4 pakta · langsung diunduh" in page
    assert "berita acara (untuk semua OPD)" in page
    assert "Sudah menandatangani 4 dari 5 (80%)" in page
    assert "Pakta siap diunduh 1 dari 4 (25%)" in page
    assert "Dinas Kesehatan 3 pakta · 1 peserta belum menandatangani" in page
    assert page.index("Dinas Kesehatan 3") < page.index("Dinas Pendidikan 1 pakta")


def test_a_head_is_shown_the_own_agency_alone(client, ceremony, health):
    log_in(client, RoleName.HEAD, health)
    page = text_of(client.get(reverse("download-list", args=[ceremony.uuid])))
    assert "Dinas Kesehatan 3 pakta · langsung diunduh" in page
    assert "Semua OPD" not in page
    assert "Dinas Pendidikan" not in page
    assert "berita acara" not in page


def test_before_the_first_signature_the_page_says_what_to_wait_for(client):
    ceremony = factories.open_ceremony()
    log_in(client, RoleName.HEAD, ceremony.organizer)
    response = client.get(reverse("download-list", args=[ceremony.uuid]))
    assert "Pakta dapat diunduh setelah peserta menandatangani." in text_of(response)
    assert reverse("pact-zip", args=[ceremony.uuid]) not in response.content.decode()
