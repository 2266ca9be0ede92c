"""/publik/…/ for anybody, and the page on which HR shows it."""

import io
import re

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from agencies.choices import RoleName
from pledges.services import public_pages, register
from tests import factories

from .pages import beside, log_in, text_of

pytestmark = pytest.mark.django_db
SLUG = "apel-ikrar-2023"


@pytest.fixture
def government():
    return factories.GovernmentFactory(name="Pemerintah Kota Dumai")


@pytest.fixture
def ceremony(government):
    """City-wide: six at Kesehatan, of whom Budi has signed, and five at Pendidikan."""
    for name, people in (("Dinas Kesehatan", 5), ("Dinas Pendidikan", 5)):
        opd = factories.OpdFactory(parent=government, name=name)
        factories.EmployeeFactory.create_batch(people, agency=opd)
        if people and name == "Dinas Kesehatan":
            factories.EmployeeFactory(agency=opd, name="Budi Rahasia")
    found = factories.open_ceremony(government, employees=0, title="Apel <Ikrar>")
    factories.sign(found.participants.get(bare_name="Budi Rahasia"))
    return found


@pytest.fixture
def shown(ceremony):
    return public_pages.show(actor=None, ceremony=ceremony, slug=SLUG)


def page(client, name="public-page"):
    return client.get(reverse(name, args=[SLUG]))


def metas(response):
    return dict(
        re.findall(
            r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', response.content.decode()
        )
    )


def test_anybody_reads_what_was_pledged_by_whom_led_and_how_many_signed(client, shown):
    register.seal()
    words = text_of(page(client))
    for told in (
        "Apel <Ikrar>",
        "Rabu, 11 Januari 2023, 08.00 WIB",
        "1 dari 11 pegawai telah menandatangani pakta integritas",
        "Menolak politik uang",
        "Pemimpin Khairil Adli Kepala Dinas",
        "Dinas Kesehatan 1 dari 6 (16%)",
        "Dinas Pendidikan 0 dari 5 (0%)",
        "Penandatanganan sedang dibuka.",
        register.latest_head().root,
    ):
        assert told in words


def test_no_signer_is_named(client, shown):
    assert "Budi" not in page(client).content.decode()


def test_a_link_to_it_tells_title_figures_and_picture_by_whole_addresses(client, shown):
    told = metas(page(client))
    address = settings.SITE_URL + reverse("public-page", args=[SLUG])
    assert told["og:title"] == told["twitter:title"] == "Apel &lt;Ikrar&gt;"
    assert told["og:url"] == address
    assert told["og:image"] == told["twitter:image"]
    assert told["og:image"].startswith(f"{address}gambar.png?v=")
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["twitter:card"] == "summary_large_image"
    assert "1 dari 11 pegawai" in told["og:description"]


def test_the_picture_is_sent_again_only_when_the_figures_have_changed(client, shown, ceremony):
    first = page(client, "public-picture")
    assert Image.open(io.BytesIO(first.content)).size == (1200, 630)
    assert first["Content-Type"] == "image/png"
    kept = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    address = reverse("public-picture", args=[SLUG])
    assert client.get(address, **kept).status_code == 304
    factories.sign(ceremony.participants.unsigned().first())
    again = client.get(address, **kept)
    assert (again.status_code, again["ETag"] == first["ETag"]) == (200, False)


def test_a_hidden_page_and_its_picture_are_not_there(client, shown, ceremony):
    public_pages.hide(actor=None, ceremony=ceremony)
    assert [page(client, name).status_code for name in ("public-page", "public-picture")] == [
        404,
        404,
    ]


def test_hr_chooses_the_address_shows_the_page_and_hides_it(client, ceremony, government):
    log_in(client, RoleName.HR, government)
    settings_url = reverse("public-page-settings", args=[ceremony.uuid])
    assert 'value="apel-ikrar-11-januari-2023"' in client.get(settings_url).content.decode()
    answer = client.post(
        reverse("public-page-show", args=[ceremony.uuid]), {"slug": SLUG.upper()}, follow=True
    )
    words = text_of(answer)
    assert "Halaman publik ditampilkan." in words
    assert f"{settings.SITE_URL}/publik/{SLUG}/" in words
    assert page(client).status_code == 200
    client.post(reverse("public-page-hide", args=[ceremony.uuid]))
    assert page(client).status_code == 404
    answer = client.post(reverse("public-page-show", args=[ceremony.uuid]))
    assert (answer.status_code, page(client).status_code) == (302, 200)


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("", "Bidang ini tidak boleh kosong."),
        ("dua kata", "Gunakan huruf, angka, dan tanda hubung saja."),
        ("sudah-ada", public_pages.TAKEN),
    ],
)
def test_an_address_that_cannot_be_is_refused_beside_its_field(
    client, ceremony, government, slug, sentence
):
    public_pages.show(actor=None, ceremony=factories.open_ceremony(), slug="sudah-ada")
    log_in(client, RoleName.HR, government)
    answer = client.post(reverse("public-page-show", args=[ceremony.uuid]), {"slug": slug})
    assert (answer.status_code, beside(answer, "slug")) == (400, sentence)


def test_a_page_costs_the_same_for_many_opd(client, shown, government, django_assert_num_queries):
    page(client)
    with django_assert_num_queries(6):
        page(client)
