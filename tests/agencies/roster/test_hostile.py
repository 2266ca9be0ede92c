"""Files made to do harm are refused with a sentence, at a bounded cost of time and memory."""

import json
import subprocess
import sys

import pytest

from agencies.errors import RosterError
from agencies.roster import archive
from agencies.roster.archive import Archive, TooLarge
from agencies.roster.sources import MEGABYTE, source_from_path

from .hostile import CASES, flood, workbook_with

TOO_LARGE = "Berkas jahat menjadi terlalu besar bila dibuka. Simpan ulang hanya lembar"
TOO_LONG = "Berkas jahat memuat baris yang lebih panjang dari 200.000 huruf"
TOO_MANY = "Berkas jahat berisi lebih dari 200.000 baris."
BROKEN = "Berkas jahat bukan XLSX yang utuh."
SENTENCES = {
    "260 MB in one kilobyte a megabyte": TOO_LARGE,
    "a row of ten million cells": TOO_LARGE,
    "a row of a million cells": TOO_LARGE,
    "a text of 40 MB": TOO_LARGE,
    "a million empty rows": TOO_MANY,
    "millions of merged cells": TOO_LARGE,
    "shared strings without end": TOO_LARGE,
    "styles of 40 MB": TOO_LARGE,
    "an entity bomb": BROKEN,
    "a million parts": TOO_LARGE,
    "a million columns": TOO_LONG,
    "a million columns on lines of their own": TOO_LONG,
    "59 MB without a line break": TOO_LONG,
    "59 MB of separators": TOO_LONG,
    "a quote that never ends": "Berkas jahat tidak dapat dibaca mulai baris 2: tanda petik",
    "more rows than employees": TOO_MANY,
    "a picture": "Berkas jahat bukan CSV maupun XLSX yang dapat dibaca.",
}
# More than any of them needs; what they would unpack to is far beyond it.
MOST_MEGABYTES = 200


@pytest.fixture(scope="module")
def costs():
    """{name: (sentence, megabytes)} as the reader found in processes of their own.

    Each of those has a minute of processor time, so that one that goes astray is ended by the
    kernel and not by a clock of ours.
    """
    command = [sys.executable, "-m", "tests.agencies.roster.hostile"]
    told = subprocess.run(command, capture_output=True, check=True, text=True)
    return json.loads(told.stdout)


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_refused_within_bounds(costs, name):
    sentence, megabytes = costs[name]
    assert sentence.startswith(SENTENCES[name])
    assert megabytes < MOST_MEGABYTES


def test_200_mb_on_the_disk_are_refused_unread(tmp_path):
    path = tmp_path / "besar.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * MEGABYTE)
    with pytest.raises(RosterError, match=r"^Berkas besar\.xlsx lebih besar dari 60 MB\.$"):
        source_from_path(path)


def sheet_of(piece, size):
    return Archive(workbook_with("xl/worksheets/sheet1.xml", flood(piece, size)))


def test_a_worksheet_is_read_no_further_than_a_roster_needs_however_short_its_rows():
    read, sheet = 0, sheet_of("<row/>", 60 * MEGABYTE)
    with sheet.open_sheet("xl/worksheets/sheet1.xml") as stream, pytest.raises(TooLarge):
        while data := stream.read(16_384):
            read += data.count(b"<")
            stream.row_done()
    assert archive.MAX_SHEET_TAGS - 16_384 < read <= archive.MAX_SHEET_TAGS


@pytest.mark.parametrize(
    ("piece", "most"), [("<c/>", archive.MAX_ROW_TAGS), ("x", archive.MAX_ROW_BYTES)]
)
def test_between_two_rows_no_more_is_read_than_one_row_can_hold(piece, most):
    read, sheet = 0, sheet_of(piece, 20 * MEGABYTE)
    with sheet.open_sheet("xl/worksheets/sheet1.xml") as stream, pytest.raises(TooLarge):
        while data := stream.read(16_384):
            read += data.count(piece.encode())
    assert 0 < read <= most


def test_a_part_read_as_a_whole_is_not_unpacked_beyond_its_bound():
    with pytest.raises(TooLarge):
        Archive(workbook_with("xl/styles.xml", flood(" ", 40 * MEGABYTE))).read("xl/styles.xml")


def test_shared_texts_are_read_no_further_than_a_roster_needs_however_short_they_are():
    name, read = "xl/sharedStrings.xml", 0
    texts = Archive(workbook_with(name, flood("<si/>", 50 * MEGABYTE)))
    with texts.open(name) as stream, pytest.raises(TooLarge):
        while data := stream.read(16_384):
            read += data.count(b"<")
    assert archive.MAX_SHARED_TEXT_TAGS - 16_384 < read <= archive.MAX_SHARED_TEXT_TAGS
