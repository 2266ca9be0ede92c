"""A roster file becomes people: cleaned, checked one by one, not yet compared with anything."""

from functools import lru_cache

from ..choices import NUMBER_KIND_OF, EmployeeKind, NumberKind, RosterFileKind
from ..errors import ForeignRow, RosterError, RowRejected
from ..models import Employee
from . import values
from .columns import preferred
from .governments import is_government
from .identity import (
    COLUMN_OF,
    all_rounded,
    is_unmarked,
    kind_from_number,
    oddities,
    read_number,
    rounded_reason,
)
from .progress import SILENT
from .records import Notice, Person, RosterFile
from .rejections import rejected_as_rounded, rejected_row
from .tables import employee_table, is_blank

TEXT_FIELDS = {
    "title_prefix": values.optional,
    "title_suffix": values.optional,
    "grade": values.grade,
    "position": values.optional,
    "echelon": values.echelon,
}
MAX_LENGTHS = {
    name: Employee._meta.get_field(name).max_length
    for name in ("siasn_id", "name", "phone", *TEXT_FIELDS)
}
KIND_FIELDS = ("employment", "legal_position", "status")
GONE_WORDS = ("PENSIUN", "BERHENTI", "MENINGGAL", "WAFAT")
STILL_HERE_WORDS = ("PERSIAPAN PENSIUN", "SEMENTARA", "PENGAKTIFAN")
NO_NIP = (
    "Jenis pegawainya ASN, tetapi NIP-nya tidak terbaca. Periksa apakah kolom NIP dikenali, atau "
    "isi NIP-nya."
)
SHIFTED = "Jumlah sel tidak sama dengan kepala tabel; isi baris bergeser."


def read_people(source, slug, aliases=None, progress=SILENT):
    """The people in the file. Raises RosterError if it is no roster of the government `slug`."""
    table = employee_table(source, aliases)
    progress.begin(f"Membaca {table.name}"[:80], table.expected)
    people, rejected, warnings, foreign = [], [], _file_warnings(table), 0
    for number, whole_row, fits in table.rows():
        progress.advance()
        label = _label(whole_row)
        row = _without_other_number(whole_row, label)
        try:
            if not fits:
                raise RowRejected(SHIFTED)
            _check_employer(row, slug)
            people.append(_person(table, number, row, label, warnings))
        except RowRejected as problem:
            rejected.append(rejected_row(table, number, row, problem, shifted=not fits))
            foreign += isinstance(problem, ForeignRow)
    _check_not_foreign(table.name, foreign, len(people) + len(rejected), slug)
    people, rounded = _without_rounded(people, table.headings)
    rejected = sorted([*rejected, *rounded], key=lambda rejection: rejection.row)
    if not people and not rejected:
        warnings.append(Notice("tidak ada satu baris pegawai pun.", table.name))
    facts = (table.name, len(source.data), source.sha256)
    return RosterFile(*facts, table.headings, people, rejected, warnings)


def _file_warnings(table):
    if "number" in table.where and not table.where.keys() & set(KIND_FIELDS):
        told = "kolom jenis pegawai tidak ada; PNS atau PPPK dibaca dari NIP."
        return [Notice(told, table.name)]
    return []


def _check_employer(row, slug):
    employer = values.text(row.get("employer"))
    if employer and not is_government(employer, slug):
        raise ForeignRow("INSTANSI KERJA NAMA adalah pemerintah lain.", "employer")


def _check_not_foreign(name, foreign, total, slug):
    if foreign * 2 > total:
        raise RosterError(
            f"Berkas {name} adalah daftar pegawai pemerintah lain, bukan {slug}: "
            f"{foreign} dari {total} baris."
        )


def _person(table, row_number, row, label, warnings):
    """The row as a person. Raises RowRejected; appends what is merely odd to `warnings`."""
    cell = row[COLUMN_OF[label]]
    number = read_number(cell, label)
    told = _kind_beside(label, _told_kind(*map(row.get, KIND_FIELDS)))
    kind = told or _kind_by_number(number)
    email, odd = _email(row)
    person = Person(
        file=table.name,
        row=row_number,
        kind=kind,
        kind_told=told is not None,
        number_kind=NUMBER_KIND_OF[kind],
        number=number,
        name=values.text(row["name"]),
        siasn_id=values.optional(row.get("siasn_id")) or None,
        **_texts(table, row),
        email=email or None,
        phone=values.phone(row.get("phone")) or None,
        unit_id=values.optional(row.get("unit_id")),
        unit_name=values.optional(row.get("unit_name")),
        opd_name=values.optional(row.get("opd_name")),
        unmarked=is_unmarked(cell),
        cells=tuple(row.values()),
    )
    _check_lengths(person)
    numeric = oddities(number, person.number_kind, values.day(row.get("birth_date")))
    odd += [(COLUMN_OF[label], what) for what in numeric]
    odd += _grade_oddity(person) + _standing_oddity(row.get("legal_position"))
    for column, what in odd:
        heading = table.headings.get(column, "")
        warnings.append(Notice(f"{what}.", person.file, person.row, heading, person))
    return person


def _label(row):
    """By which number the row is identified: the NIP, the NIK where there is none."""
    if "nik" not in row:
        return "NIP"
    if "number" not in row or (is_blank(row["number"]) and not is_blank(row["nik"])):
        return "NIK"
    return "NIP"


def _without_other_number(row, label):
    """The row's cells, less the NIK of somebody who has a NIP: it is no business of ours."""
    return {**row, "nik": None} if label == "NIP" and "nik" in row else row


def _texts(table, row):
    """The descriptive fields; None where the file has no column, or says nothing when mended."""
    texts = {name: clean(row[name]) if name in row else None for name, clean in TEXT_FIELDS.items()}
    return {name: text or None for name, text in texts.items()} if table.mended else texts


@lru_cache(maxsize=512)
def _told_kind(employment_cell, standing_cell, status_cell):
    """Kind of employment by what the export says of it, or None if it says nothing."""
    employment = values.text(employment_cell).upper()
    standing = f"{values.text(standing_cell).upper()} {employment}"
    if employment.startswith("NON"):
        return None
    if "PARUH WAKTU" in standing:
        return EmployeeKind.PPPK_PARUH_WAKTU
    if "PPPK" in standing or "PERJANJIAN KERJA" in standing:
        return EmployeeKind.PPPK
    status = values.text(status_cell).upper()
    if status in {"CPNS", "C"} or employment.startswith("CPNS"):
        return EmployeeKind.CPNS
    if status in {"PNS", "P"} or employment.startswith("PNS"):
        return EmployeeKind.PNS
    return None


def _kind_beside(label, told):
    """The kind the row tells of itself; whoever is known by a NIK can be no ASN."""
    if label == "NIP":
        return told
    if told:
        raise RowRejected(NO_NIP, "nik")
    return EmployeeKind.NON_ASN


def _kind_by_number(number):
    kind = kind_from_number(number)
    if kind is None:
        raise RowRejected(
            "Jenis pegawai (PNS, CPNS, PPPK, PPPK Paruh Waktu) tidak diketahui.", "employment"
        )
    return kind


def _email(row):
    """(the government's address, else the private one; what is odd)."""
    found, odd = "", []
    for column in ("email_gov", "email"):
        address, bad = values.email(row.get(column))
        found = found or address
        if bad and not odd:
            odd = [(column, "alamat surel tidak sah dan diabaikan")]
    return found, odd


def _grade_oddity(person):
    grade = person.grade or ""
    known = not grade or grade in values.ROMAN or values.GRADE.fullmatch(grade)
    return [] if known else [("grade", "golongan tidak dikenal dan disimpan seperti tertulis")]


@lru_cache(maxsize=512)
def _standing_oddity(cell):
    """A warning for somebody the export itself calls retired, dismissed or dead."""
    standing = values.text(cell).upper()
    gone = any(word in standing for word in GONE_WORDS)
    if gone and not any(word in standing for word in STILL_HERE_WORDS):
        told = "kedudukan hukumnya bukan pegawai aktif; periksa sebelum diundang"
        return [("legal_position", told)]
    return []


def _check_lengths(person):
    if not person.name:
        raise RowRejected("NAMA kosong.", "name")
    for name, longest in MAX_LENGTHS.items():
        length = len(getattr(person, name) or "")
        if length > longest:
            heading = preferred(RosterFileKind.ROSTER, name)
            told = f"{heading} terlalu panjang: {length} huruf, paling banyak {longest}."
            raise RowRejected(told, name)


def _without_rounded(people, headings):
    """(people, rejections): a file's unmarked numbers are rejected if all lost their last digits.

    NIP and NIK are looked at apart.
    """
    rounded = set()
    for label in COLUMN_OF:
        of_label = [
            person
            for person in people
            if person.unmarked and (person.number_kind == NumberKind.NIK) == (label == "NIK")
        ]
        if all_rounded([person.number for person in of_label], label):
            rounded |= {person.row for person in of_label}
    rejections = [
        rejected_as_rounded(person, headings, RowRejected(rounded_reason(label), COLUMN_OF[label]))
        for person in people
        if person.row in rounded
        for label in ["NIK" if person.number_kind == NumberKind.NIK else "NIP"]
    ]
    return [person for person in people if person.row not in rounded], rejections
