"""Generated rosters: true people, and the many ways in which a file may write them down.

A `Row` knows the cells to be written and what the reader has to make of them: a person, a rejection
of the column at fault, and which warnings. A `Shape` is how a file is laid out around its rows.
"""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import strategies as st
from openpyxl import Workbook

from agencies.choices import EmployeeKind
from agencies.roster.columns import EMPLOYEE_COLUMNS
from agencies.roster.sources import Source

# Letters of Windows-1252, separators, quotes, and what begins a formula; nothing that in one
# encoding looks like another letter in the other.
LETTERS = "ABCDEFGHIJ abcdefghij ÉÑéñ.,;|-\"'=+@()"
WORDS = st.text(LETTERS, min_size=1, max_size=24).map(lambda text: f"X{' '.join(text.split())}")
UNITS = ("S", "D1", "D1S", "D2", "D2S")
GRADES = [f"{roman}/{letter}" for roman in ("I", "II", "III", "IV") for letter in "abcd"]
PPPK_GRADES = ["I", "V", "VII", "IX", "XVII"]
DAYS = st.integers(0, 14_000).map(lambda days: date(1960, 1, 1) + timedelta(days=days))
JUNK = ("AGAMA NAMA", "ALAMAT", "NPWP NOMOR", "TEMPAT LAHIR NAMA", "NIP LAMA")
SERIAL = date(1899, 12, 30)


@dataclass
class Row:
    """Cells by field, what is true of the person, what is at fault, how many warnings."""

    cells: dict
    truth: dict
    fault: str = ""
    warnings: int = 0
    shifted: bool = False


@dataclass
class Shape:
    """How a file is laid out: its kind, its columns in order, what stands between the rows."""

    delimiter: str
    encoding: str
    newline: str
    is_workbook: bool
    columns: list
    headings: dict
    above: int
    blanks: set
    rows: list = field(default_factory=list)

    def numbered(self):
        """[(row number as Excel shows it, row)]."""
        number, found = self.above + 1, []
        for index, row in enumerate(self.rows):
            number += 1 + (index in self.blanks)
            found.append((number, row))
        return found

    def table(self):
        """All rows of cells, header and blank ones included."""
        lines = [["DAFTAR PEGAWAI"]] * self.above
        lines.append([self.headings[column] for column in self.columns])
        for index, row in enumerate(self.rows):
            lines += [[""]] if index in self.blanks else []
            cells = [row.cells.get(column, "Lain; lain") for column in self.columns]
            lines.append([*cells, "geser"] if row.shifted else cells)
        return lines

    def source(self, name):
        """The file."""
        return Source(name, self._xlsx() if self.is_workbook else self._csv())

    def _csv(self):
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator=self.newline)
        writer.writerows(self.table())
        return text.getvalue().encode(self.encoding)

    def _xlsx(self):
        book = Workbook()
        for cells in self.table():
            book.active.append([None if cell == "" else _inert(cell) for cell in cells])
        data = io.BytesIO()
        book.save(data)
        return data.getvalue()


def _inert(cell):
    """openpyxl would make a formula of what begins with `=`; SIASN writes text."""
    return cell.replace("=", "-") if isinstance(cell, str) and cell.startswith("=") else cell


@st.composite
def shapes(draw, most_rows=6):
    """A file: any layout, any rows, numbers all different."""
    is_workbook = draw(st.booleans())
    used = [name for name in EMPLOYEE_COLUMNS if name not in {"nik", "opd_name", "email"}]
    columns = draw(st.permutations([*used, *draw(st.lists(st.sampled_from(JUNK), unique=True))]))
    count = draw(st.integers(1, most_rows))
    shape = Shape(
        delimiter=draw(st.sampled_from(";|,\t")),
        encoding=draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"])),
        newline=draw(st.sampled_from(["\r\n", "\n"])),
        is_workbook=is_workbook,
        columns=columns,
        headings={column: draw(headings(column)) for column in columns},
        above=draw(st.integers(0, 3)),
        blanks=draw(st.sets(st.integers(0, most_rows - 1), max_size=3)),
    )
    shape.rows = [draw(rows(sequence, is_workbook)) for sequence in range(1, count + 1)]
    return shape


@st.composite
def headings(draw, column):
    """A name the field is known by, as somebody may have typed it."""
    name = draw(st.sampled_from(EMPLOYEE_COLUMNS.get(column, (column,))))
    spelling = st.sampled_from([str, str.lower, str.title, lambda text: text.replace(" ", "_")])
    return draw(spelling)(name)


@st.composite
def rows(draw, sequence, is_workbook):
    """A person, written down in one of many ways, perhaps with one thing wrong or one odd."""
    truth, born = draw(people(sequence))
    row = Row(draw(spellings(truth, born, is_workbook)), truth)
    mishap = draw(st.sampled_from(["", "", "", *FAULTS, *ODDITIES]))
    if mishap in ODDITIES:
        row.cells.update(ODDITIES[mishap](truth, born))
        row.warnings = 1
    elif mishap == "shifted" and is_workbook:
        pass
    elif mishap:
        FAULTS[mishap](row, draw(st.booleans()) and is_workbook)
        row.fault = mishap
    return row


@st.composite
def people(draw, sequence):
    """({stored field: value}, birth date); the number holds the date and ends in `sequence`."""
    born = draw(DAYS)
    kind = draw(st.sampled_from([kind for kind in EmployeeKind if kind != EmployeeKind.NON_ASN]))
    is_pns = kind in {EmployeeKind.PNS, EmployeeKind.CPNS}
    middle = f"{draw(st.integers(1, 12)):02d}" if is_pns else draw(st.sampled_from(["21", "24"]))
    number = f"{born:%Y%m%d}2015{middle}{draw(st.sampled_from('12'))}{sequence:03d}"
    truth = {
        "number": number,
        "kind": kind,
        "name": draw(WORDS),
        "siasn_id": f"P{sequence}",
        "title_prefix": draw(st.sampled_from(["", "Ir.", "dr."])),
        "title_suffix": draw(st.sampled_from(["", "S.E.", "A.Md.; S.Kom."])),
        "grade": draw(st.sampled_from(GRADES if is_pns else PPPK_GRADES)),
        "position": draw(WORDS),
        "echelon": draw(st.sampled_from(["", "II.a", "IV.b"])),
        "email": draw(st.sampled_from([None, "siti@example.go.id"])),
        "phone": draw(st.sampled_from([None, "081212046497", "+62 812-1204"])),
        "unit_id": draw(st.sampled_from(UNITS)),
    }
    return truth, born


@st.composite
def spellings(draw, truth, born, is_workbook):
    """The cells that say `truth`, each in one of the ways in which exports say it."""
    number = truth["number"]
    grouped = f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"
    numbers = [f"'{number}", number, grouped, f" '{number} "]
    days = [f"{born:%d-%m-%Y}", f"{born:%Y-%m-%d}", f"{born:%d/%m/%Y}", ""]
    days += [born, (born - SERIAL).days] if is_workbook else [str((born - SERIAL).days)]
    grade, echelon = truth["grade"], truth["echelon"]
    none = st.sampled_from(["", "-", "NULL"])
    return {
        **truth,
        **KIND_WORDS[truth["kind"]],
        "number": draw(st.sampled_from(numbers)),
        "name": draw(st.sampled_from(["{}", "  {} ", "{}\t", "'{}"])).format(truth["name"]),
        "title_prefix": truth["title_prefix"] or draw(none),
        "title_suffix": truth["title_suffix"] or draw(none),
        "grade": draw(st.sampled_from([grade, grade.upper(), grade.replace("/", ".")])),
        "echelon": draw(st.sampled_from([echelon, echelon.upper()])) if echelon else draw(none),
        "email_gov": truth["email"] or "",
        "phone": truth["phone"] or "",
        "unit_name": "apa pun",
        "employer": draw(st.sampled_from(["", "Pemerintah Kota Dumai", "KOTA DUMAI"])),
        "birth_date": draw(st.sampled_from(days)),
    }


KIND_WORDS = {
    EmployeeKind.PNS: {"employment": "PNS Daerah", "legal_position": "Aktif", "status": "PNS"},
    EmployeeKind.CPNS: {"employment": "", "legal_position": "", "status": "C"},
    EmployeeKind.PPPK: {"employment": "PPPK", "legal_position": "PPPK Aktif", "status": ""},
    EmployeeKind.PPPK_PARUH_WAKTU: {
        "employment": "PPPK",
        "legal_position": "PPPK Paruh Waktu Aktif",
        "status": "",
    },
}


def _rounded(row, as_number):
    """What a spreadsheet leaves of eighteen digits."""
    value = float(row.truth["number"])
    row.cells["number"] = value if as_number else f"{value:.5E}".replace(".", ",")


def _shifted(row, as_number):
    row.shifted = True


FAULTS = {
    "rounded": _rounded,
    "short": lambda row, as_number: row.cells.update(number="'1979060620010420"),
    "letters": lambda row, as_number: row.cells.update(number="19790606200104200A"),
    "no number": lambda row, as_number: row.cells.update(number=""),
    "no name": lambda row, as_number: row.cells.update(name=" ' "),
    "long": lambda row, as_number: row.cells.update(position="X" * 256),
    "shifted": _shifted,
}
FAULT_COLUMNS = {
    **dict.fromkeys(["rounded", "short", "letters", "no number"], "number"),
    "no name": "name",
    "long": "position",
}
ODDITIES = {
    "another day": lambda truth, born: {"birth_date": f"{born + timedelta(days=1):%d-%m-%Y}"},
    "no address": lambda truth, born: {"email_gov": "belum punya"},
    "retired": lambda truth, born: {"legal_position": f"Pensiun {truth['kind'].label}"},
}
