"""A pack for printing: all pacts as one PDF behind a cover, with bookmarks by OPD, unit and name.

Seals do not survive that, and the cover says so.
"""

from datetime import UTC

from django.utils import timezone

from netralitas.lib.bound_pdf import Book

from ..documents.pack_cover import pack_cover
from .pack_contents import folders_of


def write_print(contents, target, tell):
    """Write the PDF into the file `target`; `tell` gets how many pacts are in it, now and then."""
    pack, now = contents.pack, timezone.now().astimezone(UTC)
    book, done = Book(f"Pakta integritas {pack.ceremony.title}"), 0
    for done, (participant, content) in enumerate(contents.pacts(), start=1):
        target.write(book.add(content, folders_of(participant), participant.name))
        tell(done)
    names = [participant.name for participant, _ in contents.failures]
    book.add_in_front(pack_cover(pack.ceremony, pack.covers, done, names, now))
    target.write(book.close())
