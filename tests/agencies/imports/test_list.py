"""GET /impor/"""

from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import RosterImport
from tests.agencies.roster.files import hierarchy_file, non_asn, pns
from tests.pledges.views.pages import text_of

from .pages import CREATE, LIST, address, file_of, rows_of


def imports_of_hr(hr):
    return RosterImport.objects.filter(created_by=hr).order_by("pk")


def test_before_the_first_import_hr_is_shown_the_way(client, city):
    client.force_login(city.hr)
    response = client.get(LIST)
    assert "Belum ada impor" in text_of(response)
    assert response.content.decode().count(f'href="{CREATE}"') == 2


def test_the_list_tells_when_by_whom_what_and_where_it_stands(client, hr, upload):
    units = SimpleUploadedFile("unor.xlsx", hierarchy_file().data)
    found = upload(file_of(pns(1), pns(3)), file_of(non_asn(), name="non.csv"), units=units)
    when, by, files, counts, state = rows_of(client.get(LIST))[0]
    assert address("import-detail", found) in when
    assert by == str(hr)
    assert files == "pns.csv, non.csv, unor.xlsx"
    assert counts == "2 baru, 1 keluar, 1 tetap"
    assert "Menunggu persetujuan" in state


def test_two_imports_of_one_day_have_titles_of_their_own(client, hr, upload):
    for name, moment in (("pns.csv", "01:00"), ("lagi.csv", "01:30")):
        found = upload(file_of(pns(1), name=name), read=False)
        RosterImport.objects.filter(pk=found.pk).update(created_at=f"2026-11-22T{moment}Z")
    pages = [text_of(client.get(address("import-detail", each))) for each in imports_of_hr(hr)]
    assert pages[0].startswith("Impor 22 November 2026, 08.00 WIB: pns.csv ")
    assert pages[1].startswith("Impor 22 November 2026, 08.30 WIB: lagi.csv ")


def test_an_import_by_the_command_line_says_so(client, hr):
    assert [row[1] for row in rows_of(client.get(LIST))] == ["Baris perintah"]


def test_an_auditor_sees_the_imports_but_no_way_to_add_one(client, dumai):
    client.force_login(dumai.auditor)
    response = client.get(LIST)
    assert len(rows_of(response)) == 1
    assert CREATE not in response.content.decode()


def test_another_governments_imports_are_not_seen(client, dumai, regency):
    client.force_login(regency.hr)
    assert "Belum ada impor" in text_of(client.get(LIST))
    found = RosterImport.objects.get()
    assert client.get(address("import-detail", found)).status_code == 404
