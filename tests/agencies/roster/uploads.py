"""Imports as the browser begins them: files received, the worker left to the test."""

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.choices import RosterFileKind
from agencies.models import Agency
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
