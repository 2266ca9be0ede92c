"""What may be asked of the list of employees."""

import django_filters
from django_filters.constants import EMPTY_VALUES

from ..choices import EmployeeKind
from ..forms.fields import GRADE_CHOICES
from .common import ListFilter, agencies_to_choose, search_field

INACTIVE = "tidak"
EVERYONE = "semua"
ACTIVE_CHOICES = [(INACTIVE, "Tidak aktif"), (EVERYONE, "Aktif dan tidak aktif")]
NO_ECHELON = "tanpa"
ECHELON_LEVELS = [
    *((level, f"Eselon {level}") for level in ("I", "II", "III", "IV", "V")),
    (NO_ECHELON, "Tanpa eselon"),
]


class EmployeeFilter(ListFilter):
    """Employees by words or number, agency and all below it, kind, grade, echelon, being active."""

    q = search_field("Cari pegawai", "Nama, NIP, jabatan, atau unit kerja", method="matching")
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
    grade = django_filters.ChoiceFilter(
        label="Golongan", choices=GRADE_CHOICES, empty_label="Semua golongan"
    )
    echelon = django_filters.ChoiceFilter(
        label="Eselon", choices=ECHELON_LEVELS, empty_label="Semua eselon", method="of_level"
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
        """Those found by number, or by words of name, position, unit and OPD."""
        return queryset.matching(value)

    def under(self, queryset, name, value):
        """Those of an agency and everything below it."""
        return queryset.under(value)

    def of_level(self, queryset, name, value):
        """Those whose post has this level, whichever of its steps; or those without any."""
        if value == NO_ECHELON:
            return queryset.filter(echelon="")
        return queryset.filter(echelon__startswith=f"{value}.")

    def unchanged(self, queryset, name, value):
        """`active` has a meaning when it is empty too: see `filter_queryset`."""
        return queryset
