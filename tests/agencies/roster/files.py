"""Small rosters made on the spot, and the two real-sized ones that lie beside the repository."""

import csv
import io
import zipfile

import pytest
from django.conf import settings
from openpyxl import Workbook

from agencies.roster.importing import apply, preview, read_roster
from agencies.roster.sources import Source, source_from_path

DATA = settings.BASE_DIR.parent / "shared" / "data"
FILES = ("siasn-pns.csv", "siasn-pppk.xlsx", "siasn-pppk-paruh-waktu.csv", "non-asn.xlsx")
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="The sample rosters are not here.")

SHEET = "xl/worksheets/sheet1.xml"
SLUG = "kota-dumai"
UNITS = [
    ("R", "Pemerintah Kota Dumai", None),
    ("S", "Sekretariat Daerah", "R"),
    ("D1", "Dinas Kesehatan", "R"),
    ("D1S", "Sekretariat", "D1"),
    ("D2", "Dinas Perhubungan", "R"),
    ("D2S", "Sekretariat", "D2"),
]


def nip(n=1, born="19790606", since="200104", sex="2"):
    """A well-formed NIP, another one for each `n` from 1."""
    return f"{born}{since}{sex}{n:03d}"


def pns(n=1, **fields):
    """A row of a SIASN export: a PNS of Dinas Kesehatan. Underscores in `fields` are spaces."""
    row = {
        "PNS ID": f"P{n}",
        "NIP BARU": f"'{nip(n)}",
        "NAMA": f"SITI RAHMAWATI {n}",
        "GELAR DEPAN": "",
        "GELAR BELAKANG": "S.E.",
        "TANGGAL LAHIR": "06-06-1979",
        "AGAMA NAMA": "Islam",
        "NIK": "'1472014606794329",
        "NOMOR HP": "081212046497",
        "EMAIL": "",
        "EMAIL GOV": "siti@example.go.id",
        "JENIS PEGAWAI NAMA": "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota",
        "KEDUDUKAN HUKUM NAMA": "Aktif",
        "STATUS CPNS PNS": "PNS",
        "GOL AKHIR NAMA": "III/c",
        "JABATAN NAMA": "PERAWAT AHLI MUDA",
        "UNOR ID": "D1",
        "UNOR NAMA": "Dinas Kesehatan",
        "INSTANSI KERJA NAMA": "Pemerintah Kota Dumai",
        "SATUAN KERJA KERJA NAMA": "",
        "ESELON NAMA": "",
    }
    return row | {name.replace("_", " "): value for name, value in fields.items()}


def pppk(n=1, **fields):
    """A row of the PPPK export."""
    told = {
        "PNS ID": f"K{n}",
        "NIP BARU": f"'1988060420242120{n:02d}",
        "TANGGAL LAHIR": "04-06-1988",
        "JENIS PEGAWAI NAMA": "PPPK",
        "KEDUDUKAN HUKUM NAMA": "PPPK Aktif",
        "STATUS CPNS PNS": "",
        "GOL AKHIR NAMA": "IX",
    }
    return pns(n) | told | {name.replace("_", " "): value for name, value in fields.items()}


def non_asn(n=1, **fields):
    """A row of the non-ASN file."""
    row = {
        "NIK": f"'147201170194{n:04d}",
        "NAMA": f"KAREN MUSTOFA {n}",
        "JABATAN": "PENGEMUDI",
        "UNIT KERJA": "Dinas Perhubungan",
        "UNOR ID": "D2",
    }
    return row | {name.replace("_", " "): value for name, value in fields.items()}


def csv_bytes(rows, delimiter=";", encoding="utf-8", newline="\r\n"):
    """Rows (dictionaries, or lists for rows of another width) as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    writer.writerow(rows[0].keys())
    writer.writerows(row.values() if isinstance(row, dict) else row for row in rows)
    return text.getvalue().encode(encoding)


def csv_file(*rows, name="pns.csv", **options):
    """A CSV of `rows`."""
    return Source(name, csv_bytes(rows, **options))


def xlsx_file(*rows, name="roster.xlsx", sheets=()):
    """A workbook whose first sheet holds `rows` (dictionaries, or lists of cells)."""
    book = Workbook()
    if isinstance(rows[0], dict):
        rows = [list(rows[0]), *(list(row.values()) for row in rows)]
    for row in rows:
        book.active.append(row)
    for more in sheets:
        sheet = book.create_sheet()
        for row in more:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return Source(name, data.getvalue())


def with_part(source, part, change):
    """The same workbook with one of its XML parts changed by a function of its text."""
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source.data)) as old,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                content = change(content.decode()).encode()
            new.writestr(info.filename, content)
    return Source(source.name, data.getvalue())


def hierarchy_file(*units, name="hierarki-unor.xlsx"):
    """A HierarkiUnor of `units` (ID, name, ID of the unit above); `UNITS` if none is given."""
    return xlsx_file(("ID", "NAMA_UNOR", "ID_ATASAN"), *(units or UNITS), name=name)


def roster(*sources, units=None, partial=False, slug=SLUG):
    """A roster of `sources`, with the hierarchy `units` (a `Source`, or True for `UNITS`)."""
    units = hierarchy_file() if units is True else units
    return read_roster(slug=slug, sources=sources, units=units, partial=partial)


def previewed(*sources, **options):
    return preview(roster(*sources, **options))


def applied(*sources, actor=None, **options):
    return apply(roster(*sources, **options), actor=actor)


def real_roster(size):
    """The roster of `size` "small" or "kota", all five files."""
    folder = DATA / f"roster-{size}"
    return read_roster(
        slug=SLUG,
        sources=[source_from_path(folder / name) for name in FILES],
        units=source_from_path(folder / "hierarki-unor.xlsx"),
    )


def unit_counts(total=6, **counted):
    """What a plan counts of units: `counted`, and none of the others."""
    kinds = ("created", "renamed", "moved", "revived", "adopted", "absent")
    return {"total": total, **dict.fromkeys(kinds, 0), **counted}


def told(warnings):
    """Warnings as sentences."""
    return [str(warning) for warning in warnings]


def reasons(rejected):
    """[(row, reason)] of rejected rows."""
    return [(rejection.row, rejection.reason) for rejection in rejected]
