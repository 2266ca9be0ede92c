"""What may be asked of the lists, read from the query string."""

from uuid import UUID

import django_filters
from django import forms
from django.db.models import Q
from django_filters.constants import EMPTY_VALUES

from .choices import AgencyLevel, EmployeeKind
from .models import Agency
from .querysets import paths_of

MAX_QUERY = 100
INACTIVE = "tidak"
EVERYONE = "semua"
ACTIVE_CHOICES = [(INACTIVE, "Tidak aktif"), (EVERYONE, "Aktif dan tidak aktif")]


def search_field(label, placeholder, **kwargs):
    """The search field every list has."""
    widget = forms.TextInput(
        attrs={"type": "search", "placeholder": placeholder, "autocomplete": "off"}
    )
    return django_filters.CharFilter(label=label, widget=widget, max_length=MAX_QUERY, **kwargs)


def starting_points(user):
    """The agencies a list begins with: governments, their OPD, and those the user has a role on."""
    levels = [AgencyLevel.GOVERNMENT, AgencyLevel.OPD]
    return Q(level__in=levels) | Q(path__in=paths_of(user))


def agencies_to_choose(request):
    """Where the user's people work: the starting points, and the one chosen now, by name."""
    chosen = Q(uuid=uuid_or_none(request.GET.get("agency", "")))
    visible = Agency.objects.visible_to(request.user)
    return visible.filter(starting_points(request.user) | chosen).order_by("depth", "name", "path")


def uuid_or_none(text):
    """The UUID somebody typed, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None


class ListFilter(django_filters.FilterSet):
    """What the filters of all lists share."""

    @property
    def is_search(self):
        """Whether anything was asked for, so that an empty list does not mean an empty table."""
        return any(self.data.get(name) for name in self.filters)


class AgencyFilter(ListFilter):
    """Agencies by name anywhere in the tree; without a search, those where a list begins."""

    q = search_field("Cari unit kerja", "Nama OPD, bagian, puskesmas, atau sekolah")

    def filter_queryset(self, queryset):
        """Those whose name holds every word, in the order of the tree."""
        words = self.form.cleaned_data.get("q", "").split()[:8]
        if not words:
            return queryset.filter(starting_points(self.request.user))
        for word in words:
            queryset = queryset.filter(name__icontains=word)
        return queryset


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
