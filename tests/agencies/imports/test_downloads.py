"""GET /impor/<uuid>/ditolak/ and /unduh/"""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from agencies.models import Event
from tests.agencies.roster.files import nip, pns

from .pages import address, file_of, sheet_of


def test_rejected_rows_are_downloaded_mended_and_accepted(client, hr, changes, upload):
    response = client.get(address("import-rejects", changes))
    assert response["Content-Disposition"].startswith('attachment; filename="Baris ditolak 2')
    book = load_workbook(io.BytesIO(response.getvalue()))
    (spoilt,) = (cell for row in book.active for cell in row if cell.value == "1,97906E+17")
    spoilt.value = nip(4)
    data = io.BytesIO()
    book.save(data)
    mended = upload(SimpleUploadedFile("mended.xlsx", data.getvalue()), extent="sebagian")
    assert mended.counts["new"] == 1
    assert mended.counts["rejected"] == 0
    event = Event.objects.get(act="roster.exported")
    assert event.data == {"count": 1, "filters": ["group"]}


def test_rejected_rows_are_not_for_auditors(client, hr, dumai, changes):
    client.force_login(dumai.auditor)
    assert client.get(address("import-rejects", changes)).status_code == 403


def test_the_lines_found_are_exported_and_the_trail_tells_so(client, hr, changes):
    response = client.get(address("import-export", changes), {"group": "CHANGED"})
    headings, row = sheet_of(response)
    line = dict(zip(headings, row, strict=True))
    assert line["Nama"] == "SITI RAHMAWATI 2, S.E."
    assert line["Nomor"] == nip(2)
    assert "Jabatan: PERAWAT AHLI MUDA → PERAWAT AHLI MADYA" in line["Keterangan"]
    assert line["Berkas"] == "pns.csv"
    assert line["Baris"] == 3
    event = Event.objects.get(act="roster.exported")
    assert event.actor == hr
    assert event.data == {"count": 1, "filters": ["group"]}


def test_a_formula_in_a_name_stays_text_when_exported(client, hr, upload):
    found = upload(file_of(pns(1), pns(2), pns(3, NAMA="=HYPERLINK(1)")))
    response = client.get(address("import-export", found))
    cells = [cell for row in load_workbook(io.BytesIO(response.getvalue())).active for cell in row]
    (formula,) = (cell for cell in cells if str(cell.value).startswith("=HYPERLINK"))
    assert formula.data_type == "s"


def test_an_auditor_exports_without_contact_data(client, hr, dumai, changes):
    client.force_login(dumai.auditor)
    rows = sheet_of(client.get(address("import-export", changes)))
    assert len(rows) == 5
    assert "081200000000" not in str(rows)
    assert Event.objects.get(act="roster.exported").actor == dumai.auditor
