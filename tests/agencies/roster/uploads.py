"""Imports as the browser begins them: files received, the worker left to the test."""

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from agencies.choices import RosterFileKind
from agencies.models import Agency, Employee, IdentityNumber, Placement, RosterImport
from agencies.services import imports

from .files import SLUG, applied, csv_file, pns


def upload(source):
    """A `Source` as an uploaded file."""
    return SimpleUploadedFile(source.name, source.data)


def received(*sources, units=None, partial=False, actor=None):
    """A new import of rosters, and of a hierarchy if given, into the known government."""
    files = [(RosterFileKind.ROSTER, upload(source)) for source in sources]
    files += [(RosterFileKind.UNITS, upload(units))] if units else []
    return imports.receive(actor=actor, government=government(), files=files, partial=partial)


def government():
    """The government of the imports."""
    return Agency.objects.get(slug=SLUG)


def stored_contents():
    """The names of all uploaded contents in the file store."""
    if not default_storage.exists("impor"):
        return []
    return default_storage.listdir("impor")[1]


def four_people():
    """The tree of units and four PNS of Dinas Kesehatan, applied."""
    return applied(csv_file(*(pns(n) for n in (1, 2, 3, 4))), units=True)


def new_changed_moved_left():
    """A complete roster that does each of these to one of the four, and rejects and warns."""
    return csv_file(
        pns(1, NAMA="SITI BARU"),
        pns(2, UNOR_ID="D2S"),
        pns(3),
        pns(5, TANGGAL_LAHIR="01-01-1970"),
        pns(6, UNOR_ID="TIADA"),
    )


class Killed(BaseException):
    """What ends a worker, wherever it is."""


def again(roster_import):
    """The import as it is stored now."""
    return RosterImport.objects.get(pk=roster_import.pk)


def people():
    """What is stored of employees."""
    return [
        list(rows.order_by("pk").values())
        for rows in (Employee.objects, IdentityNumber.objects, Placement.objects)
    ]


def lines(roster_import):
    """What is stored of the lines, keys left out."""
    found = roster_import.lines.order_by("id").values()
    return [{key: value for key, value in line.items() if key != "id"} for line in found]


def dying_at(query):
    """A wrapper of queries that ends the worker at the one of that number; rolling back is left
    to the transaction, as a database does it whose client is gone.
    """
    left = [query]

    def wrapper(execute, sql, *rest):
        if "SAVEPOINT" not in sql:
            left[0] -= 1
            if left[0] == -1:
                raise Killed
        return execute(sql, *rest)

    return connection.execute_wrapper(wrapper)
