"""The whitelist: which columns are read at all, by the names SIASN and the field give them.

Everything else in an export (religion, marital status, NPWP, BPJS, address, the NIK of ASN) is
never looked at (UU 27/2022: no more than the purpose needs).
"""

import re

# Field -> header names, the preferred first. A field's second column fills what the first lacks.
EMPLOYEE_COLUMNS = {
    "siasn_id": ("PNS ID",),
    "number": ("NIP BARU", "NIP", "NI PPPK", "NIP NI PPPK"),
    "nik": ("NIK",),
    "name": ("NAMA", "NAMA LENGKAP", "NAMA PEGAWAI"),
    "title_prefix": ("GELAR DEPAN", "GELAR DPN"),
    "title_suffix": ("GELAR BELAKANG", "GELAR BLK"),
    "email_gov": ("EMAIL GOV",),
    "email": ("EMAIL", "SUREL"),
    "phone": ("NOMOR HP", "NO HP", "HP", "NOMOR PONSEL"),
    "employment": ("JENIS PEGAWAI NAMA", "JENIS PEGAWAI"),
    "legal_position": ("KEDUDUKAN HUKUM NAMA", "KEDUDUKAN HUKUM"),
    "status": ("STATUS CPNS PNS",),
    "grade": ("GOL AKHIR NAMA", "GOL NAMA", "GOLONGAN", "GOL", "GOLONGAN RUANG", "GOL RUANG"),
    "position": ("JABATAN NAMA", "JABATAN", "NAMA JABATAN"),
    "echelon": ("ESELON NAMA", "ESELON"),
    "unit_id": ("UNOR ID", "ID UNOR"),
    "unit_name": ("UNOR NAMA", "NAMA UNOR", "UNIT KERJA", "UNIT KERJA NAMA"),
    "employer": ("INSTANSI KERJA NAMA", "INSTANSI KERJA"),
    "birth_date": ("TANGGAL LAHIR", "TGL LAHIR"),
}
UNIT_COLUMNS = {
    "id": ("ID", "ID UNOR", "UNOR ID"),
    "name": ("NAMA UNOR", "UNOR NAMA", "NAMA"),
    "parent_id": ("ID ATASAN", "ATASAN ID", "DIATASAN ID"),
}


def header_key(cell):
    """A header cell as it is compared: capitals, one space, no underscores, dots or BOM."""
    text = "" if cell is None else str(cell)
    return " ".join(re.sub(r"[\s_.\-/\ufeff]+", " ", text).upper().split())


def positions(cells, columns):
    """Where each known field stands in a header row: {field: index}, by the preferred name.

    Of two columns with the same name the first counts.
    """
    found = {}
    for index, cell in enumerate(cells):
        found.setdefault(header_key(cell), index)
    where = {}
    for field, names in columns.items():
        for name in names:
            if name in found:
                where[field] = found[name]
                break
    return where


def employee_positions(cells):
    """Positions of a roster's header, or {} if it is none. An ASN file's NIK is left out."""
    where = positions(cells, EMPLOYEE_COLUMNS)
    if "name" not in where or not where.keys() & {"number", "nik"}:
        return {}
    if "number" in where:
        where.pop("nik", None)
    return where


def unit_positions(cells):
    """Positions of a hierarchy's header, or {} if it is none."""
    where = positions(cells, UNIT_COLUMNS)
    return where if where.keys() == UNIT_COLUMNS.keys() else {}
