"""What the filters of all lists share; what is asked is read from the query string."""

from uuid import UUID

import django_filters
from django import forms
from django.db.models import Q

from ..choices import AgencyLevel
from ..models import Agency
from ..querysets import paths_of

MAX_QUERY = 100


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
    """Where the user's people work: the starting points in use, and the one chosen now, by name."""
    chosen = Q(uuid=uuid_or_none(request.GET.get("agency", "")))
    offered = starting_points(request.user) & Q(retired_at=None)
    visible = Agency.objects.visible_to(request.user)
    return visible.filter(offered | chosen).order_by("depth", "name", "path")


def uuid_or_none(text):
    """The UUID somebody typed, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None


class ListFilter(django_filters.FilterSet):
    """What the filters of all lists share."""

    @property
    def asked(self):
        """The names of the fields that are asked for, which are no personal data."""
        return [name for name in self.filters if self.data.get(name)]

    @property
    def is_search(self):
        """Whether anything was asked for, so that an empty list does not mean an empty table."""
        return bool(self.asked)
