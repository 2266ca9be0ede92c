"""`manage.py demo`: built once for the class below, then looked at from every side."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from django.urls import reverse

from agencies.models import Agency, Employee, Event, RosterFile, RosterImport, User
from agencies.roster.importing import preview, read_roster
from agencies.roster.sources import source_from_path
from netralitas.lib import strokes
from netralitas.lib.dates import date_time
from pledges.choices import CeremonyState, SigningMethod
from pledges.demo.accounts import DISKOMINFO, PASSWORD
from pledges.demo.coming import last_morning, open_story
from pledges.demo.handwriting import drawing
from pledges.demo.reset import erase
from pledges.demo.stories import ASSEMBLY, STORIES, wib
from pledges.errors import WrongState
from pledges.models import Campaign, Ceremony, Election, Pact, Participant, PledgeText, Signature
from pledges.models.annulment import BY_ANOTHER
from pledges.services import annulments, invitations
from tests.agencies.roster.files import DATA, FILES, needs_data
from tests.annulling import annulment_request
from tests.factories import UserFactory

TEXTS_OF_ARTICLES = {
    1: "ikrar-netralitas-pegawai-kota-dumai",
    2: "pilkada-serentak-2020-dinas-perpustakaan-dan-kearsipan",
    4: "ikrar-netralitas-pegawai-kabupaten-murung-raya",
}
# Title, when and where, organiser, kind, state, participants, signatures.
CEREMONIES = [
    (
        "Ikrar Netralitas ASN Dinas Perpustakaan dan Kearsipan pada Pilkada Serentak Tahun 2020",
        "Senin, 12 Oktober 2020, 08.00 WIB",
        "Kantor Dinas Perpustakaan dan Kearsipan Kota Dumai",
        *("Dinas Perpustakaan dan Kearsipan", "APEL", "ARCHIVED", 4, 4),
    ),
    (
        "Ikrar Netralitas dan Penandatanganan Netralitas ASN pada Pemilu Tahun 2024",
        "Selasa, 13 Desember 2022, 09.00 WIB",
        "Ballroom, Kota Dumai",
        *("Pemerintah Kota Dumai", "UPACARA", "CLOSED", 65, 65),
    ),
    (
        "Apel Ikrar Netralitas Pegawai dan Penandatanganan Pakta Integritas Netralitas Pegawai "
        "dalam Pemilihan Umum",
        "Rabu, 11 Januari 2023, 07.30 WIB",
        "Lapangan Kantor Wali Kota Dumai",
        *("Pemerintah Kota Dumai", "APEL", "CLOSED", 345, 321),
    ),
    (
        "Apel Gabungan ASN dan Pengucapan Ikrar Netralitas ASN Kabupaten Murung Raya",
        "Senin, 4 Desember 2023, 07.30 WIB",
        "Halaman Kantor Bupati Murung Raya",
        *("Pemerintah Kabupaten Murung Raya", "APEL_GABUNGAN", "READY", 67, 0),
    ),
    (
        "Penyuluhan Hukum Serentak Menciptakan Netralitas Aparatur Pemerintah dalam Mendukung "
        "Pemilu Tahun 2024",
        "Minggu, 28 Januari 2024, 09.00 WIB",
        "Pekanbaru",
        *("Pemerintah Kota Pekanbaru", "PENYULUHAN", "CLOSED", 81, 70),
    ),
]
OFFICIALS = {
    "Suriyanto, SP": "Kepala Dinas Perpustakaan dan Kearsipan Kota Dumai",
    "Muhammad Syafie": "Asisten I Sekretariat Daerah Kota Dumai",
    "Indra Gunawan": "Sekretaris Daerah Kota Dumai",
    "Dr. Hermon, M.Si.": "Pj. Bupati Murung Raya",
    "Indra Pomi Nasution": "Sekretaris Daerah Kota Pekanbaru",
}
ROLES = [
    ("auditor", "AUDITOR", "Pemerintah Kota Dumai"),
    ("bkpp.mura", "HR", "Pemerintah Kabupaten Murung Raya"),
    ("bkpsdm", "HR", "Pemerintah Kota Dumai"),
    ("bkpsdm.pekanbaru", "HR", "Pemerintah Kota Pekanbaru"),
    ("bkpsdm2", "HR", "Pemerintah Kota Dumai"),
    ("kepala", "HEAD", DISKOMINFO),
    ("operator", "OPERATOR", DISKOMINFO),
]
COUNTED = (Agency, Employee, User, Election, PledgeText, Ceremony, Participant, Signature)


def run_demo(**options):
    """What the command prints, with DEBUG on as in `make run`."""
    printed = StringIO()
    with override_settings(DEBUG=True):
        call_command("demo", stdout=printed, **options)
    return printed.getvalue()


def counts():
    return [model.objects.count() for model in COUNTED]


def plain(text):
    """Words as they are compared: single spaces, no case."""
    return " ".join(text.split()).casefold()


class TestDemo(TestCase):
    """One demo for all: it takes some seconds to build, and no test here changes it for others."""

    @classmethod
    def setUpTestData(cls):
        cls.printed = run_demo()
        cls.open = Ceremony.objects.get(state=CeremonyState.OPEN)

    def told(self):
        """The ceremonies of the articles."""
        return Ceremony.objects.exclude(pk=self.open.pk).filter(campaign=None)

    def test_the_five_ceremonies_stand_with_their_days_places_kinds_and_states(self):
        past = self.told().with_counts().order_by("starts_at")
        found = [
            (
                ceremony.title,
                date_time(ceremony.starts_at, ceremony.time_zone),
                ceremony.place,
                ceremony.organizer.name,
                ceremony.kind,
                ceremony.state,
                ceremony.invited,
                ceremony.signed,
            )
            for ceremony in past
        ]
        assert found == CEREMONIES

    def test_each_is_led_by_whom_its_article_names(self):
        leaders = self.told().filter(officials__role="LEADER")
        assert dict(leaders.values_list("officials__name", "officials__position")) == OFFICIALS

    def test_reader_and_witnesses_are_entered(self):
        reader = Ceremony.objects.get(title=ASSEMBLY.title).officials.get(role="READER")
        assert reader.name == "Drs. H. Khairil Adli, M.Si."
        witnesses = self.told().get(scope="OFFICIALS").officials.filter(role="WITNESS")
        assert list(witnesses.values_list("name", "institution")) == [
            ("Ketua KPU Kota Dumai", "KPU Kota Dumai"),
            ("Ketua Bawaslu Kota Dumai", "Bawaslu Kota Dumai"),
            ("Forkopimda Kota Dumai", "Forkopimda Kota Dumai"),
        ]

    @needs_data
    def test_the_points_are_the_words_of_the_articles(self):
        for number, family in TEXTS_OF_ARTICLES.items():
            (path,) = (DATA / "news").glob(f"{number:03}_*.txt")
            article = plain(path.read_text(encoding="utf-8"))
            text = PledgeText.objects.get(family=family, version=1)
            assert len(text.points) == 4
            assert [p for p in text.points if plain(p).rstrip(".") not in article] == []

    def test_elections_have_their_phases(self):
        pilkada = Election.objects.get(name="Pilkada Serentak Tahun 2020")
        pemilu = Election.objects.get(name="Pemilu Tahun 2024", government__seat="Pekanbaru")
        assert [phases_of(pilkada), phases_of(pemilu)] == [
            ["KAMPANYE 2020-09-26 2020-12-05", "MASA_TENANG 2020-12-06 2020-12-08"]
            + ["PEMUNGUTAN_SUARA 2020-12-09 2020-12-09"],
            ["KAMPANYE 2023-11-28 2024-02-10", "MASA_TENANG 2024-02-11 2024-02-13"]
            + ["PEMUNGUTAN_SUARA 2024-02-14 2024-02-14"],
        ]

    def test_one_ceremony_of_dumai_is_open_with_a_third_signed(self):
        participants = self.open.participants
        assert self.open.organizer.slug == "kota-dumai"
        assert (participants.count(), participants.signed().count()) == (460, 161)
        assert participants.unsigned().filter(opd_name=DISKOMINFO).count() >= 4
        assert self.open.election.phases.get(kind="KAMPANYE").starts > self.open.starts_at.date()

    def test_officials_sign_first_and_each_opd_holds_its_own_with_one_date_set(self):
        campaign = Campaign.objects.get()
        lead = campaign.lead
        assert (lead.state, lead.participants.count()) == ("CLOSED", 73)
        assert lead.officials.filter(role="WITNESS").count() == 3
        assert (lead.election, lead.text) == (self.open.election, self.open.text)
        own = campaign.ceremonies.exclude(pk=lead.pk).order_by("organizer__name")
        assert [(each.organizer.name, each.state, each.is_scheduled) for each in own] == [
            ("Dinas Kesehatan", "DRAFT", False),
            (DISKOMINFO, "DRAFT", True),
            ("Dinas Perpustakaan dan Kearsipan", "DRAFT", False),
        ]
        assert campaign.deadline > campaign.proposed_at.date() > lead.starts_at.date()

    def test_signatures_lie_within_their_windows_and_late_ones_say_so(self):
        for story in STORIES:
            given = Signature.objects.filter(participant__ceremony__title=story.title)
            for signature in given:
                at = signature.signed_at
                assert any(window.opens <= at <= window.closes for window in story.windows)
                assert signature.late == (at > story.windows[0].closes)
                assert signature.invitation.issued_at < at
        assert Signature.objects.filter(late=True).count() == 7

    def test_nobody_signs_before_being_appointed(self):
        for signature in Signature.objects.exclude(participant__number_kind="NIK"):
            assert signature.participant.number[8:14] <= f"{signature.signed_at:%Y%m}"

    def test_most_signatures_are_drawn_each_in_its_own_shape(self):
        drawn = Signature.objects.filter(method=SigningMethod.DRAWN).values_list(
            "strokes", flat=True
        )
        assert len(drawn) > 0.9 * Signature.objects.count()
        assert len({str(shape) for shape in drawn}) == len(drawn)

    @needs_data
    def test_dumai_has_the_roster_of_the_exports_without_telephone_numbers(self):
        folder = DATA / "roster-small"
        roster = read_roster(
            slug="kota-dumai",
            sources=[source_from_path(folder / name) for name in FILES],
            units=source_from_path(folder / "hierarki-unor.xlsx"),
        )
        plan = preview(roster)
        fields = {change.field for item in plan.changed for change in item.changes}
        assert (len(plan.new), len(plan.moved), len(plan.left), fields) == (0, 0, 0, {"phone"})

    def test_no_number_belongs_to_two_people(self):
        numbers = Employee.objects.values_list("number", flat=True)
        assert (len(numbers), len(set(numbers))) == (608, 608)

    def test_no_report_is_said_as_of_the_day_of_the_article(self):
        page = self.client.get("/panduan/kota-pekanbaru/")
        self.assertContains(page, "dicatat sejak 28 November 2023, keadaan per 28 Januari 2024")
        self.assertContains(page, "Pemungutan suara sudah selesai pada 14 Februari 2024.")

    def test_a_text_from_a_pattern_is_being_written(self):
        draft = PledgeText.objects.get(state="DRAFT")
        election = self.open.election
        assert (draft.title, draft.election) == (f"Pasangan calon: {election.name}", election)

    def test_every_login_works_with_its_role(self):
        roles = User.objects.values_list("username", "roles__role", "roles__agency__name")
        assert sorted(roles) == ROLES
        for username, _, _ in ROLES:
            answer = self.client.post(
                reverse("account_login"), {"login": username, "password": PASSWORD}
            )
            assert (answer.status_code, answer.url) == (302, reverse("home"))
            self.client.logout()

    def test_one_officer_asks_for_an_annulment_and_the_other_one_agrees(self):
        first, second = User.objects.filter(username__in=["bkpsdm", "bkpsdm2"]).order_by("username")
        assert first.employee != second.employee
        assert "bkpsdm2           BKPSDM        Pemerintah Kota Dumai (petugas" in self.printed
        signature = Signature.objects.filter(participant__ceremony=self.open).first()
        request = annulment_request(signature, asker=first)
        with pytest.raises(WrongState, match=BY_ANOTHER):
            annulments.consent(actor=first, request=request)
        annulments.consent(actor=second, request=request)
        assert self.open.participants.signed().count() == 160

    def test_the_print_names_logins_entrance_and_verification(self):
        code = self.open.code
        for expected in (*(name for name, _, _ in ROLES), PASSWORD, f"/i/{code}/", "/v/"):
            assert expected in self.printed

    def test_printed_links_and_pin_open_the_ceremony_for_people_yet_to_sign(self):
        printed = run_demo()
        tokens = re.findall(r"/t/([\w-]+)/", printed)
        number, pin = re.search(r"(\d{18}) dengan PIN (\d{8})", printed).groups()
        found = [invitations.find_by_token(token) for token in tokens]
        found.append(invitations.find_by_pin(ceremony=self.open, number=number, pin=pin))
        people = {invitation.participant for invitation in found}
        assert len(people) == 4
        assert {person.ceremony for person in people} == {self.open}
        assert all(person.is_pending for person in people)

    def test_the_printed_addresses_answer(self):
        entrance, verification = re.findall(r"(\S+/[iv]/\w+/)", self.printed)
        self.assertContains(self.client.get(urlsplit(entrance).path), self.open.title)
        self.assertContains(self.client.get(urlsplit(verification).path), self.open.title)

    def test_a_second_call_adds_nothing(self):
        before = counts()
        printed = run_demo()
        assert counts() == before
        assert "Membuat data demo" not in printed

    def test_erasing_leaves_only_the_national_texts(self):
        name = default_storage.save("pakta/aa/contoh.pdf", ContentFile(b"%PDF"))
        Pact.objects.create(signature=Signature.objects.first(), file=name, sha256="0" * 64)
        upload = default_storage.save("impor/0123", ContentFile(b"NIP;NAMA"))
        roster_import = RosterImport.objects.create(government=Agency.objects.governments().first())
        RosterFile.objects.create(roster_import=roster_import, size=8, content=upload)
        with self.captureOnCommitCallbacks(execute=True):
            erase()
        assert [*counts(), Event.objects.count(), Pact.objects.count()] == [
            *(0, 0, 0, 0, 4, 0, 0, 0, 0, 0)
        ]
        assert not default_storage.exists(name)
        assert not default_storage.exists(upload)


def phases_of(election):
    return [f"{phase.kind} {phase.starts} {phase.ends}" for phase in election.phases.all()]


def test_the_demo_is_refused_where_debug_is_off(db, settings):
    settings.DEBUG = False
    for options in ({}, {"reset": True}):
        with pytest.raises(CommandError, match="hanya berjalan dengan DEBUG=on"):
            call_command("demo", **options)
    assert Agency.objects.count() == 0


def test_the_demo_is_refused_on_a_public_site(db, settings):
    settings.DEBUG, settings.SECURE = True, True
    with pytest.raises(CommandError, match="SITE_URL pada komputer ini sendiri"):
        call_command("demo")
    assert Agency.objects.count() == 0


def test_other_data_in_the_way_is_left_alone(db):
    UserFactory(username="kepala")
    with pytest.raises(CommandError, match="manage.py demo --reset"):
        run_demo()
    assert (Agency.objects.count(), User.objects.count()) == (0, 1)


def test_the_password_is_one_that_the_site_accepts():
    assert validate_password(PASSWORD, User(username="bkpsdm")) is None


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (wib(2026, 11, 20, 10, 0), wib(2026, 11, 20, 7, 30)),
        (wib(2026, 11, 20, 8, 59), wib(2026, 11, 19, 7, 30)),
        (wib(2026, 11, 22, 12, 0), wib(2026, 11, 20, 7, 30)),
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), wib(2026, 11, 20, 7, 30)),
    ],
)
def test_the_open_ceremony_began_on_the_last_working_morning(now, morning):
    assert last_morning(now) == morning
    assert open_story(now).windows[0].opens + timedelta(hours=1) <= now


def test_a_person_signs_alike_but_never_twice_the_same():
    for person in range(200):
        strokes.check(drawing(str(person), "apel"))
    first, again, other = drawing("a", "1"), drawing("a", "2"), drawing("b", "1")
    assert first == drawing("a", "1")
    assert first != again
    assert list(map(len, first)) == list(map(len, again))
    assert first != other
