"""/impor/<uuid>/kolom/<uuid>/"""

import pytest

from agencies.choices import ImportState
from agencies.models import ColumnAlias
from tests.agencies.roster.files import pns
from tests.pledges.views.pages import text_of

from .pages import address, file_of

FILES_UNKNOWN = {"NIP BARU": "NOMOR INDUK"}


@pytest.fixture
def unknown(hr, upload):
    """An import that waits for somebody to say which column holds the NIP."""
    return upload(file_of(pns(1), pns(3), renamed=FILES_UNKNOWN))


def columns_page(roster_import):
    file = roster_import.files.get()
    return address("import-columns", roster_import, file_uuid=file.uuid)


def chosen_on(client, page, **fields):
    """What the form of a page would send, with `fields` (by heading) chosen otherwise."""
    form = client.get(page).context["form"]
    fields = {name.replace("_", " "): value for name, value in fields.items()}
    return {
        name: fields.get(field.label, form[name].value()) for name, field in form.fields.items()
    }


def test_the_page_names_what_is_missing_and_leads_to_the_columns(client, unknown):
    response = client.get(address("import-detail", unknown))
    assert "pns.csv Daftar pegawai · belum ditemukan: NIP / NI PPPK atau NIK" in text_of(response)
    assert columns_page(unknown) in response.content.decode()


def test_what_is_recognised_is_chosen_already(client, unknown):
    response = client.get(columns_page(unknown))
    unrecognised = [field.label for field in response.context["unknown"]]
    assert unrecognised == ["NOMOR INDUK", "AGAMA NAMA", "NIK"]
    chosen = {field.label: field.value() for field in response.context["known"]}
    assert chosen["NAMA"] == "name"
    assert chosen["GOL AKHIR NAMA"] == "grade"


def test_a_column_is_assigned_and_remembered_for_the_next_file(
    client, hr, unknown, upload, run_tasks
):
    page = columns_page(unknown)
    response = client.post(page, chosen_on(client, page, NOMOR_INDUK="number"))
    assert response.url == address("import-detail", unknown)
    run_tasks()
    unknown.refresh_from_db()
    assert unknown.state == ImportState.READY
    assert unknown.counts["new"] == 1
    again = upload(file_of(pns(1), pns(5), renamed=FILES_UNKNOWN))
    assert again.state == ImportState.READY


def test_two_columns_cannot_hold_the_same(client, unknown):
    page = columns_page(unknown)
    data = chosen_on(client, page, NOMOR_INDUK="number", AGAMA_NAMA="number")
    response = client.post(page, data)
    assert response.status_code == 400
    assert "Sudah dipilih untuk kolom NOMOR INDUK." in text_of(response)


def test_what_a_file_cannot_do_without_is_asked_for(client, unknown):
    page = columns_page(unknown)
    response = client.post(page, chosen_on(client, page))
    assert response.status_code == 400
    assert "Belum ada kolom untuk: NIP / NI PPPK atau NIK (bagi Non-ASN)." in text_of(response)


def test_once_columns_are_no_longer_asked_for_the_page_leads_back(client, unknown):
    page = columns_page(unknown)
    data = chosen_on(client, page, NOMOR_INDUK="number")
    client.post(address("import-discard", unknown))
    for response in (client.get(page), client.post(page, data)):
        assert response.url == address("import-detail", unknown)
    assert not ColumnAlias.objects.exists()
