"""What may be asked of the list of agencies."""

from .common import ListFilter, search_field, starting_points


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
