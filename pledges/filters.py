"""What can be asked of the lists of the pledge."""

import django_filters
from django import forms

from .choices import ParticipantState
from .models import Participant

LOCKED = "locked"


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
    wave = django_filters.ChoiceFilter(
        label="Gelombang", empty_label="Semua gelombang", field_name="wave__order"
    )
    opd = django_filters.ChoiceFilter(label="OPD", empty_label="Semua OPD", method="of_opd")
    slip = django_filters.ChoiceFilter(
        label="Slip PIN",
        choices=[(LOCKED, "Terkunci")],
        empty_label="Semua slip",
        method="of_slip",
    )

    class Meta:
        model = Participant
        fields = ["q", "state", "wave", "opd", "slip"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        opds = self.queryset.order_by().values_list("opd__uuid", "opd_name").distinct()
        waves = self.queryset.order_by().values_list("wave__order", "wave__name").distinct()
        self._offer("opd", sorted(opds, key=lambda opd: opd[1]))
        self._offer("wave", sorted(waves))

    def _offer(self, name, choices):
        """What can be chosen; no filter where there is no choice."""
        self.filters[name].extra["choices"] = choices
        if len(choices) < 2:
            del self.filters[name]

    def search(self, participants, name, value):
        return participants.matching(value[:100])

    def of_opd(self, participants, name, value):
        return participants.filter(opd__uuid=value)

    def of_slip(self, participants, name, value):
        return participants.filter(locked=True)
