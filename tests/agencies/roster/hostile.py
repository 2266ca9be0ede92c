"""Files made to do harm, each read in a process of its own that tells what it cost.

`python -m tests.agencies.roster.hostile` prints {name: [sentence, megabytes]} as JSON: what the
reader said, and by how much the most memory its process ever used grew while it read.
"""

import io
import json
import multiprocessing
import resource
import sys
import zipfile

import django
import xlsxwriter

django.setup()

from agencies.errors import RosterError  # noqa: E402
from agencies.roster.people import read_people  # noqa: E402
from agencies.roster.sources import MAX_ROWS, Source  # noqa: E402
from tests.agencies.roster.files import pns  # noqa: E402

SECONDS = 60  # of processor time for one file; a reader that goes astray is ended
MEGABYTE = 1024 * 1024
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
FAR_STRING = (
    f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>9999999</v></c></row></sheetData>'
    "</worksheet>"
)
HEADER = b"NIP BARU;NAMA;UNOR ID\r\n"


def flood(piece, size, before="", after=""):
    """About `size` bytes of `piece` between two texts, block by block."""
    yield before.encode()
    block = piece.encode() * (MEGABYTE // len(piece) + 1)
    for _ in range(size // len(block) + 1):
        yield block
    yield after.encode()


def workbook_with(part, content, base=None):
    """The workbook `base`, or a roster of one row, with one of its parts replaced."""
    target, base = io.BytesIO(), io.BytesIO(base or strings_roster())
    with (
        zipfile.ZipFile(base) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for info in old.infolist():
            if info.filename != part:
                new.writestr(info.filename, old.read(info))
        with new.open(part, "w", force_zip64=True) as stream:
            for block in content:
                stream.write(block)
    return target.getvalue()


def sheet_with(inside):
    """A roster whose worksheet holds something else."""
    return workbook_with("xl/worksheets/sheet1.xml", inside)


def sheet(piece, size, before="", after=""):
    start = f"<worksheet {MAIN}><sheetData>{before}"
    return sheet_with(flood(piece, size, start, f"{after}</sheetData></worksheet>"))


def strings_roster():
    """A roster of one row with shared strings, as Excel writes it."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, list(pns(1)))
    sheet.write_row(1, 0, list(pns(1).values()))
    book.close()
    return target.getvalue()


def entries():
    """An archive of a million empty parts."""
    directory = b"PK\x01\x02" + bytes(42)
    body = directory * 1_000_000
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xff\xff\xff"
    end += len(body).to_bytes(4, "little") + bytes(6)
    return b"PK\x03\x04" + bytes(26) + body + end


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
CASES = {
    "260 MB in one kilobyte a megabyte": lambda: sheet(" ", 260 * MEGABYTE),
    "a row of ten million cells": lambda: sheet("<c/>", 40 * MEGABYTE, "<row>", "</row>"),
    "a row of a million cells": lambda: sheet("<c/>", 4 * MEGABYTE, "<row>", "</row>"),
    "a text of 40 MB": lambda: sheet(
        "x", 40 * MEGABYTE, '<row><c t="inlineStr"><is><t>', "</t></is></c></row>"
    ),
    "a million empty rows": lambda: sheet("<row/>", 6 * MEGABYTE),
    "millions of merged cells": lambda: sheet_with(
        flood("<mergeCell/>", 40 * MEGABYTE, f"<worksheet {MAIN}><mergeCells>", "</mergeCells>")
    ),
    "shared strings without end": lambda: workbook_with(
        "xl/sharedStrings.xml",
        flood(f"<si><t>{'x' * 2000}</t></si>", 120 * MEGABYTE, f"<sst {MAIN}>", "</sst>"),
        base=sheet_with([FAR_STRING.encode()]),
    ),
    "styles of 40 MB": lambda: workbook_with(
        "xl/styles.xml", flood("<xf/>", 40 * MEGABYTE, f"<styleSheet {MAIN}><cellXfs>")
    ),
    "an entity bomb": lambda: sheet_with(
        [f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><worksheet {MAIN}>&a9;</worksheet>'.encode()]
    ),
    "a million parts": entries,
    "a million columns": lambda: b";".join([b"KOLOM"] * 1_000_000) + b"\r\n",
    "a million columns on lines of their own": lambda: b'"a\n";' * 1_000_000,
    "59 MB without a line break": lambda: b"x" * (59 * MEGABYTE),
    "59 MB of separators": lambda: HEADER + b";" * (59 * MEGABYTE),
    "a quote that never ends": lambda: HEADER + b'"' + b"x\r\n" * (10 * MEGABYTE),
    "more rows than employees": lambda: HEADER + b"1;A;B\r\n" * (MAX_ROWS + 1),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 1000,
}


def read(name, results):
    """Make the file and read it; the answer is put into `results`."""
    source = Source("jahat", CASES[name]())
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    before = most_memory()
    try:
        said = f"{len(read_people(source, 'kota-dumai').people)} orang"
    except RosterError as refusal:
        said = refusal.message
    results.put([said, (most_memory() - before) // 1024])


def most_memory():
    """Kilobytes; what making the file took and gave back is taken up first."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main():
    """Read them all, one after the other: what one costs, another must not blur."""
    fork = multiprocessing.get_context("fork")
    costs = {}
    for name in CASES:
        results = fork.SimpleQueue()
        reader = fork.Process(target=read, args=(name, results))
        reader.start()
        reader.join()
        costs[name] = results.get() if reader.exitcode == 0 else [f"ended: {reader.exitcode}", 0]
    sys.stdout.write(json.dumps(costs))


if __name__ == "__main__":
    main()
