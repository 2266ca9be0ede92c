"""The pages of the roster import: /impor/ and everything below it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from agencies.choices import ImportState
from agencies.models import ColumnAlias, Employee, Event, RosterImport
from tests import factories
from tests.pledges.views.pages import text_of

from .roster.files import csv_bytes, hierarchy_file, nip, pns

LIST = reverse("import-list")
CREATE = reverse("import-create")


def file_of(*rows, name="pns.csv"):
    return SimpleUploadedFile(name, csv_bytes(rows))


def hierarchy():
    return SimpleUploadedFile("unor.xlsx", hierarchy_file().data)


@pytest.fixture
def hr(client, city):
    """HR of Kota Dumai, logged in."""
    client.force_login(city.hr)
    return city.hr


@pytest.fixture
def upload(client, run_tasks):
    """A function: upload files as HR does, and let the worker read them; the import."""

    def send(*files, extent="lengkap", units=None, read=True, **more):
        data = {"files": list(files), "extent": extent, **more}
        response = client.post(CREATE, data | ({"units": units} if units else {}))
        assert response.status_code == 302, text_of(response)
        if read:
            run_tasks()
        found = RosterImport.objects.first()
        assert response.url == address("import-detail", found)
        return found

    return send


def address(name, roster_import, **more):
    return reverse(name, kwargs={"uuid": roster_import.uuid, **more})


# The list -----------------------------------------------------------------------------------------


def test_before_the_first_import_hr_is_shown_the_way(client, hr):
    page = text_of(client.get(LIST))
    assert "Belum ada impor" in page
    assert f'href="{CREATE}"' in client.get(LIST).content.decode()


def test_the_list_tells_when_by_whom_what_and_where_it_stands(client, city, hr, upload):
    upload(file_of(pns(1)), file_of(pns(2), name="pppk.csv"), units=hierarchy())
    page = text_of(client.get(LIST))
    for words in (str(hr), "pns.csv, pppk.csv, unor.xlsx", "2 baru", "Menunggu persetujuan"):
        assert words in page
