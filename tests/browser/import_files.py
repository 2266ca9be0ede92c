"""The files that HR uploads in the browser tests of the roster import."""

import io

from openpyxl import load_workbook

from tests.agencies.roster.files import csv_bytes, hierarchy_file, nip, pns

UNKNOWN = "NOMOR INDUK"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRONG_NUMBER = "1,97906E+17"


def roster():
    """Three people under a heading nobody knows, the number of the third spoilt by Excel."""
    rows = [pns(1), pns(2, UNOR_ID="D2", UNOR_NAMA="Dinas Perhubungan"), pns(3)]
    rows[2]["NIP BARU"] = WRONG_NUMBER
    renamed = [{UNKNOWN if key == "NIP BARU" else key: row[key] for key in row} for row in rows]
    return {"name": "siasn-pns.csv", "mimeType": "text/csv", "buffer": csv_bytes(renamed)}


def hierarchy():
    return {"name": "hierarki-unor.xlsx", "mimeType": XLSX, "buffer": hierarchy_file().data}


def mended(download):
    """The rejected rows, with the number put right."""
    book = load_workbook(io.BytesIO(download.path().read_bytes()))
    spoilt = [cell for row in book.active for cell in row if cell.value == WRONG_NUMBER]
    assert len(spoilt) == 1
    spoilt[0].value = nip(3)
    data = io.BytesIO()
    book.save(data)
    return {"name": "diperbaiki.xlsx", "mimeType": XLSX, "buffer": data.getvalue()}
