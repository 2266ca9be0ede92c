"""Reads the pages of an import, and makes the files that are uploaded."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from tests.agencies.roster.files import csv_bytes

LIST = reverse("import-list")
CREATE = reverse("import-create")


def file_of(*rows, name="pns.csv", renamed=None):
    """A CSV of rows, some of its headings renamed."""
    renamed = renamed or {}
    rows = [{renamed.get(key, key): row[key] for key in row} for row in rows]
    return SimpleUploadedFile(name, csv_bytes(rows))


def address(name, roster_import, **more):
    return reverse(name, kwargs={"uuid": roster_import.uuid, **more})


def rows_of(response):
    """[[text of each cell]] of the table of a page."""
    table = response.context["table"]
    return [[str(cell) for cell in row.cells] for row in table.paginated_rows]


def figures_of(response):
    return {figure.label: figure.count for figure in response.context["figures"]}


def sheet_of(response):
    """[[cells]] of a downloaded workbook, its heading row first."""
    return [
        list(row)
        for row in load_workbook(io.BytesIO(response.getvalue())).active.iter_rows(values_only=True)
    ]
