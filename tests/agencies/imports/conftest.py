"""Kota Dumai with two people, its HR logged in, and imports that HR uploads."""

import pytest

from agencies.models import RosterImport
from tests.agencies.roster.files import applied, csv_file, pns
from tests.pledges.views.pages import text_of

from .pages import CREATE, address, file_of


@pytest.fixture
def dumai(city):
    """Kota Dumai with the units of the test rosters and two people in them."""
    city.government.slug = "kota-dumai"
    city.government.save()
    applied(csv_file(pns(1), pns(2)), units=True)
    return city


@pytest.fixture
def hr(client, dumai):
    """HR of Kota Dumai, logged in."""
    client.force_login(dumai.hr)
    return dumai.hr


@pytest.fixture
def upload(client, run_tasks):
    """A function: upload files as HR does, and let the worker read them; the import."""

    def send(*files, extent="lengkap", read=True, **more):
        response = client.post(CREATE, {"files": list(files), "extent": extent, **more})
        assert response.status_code == 302, text_of(response)
        if read:
            run_tasks()
        found = RosterImport.objects.first()
        assert response.url == address("import-detail", found)
        return found

    return send


@pytest.fixture
def changes(upload):
    """An import of a complete file: one new, one changed, one moved, one rejected; nobody left."""
    moved = pns(1, UNOR_ID="D2", UNOR_NAMA="Dinas Perhubungan")
    changed = pns(2, JABATAN_NAMA="PERAWAT AHLI MADYA", NOMOR_HP="081200000000")
    return upload(file_of(moved, changed, pns(3), pns(4, NIP_BARU="1,97906E+17")))


@pytest.fixture
def with_leaver(upload):
    """An import of a complete file in which the second of two people is missing."""
    return upload(file_of(pns(1)))
