"""NIP, NI PPPK and NIK in a roster: the wrong length is rejected, anything else odd is warned of.

A spreadsheet keeps fifteen digits of a number. NIP (18) and NIK (16) that passed through a numeric
cell are therefore other people's numbers or nobody's, and must never be imported.
"""

import re
from datetime import date

from django.utils import timezone

from ..choices import EmployeeKind, NumberKind
from ..errors import RowRejected
from ..models.employee import NIK_LENGTH, NIP_LENGTH
from .values import text

LENGTHS = {"NIP": NIP_LENGTH, "NIK": NIK_LENGTH}
COLUMN_OF = {"NIP": "number", "NIK": "nik"}
LOST_TAIL = {"NIP": "000", "NIK": "0"}
SPREADSHEET_NUMBER = re.compile(r"\d+([.,]\d+)?E[+-]?\d+|\d{10,}[.,]\d*", re.IGNORECASE)


def read_number(cell, label):
    """The digits in the cell; `label` is NIP or NIK. Raises RowRejected with the reason."""
    column = COLUMN_OF[label]
    if _is_spoilt(cell, label):
        raise RowRejected(rounded_reason(label), column)
    value = "".join(text(cell).split())
    if not value:
        raise RowRejected(f"{label} kosong.", column)
    if SPREADSHEET_NUMBER.fullmatch(value):
        raise RowRejected(rounded_reason(label), column)
    length = LENGTHS[label]
    if not (value.isascii() and value.isdigit()):
        raise RowRejected(f"{label} memuat huruf atau tanda; harus {length} angka saja.", column)
    if len(value) != length:
        raise RowRejected(f"{label} harus {length} angka; tertulis {len(value)} angka.", column)
    return value


def as_written(cell, label):
    """The cell's text for whoever mends it; a number that lost digits never looks like one."""
    return spoilt(cell) if _is_spoilt(cell, label) else text(cell)


def spoilt(number):
    """A rounded number as a spreadsheet shows it, "1.97906062001042E+17": it is rejected again."""
    return f"{float(number):.14E}"


def rounded_reason(label):
    """Why a number that a spreadsheet rounded is rejected, and how to export it whole."""
    return (
        f"{label} sudah dibulatkan oleh Excel (hanya 15 angka yang tersimpan pada sel angka). "
        f"Unduh ulang CSV dari SIASN tanpa menyimpannya dari Excel, atau jadikan kolom {label} "
        "teks sebelum diisi."
    )


def is_unmarked(cell):
    """Whether the cell is text without the `'` by which SIASN keeps Excel off a number."""
    return isinstance(cell, str) and not cell.lstrip().startswith("'")


def all_rounded(numbers, label):
    """Whether a file's unmarked numbers show that Excel rounded them before saving as text.

    Every one of them ends in the zeros it leaves: one NIP (sequences begin at 001) or three NIK
    are proof enough.
    """
    enough = 1 if label == "NIP" else 3
    return len(numbers) >= enough and all(number.endswith(LOST_TAIL[label]) for number in numbers)


def _is_spoilt(cell, label):
    """Whether a numeric cell may hold another number than was typed.

    A whole one certainly does not if its last digits are no zeros and no float has its value.
    """
    if isinstance(cell, float):
        return True
    if not isinstance(cell, int):
        return False
    digits = str(cell)
    if len(digits) <= 15:
        return False
    if digits.endswith(LOST_TAIL[label]):
        return True
    return label == "NIP" and int(float(cell)) == cell


def kind_from_number(number):
    """PNS or PPPK by the digits after the year: a month, or a code from 21. None if neither."""
    code = int(number[12:14])
    if 1 <= code <= 12:
        return EmployeeKind.PNS
    return EmployeeKind.PPPK if code >= 21 else None


def oddities(number, number_kind, birth_date):
    """What is odd about a number of the right length, in Indonesian; none of it a reason to reject.

    `birth_date` is the roster's own, or None; it is compared and forgotten.
    """
    if number_kind == NumberKind.NIK:
        return _birth_oddities(_born_by_nik(number), birth_date)
    found = _birth_oddities(_date(number[:4], number[4:6], number[6:8]), birth_date)
    code = int(number[12:14])
    if number_kind == NumberKind.NIP and not 1 <= code <= 12:
        found.append("bulan TMT CPNS di dalam NIP tidak mungkin")
    if number_kind == NumberKind.NI_PPPK and code < 21:
        found.append("kode di dalam NI PPPK tidak lazim")
    if number[14] not in "12":
        found.append("angka jenis kelamin di dalam nomor bukan 1 atau 2")
    if number.endswith("000"):
        found.append("nomor urut di akhir nomor 000")
    return found


def _birth_oddities(born, birth_date):
    if not born:
        return ["tanggal lahir di dalam nomor tidak mungkin"]
    if birth_date and birth_date not in born:
        return ["tanggal lahir di dalam nomor berbeda dari kolom TANGGAL LAHIR"]
    return []


def _born_by_nik(number):
    """The dates a NIK may mean: DDMMYY of either century, the day 40 higher for women."""
    day = int(number[6:8])
    day -= 40 if day > 40 else 0
    return [born for age in ("19", "20") for born in _date(age + number[10:12], number[8:10], day)]


def _date(year, month, day):
    """[the date] if there is such a date on which somebody alive may have been born, else []."""
    try:
        born = date(int(year), int(month), int(day))
    except ValueError:
        return []
    # Asking what day it is takes longer than all the rest: only where it matters.
    alive = born.year >= 1900 and (born.year < 2020 or born <= timezone.localdate())
    return [born] if alive else []
