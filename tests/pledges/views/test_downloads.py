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
from agencies.models import Event
from pledges.models import Pact
from pledges.services import pacts
from tests import factories

from .pages import log_in, text_of

pytestmark = pytest.mark.django_db


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
    disposition = f'attachment; filename="pakta-{ceremony.code}.zip"'
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
    participant = ceremony.participants.get(bare_name="Renée D'Ávila")
    pact = pacts.issue(participant.signature)
    Path(settings.MEDIA_ROOT, pact.file.name).unlink()
    with pytest.raises(FileNotFoundError):
        zip_of(client, ceremony).getvalue()


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
        counts.append(len(queries) - employees)  # one look for each pact
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
    assert "Unduh semua (4 pakta)" in page
    assert "Sudah menandatangani 4 dari 5 (80%)" in page
    assert "Pakta siap diunduh 1 dari 4 (25%)" in page
    assert "Dinas Kesehatan 3 pakta · 1 peserta belum menandatangani" in page
    assert page.index("Dinas Kesehatan 3") < page.index("Dinas Pendidikan 1 pakta")


def test_a_head_is_shown_the_own_agency_alone(client, ceremony, health):
    log_in(client, RoleName.HEAD, health)
    page = text_of(client.get(reverse("download-list", args=[ceremony.uuid])))
    assert "Unduh semua (3 pakta)" in page
    assert "Dinas Pendidikan" not in page


def test_before_the_first_signature_the_page_says_what_to_wait_for(client):
    ceremony = factories.open_ceremony()
    log_in(client, RoleName.HEAD, ceremony.organizer)
    response = client.get(reverse("download-list", args=[ceremony.uuid]))
    assert "Pakta dapat diunduh setelah peserta menandatangani." in text_of(response)
    assert reverse("pact-zip", args=[ceremony.uuid]) not in response.content.decode()
