"""What may be asked of the list of employees."""

import django_filters
from django_filters.constants import EMPTY_VALUES

from ..choices import EmployeeKind
from .common import ListFilter, agencies_to_choose, search_field

INACTIVE = "tidak"
EVERYONE = "semua"
ACTIVE_CHOICES = [(INACTIVE, "Tidak aktif"), (EVERYONE, "Aktif dan tidak aktif")]


class EmployeeFilter(ListFilter):
    """Employees by name, position or number, agency with all below it, kind, and being active."""

    q = search_field("Cari pegawai", "Nama, jabatan, atau NIP", method="matching")
    agency = django_filters.ModelChoiceFilter(
        label="Instansi",
        queryset=agencies_to_choose,
        to_field_name="uuid",
        empty_label="Semua instansi",
        method="under",
    )
    kind = django_filters.ChoiceFilter(
        label="Jenis", choices=EmployeeKind.choices, empty_label="Semua jenis"
    )
    active = django_filters.ChoiceFilter(
        label="Status", choices=ACTIVE_CHOICES, empty_label="Aktif", method="unchanged"
    )

    def filter_queryset(self, queryset):
        """Only those in the roster now, unless asked otherwise."""
        queryset = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("active")
        if asked in EMPTY_VALUES:
            return queryset.active()
        return queryset.filter(active=False) if asked == INACTIVE else queryset

    def matching(self, queryset, name, value):
        """Those found by number, or by words of name and position."""
        return queryset.matching(value)

    def under(self, queryset, name, value):
        """Those of an agency and everything below it."""
        return queryset.under(value)

    def unchanged(self, queryset, name, value):
        """`active` has a meaning when it is empty too: see `filter_queryset`."""
        return queryset
