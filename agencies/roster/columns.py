"""The whitelist: which columns are read at all, by the names SIASN and the field give them.

Everything else in an export (religion, marital status, NPWP, BPJS, address, the NIK of ASN) is
never looked at (UU 27/2022: no more than the purpose needs).
"""

import re

from ..choices import RosterFileKind
from ..models import ColumnAlias
from .values import text

HEADING_LENGTH = ColumnAlias._meta.get_field("heading").max_length

# Field -> header names, the preferred first. A field's second column fills what the first lacks.
EMPLOYEE_COLUMNS = {
    "siasn_id": ("PNS ID",),
    "number": ("NIP BARU", "NIP", "NI PPPK", "NIP NI PPPK"),
    "nik": ("NIK",),
    "name": ("NAMA", "NAMA LENGKAP", "NAMA PEGAWAI"),
    "title_prefix": ("GELAR DEPAN", "GELAR DPN"),
    "title_suffix": ("GELAR BELAKANG", "GELAR BLK"),
    "email_gov": ("EMAIL GOV",),
    "email": ("EMAIL", "SUREL", "ALAMAT EMAIL", "ALAMAT SUREL"),
    "phone": ("NOMOR HP", "NO HP", "HP", "NOMOR PONSEL"),
    "employment": ("JENIS PEGAWAI NAMA", "JENIS PEGAWAI"),
    "legal_position": ("KEDUDUKAN HUKUM NAMA", "KEDUDUKAN HUKUM"),
    "status": ("STATUS CPNS PNS",),
    "grade": ("GOL AKHIR NAMA", "GOL NAMA", "GOLONGAN", "GOL", "GOLONGAN RUANG", "GOL RUANG"),
    "position": ("JABATAN NAMA", "JABATAN", "NAMA JABATAN"),
    "echelon": ("ESELON NAMA", "ESELON"),
    "unit_id": ("UNOR ID", "ID UNOR"),
    "unit_name": ("UNOR NAMA", "NAMA UNOR", "UNIT KERJA", "UNIT KERJA NAMA"),
    "opd_name": ("SATUAN KERJA KERJA NAMA", "SATUAN KERJA", "PERANGKAT DAERAH", "OPD", "NAMA OPD"),
    "employer": ("INSTANSI KERJA NAMA", "INSTANSI KERJA"),
    "birth_date": ("TANGGAL LAHIR", "TGL LAHIR"),
}
UNIT_COLUMNS = {
    "id": ("ID", "ID UNOR", "UNOR ID"),
    "name": ("NAMA UNOR", "UNOR NAMA", "NAMA"),
    "parent_id": ("ID ATASAN", "ATASAN ID", "DIATASAN ID"),
}
COLUMNS = {RosterFileKind.ROSTER: EMPLOYEE_COLUMNS, RosterFileKind.UNITS: UNIT_COLUMNS}

# Of each group a file must have one; the first stands for the group, in words where it is several.
REQUIRED = {
    RosterFileKind.ROSTER: (("name",), ("number", "nik"), ("unit_id", "unit_name")),
    RosterFileKind.UNITS: (("id",), ("name",), ("parent_id",)),
}
# Who has one of these columns has a NIP; a NIK beside it is not looked at.
ONLY_OF_ASN = {"number", "siasn_id", "status"}
GROUP_LABELS = {"number": "NIP BARU (atau NIK bagi Non-ASN)", "unit_id": "UNOR ID (atau UNOR NAMA)"}

# The column by which a file of rejected rows is known again (roster/rejects.py). There a NIK stands
# only with those who have no NIP, so that it may be read beside one.
REASON_HEADING = "Alasan ditolak"


def header_key(cell):
    """A header cell as it is compared: capitals, one space, no underscores, dots or BOM."""
    words = re.sub(r"[\s_.\-/]+", " ", text(cell))
    return " ".join(words.upper().split())[:HEADING_LENGTH]


def preferred(kind, field):
    """The heading SIASN gives a field."""
    return COLUMNS[kind][field][0]


def required_label(field):
    """What a field of `missing` is called: "UNOR ID (atau UNOR NAMA)"."""
    fields = {**UNIT_COLUMNS, **EMPLOYEE_COLUMNS}
    return GROUP_LABELS.get(field) or fields[field][0]


def positions(cells, kind, aliases):
    """Where each known field stands in a header row: {field: index}.

    `aliases` is {header key: field} and wins over the names above; an empty field means that the
    column is not read. A field's preferred name counts, and of two equal columns the first.
    """
    found = {}
    for index, cell in enumerate(cells):
        found.setdefault(header_key(cell), index)
    where = {}
    for key, index in found.items():
        if aliases.get(key):
            where.setdefault(aliases[key], index)
    for field, names in COLUMNS[kind].items():
        known = [found[name] for name in names if name in found and name not in aliases]
        if known and field not in where:
            where[field] = known[0]
    return without_nik_of_asn(where, found)


def without_nik_of_asn(where, found):
    """`where`, less the NIK where a NIP identifies, and nobody needs the other.

    An export of ASN whose NIP stands under a heading nobody knows must not pass for one of non-ASN.
    """
    ours = header_key(REASON_HEADING) in found
    if ours or not where.keys() & ONLY_OF_ASN:
        return where
    return {field: index for field, index in where.items() if field != "nik"}


def missing(where, kind):
    """The fields a file cannot do without and has not, one for each group of `REQUIRED`."""
    return [group[0] for group in REQUIRED[kind] if not where.keys() & set(group)]


def without_asked(known, kind, asked):
    """The meanings `known` {heading: field}, less those of the groups `asked` for (see `missing`).

    Of a file whose NIP nobody knows the NIK is known, and is not to be taken for granted.
    """
    fields = {field for group in REQUIRED[kind] if group[0] in asked for field in group}
    return {heading: "" if field in fields else field for heading, field in known.items()}


def meanings(headings, kind, aliases):
    """{heading: the field it would be read as, "" for none}, as `positions` sees them."""
    where = positions(headings, kind, aliases)
    fields = {index: field for field, index in where.items()}
    return {heading: fields.get(index, "") for index, heading in enumerate(headings)}
