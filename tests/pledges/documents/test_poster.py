"""The poster: one page of the size asked for, with all that somebody far away needs."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from netralitas.lib import qr
from pledges.documents import poster
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony(settings):
    settings.SITE_URL = "https://ikrar.dumai.example.go.id"
    opd = factories.OpdFactory(name="Dinas Kesehatan")
    return factories.ceremony_in("READY", opd, title="Apel Netralitas", place="Halaman Kantor")


def page_of(ceremony, size="a4"):
    """The only page of the poster."""
    (page,) = PdfReader(BytesIO(poster.render_poster(ceremony, size))).pages
    return page


def test_it_says_what_when_where_and_how(ceremony):
    words = " ".join(page_of(ceremony).extract_text().split())
    said = [
        "DINAS KESEHATAN",
        "Apel Netralitas",
        ceremony.election.name,
        "Rabu, 11 Januari 2023, 08.00 WIB",
        "Halaman Kantor",
        "ikrar.dumai.example.go.id/i/",
        f"{ceremony.code[:4]} {ceremony.code[4:]}",
        *poster.STEPS,
    ]
    assert [part for part in said if part not in words] == []


def test_its_qr_opens_the_entrance(ceremony):
    address = f"https://ikrar.dumai.example.go.id/i/{ceremony.code}/"
    assert poster.poster_of(ceremony).qr == qr.data_uri(address)


@pytest.mark.parametrize(("size", "edges"), [("a4", (210, 297)), ("a3", (297, 420))])
def test_it_has_the_size_that_was_asked_for(ceremony, size, edges):
    box = page_of(ceremony, size).mediabox
    assert (round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) == edges


def test_the_longest_words_still_make_one_page(ceremony):
    ceremony.title = ("Apel Gabungan Ikrar Netralitas Pegawai " * 6)[:200]
    ceremony.place = ("Halaman Kantor Wali Kota Dumai " * 7)[:200]
    words = " ".join(page_of(ceremony, "a3").extract_text().split())
    assert " ".join(ceremony.title.split()) in words
