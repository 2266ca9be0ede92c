"""What may be asked of the list of agencies."""

import django_filters
from django.db.models import Q
from django_filters.constants import EMPTY_VALUES

from ..choices import AgencyLevel
from ..querysets import paths_of
from .common import ListFilter, search_field

RETIRED = "tidak"
ALL = "semua"
USE_CHOICES = [(RETIRED, "Tidak dipakai lagi"), (ALL, "Dipakai dan tidak dipakai lagi")]


def roots_of(user):
    """A condition: where the user's tree begins, at governments with their OPD, or lower where the
    user's roles are. None of these stands below another, but OPD below their government.
    """
    paths = paths_of(user)
    outermost = [
        path for path in paths if not any(path != far and path.startswith(far) for far in paths)
    ]
    return Q(level__in=[AgencyLevel.GOVERNMENT, AgencyLevel.OPD]) | Q(path__in=outermost)


class AgencyFilter(ListFilter):
    """Agencies by name anywhere in the tree, and by whether they are still in use."""

    q = search_field("Cari unit kerja", "Nama OPD, bagian, puskesmas, atau sekolah")
    use = django_filters.ChoiceFilter(label="Status", choices=USE_CHOICES, empty_label="Dipakai")

    def filter_queryset(self, queryset):
        """Those whose name holds every word, in the order of the tree; in use unless asked."""
        for word in self.form.cleaned_data.get("q", "").split()[:8]:
            queryset = queryset.filter(name__icontains=word)
        asked = self.form.cleaned_data.get("use")
        if asked in EMPTY_VALUES:
            return queryset.in_use()
        return queryset.exclude(retired_at=None) if asked == RETIRED else queryset
