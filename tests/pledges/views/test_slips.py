"""/acara/…/slip/: which sheets can be asked for, how far one is, and the taking of it."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from agencies.choices import RoleName
from netralitas.lib import numbers
from pledges.errors import WrongPin
from pledges.models import Invitation, SlipBatch
from pledges.services import ceremonies, invitations
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


def ask(client, ceremony, opd=None, order="UNIT", scope="ALL"):
    data = {"opd": opd.uuid if opd else "", "order": order, "scope": scope}
    return client.post(reverse("slip-ask", args=[ceremony.uuid]), data)


def address_of(name, batch):
    return reverse(name, args=[batch.ceremony.uuid, batch.uuid])


def take(client, run_tasks, ceremony, opd=None):
    """The response with the PDF, after the worker has made it."""
    ask(client, ceremony, opd)
    run_tasks()
    return client.post(address_of("slip-take", SlipBatch.objects.first()))


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


def test_every_printed_pin_opens_the_page_of_the_person_beside_it(
    client, ceremony, health, run_tasks
):
    log_in(client, RoleName.OPERATOR, health)
    response = take(client, run_tasks, ceremony, health)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in response.headers["Cache-Control"]
    disposition = 'attachment; filename="Slip PIN Dinas Kesehatan.pdf"'
    assert response.headers["Content-Disposition"] == disposition
    words = words_of(response)
    mine = ceremony.participants.filter(opd=health)
    assert [opened_by(ceremony, person, pin_beside(words, person)) for person in mine] == list(mine)
    assert [person.name for person in mine if person.name not in words] == []
    assert "Dinas Pendidikan" not in words


def test_hr_takes_the_slips_of_all_opd_at_once(client, ceremony, run_tasks):
    log_in(client, RoleName.HR, ceremony.organizer)
    response = take(client, run_tasks, ceremony)
    words = words_of(response)
    people = list(ceremony.participants.all())
    assert [opened_by(ceremony, each, pin_beside(words, each)) for each in people] == people
    assert 'filename="Slip PIN Semua OPD.pdf"' in response.headers["Content-Disposition"]


def test_a_new_sheet_ends_the_old_pins(client, ceremony, health, run_tasks):
    log_in(client, RoleName.HR, ceremony.organizer)
    person = ceremony.participants.filter(opd=health).first()
    old = pin_beside(words_of(take(client, run_tasks, ceremony, health)), person)
    new = pin_beside(words_of(take(client, run_tasks, ceremony, health)), person)
    assert opened_by(ceremony, person, new) == person
    with pytest.raises(WrongPin):
        opened_by(ceremony, person, old)


def test_a_pin_stands_nowhere_in_the_database(client, ceremony, health, run_tasks):
    log_in(client, RoleName.HR, ceremony.organizer)
    words = words_of(take(client, run_tasks, ceremony, health))
    stored = str([list(Invitation.objects.values()), list(SlipBatch.objects.values())])
    pins = ["".join(pair) for pair in PIN.findall(words)]
    assert len(pins) >= 3
    assert [pin for pin in pins if pin in stored] == []


def test_an_operator_of_a_unit_prints_for_that_unit_alone(client, run_tasks):
    opd = factories.OpdFactory(name="Dinas Kesehatan")
    clinic = factories.UnitFactory(parent=opd, name="Puskesmas Kota")
    mine = factories.EmployeeFactory(agency=clinic, name="Siti Aminah")
    factories.EmployeeFactory(agency=opd, name="Budi Santoso")
    ceremony = factories.open_ceremony(opd, employees=0)
    log_in(client, RoleName.OPERATOR, clinic)
    page = text_of(client.get(reverse("slip-list", args=[ceremony.uuid])))
    assert "Dinas Kesehatan 1 dari 1 peserta belum menandatangani" in page
    words = words_of(take(client, run_tasks, ceremony, opd))
    assert mine.full_name in words
    assert "Budi Santoso" not in words


def test_a_name_with_diacritics_makes_a_readable_file_name(client, run_tasks):
    opd = factories.OpdFactory(name="Dinas Señor “Utama”")
    log_in(client, RoleName.HR, factories.government_of(opd))
    response = take(client, run_tasks, factories.open_ceremony(opd), opd)
    assert response.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''Slip%20PIN%20Dinas%20Se%C3%B1or%20%E2%80%9CUtama%E2%80%9D.pdf"
    )


def test_the_list_counts_by_opd_who_still_needs_a_slip(client, ceremony, health):
    log_in(client, RoleName.HR, ceremony.organizer)
    signer, holder, _ = ceremony.participants.filter(opd=health)
    factories.sign(signer)
    factories.pin_of(holder)
    page = text_of(client.get(reverse("slip-list", args=[ceremony.uuid])))
    assert "Semua OPD 3 peserta belum menandatangani" in page
    health_line = "Dinas Kesehatan 2 dari 3 peserta belum menandatangani · 1 memegang slip yang"
    assert health_line in page
    assert page.index("Dinas Kesehatan 2") < page.index("Dinas Pendidikan 1 dari 1 peserta belum")


def test_an_operator_sees_the_own_opd_alone(client, ceremony, health):
    log_in(client, RoleName.OPERATOR, health)
    page = text_of(client.get(reverse("slip-list", args=[ceremony.uuid])))
    assert "Dinas Kesehatan 3 dari 3 peserta belum menandatangani" in page
    assert "Dinas Pendidikan" not in page
    assert "Semua OPD" not in page


def test_the_list_shows_the_own_sheets_alone(client, ceremony, health):
    factories.slip_batch(ceremony, factories.user_with_role(RoleName.HR, ceremony.organizer))
    log_in(client, RoleName.HR, ceremony.organizer)
    address = reverse("slip-list", args=[ceremony.uuid])
    assert "Lembar yang Anda minta" not in text_of(client.get(address))
    ask(client, ceremony, health)
    assert "Dinas Kesehatan Menunggu giliran 3 slip · Semua yang belum" in text_of(
        client.get(address)
    )


def test_a_head_who_is_also_operator_elsewhere_asks_only_as_operator(client, ceremony, health):
    schools = ceremony.participants.get(opd_name="Dinas Pendidikan").opd
    user = log_in(client, RoleName.HEAD, health)
    user.roles.create(agency=schools, role=RoleName.OPERATOR)
    assert ask(client, ceremony, health).status_code == 404
    assert ask(client, ceremony, schools).status_code == 302
    assert SlipBatch.objects.get().opd == schools


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"opd": "x", "order": "UNIT", "scope": "ALL"},
        {"opd": "", "scope": "ALL"},
        {"opd": "", "order": "PIN", "scope": "ALL"},
        {"opd": "", "order": "UNIT"},
        {"opd": "", "order": "UNIT", "scope": "SOME"},
    ],
)
def test_a_sheet_that_is_not_named_rightly_is_a_bad_request(client, ceremony, data):
    log_in(client, RoleName.HR, ceremony.organizer)
    response = client.post(reverse("slip-ask", args=[ceremony.uuid]), data)
    assert (response.status_code, SlipBatch.objects.count()) == (400, 0)
    assert "Data yang dikirim tidak lengkap atau tidak sesuai." in text_of(response)


def test_where_nobody_is_left_it_says_so(client, ceremony, health):
    log_in(client, RoleName.HR, ceremony.organizer)
    for participant in ceremony.participants.filter(opd=health):
        factories.sign(participant)
    response = ask(client, ceremony, health)
    assert response.status_code == 409
    assert "Tidak ada peserta yang masih harus menandatangani." in text_of(response)


def test_a_sheet_is_for_those_without_a_slip_unless_asked_otherwise(client, ceremony, health):
    log_in(client, RoleName.HR, ceremony.organizer)
    address = reverse("slip-list", args=[ceremony.uuid])
    assert "slip masih berlaku" not in text_of(client.get(address))
    for participant in ceremony.participants.filter(opd=health):
        factories.pin_of(participant)
    response = client.get(address)
    assert 'value="MISSING" checked' in response.content.decode()
    assert (
        "3 slip masih berlaku. Bila dibuat bagi semua, slip itu dicabut saat lembar baru diambil"
    ) in text_of(response)
    refused = ask(client, ceremony, health, scope="MISSING")
    assert refused.status_code == 409
    held = "Semua peserta yang masih harus menandatangani sudah memegang slip. "
    assert held in text_of(refused)
    assert ask(client, ceremony, health, scope="ALL").status_code == 302


def test_a_sheet_is_not_offered_after_the_closing(client, ceremony):
    user = log_in(client, RoleName.HR, ceremony.organizer)
    page = address_of("slip-batch", factories.slip_batch(ceremony, user))
    offered = client.get(page).content.decode()
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    closed = client.get(page)
    assert "Ambil PDF" in offered
    assert "Ambil PDF" not in closed.content.decode()
    assert "Penandatanganan sudah ditutup." in text_of(closed)


def test_taking_a_sheet_warns_of_the_slips_it_ends_if_there_are_any(client, ceremony):
    user = log_in(client, RoleName.HR, ceremony.organizer)
    page = address_of("slip-batch", factories.slip_batch(ceremony, user))
    first = client.get(page).content.decode()
    assert "dicabut" not in first
    assert "data-confirm=" not in first.split("Ambil PDF")[0].rsplit("<form", 1)[1]
    factories.pin_of(ceremony.participants.first())
    warned = client.get(page)
    assert "1 slip yang masih berlaku dicabut sejak itu." in text_of(warned)
    assert (
        'data-confirm="1 slip yang masih berlaku dicabut sekarang. Peserta yang sedang '
        "menandatangani dengan slip lama ditolak."
    ) in warned.content.decode()


def test_after_the_button_the_page_asks_at_once_how_the_sheet_stands(client, ceremony):
    user = log_in(client, RoleName.HR, ceremony.organizer)
    page = client.get(address_of("slip-batch", factories.slip_batch(ceremony, user)))
    assert "submit delay:500ms from:body" in page.content.decode()


@pytest.mark.parametrize("state", ["DRAFT", "CLOSED", "ARCHIVED", "CANCELLED"])
def test_the_list_says_when_slips_can_be_printed(client, state):
    ceremony = factories.ceremony_in(state)
    log_in(client, RoleName.HR, ceremony.organizer)
    response = client.get(reverse("slip-list", args=[ceremony.uuid]))
    assert (
        "Slip dicetak setelah daftar peserta dibekukan sampai penandatanganan ditutup, dan lagi "
        "bila penandatanganan susulan dibuka." in text_of(response)
    )
    assert reverse("slip-ask", args=[ceremony.uuid]) not in response.content.decode()


@pytest.mark.parametrize("name", ["slip-ask", "slip-take"])
def test_nothing_is_asked_or_taken_by_following_a_link(client, ceremony, name):
    user = log_in(client, RoleName.HR, ceremony.organizer)
    batch = factories.slip_batch(ceremony, user)
    address = (
        address_of(name, batch) if name == "slip-take" else reverse(name, args=[ceremony.uuid])
    )
    assert (client.get(address).status_code, Invitation.objects.count()) == (405, 0)


def test_the_page_of_a_sheet_tells_how_far_it_is(client, ceremony):
    user = log_in(client, RoleName.HR, ceremony.organizer)
    batch = factories.slip_batch(ceremony, user, made=False)
    page, piece = address_of("slip-batch", batch), address_of("slip-progress", batch)
    assert "Menunggu giliran" in text_of(client.get(page))
    SlipBatch.objects.update(state="MAKING", done=3)
    assert "3 dari 4 (75%)" in text_of(client.get(piece, {"state": "QUEUED"}))
    SlipBatch.objects.update(state="FAILED", reason="Tidak ada kertas.")
    answer = client.get(piece, {"state": "MAKING"})
    assert answer.headers["HX-Refresh"] == "true"
    assert "Lembar tidak dapat dibuat Tidak ada kertas." in text_of(client.get(page))


def test_the_page_of_a_sheet_follows_it_to_its_end(client, ceremony, run_tasks):
    user = log_in(client, RoleName.HR, ceremony.organizer)
    batch = factories.slip_batch(ceremony, user)
    page, piece = address_of("slip-batch", batch), address_of("slip-progress", batch)
    assert "Ambil PDF" in text_of(client.get(page))
    assert "HX-Refresh" not in client.get(piece, {"state": "READY"}).headers
    client.post(address_of("slip-take", batch))
    assert client.get(piece, {"state": "READY"}).headers["HX-Refresh"] == "true"
    assert "Ambil lagi" in text_of(client.get(page))
    SlipBatch.objects.update(content="")
    assert "Lembar ini sudah diambil" in text_of(client.get(page))
    SlipBatch.objects.update(state="EXPIRED", taken_at=None)
    assert "PIN di dalamnya tidak pernah berlaku" in text_of(client.get(page))


def test_a_sheet_that_is_gone_says_so(client, ceremony):
    user = log_in(client, RoleName.HR, ceremony.organizer)
    batch = factories.slip_batch(ceremony, user, made=False)
    response = client.post(address_of("slip-take", batch))
    assert response.status_code == 409
    assert "Lembar ini tidak tersedia lagi. Minta lembar yang baru." in text_of(response)
