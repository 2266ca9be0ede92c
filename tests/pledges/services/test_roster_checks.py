"""The preview of a roster: the same as what is frozen, and whatever looks wrong about it."""

from collections import Counter
from io import BytesIO

import pytest
from openpyxl import load_workbook

from agencies.models import Agency, Employee
from netralitas.lib.errors import Refusal
from pledges.errors import RosterChanged, WrongState
from pledges.models import Ceremony, Participant
from pledges.services import campaigns, ceremonies, roster_checks
from tests import campaigning, factories

pytestmark = pytest.mark.django_db
INACTIVE = "Pegawai tidak aktif tidak ikut serta"


@pytest.fixture
def government():
    return factories.GovernmentFactory(name="Pemerintah Kota Dumai")


@pytest.fixture
def opd(government):
    """An OPD whose head works there and can be reached by mail, as everybody else."""
    return opd_of(government, "Dinas Kesehatan")


def opd_of(government, name):
    opd = factories.OpdFactory(parent=government, name=name)
    head = person(opd, "Ani Kepala", position="Kepala Dinas", echelon="II.b")
    Agency.objects.filter(pk=opd.pk).update(head=head)
    return Agency.objects.get(pk=opd.pk)


def person(agency, name, **fields):
    mail = f"{name.replace(' ', '.')}@dumaikota.example".lower()
    return factories.EmployeeFactory(agency=agency, name=name, **{"email": mail, **fields})


def found(ceremony):
    """{title: the finding} of the preview."""
    return {each.title: each for each in roster_checks.preview(ceremony).findings}


def names(finding):
    return [each.name.partition(",")[0] for each in finding.shown]


def test_nothing_is_found_where_nothing_is_wrong(opd):
    assert found(factories.draft_ceremony(opd)) == {}


def test_it_tells_how_many_by_opd_kind_and_wave(government, opd):
    other = opd_of(government, "Dinas Pendidikan")
    person(other, "Budi", kind="PPPK")
    person(other, "Citra", kind="NON_ASN")
    draft = factories.draft_ceremony(government, waves=factories.HEADS_FIRST)
    shown = roster_checks.preview(draft)
    assert shown.total == 4
    assert shown.opds == [("Dinas Pendidikan", 3), ("Dinas Kesehatan", 1)]
    assert shown.kinds == [("PNS", 2), ("PPPK", 1), ("Non-ASN", 1)]
    assert shown.waves == [("Pimpinan", 2), ("Peserta lainnya", 2)]


def test_odd_numbers_are_named_with_what_is_odd(opd):
    person(opd, "Budi", number="197913402001042001")
    odd = found(factories.draft_ceremony(opd))["Nomor identitas tampak keliru"]
    assert (names(odd), odd.count, odd.serious) == (["Budi"], 1, True)
    assert odd.shown[0].note == ("197913402001042001: tanggal lahir di dalam nomor tidak mungkin")


def test_a_number_that_two_people_have_had_is_found(opd):
    now = factories.timezone.now()
    first = person(opd, "Budi")
    second = person(opd, "Citra")
    for employee in (first, second):
        employee.numbers.create(number=second.number, kind="NIP", since=now)
    held = found(factories.draft_ceremony(opd))["Nomor pernah tercatat pada dua pegawai"]
    assert names(held) == ["Citra"]


def test_one_person_with_two_posts_is_found_by_name_and_day_of_birth(opd):
    person(opd, "Budi Santoso", number="197906062001042001")
    person(opd, "budi santoso", kind="NON_ASN", number="1472014606790001")
    person(opd, "Budi Santoso", number="198106062001041001")
    twice = found(factories.draft_ceremony(opd))["Nama dan tanggal lahir sama"]
    assert (names(twice), twice.count) == (["Budi Santoso", "budi santoso"], 2)


def test_an_opd_without_a_head_and_a_head_who_does_not_take_part_are_named(government, opd):
    headless = factories.OpdFactory(parent=government, name="Dinas Pendidikan")
    person(headless, "Budi")
    far = opd_of(government, "Dinas Sosial")
    Employee.objects.filter(pk=far.head_id).update(active=False)
    person(far, "Citra")
    shown = found(factories.draft_ceremony(government))
    assert names(shown["OPD tanpa kepala"]) == ["Dinas Pendidikan"]
    assert names(shown["Kepala OPD tidak menjadi peserta"]) == ["Ani Kepala"]
    assert shown["Kepala OPD tidak menjadi peserta"].shown[0].note == "Dinas Sosial"


def test_an_empty_wave_and_an_agency_without_anybody_are_named(government, opd):
    factories.OpdFactory(parent=government, name="Dinas Kosong")
    waves = ({"name": "Camat", "positions": ["Camat"]}, {"name": "Peserta lainnya"})
    shown = found(factories.draft_ceremony(government, waves=waves))
    assert names(shown["Gelombang tanpa peserta"]) == ["Camat"]
    assert names(shown["Instansi tanpa peserta"]) == ["Dinas Kosong"]


def test_the_inactive_and_those_without_mail_are_worth_knowing_and_not_more(opd):
    person(opd, "Budi", active=False)
    person(opd, "Citra", email="")
    shown = found(factories.draft_ceremony(opd))
    assert names(shown["Pegawai tidak aktif tidak ikut serta"]) == ["Budi"]
    assert names(shown["Tanpa alamat surel"]) == ["Citra"]
    assert [each.serious for each in shown.values()] == [False, False]


def test_only_the_first_twenty_are_named(opd):
    factories.EmployeeFactory.create_batch(25, agency=opd)
    without = found(factories.draft_ceremony(opd))["Tanpa alamat surel"]
    assert (without.count, len(without.shown), without.more) == (25, 20, 5)


def test_whoever_counts_in_the_campaign_is_left_out_and_told(government, opd):
    person(opd, "Budi")
    campaign = campaigning.campaign(government)
    lead = factories.draft_ceremony(
        government,
        election=campaign.election,
        text=campaign.text,
        scope="OFFICIALS",
        official_echelons=["II"],
    )
    campaigns.save_campaign(actor=None, campaign=campaign, lead=lead, opds=[opd])
    own = campaigning.schedule(campaign.ceremonies.get(organizer=opd))
    own = Ceremony.objects.select_related("campaign__lead").get(pk=own.pk)
    assert roster_checks.hindrance(own) == ceremonies.LEAD_FIRST.format(lead.title)
    ceremonies.freeze(actor=None, ceremony=Ceremony.objects.get(pk=lead.pk))
    own = Ceremony.objects.select_related("campaign__lead").get(pk=own.pk)
    assert roster_checks.hindrance(own) == ""
    preview = roster_checks.preview(own)
    assert preview.total == 1
    told = {each.title: names(each) for each in preview.findings}
    assert told == {"Sudah menjadi peserta acara lain dalam rangkaian ini": ["Ani Kepala"]}


def test_it_asks_as_often_for_many_as_for_one(opd, django_assert_num_queries):
    factories.EmployeeFactory(agency=opd)
    draft = factories.draft_ceremony(opd)
    ceremony = Ceremony.objects.select_related("organizer", "campaign").get(pk=draft.pk)
    person(opd, "Tidak Aktif", active=False)
    found(ceremony)
    with django_assert_num_queries(8):
        looked_at = [names(each) for each in found(ceremony).values()]
    factories.EmployeeFactory.create_batch(30, agency=opd)
    factories.EmployeeFactory.create_batch(30, agency=opd, active=False)
    with django_assert_num_queries(8):
        [names(each) for each in found(ceremony).values()]
    assert ["Tidak Aktif"] in looked_at


def test_the_workbook_names_everybody_whom_the_page_leaves_out(opd):
    for n in range(roster_checks.SHOWN + 5):
        person(opd, f"Tanpa Surel {n:02}", email="")
        person(opd, f"Nonaktif {n:02}", active=False)
    draft = factories.draft_ceremony(opd)
    without, inactive = found(draft)["Tanpa alamat surel"], found(draft)[INACTIVE]
    for finding in (without, inactive):
        assert (len(finding.shown), finding.more) == (roster_checks.SHOWN, 5)
    content = BytesIO(roster_checks.workbook_of(draft))
    heading, *rows = load_workbook(content).active.iter_rows(values_only=True)
    assert heading == roster_checks.HEADINGS
    told = Counter(row[0] for row in rows)
    assert told == {"Tanpa alamat surel": without.count, INACTIVE: inactive.count}
    *_, (_, name, note, advice) = (row for row in rows if row[0] == without.title)
    assert (name.partition(",")[0], note, advice) == ("Tanpa Surel 24", opd.name, without.advice)


# Freezing what was shown ------------------------------------------------------------------------


def test_what_was_shown_is_frozen(opd):
    person(opd, "Budi")
    draft = factories.draft_ceremony(opd)
    mark = roster_checks.preview(draft).mark
    roster_checks.freeze_as_shown(actor=None, ceremony=draft, mark=mark)
    assert draft.state == "READY"
    assert roster_checks.mark_of(Participant.objects.filter(ceremony=draft)) == mark


CHANGES = {
    "somebody came": lambda opd: person(opd, "Citra"),
    "somebody was renamed": lambda opd: opd.employees.filter(name="Budi").update(name="Budiman"),
    "somebody left": lambda opd: opd.employees.filter(name="Budi").update(active=False),
    "a number was mended": lambda opd: opd.employees.filter(name="Budi").update(
        number="197906062001042001"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_not_shown_is_not_frozen(opd, change):
    person(opd, "Budi")
    draft = factories.draft_ceremony(opd)
    mark = roster_checks.preview(draft).mark
    change(opd)
    with pytest.raises(RosterChanged):
        roster_checks.freeze_as_shown(actor=None, ceremony=draft, mark=mark)
    draft.refresh_from_db()
    assert (draft.state, draft.participants.count()) == ("DRAFT", 0)


def test_a_roster_is_frozen_once(opd):
    ready = factories.ceremony_in("READY", opd)
    with pytest.raises(WrongState):
        roster_checks.freeze_as_shown(actor=None, ceremony=ready, mark="")


@pytest.mark.parametrize(
    ("words", "odd"),
    [
        ("IKRAR NETRALITAS PADA PILKADA SERENTAK TAHUN 2027", True),
        ("Ikrar Netralitas Menjelang Pemilihan Umum Tahun 2029", False),
        ("Ikrar Netralitas", False),
        ("Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum", False),
    ],
)
def test_a_text_that_names_another_election_by_its_year_is_told(government, opd, words, odd):
    election = factories.ElectionFactory(government=government, name="Pemilu 2029", year=2029)
    text = factories.published_text(government=government, heading=words, opening="Kami berikrar:")
    told = found(factories.draft_ceremony(opd, election=election, text=text))
    assert ("Naskah menyebut tahun lain daripada pemilunya" in told) is odd
    assert all(each.serious for each in told.values())


def test_the_page_tells_every_hindrance_that_the_freezing_would_tell(opd):
    draft = factories.draft_ceremony(opd)
    assert roster_checks.hindrance(draft) == ""
    Agency.objects.filter(pk=opd.pk).update(retired_at=draft.starts_at)
    draft = Ceremony.objects.get()
    with pytest.raises(Refusal) as refusal:
        ceremonies.freeze(actor=None, ceremony=draft)
    assert roster_checks.hindrance(Ceremony.objects.get()) == refusal.value.message
    assert "tidak dipakai lagi" in refusal.value.message
