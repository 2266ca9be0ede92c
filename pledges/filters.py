"""What can be asked of the lists of the pledge."""

import django_filters
from django import forms

from .choices import ParticipantState
from .models import Participant


class ParticipantFilter(django_filters.FilterSet):
    """Participants by words or number, state and OPD."""

    q = django_filters.CharFilter(
        label="Cari nama atau NIP",
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 100}),
    )
    state = django_filters.ChoiceFilter(
        label="Status", choices=ParticipantState.choices, empty_label="Semua status"
    )
    opd = django_filters.ChoiceFilter(label="OPD", empty_label="Semua OPD", method="of_opd")

    class Meta:
        model = Participant
        fields = ["q", "state", "opd"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        opds = self.queryset.order_by().values_list("opd__uuid", "opd_name").distinct()
        choices = sorted(opds, key=lambda opd: opd[1])
        self.filters["opd"].extra["choices"] = choices
        if len(choices) < 2:
            del self.filters["opd"]

    def search(self, participants, name, value):
        return participants.matching(value[:100])

    def of_opd(self, participants, name, value):
        return participants.filter(opd__uuid=value)
