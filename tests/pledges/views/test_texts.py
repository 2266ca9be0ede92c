"""/naskah/: list, detail, form, publication, new version."""

import re

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.models import PledgeText
from tests import factories

from .pages import beside, log_in, text_of

pytestmark = pytest.mark.django_db
DATA = {
    "title": "Naskah Dumai 2023",
    "people_word": "Pegawai",
    "heading": "Ikrar Netralitas Pegawai",
    "opening": "Kami berikrar:",
    "points": "Menjaga netralitas.\r\n\r\n  Menolak politik uang.  \r\n",
    "closing": "Demikian ikrar ini kami buat.",
    "sanction": "Saya bersedia menerima sanksi.",
    "legal_basis": "",
}
CHANGED = "Naskah ini berubah sejak Anda membacanya."
PUBLISHED = "Naskah yang sudah diterbitkan tidak dapat diubah. Buat versi baru."
EMPTY = "Bidang ini tidak boleh kosong."


@pytest.fixture
def government():
    return factories.GovernmentFactory()


@pytest.fixture
def hr(client, government):
    return log_in(client, RoleName.HR, government)


@pytest.fixture
def draft(government):
    return factories.DraftTextFactory(government=government, title="Naskah Konsep")


def create(client, government, **changes):
    return client.post(reverse("text-create"), {"government": government.pk, **DATA, **changes})


def own_texts():
    return PledgeText.objects.exclude(government=None)


def test_a_draft_is_created_with_one_point_for_each_line(client, hr, government):
    response = create(client, government)
    text = own_texts().get()
    assert (response.status_code, response.url) == (302, f"/naskah/{text.uuid}/")
    assert text.points == ["Menjaga netralitas.", "Menolak politik uang."]
    assert (text.family, text.version, text.state) == ("naskah-dumai-2023", 1, "DRAFT")
    page = text_of(client.get(response.url))
    assert "Konsep naskah disimpan." in page
    assert "Kami berikrar: Menjaga netralitas. Menolak politik uang. Demikian ikrar ini" in page


def test_the_numbers_of_a_pasted_list_are_left_out(client, hr, government):
    create(
        client,
        government,
        points="1. Menjaga netralitas.\r\n2) Menolak politik uang.\r\n2029 damai.",
    )
    points = own_texts().get().points
    assert points == ["Menjaga netralitas.", "Menolak politik uang.", "2029 damai."]


REFUSALS = [
    *(({field: ""}, field, EMPTY) for field in DATA if field != "legal_basis"),
    ({"points": " \r\n \t"}, "points", EMPTY),
    ({"points": "Butir.\r\n" * 13}, "points", "Paling banyak 12 butir."),
    ({"points": "Butir.\r\n" + "x" * 601}, "points", "Satu butir paling panjang 600 huruf."),
    (
        {"title": "x" * 161},
        "title",
        "Pastikan nilai ini mengandung paling banyak 160 karakter (sekarang 161 karakter).",
    ),
]


@pytest.mark.parametrize(("changes", "field", "sentence"), REFUSALS)
def test_a_refusal_stands_next_to_its_field(client, hr, government, changes, field, sentence):
    response = create(client, government, **changes)
    assert (response.status_code, beside(response, field)) == (400, sentence)
    assert list(response.context["form"].errors) == [field]
    assert own_texts().count() == 0


def test_twelve_points_of_the_greatest_length_are_accepted(client, hr, government):
    response = create(client, government, points="\r\n".join(["x" * 600] * 12))
    assert response.status_code == 302
    assert own_texts().get().points == ["x" * 600] * 12


def test_the_form_speaks_indonesian(client, hr):
    response = client.get(reverse("text-create"))
    labels = [field.label for field in response.context["form"]]
    assert labels == [
        "Pemerintah daerah",
        "Nama naskah",
        "Untuk pemilu",
        "Sebutan bagi yang berikrar",
        "Judul ikrar",
        "Kalimat pembuka",
        "Butir ikrar",
        "Kalimat penutup",
        "Kalimat sanksi",
        "Dasar hukum",
    ]


def test_a_draft_is_shown_again_with_a_field_for_each_point_and_changed(client, hr, draft):
    address = reverse("text-edit", args=[draft.uuid])
    areas = re.findall(r'<textarea name="points"[^>]*>\n(.*?)</textarea>', client.get(address).text)
    assert areas == [*draft.points, ""]
    response = client.post(address, DATA)
    assert (response.status_code, response.url) == (302, f"/naskah/{draft.uuid}/")
    draft.refresh_from_db()
    assert (draft.title, len(draft.points)) == ("Naskah Dumai 2023", 2)


def test_publication_makes_a_draft_final(client, hr, draft):
    page = client.get(reverse("text-detail", args=[draft.uuid])).text
    [read] = re.findall(r'name="read" value="(\w+)"', page)
    response = client.post(reverse("text-publish", args=[draft.uuid]), {"read": read})
    assert (response.status_code, response.url) == (302, f"/naskah/{draft.uuid}/")
    draft.refresh_from_db()
    assert draft.digest == draft.compute_digest()
    response = client.get(response.url)
    page = text_of(response)
    assert "Naskah diterbitkan dan tidak dapat diubah lagi." in page
    assert f"Sidik digital {draft.digest} Sidik ini (SHA-256) dihitung" in page
    assert reverse("text-edit", args=[draft.uuid]) not in response.content.decode()


def test_what_nobody_has_read_is_not_published(client, hr, draft):
    page = client.get(reverse("text-detail", args=[draft.uuid])).text
    [read] = re.findall(r'name="read" value="(\w+)"', page)
    PledgeText.objects.filter(pk=draft.pk).update(closing="Ditambahkan orang lain.")
    for sent in ({"read": read}, {}):
        response = client.post(reverse("text-publish", args=[draft.uuid]), sent)
        assert (response.status_code, CHANGED in text_of(response)) == (409, True)
    assert PledgeText.objects.get(pk=draft.pk).state == "DRAFT"


@pytest.mark.parametrize(
    ("method", "name"), [("get", "text-edit"), ("post", "text-edit"), ("post", "text-publish")]
)
def test_a_published_text_answers_that_it_cannot_change(client, hr, government, method, name):
    text = factories.published_text(government=government)
    before = PledgeText.objects.filter(pk=text.pk).values().get()
    response = getattr(client, method)(reverse(name, args=[text.uuid]), DATA)
    assert response.status_code == 409
    assert PUBLISHED in text_of(response)
    assert PledgeText.objects.filter(pk=text.pk).values().get() == before


@pytest.mark.parametrize("name", ["text-edit", "text-publish"])
def test_a_national_text_belongs_to_nobody(client, hr, name):
    national = PledgeText.objects.get(family="pilkada-2020")
    before = PledgeText.objects.filter(pk=national.pk).values().get()
    response = client.post(reverse(name, args=[national.uuid]), DATA)
    assert response.status_code == 403
    assert PledgeText.objects.filter(pk=national.pk).values().get() == before


def test_a_national_text_is_copied_into_a_draft_of_ones_own(client, hr, government):
    national = PledgeText.objects.get(family="pilkada-2020")
    response = client.post(reverse("text-new-version", args=[national.uuid]))
    copy = own_texts().get()
    assert (response.status_code, response.url) == (302, f"/naskah/{copy.uuid}/ubah/")
    assert (copy.government, copy.points, copy.state) == (government, national.points, "DRAFT")
    assert Event.objects.of(copy).get().actor == hr


def test_the_next_version_of_ones_own_text_is_a_draft(client, hr, government):
    text = factories.published_text(government=government)
    client.post(reverse("text-new-version", args=[text.uuid]))
    assert list(own_texts().order_by("version").values_list("version", "state")) == [
        (1, "PUBLISHED"),
        (2, "DRAFT"),
    ]


@pytest.mark.parametrize("name", ["text-create", "text-new-version"])
def test_hr_of_a_single_opd_is_told_that_texts_are_not_theirs(client, government, name):
    log_in(client, RoleName.HR, factories.OpdFactory(parent=government))
    national = PledgeText.objects.get(family="pilkada-2020")
    address = reverse(name, args=[national.uuid] if name == "text-new-version" else [])
    response = client.post(address)
    assert response.status_code == 403
    assert "Anda tidak berwenang" in text_of(response)
    assert own_texts().count() == 0


def test_the_list_has_national_texts_and_those_of_ones_own_government(client, hr, draft):
    factories.DraftTextFactory(title="Naskah Kota Lain")
    page = text_of(client.get(reverse("text-list")))
    assert f"Naskah Konsep {draft.government.name} · versi 1 · 4 butir Konsep" in page
    assert "Pilkada Serentak 2020 (nasional) Naskah nasional · versi 1 · 4 butir" in page
    assert "Naskah Kota Lain" not in page


def test_a_head_reads_a_text_but_is_offered_no_change(client, draft):
    log_in(client, RoleName.HEAD, draft.government)
    response = client.get(reverse("text-detail", args=[draft.uuid]))
    assert response.status_code == 200
    html = response.content.decode()
    for name in ("text-edit", "text-publish", "text-new-version"):
        assert reverse(name, args=[draft.uuid]) not in html


def test_publication_and_copies_are_never_made_by_following_a_link(client, hr, draft):
    for name in ("text-publish", "text-new-version"):
        assert client.get(reverse(name, args=[draft.uuid])).status_code == 405
    assert own_texts().get().state == "DRAFT"
