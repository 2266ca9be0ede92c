"""GET /impor/<uuid>/: units, heads, and who of those concerned can log in"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Employee
from tests.agencies.roster.files import UNITS, hierarchy_file, pns
from tests.factories import UserFactory
from tests.pledges.views.pages import text_of

from .pages import address, figures_of, file_of, rows_of


@pytest.fixture
def restructured(upload):
    """An import in which a unit is new and gets a head, and another one has another name."""
    rows = [(key, name.replace("Perhubungan", "Kominfo"), above) for key, name, above in UNITS]
    units = hierarchy_file(*rows, ("N", "Badan Baru", "R"))
    files = file_of(pns(1), pns(2), pns(3, UNOR_ID="N", ESELON_NAMA="II.b"))
    return upload(files, units=SimpleUploadedFile(units.name, units.data))


def shown(client, roster_import, **query):
    return client.get(address("import-detail", roster_import), query)


def test_units_are_counted_filtered_and_told(client, hr, restructured):
    figures = figures_of(shown(client, restructured))
    assert figures["Unit kerja"] == len(rows_of(shown(client, restructured, group="UNIT"))) > 0
    found = rows_of(shown(client, restructured, group="UNIT", q="kominfo"))
    assert len(found) == 1
    assert "Berganti nama; sebelumnya “Dinas Perhubungan”." in found[0][1]
    (created,) = rows_of(shown(client, restructured, group="UNIT", q="badan baru"))
    assert "Unit baru di bawah “Pemerintah Kota Dumai”." in created[1]


def test_heads_are_counted_filtered_and_told(client, hr, restructured):
    assert figures_of(shown(client, restructured))["Kepala unit"] == 1
    ((name, agency, reason),) = rows_of(shown(client, restructured, group="HEAD"))
    assert ("SITI RAHMAWATI 3" in name, agency, reason) == (True, "Badan Baru", "Kepala baru.")


def test_who_leaves_with_an_account_is_told_before_and_after(client, hr, with_leaver, run_tasks):
    assert "Akun tidak ikut berubah" not in text_of(shown(client, with_leaver))
    UserFactory(employee=Employee.objects.get(siasn_id="P2"))
    client.post(address("import-read-again", with_leaver))
    run_tasks()
    page = shown(client, with_leaver)
    assert "1 pegawai yang keluar atau pindah punya akun." in text_of(page)
    assert 'href="?q=punya+akun#baris"' in page.content.decode()
    (row,) = rows_of(shown(client, with_leaver, q="punya akun"))
    assert any("Punya akun tanpa peran." in cell for cell in row)
    with_leaver.refresh_from_db()
    client.post(
        address("import-approve", with_leaver),
        {"plan": with_leaver.plan_digest, "leavers": "nonaktifkan"},
    )
    run_tasks()
    after = shown(client, with_leaver)
    assert "Impor ini sudah diterapkan" in text_of(after)
    assert "1 pegawai yang keluar atau pindah punya akun." in text_of(after)
