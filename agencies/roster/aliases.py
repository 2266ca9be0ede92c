"""What HR once said the columns of its files mean."""

from ..choices import RosterFileKind
from ..models import ColumnAlias


def aliases_of(slug):
    """{kind of file: {header key: field}} of the government `slug`; "" is a column not to read."""
    found = {kind.value: {} for kind in RosterFileKind}
    rows = ColumnAlias.objects.filter(government__slug=slug)
    for kind, heading, field in rows.values_list("kind", "heading", "field"):
        found[kind][heading] = field
    return found
