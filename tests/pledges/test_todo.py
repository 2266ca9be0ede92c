"""What somebody should do next: one table of state × role."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from agencies.choices import RoleName
from pledges.reports import Progress
from pledges.todo import Step, next_steps, people_without_slip
from tests import campaigning, factories

pytestmark = pytest.mark.django_db
HALF_SIGNED = Progress("", invited=5, signed=2, excused=1, refused=0)
ALL_SIGNED = Progress("", invited=5, signed=5, excused=0, refused=0)
NONE_SIGNED = Progress("", invited=5, signed=0, excused=0, refused=0)
WHEN = "Rabu, 11 Januari 2023, 08.00 WIB"
FREEZE = ("Bekukan daftar peserta: Apel Ikrar Netralitas", WHEN, None)
OPEN = ("Buka penandatanganan: Apel Ikrar Netralitas", WHEN, None)
CHASE = (
    "Belum menandatangani: Apel Ikrar Netralitas",
    "2 dari 5 peserta sudah menandatangani.",
    2,
)
PRINT = (
    "Cetak slip PIN: Apel Ikrar Netralitas",
    "Bagi peserta yang belum memegang slip.",
    1,
)
FILE = ("Unduh pakta: Apel Ikrar Netralitas", "Penandatanganan sudah ditutup.", 2)

TABLE = {
    ("DRAFT", "HR"): [FREEZE],
    ("READY", "HR"): [OPEN],
    ("READY", "OPERATOR"): [PRINT],
    ("OPEN", "HR"): [CHASE],
    ("OPEN", "OPERATOR"): [CHASE, PRINT],
    ("OPEN", "HEAD"): [CHASE],
    ("CLOSED", "HR"): [FILE],
    ("CLOSED", "HEAD"): [FILE],
    ("CLOSED", "AUDITOR"): [FILE],
}
STATES = ("DRAFT", "READY", "OPEN", "CLOSED", "ARCHIVED", "CANCELLED")


def told(steps):
    return [(step.title, step.note, step.count) for step in steps]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", RoleName.values)
def test_each_state_asks_of_each_role_what_the_table_says(state, role):
    ceremony = factories.ceremony_in(state)
    user = factories.user_with_role(role, ceremony.organizer.government)
    steps = next_steps(user, [(ceremony, HALF_SIGNED)])
    assert told(steps) == TABLE.get((state, role), [])


@pytest.mark.parametrize(
    ("state", "progress"),
    [("OPEN", ALL_SIGNED), ("OPEN", None), ("CLOSED", NONE_SIGNED), ("CLOSED", None)],
)
def test_nothing_is_asked_where_nothing_is_left_to_do(state, progress):
    ceremony = factories.ceremony_in(state)
    if ceremony.is_open:
        factories.pin_of(factories.participant_of(ceremony))
    for role in ("OPERATOR", "HEAD"):
        user = factories.user_with_role(role, ceremony.organizer)
        assert next_steps(user, [(ceremony, progress)]) == []


def test_an_operator_is_asked_to_print_for_the_own_people_who_hold_no_slip(
    django_assert_num_queries,
):
    government = factories.GovernmentFactory()
    opd, other = factories.OpdFactory.create_batch(2, parent=government)
    factories.EmployeeFactory.create_batch(4, agency=opd)
    factories.EmployeeFactory(agency=other)
    rows = [(factories.open_ceremony(government, employees=0), HALF_SIGNED) for _ in range(2)]
    holder, signer = rows[0][0].participants.filter(opd=opd)[:2]
    factories.pin_of(holder)
    factories.sign(signer)
    operator = factories.user_with_role(RoleName.OPERATOR, opd)
    assert operator.rights
    with django_assert_num_queries(1):
        counts = people_without_slip(operator, rows)
    assert counts == {rows[0][0].pk: 2, rows[1][0].pk: 4}


def test_each_step_leads_to_the_page_where_it_is_done():
    opd = factories.OpdFactory()
    hr = factories.user_with_role(RoleName.HR, opd)
    operator = factories.user_with_role(RoleName.OPERATOR, opd)
    pages = {}
    for state, user in [("DRAFT", hr), ("READY", hr), ("OPEN", operator), ("CLOSED", hr)]:
        ceremony = factories.ceremony_in(state, opd)
        steps = next_steps(user, [(ceremony, HALF_SIGNED)])
        pages[state] = [step.url.replace(str(ceremony.uuid), "…") for step in steps]
    assert pages == {
        "DRAFT": ["/acara/…/"],
        "READY": ["/acara/…/"],
        "OPEN": ["/acara/…/tindak-lanjut/?state=PENDING", "/acara/…/slip/"],
        "CLOSED": ["/acara/…/unduhan/"],
    }


def test_an_opd_is_asked_for_its_date_and_hr_told_by_campaign():
    government = factories.GovernmentFactory()
    opds = factories.OpdFactory.create_batch(3, parent=government)
    campaign = campaigning.campaign(government, opds=opds)
    first = campaign.ceremonies.get(organizer=opds[0])
    campaigning.schedule(first)
    proposed = campaign.ceremonies.get(organizer=opds[1])
    for role in ("OPERATOR", "HEAD"):
        user = factories.user_with_role(role, opds[1])
        (step,) = next_steps(user, [(proposed, None)])
        title = f"Tetapkan jadwal acara: {proposed.title}"
        assert (step.title, step.url) == (title, f"/acara/{proposed.uuid}/jadwal/")
        assert next_steps(factories.user_with_role(role, opds[0]), [(first, None)]) == []
    factories.EmployeeFactory(agency=opds[0])
    hr = factories.user_with_role(RoleName.HR, government)
    steps = next_steps(hr, [(each, None) for each in campaign.ceremonies.all()])
    name = "Ikrar Netralitas 2023"
    assert [(step.title, step.count) for step in steps] == [
        (f"Bekukan daftar peserta acara OPD: {name}", 1),
        (f"Acara OPD belum berjadwal: {name}", 2),
    ]
    assert {step.url for step in steps} == {f"/rangkaian/{campaign.uuid}/"}


def test_the_lead_comes_before_the_opd():
    government = factories.GovernmentFactory()
    opd = factories.OpdFactory(parent=government)
    factories.EmployeeFactory(agency=opd)
    lead = factories.draft_ceremony(government)
    campaign = campaigning.campaign(
        government, lead=lead, opds=[opd], election=lead.election, text=lead.text
    )
    campaigning.schedule(campaign.ceremonies.get(organizer=opd))
    hr = factories.user_with_role(RoleName.HR, government)
    steps = next_steps(hr, [(each, None) for each in campaign.ceremonies.all()])
    assert [step.title for step in steps] == ["Bekukan daftar peserta: Apel Ikrar Netralitas"]


def test_before_the_first_employee_hr_is_sent_to_them():
    government = factories.GovernmentFactory()
    hr = factories.user_with_role(RoleName.HR, government)
    assert next_steps(hr, []) == [
        Step(
            reverse("import-create"),
            "people",
            "Masukkan data pegawai",
            "Belum ada pegawai. Impor data dari SIASN terlebih dahulu.",
        )
    ]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("NIP", "Periksa dan terapkan daftar pegawai"),
        ("NOMOR INDUK", "Tentukan kolom daftar pegawai"),
    ],
)
def test_a_roster_that_waits_for_hr_comes_first(heading, title):
    opd = factories.OpdFactory()
    waiting = factories.roster_import(opd, heading=heading)
    government = factories.government_of(opd)
    first = next_steps(factories.user_with_role(RoleName.HR, government), [])[0]
    assert (first.url, first.title) == (reverse("import-detail", args=[waiting.uuid]), title)
    assert next_steps(factories.user_with_role(RoleName.AUDITOR, government), []) == []


def test_before_the_first_election_hr_is_sent_to_make_one():
    opd = factories.OpdFactory()
    factories.EmployeeFactory(agency=opd)
    factories.ElectionFactory()  # of another government
    hr = factories.user_with_role(RoleName.HR, factories.government_of(opd))
    assert next_steps(hr, []) == [
        Step(
            reverse("election-create"),
            "box2",
            "Buat pemilu beserta tahapannya",
            "Setiap acara ikrar diadakan menjelang sebuah pemilu.",
        )
    ]


def test_before_the_first_ceremony_hr_is_sent_to_make_one():
    opd = factories.OpdFactory()
    factories.EmployeeFactory(agency=opd)
    government = factories.government_of(opd)
    factories.ElectionFactory(government=government)
    assert next_steps(factories.user_with_role(RoleName.HR, government), []) == [
        Step(
            reverse("ceremony-create"),
            "calendar-plus",
            "Buat acara ikrar",
            "Tentukan naskah, tempat, waktu, dan peserta. Naskah nasional sudah tersedia.",
        )
    ]


@time_machine.travel("2024-01-10T00:00:00Z")
def test_the_most_urgent_comes_first_then_what_is_nearest_to_now():
    opd = factories.OpdFactory()
    rows = []
    for state, day in [("CLOSED", 9), ("DRAFT", 11), ("READY", 20), ("READY", 11), ("OPEN", 1)]:
        starts_at = datetime(2024, 1, day, tzinfo=UTC)
        title = f"{state} {day}"
        rows.append(
            (factories.ceremony_in(state, opd, starts_at=starts_at, title=title), HALF_SIGNED)
        )
    steps = next_steps(factories.user_with_role(RoleName.HR, opd), rows)
    assert [step.title.rpartition(": ")[2] for step in steps] == [
        "OPEN 1",
        "READY 11",
        "READY 20",
        "DRAFT 11",
        "CLOSED 9",
    ]


@pytest.mark.parametrize("role", ["OPERATOR", "HEAD", "AUDITOR"])
def test_preparations_are_for_hr_alone(role):
    assert next_steps(factories.user_with_role(role, factories.GovernmentFactory()), []) == []
