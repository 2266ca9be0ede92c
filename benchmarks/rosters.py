"""Rosters of the size and shape of one city, made up: 8,379 people in three files, 898 units."""

import csv
import io
import random

import xlsxwriter

from agencies.choices import RosterFileKind

UNITS = 898
OPDS = 40
COLUMNS = (
    "PNS ID;NIP BARU;NIP LAMA;NAMA;GELAR DEPAN;GELAR BELAKANG;TEMPAT LAHIR ID;TEMPAT LAHIR NAMA;"
    "TANGGAL LAHIR;JENIS KELAMIN;AGAMA ID;AGAMA NAMA;JENIS KAWIN ID;JENIS KAWIN NAMA;NIK;NOMOR HP;"
    "EMAIL;EMAIL GOV;ALAMAT;NPWP NOMOR;BPJS;JENIS PEGAWAI ID;JENIS PEGAWAI NAMA;"
    "KEDUDUKAN HUKUM ID;KEDUDUKAN HUKUM NAMA;STATUS CPNS PNS;KARTU ASN VIRTUAL;NOMOR SK CPNS;"
    "TANGGAL SK CPNS;TMT CPNS;NOMOR SK PNS;TANGGAL SK PNS;TMT PNS;GOL AWAL ID;GOL AWAL NAMA;"
    "GOL AKHIR ID;GOL AKHIR NAMA;TMT GOLONGAN;MK TAHUN;MK BULAN;JENIS JABATAN ID;"
    "JENIS JABATAN NAMA;JABATAN ID;JABATAN NAMA;TMT JABATAN;TINGKAT PENDIDIKAN ID;"
    "TINGKAT PENDIDIKAN NAMA;PENDIDIKAN ID;PENDIDIKAN NAMA;TAHUN LULUS;KPKN ID;KPKN NAMA;"
    "LOKASI KERJA ID;LOKASI KERJA NAMA;UNOR ID;UNOR NAMA;INSTANSI INDUK ID;INSTANSI INDUK NAMA;"
    "INSTANSI KERJA ID;INSTANSI KERJA NAMA;SATUAN KERJA INDUK ID;SATUAN KERJA INDUK NAMA;"
    "SATUAN KERJA KERJA ID;SATUAN KERJA KERJA NAMA;IS VALID NIK;NAMA SEKOLAH;FLAG IKD;ESELON ID;"
    "ESELON NAMA"
).split(";")
# How a file ends, the delimiter of a CSV, how many rows, and what it says of its people.
FILES = (
    ("pns.csv", ";", 4708, {"STATUS CPNS PNS": "PNS", "KEDUDUKAN HUKUM NAMA": "Aktif"}),
    ("pppk.xlsx", None, 1292, {"KEDUDUKAN HUKUM NAMA": "PPPK Aktif"}),
    ("paruh-waktu.csv", "|", 2379, {"KEDUDUKAN HUKUM NAMA": "PPPK Paruh Waktu Aktif"}),
)


def rosters(city, share=1):
    """[(kind, name, bytes)] of the city of that name: the hierarchy and `share` of its people.

    Units, numbers and keys of one city are in no other.
    """
    chance = random.Random(city)
    files = [(RosterFileKind.UNITS, "unor.xlsx", _xlsx(_hierarchy(city)))]
    for name, delimiter, rows, told in FILES:
        table = [COLUMNS]
        table += [
            _row(city, chance, f"{name}-{n}", n, told, delimiter is not None)
            for n in range(int(rows * share))
        ]
        data = _csv(table, delimiter) if delimiter else _xlsx(table)
        files.append((RosterFileKind.ROSTER, name, data))
    return files


def _hierarchy(city):
    """The government, its OPD, and all other units below these in turn."""
    yield ("ID", "NAMA_UNOR", "ID_ATASAN")
    yield (f"{city}-0", f"Pemerintah Kota {city}", "")
    for n in range(1, UNITS):
        above = 0 if n <= OPDS else n % OPDS + 1
        yield (f"{city}-{n}", f"{'Dinas' if not above else 'Bidang'} {n}", f"{city}-{above}")


def _row(city, chance, key, n, told, is_text):
    """One person, with as many cells filled as SIASN fills."""
    year, month, day = chance.randint(1965, 2000), chance.randint(1, 12), chance.randint(1, 28)
    is_pns = told["KEDUDUKAN HUKUM NAMA"] == "Aktif"
    since = f"{chance.randint(2005, 2020)}{chance.randint(1, 12):02d}" if is_pns else "202421"
    number = f"{year}{month:02d}{day:02d}{since}{chance.choice('12')}{n % 998 + 1:03d}"
    unit = chance.randint(1, UNITS - 1)
    mark = "'" if is_text else ""
    cells = told | {
        "PNS ID": f"{city}-{key}",
        "NIP BARU": f"{mark}{number}",
        "NAMA": f"NAMA {chance.randrange(10**6)} {chance.randrange(10**6)}",
        "GELAR BELAKANG": chance.choice(["", "S.E.", "S.Pd.", "A.Md."]),
        "TEMPAT LAHIR NAMA": "DUMAI",
        "TANGGAL LAHIR": f"{day:02d}-{month:02d}-{year}",
        "JENIS KELAMIN": "F",
        "AGAMA NAMA": "Islam",
        "JENIS KAWIN NAMA": "Menikah",
        "NIK": f"{mark}{chance.randrange(10**15, 10**16)}",
        "NOMOR HP": f"0812{chance.randrange(10**8):08d}",
        "EMAIL": f"{key}@example.go.id" if n % 5 else "",
        "ALAMAT": city,
        "NPWP NOMOR": f"{mark}{chance.randrange(10**14, 10**15)}",
        "JENIS PEGAWAI NAMA": "PNS Daerah" if is_pns else "PPPK",
        "TMT CPNS": "01-12-2008",
        "GOL AWAL NAMA": "III/a" if is_pns else "IX",
        "GOL AKHIR NAMA": "III/c" if is_pns else "IX",
        "TMT GOLONGAN": "01-12-2008",
        "JENIS JABATAN ID": "4",
        "JENIS JABATAN NAMA": "Jabatan Fungsional Umum",
        "JABATAN NAMA": f"PENGELOLA {n % 200}",
        "UNOR ID": f"{city}-{unit}",
        "UNOR NAMA": f"Bidang {unit}",
        "INSTANSI KERJA NAMA": f"Pemerintah Kota {city}",
        "SATUAN KERJA KERJA NAMA": f"Dinas {unit % OPDS + 1}",
    }
    return [cells.get(column, "") for column in COLUMNS]


def _csv(table, delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(table)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(table):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(number, column, cell)
    book.close()
    return target.getvalue()
