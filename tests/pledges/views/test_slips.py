"""/acara/…/slip/: the sheets there are, and the printing of one."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from agencies.choices import RoleName
from netralitas.lib import numbers
from pledges.documents import slips
from pledges.errors import RevokedInvitation
from pledges.models import Invitation
from pledges.services import invitations
from tests import factories

from .pages import log_in, text_of

pytestmark = pytest.mark.django_db
PIN = re.compile(r"\b(\d{4}) (\d{4})\b")


@pytest.fixture
def ceremony():
    """City-wide: three at Kesehatan, one at Pendidikan."""
    government = factories.GovernmentFactory()
    for name, people in [("Dinas Kesehatan", 3), ("Dinas Pendidikan", 1)]:
        opd = factories.OpdFactory(parent=government, name=name)
        factories.EmployeeFactory.create_batch(people, agency=opd)
    return factories.open_ceremony(government, employees=0)


@pytest.fixture
def health(ceremony):
    return ceremony.participants.filter(opd_name="Dinas Kesehatan").first().opd


def print_sheet(client, ceremony, opd, part=1):
    return client.post(reverse("slip-print", args=[ceremony.uuid]), {"opd": opd.uuid, "part": part})


def words_of(response):
    pages = PdfReader(BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def pin_beside(words, participant):
    """The PIN printed below the participant's number."""
    number = numbers.printed(participant.number, participant.number_kind)
    after = words[words.index(number) :]
    return "".join(re.search(r"PIN (\d{4}) (\d{4})", after).groups())


def opened_by(ceremony, participant, pin):
    found = invitations.find_by_pin(ceremony=ceremony, number=participant.number, pin=pin)
    return found.participant


def test_every_printed_pin_opens_the_page_of_the_person_beside_it(client, ceremony, health):
    log_in(client, RoleName.OPERATOR, health)
    response = print_sheet(client, ceremony, health)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in response.headers["Cache-Control"]
    disposition = 'attachment; filename="Slip PIN Dinas Kesehatan 1.pdf"'
    assert response.headers["Content-Disposition"] == disposition
    words = words_of(response)
    mine = ceremony.participants.filter(opd=health)
    assert [opened_by(ceremony, person, pin_beside(words, person)) for person in mine] == list(mine)
    assert [person.name for person in mine if person.name not in words] == []
    assert "Dinas Pendidikan" not in words


def test_printing_again_ends_the_old_pins(client, ceremony, health):
    log_in(client, RoleName.HR, ceremony.organizer)
    person = ceremony.participants.filter(opd=health).first()
    old = pin_beside(words_of(print_sheet(client, ceremony, health)), person)
    new = pin_beside(words_of(print_sheet(client, ceremony, health)), person)
    assert opened_by(ceremony, person, new) == person
    with pytest.raises(RevokedInvitation):
        opened_by(ceremony, person, old)


def test_a_sheet_that_cannot_be_made_leaves_the_old_slips_valid(
    client, ceremony, health, monkeypatch
):
    log_in(client, RoleName.HR, ceremony.organizer)
    person = ceremony.participants.filter(opd=health).first()
    pin = pin_beside(words_of(print_sheet(client, ceremony, health)), person)
    with monkeypatch.context() as broken:
        broken.setattr(slips.pdf, "laid_out", no_printer)
        with pytest.raises(OSError, match="font"):
            print_sheet(client, ceremony, health)
    assert opened_by(ceremony, person, pin) == person
    assert Invitation.objects.count() == 3


def no_printer(*args):
    """What a machine without its fonts does."""
    raise OSError("no font")


def test_a_pin_stands_nowhere_in_the_database(client, ceremony, health):
    log_in(client, RoleName.HR, ceremony.organizer)
    words = words_of(print_sheet(client, ceremony, health))
    stored = str(list(Invitation.objects.values()))
    pins = ["".join(pair) for pair in PIN.findall(words)]
    assert len(pins) >= 3
    assert [pin for pin in pins if pin in stored] == []


def test_an_operator_of_a_unit_prints_for_that_unit_alone(client):
    opd = factories.OpdFactory(name="Dinas Kesehatan")
    clinic = factories.UnitFactory(parent=opd, name="Puskesmas Kota")
    mine = factories.EmployeeFactory(agency=clinic, name="Siti Aminah")
    factories.EmployeeFactory(agency=opd, name="Budi Santoso")
    ceremony = factories.open_ceremony(opd, employees=0)
    log_in(client, RoleName.OPERATOR, clinic)
    page = text_of(client.get(reverse("slip-list", args=[ceremony.uuid])))
    assert "Dinas Kesehatan 1 dari 1 peserta belum menandatangani" in page
    words = words_of(print_sheet(client, ceremony, opd))
    assert mine.full_name in words
    assert "Budi Santoso" not in words


def test_a_name_with_diacritics_makes_a_readable_file_name(client):
    opd = factories.OpdFactory(name="Dinas Señor “Utama”")
    log_in(client, RoleName.HR, factories.government_of(opd))
    response = print_sheet(client, factories.open_ceremony(opd), opd)
    assert response.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''Slip%20PIN%20Dinas%20Se%C3%B1or%20%E2%80%9CUtama%E2%80%9D"
        "%201.pdf"
    )


def test_the_list_counts_by_opd_who_still_needs_a_slip(client, ceremony, health):
    log_in(client, RoleName.HR, ceremony.organizer)
    signer, holder, _ = ceremony.participants.filter(opd=health)
    factories.sign(signer)
    factories.pin_of(holder)
    page = text_of(client.get(reverse("slip-list", args=[ceremony.uuid])))
    health_line = "Dinas Kesehatan 2 dari 3 peserta belum menandatangani · 1 memegang slip yang"
    assert health_line in page
    assert page.index("Dinas Kesehatan 2") < page.index("Dinas Pendidikan 1 dari 1 peserta belum")


def test_an_operator_sees_the_own_opd_alone(client, ceremony, health):
    log_in(client, RoleName.OPERATOR, health)
    page = text_of(client.get(reverse("slip-list", args=[ceremony.uuid])))
    assert "Dinas Kesehatan 3 dari 3 peserta belum menandatangani" in page
    assert "Dinas Pendidikan" not in page


def test_a_head_who_is_also_operator_elsewhere_prints_only_as_operator(client, ceremony, health):
    schools = ceremony.participants.get(opd_name="Dinas Pendidikan").opd
    user = log_in(client, RoleName.HEAD, health)
    user.roles.create(agency=schools, role=RoleName.OPERATOR)
    assert print_sheet(client, ceremony, health).status_code == 404
    assert print_sheet(client, ceremony, schools).status_code == 200
    assert list(Invitation.objects.values_list("participant__opd", flat=True)) == [schools.pk]


def test_the_slips_of_another_opd_are_not_found(client, ceremony, health):
    log_in(client, RoleName.OPERATOR, health)
    schools = ceremony.participants.get(opd_name="Dinas Pendidikan").opd
    assert print_sheet(client, ceremony, schools).status_code == 404
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    "data", [{}, {"opd": "x", "part": 1}, {"part": 1}, {"part": 0}, {"part": "satu"}]
)
def test_a_sheet_that_is_not_named_rightly_is_a_bad_request(client, ceremony, health, data):
    log_in(client, RoleName.HR, ceremony.organizer)
    sent = {"opd": health.uuid, **data} if "part" in data and data["part"] != 1 else data
    response = client.post(reverse("slip-print", args=[ceremony.uuid]), sent)
    assert (response.status_code, Invitation.objects.count()) == (400, 0)
    assert "Data yang dikirim tidak lengkap atau tidak sesuai." in text_of(response)


def test_a_sheet_without_anybody_left_says_so(client, ceremony, health):
    log_in(client, RoleName.HR, ceremony.organizer)
    for participant in ceremony.participants.filter(opd=health):
        factories.sign(participant)
    response = print_sheet(client, ceremony, health)
    assert response.status_code == 409
    assert "Semua peserta pada lembar ini sudah menandatangani." in text_of(response)


@pytest.mark.parametrize("state", ["DRAFT", "ARCHIVED", "CANCELLED"])
def test_the_list_says_when_slips_can_be_printed(client, state):
    ceremony = factories.ceremony_in(state)
    log_in(client, RoleName.HR, ceremony.organizer)
    response = client.get(reverse("slip-list", args=[ceremony.uuid]))
    assert (
        "Slip dapat dicetak setelah daftar peserta dibekukan dan sebelum acara diarsipkan atau "
        "dibatalkan." in text_of(response)
    )
    assert reverse("slip-print", args=[ceremony.uuid]) not in response.content.decode()


def test_slips_are_never_printed_by_following_a_link(client, ceremony):
    log_in(client, RoleName.HR, ceremony.organizer)
    response = client.get(reverse("slip-print", args=[ceremony.uuid]))
    assert (response.status_code, Invitation.objects.count()) == (405, 0)
