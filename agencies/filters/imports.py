"""What may be asked of the lines of an import."""

import django_filters

from ..choices import LineGroup
from .common import ListFilter, search_field


class LineFilter(ListFilter):
    """Lines by group and by words or number."""

    q = search_field(
        "Cari dalam impor ini", "Nama, nomor, unit kerja, atau keterangan", method="matching"
    )
    group = django_filters.ChoiceFilter(
        label="Kelompok", choices=LineGroup.choices, empty_label="Semua baris"
    )

    def matching(self, lines, name, value):
        """Those found by number, or by words of name, agency and reason."""
        return lines.matching(value)
