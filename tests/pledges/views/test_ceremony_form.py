"""/acara/baru/ and …/ubah/: a draft is made and changed by one form with rows of witnesses."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.models import Ceremony
from tests import factories

from .pages import beside, ceremony_form, log_in, text_of, witness_rows

pytestmark = pytest.mark.django_db
EMPTY = "Bidang ini tidak boleh kosong."


@pytest.fixture
def opd():
    return factories.OpdFactory(name="Dinas Kominfo")


@pytest.fixture
def hr(client, opd):
    return log_in(client, RoleName.HR, factories.government_of(opd))


@pytest.fixture
def data(opd):
    """A complete form, with one witness and one empty row."""
    return ceremony_form(
        opd,
        leader_position="Sekretaris Daerah",
        reader_name="Khairil Adli",
        reader_position="Kepala Dinas",
        **witness_rows(("Agustri", "Ketua", "Bawaslu"), ("", "", "")),
    )


def create(client, data, **changes):
    return client.post(reverse("ceremony-create"), {**data, **changes})


def officials_of(ceremony):
    return list(ceremony.officials.values_list("role", "name", "position", "institution"))


def test_a_draft_is_created_with_its_officials_and_witnesses(client, hr, data):
    response = create(client, data)
    ceremony = Ceremony.objects.get()
    assert (response.status_code, response.url) == (302, f"/acara/{ceremony.uuid}/")
    assert (ceremony.state, ceremony.organizer.name) == ("DRAFT", "Dinas Kominfo")
    assert officials_of(ceremony) == [
        ("LEADER", "Indra Gunawan", "Sekretaris Daerah", ""),
        ("READER", "Khairil Adli", "Kepala Dinas", ""),
        ("WITNESS", "Agustri", "Ketua", "Bawaslu"),
    ]
    assert Event.objects.of(ceremony).get().actor == hr
    page = text_of(client.get(response.url))
    assert "Konsep acara disimpan." in page
    assert "Rabu, 11 Januari 2023, 08.00 WIB" in page
    assert "Saksi Agustri Ketua, Bawaslu" in page


@pytest.mark.parametrize(
    ("zone", "hour", "printed"),
    [("Asia/Jakarta", 1, "WIB"), ("Asia/Makassar", 0, "WITA"), ("Asia/Jayapura", -1, "WIT")],
)
def test_date_and_time_are_the_wall_clock_of_the_zone(client, hr, data, zone, hour, printed):
    response = create(client, data, time_zone=zone)
    ceremony = Ceremony.objects.get()
    day = datetime(2023, 1, 11, tzinfo=UTC)
    assert (ceremony.starts_at - day).total_seconds() / 3600 == hour
    assert f"Rabu, 11 Januari 2023, 08.00 {printed}" in text_of(client.get(response.url))
    form = client.get(reverse("ceremony-schedule", args=[ceremony.uuid])).context["form"]
    assert (str(form.initial["day"]), str(form.initial["clock"])) == ("2023-01-11", "08:00:00")


def test_without_a_reader_the_leader_reads(client, hr, data):
    create(client, data, reader_name="", reader_position="")
    assert officials_of(Ceremony.objects.get())[:2] == [
        ("LEADER", "Indra Gunawan", "Sekretaris Daerah", ""),
        ("READER", "Indra Gunawan", "Sekretaris Daerah", ""),
    ]


def test_officials_are_named_by_echelon_and_by_positions_between_commas(client, hr, data):
    positions = " Camat ,, Kepala   Dinas,"
    create(client, data, scope="OFFICIALS", official_echelons=["II"], official_positions=positions)
    ceremony = Ceremony.objects.get()
    assert ceremony.official_echelons == ["II"]
    assert ceremony.official_positions == ["Camat", "Kepala Dinas"]
    page = client.get(reverse("ceremony-edit", args=[ceremony.uuid]))
    assert 'value="Camat, Kepala Dinas"' in page.content.decode()


def test_chosen_agencies_are_stored(client, hr, data, opd):
    create(client, data, scope="AGENCIES", agencies=[opd.pk])
    assert list(Ceremony.objects.get().agencies.all()) == [opd]


@pytest.mark.parametrize(
    "field",
    [
        "title",
        "kind",
        "organizer",
        "election",
        "text",
        "place",
        "day",
        "clock",
        "time_zone",
        "leader_name",
        "scope",
    ],
)
def test_what_is_missing_is_named_next_to_its_field(client, hr, data, field):
    response = create(client, data, **{field: ""})
    assert (response.status_code, beside(response, field)) == (400, EMPTY)
    assert list(response.context["form"].errors) == [field]
    assert Ceremony.objects.count() == 0


REFUSALS = [
    ({"day": "2023-02-31"}, "day", "Masukkan tanggal yang valid."),
    ({"day": "0001-01-01"}, "day", "Isi tanggal dengan tahun 2000 sampai 2100."),
    ({"day": "9999-12-31"}, "day", "Isi tanggal dengan tahun 2000 sampai 2100."),
    ({"clock": "25:00"}, "clock", "Masukkan waktu yang valid."),
    (
        {"time_zone": "Asia/Singapore"},
        "time_zone",
        "Masukkan pilihan yang valid. Asia/Singapore bukan salah satu dari pilihan yang tersedia.",
    ),
    ({"scope": "AGENCIES"}, "agencies", "Pilih sekurang-kurangnya satu instansi."),
    (
        {"scope": "OFFICIALS", "official_positions": " , "},
        "official_echelons",
        "Pilih eselon atau sebutkan jabatan yang ikut serta.",
    ),
]


@pytest.mark.parametrize(("changes", "field", "sentence"), REFUSALS)
def test_a_refusal_stands_next_to_its_field(client, hr, data, changes, field, sentence):
    response = create(client, data, **changes)
    assert (response.status_code, beside(response, field)) == (400, sentence)
    assert list(response.context["form"].errors) == [field]
    assert Ceremony.objects.count() == 0


def foreign(field):
    """Something of another government, or not yet published, that the form must not take."""
    made = {
        "organizer": factories.OpdFactory,
        "election": factories.ElectionFactory,
        "text": factories.published_text,
        "agencies": factories.OpdFactory,
    }
    return made[field]()


@pytest.mark.parametrize("field", ["organizer", "election", "text", "agencies"])
def test_what_belongs_to_another_government_cannot_be_chosen(client, hr, data, field):
    response = create(client, data, **{field: foreign(field).pk})
    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]
    assert beside(response, field).startswith("Masukkan pilihan yang valid.") or (
        beside(response, field).startswith("Pilih pilihan yang valid.")
    )
    assert Ceremony.objects.count() == 0


def test_a_draft_text_is_not_offered(client, hr, data, opd):
    draft = factories.DraftTextFactory(government=factories.government_of(opd))
    response = create(client, data, text=draft.pk)
    assert (response.status_code, list(response.context["form"].errors)) == (400, ["text"])


def test_an_auditor_of_another_government_cannot_borrow_its_election(client, hr, data):
    foreign_election = factories.ElectionFactory()
    hr.roles.create(agency=foreign_election.government, role=RoleName.AUDITOR)
    response = create(client, data, election=foreign_election.pk)
    assert response.status_code == 400
    assert beside(response, "election") == "Pemilu ini milik pemerintah daerah lain."


def test_an_empty_submission_is_refused(client, hr):
    response = client.post(reverse("ceremony-create"))
    assert (response.status_code, beside(response, "title")) == (400, EMPTY)


# Witnesses --------------------------------------------------------------------------------------


def test_a_witness_needs_a_name(client, hr, data):
    response = create(client, data, **witness_rows(("", "Ketua", "KPU")))
    assert (response.status_code, beside(response, "saksi-0-name")) == (400, EMPTY)
    assert Ceremony.objects.count() == 0


def test_there_are_at_most_twenty_witnesses(client, hr, data):
    rows = [(f"Saksi {n}", "", "") for n in range(21)]
    response = create(client, data, **witness_rows(*rows))
    assert response.status_code == 400
    assert "Harap ajukan paling banyak 20 formulir." in text_of(response)
    assert create(client, data, **witness_rows(*rows[:20])).status_code == 302
    assert Ceremony.objects.get().officials.filter(role="WITNESS").count() == 20


def test_a_witness_can_be_taken_away_and_another_added(client, hr, data):
    create(client, data, **witness_rows(("Agustri", "Ketua", "Bawaslu"), ("Budi", "", "KPU")))
    ceremony = Ceremony.objects.get()
    rows = [("Agustri", "Ketua", "Bawaslu", "on"), ("Budi", "", "KPU"), ("Citra", "", "")]
    address = reverse("ceremony-edit", args=[ceremony.uuid])
    response = client.post(address, {**data, **witness_rows(*rows, stored=2)})
    assert response.status_code == 302
    assert [name for role, name, *_ in officials_of(ceremony) if role == "WITNESS"] == [
        "Budi",
        "Citra",
    ]


def test_the_form_shows_what_is_stored(client, hr, data):
    create(client, data)
    page = client.get(reverse("ceremony-edit", args=[Ceremony.objects.get().uuid]))
    html = page.content.decode()
    for shown in ("Apel Ikrar Netralitas", "Agustri", "Bawaslu"):
        assert f'value="{shown}"' in html
    assert html.count('name="csrfmiddlewaretoken"') == 2  # this form and the way out


# Changing ---------------------------------------------------------------------------------------


def test_an_election_leads_to_a_draft_before_it(client, hr, data, opd):
    government = factories.government_of(opd)
    older, newer = (factories.ElectionFactory(government=government) for _ in range(2))
    others = factories.ElectionFactory()
    create = reverse("ceremony-create")
    chosen = {}
    for asked in (older, newer, others, None):
        query = {"pemilu": str(asked.uuid)} if asked else {"pemilu": "x"}
        form = client.get(create, query).context["form"]
        chosen[asked] = form["election"].value()
    assert chosen[older] == older.pk
    assert chosen[newer] == newer.pk
    assert chosen[others] == chosen[None]
    page = client.get(reverse("election-detail", args=[older.uuid])).text
    assert f"{create}?pemilu={older.uuid}" in page


def test_a_draft_is_changed(client, hr, data):
    create(client, data)
    ceremony = Ceremony.objects.get()
    address = reverse("ceremony-edit", args=[ceremony.uuid])
    response = client.post(address, {**data, "title": "Upacara Bersama", "kind": "UPACARA"})
    assert (response.status_code, response.url) == (302, f"/acara/{ceremony.uuid}/")
    ceremony.refresh_from_db()
    assert (ceremony.title, ceremony.kind) == ("Upacara Bersama", "UPACARA")
    assert len(officials_of(ceremony)) == 3


def test_the_form_of_a_draft_leaves_its_schedule_to_the_page_of_the_schedule(client, hr, data, opd):
    ceremony = factories.draft_ceremony(opd)
    address = reverse("ceremony-edit", args=[ceremony.uuid])
    page = client.get(address)
    assert f'href="/acara/{ceremony.uuid}/jadwal/"' in page.text
    asked = page.context["form"].fields
    assert not {"day", "clock", "time_zone", "place", "leader_name", "reader_name"} & asked.keys()
    changed = {**data, "place": "Aula", "day": "2023-02-01", "leader_name": "Orang Lain"}
    same = {name: getattr(ceremony, name).pk for name in ("election", "text")}
    assert client.post(address, {**changed, **same, "title": "Upacara"}).status_code == 302
    stored = Ceremony.objects.get()
    assert (stored.title, stored.place) == ("Upacara", "Halaman Kantor")
    assert stored.starts_at == ceremony.starts_at
    assert officials_of(stored)[0] == ("LEADER", "Khairil Adli", "Kepala Dinas", "")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_frozen_ceremony_answers_that_it_cannot_change(client, hr, data, opd, method):
    ceremony = factories.ceremony_in("READY", opd)
    address = reverse("ceremony-edit", args=[ceremony.uuid])
    response = getattr(client, method)(address, data)
    assert response.status_code == 409
    frozen = "Acara yang daftar pesertanya sudah dibekukan tidak dapat diubah."
    assert frozen in text_of(response)
    ceremony.refresh_from_db()
    assert ceremony.place == "Halaman Kantor"
    assert officials_of(ceremony) == [("LEADER", "Khairil Adli", "Kepala Dinas", "")]
