"""What can be asked of the lists of the pledge."""

import django_filters
from django import forms

from .choices import ParticipantState
from .models import Participant

LOCKED = "locked"
MINE, NOBODY = "mine", "nobody"
UNSIGNED = [
    choice
    for choice in ParticipantState.choices
    if choice[0] in (ParticipantState.PENDING, ParticipantState.EXCUSED, ParticipantState.REFUSED)
]


class Offering:
    """What a filter offers comes from the rows there are; a filter without a choice is left out."""

    def offer(self, name, choices):
        self.filters[name].extra["choices"] = choices
        if len(choices) < 2:
            del self.filters[name]

    def opds(self):
        opds = self.queryset.order_by().values_list("opd__uuid", "opd_name").distinct()
        return sorted(opds, key=lambda opd: opd[1])


class FollowUpFilter(Offering, django_filters.FilterSet):
    """The unsigned by words or number, state, OPD, who sees to them, and what is foreseen."""

    q = django_filters.CharFilter(
        label="Cari nama atau NIP",
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 100}),
    )
    state = django_filters.ChoiceFilter(label="Status", choices=UNSIGNED, empty_label="Semua")
    opd = django_filters.ChoiceFilter(label="OPD", empty_label="Semua OPD", method="of_opd")
    assigned = django_filters.ChoiceFilter(
        label="Ditangani oleh",
        choices=[(MINE, "Saya"), (NOBODY, "Belum ada")],
        empty_label="Siapa saja",
        method="of_assignee",
    )
    plan = django_filters.ChoiceFilter(
        label="Rencana",
        choices=[("late", "Akan susulan"), ("look", "Penolakan perlu ditelaah")],
        empty_label="Semua",
        method="of_plan",
    )

    class Meta:
        model = Participant
        fields = ["q", "state", "opd", "assigned", "plan"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.offer("opd", self.opds())

    def search(self, participants, name, value):
        return participants.matching(value[:100])

    def of_opd(self, participants, name, value):
        return participants.filter(opd__uuid=value)

    def of_assignee(self, participants, name, value):
        wanted = self.user if value == MINE else None
        return participants.filter(follow_up__assignee=wanted)

    def of_plan(self, participants, name, value):
        if value == "late":
            return participants.filter(follow_up__signs_late=True)
        return participants.filter(state=ParticipantState.REFUSED, follow_up__looked_by=None)


class ParticipantFilter(Offering, django_filters.FilterSet):
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
        waves = self.queryset.order_by().values_list("wave__order", "wave__name").distinct()
        self.offer("opd", self.opds())
        self.offer("wave", sorted(waves))

    def search(self, participants, name, value):
        return participants.matching(value[:100])

    def of_opd(self, participants, name, value):
        return participants.filter(opd__uuid=value)

    def of_slip(self, participants, name, value):
        return participants.filter(locked=True)
