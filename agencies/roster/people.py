"""A roster file becomes people: cleaned, checked one by one, not yet compared with anything."""

from ..choices import NUMBER_KIND_OF, EmployeeKind, NumberKind
from ..errors import ForeignRow, RosterError, RowRejected
from ..models import Employee
from . import values
from .columns import EMPLOYEE_COLUMNS
from .governments import is_government
from .identity import (
    all_rounded,
    is_unmarked,
    kind_from_number,
    oddities,
    read_number,
    rounded_reason,
)
from .records import Person, Rejection, RosterFile
from .tables import employee_table

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
KIND_FIELDS = {"employment", "legal_position", "status"}
GONE_WORDS = ("PENSIUN", "BERHENTI", "MENINGGAL", "WAFAT")
STILL_HERE_WORDS = ("PERSIAPAN PENSIUN", "SEMENTARA", "PENGAKTIFAN")


def read_people(source, slug):
    """The people in the file. Raises RosterError if it is no roster of the government `slug`."""
    table = employee_table(source)
    people, rejected, warnings, foreign = [], [], _file_warnings(table), 0
    for number, row, fits in table.rows():
        try:
            _check_row(row, fits, slug)
            people.append(_person(table, number, row, warnings))
        except RowRejected as problem:
            rejected.append(_rejection(table.name, number, row, problem))
            foreign += isinstance(problem, ForeignRow)
    _check_not_foreign(table.name, foreign, len(people) + len(rejected), slug)
    people, rounded = _without_rounded(people)
    rejected = sorted([*rejected, *rounded], key=lambda rejection: rejection.row)
    if not people and not rejected:
        warnings.append(f"{table.name}: tidak ada satu baris pegawai pun.")
    return RosterFile(table.name, source.sha256, people, rejected, warnings)


def _file_warnings(table):
    if "number" in table.where and not KIND_FIELDS & table.where.keys():
        return [f"{table.name}: kolom jenis pegawai tidak ada; PNS atau PPPK dibaca dari NIP."]
    return []


def _check_row(row, fits, slug):
    if not fits:
        raise RowRejected("Jumlah sel tidak sama dengan kepala tabel; isi baris bergeser.")
    employer = values.text(row.get("employer"))
    if employer and not is_government(employer, slug):
        raise ForeignRow("INSTANSI KERJA NAMA adalah pemerintah lain.")


def _check_not_foreign(name, foreign, total, slug):
    if foreign * 2 > total:
        raise RosterError(
            f"Berkas {name} adalah roster pemerintah lain, bukan {slug}: "
            f"{foreign} dari {total} baris."
        )


def _person(table, row_number, row, warnings):
    """The row as a person. Raises RowRejected; appends what is merely odd to `warnings`."""
    label = "NIP" if "number" in row else "NIK"
    cell = row["number" if label == "NIP" else "nik"]
    number = read_number(cell, label)
    told = _told_kind(row, label)
    kind = told or _kind_by_number(number)
    texts = {name: clean(row[name]) if name in row else None for name, clean in TEXT_FIELDS.items()}
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
        **texts,
        email=email or None,
        phone=values.phone(row.get("phone")) or None,
        unit_id=values.optional(row.get("unit_id")),
        unit_name=values.text(row.get("unit_name")),
        unmarked=is_unmarked(cell),
    )
    _check_lengths(person)
    odd += oddities(number, person.number_kind, values.day(row.get("birth_date")))
    odd += _grade_oddity(person) + _standing_oddity(row)
    warnings.extend(f"{person.place}: {what}." for what in odd)
    return person


def _told_kind(row, label):
    """Kind of employment by what the export says of it, or None if it says nothing."""
    if label == "NIK":
        return EmployeeKind.NON_ASN
    employment = values.text(row.get("employment")).upper()
    standing = f"{values.text(row.get('legal_position')).upper()} {employment}"
    if "PARUH WAKTU" in standing:
        return EmployeeKind.PPPK_PARUH_WAKTU
    if "PPPK" in standing or "PERJANJIAN KERJA" in standing:
        return EmployeeKind.PPPK
    status = values.text(row.get("status")).upper()
    if status in {"CPNS", "C"} or employment.startswith("CPNS"):
        return EmployeeKind.CPNS
    if status in {"PNS", "P"} or employment.startswith("PNS"):
        return EmployeeKind.PNS
    return None


def _kind_by_number(number):
    kind = kind_from_number(number)
    if kind is None:
        raise RowRejected("Jenis pegawai (PNS, CPNS, PPPK, PPPK Paruh Waktu) tidak diketahui.")
    return kind


def _email(row):
    """(the government's address, else the private one; what is odd)."""
    addresses = [values.email(row.get(name)) for name in ("email_gov", "email")]
    odd = ["alamat surel tidak sah dan diabaikan"] if any(bad for _, bad in addresses) else []
    return next((address for address, _ in addresses if address), ""), odd


def _grade_oddity(person):
    grade = person.grade or ""
    known = not grade or grade in values.ROMAN or values.GRADE.fullmatch(grade)
    return [] if known else ["golongan tidak dikenal dan disimpan seperti tertulis"]


def _standing_oddity(row):
    """A warning for somebody the export itself calls retired, dismissed or dead."""
    standing = values.text(row.get("legal_position")).upper()
    gone = any(word in standing for word in GONE_WORDS)
    if gone and not any(word in standing for word in STILL_HERE_WORDS):
        return ["kedudukan hukumnya bukan pegawai aktif; periksa sebelum diundang"]
    return []


def _check_lengths(person):
    if not person.name:
        raise RowRejected("NAMA kosong.")
    for name, longest in MAX_LENGTHS.items():
        length = len(getattr(person, name) or "")
        if length > longest:
            column = EMPLOYEE_COLUMNS[name][0]
            raise RowRejected(f"{column} terlalu panjang: {length} huruf, paling banyak {longest}.")


def _rejection(file, row_number, row, problem):
    number = values.text(row.get("number") or row.get("nik"))
    return Rejection(
        file,
        row_number,
        str(problem),
        "".join(number.split()),
        values.text(row.get("siasn_id")),
        values.text(row.get("name")),
    )


def _without_rounded(people):
    """(people, rejections): if a file's unmarked numbers all lost their last digits, those rows."""
    unmarked = [person for person in people if person.unmarked]
    nik = bool(people) and people[0].number_kind == NumberKind.NIK
    label = "NIK" if nik else "NIP"
    if not all_rounded([person.number for person in unmarked], label):
        return people, []
    return (
        [person for person in people if not person.unmarked],
        [Rejection.of(person, rounded_reason(label)) for person in unmarked],
    )
