"""What may be asked of the audit trail: who, what, which object, when."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import django_filters
from django import forms
from django.db.models import Q

from ..choices import ACTS
from ..models import User
from ..trail import OBJECT_TYPES
from .common import ListFilter, search_field

BACKWARDS = "Tanggal ini mendahului “Dari tanggal”. Tukar keduanya."
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DaysForm(forms.Form):
    """Days that are given in their order."""

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", BACKWARDS)
        return cleaned


class EventFilter(ListFilter):
    """Events by person (who acted, or whom it concerned), act, kind of object, object, and days.

    `object` is the UUID of one object: pages of objects link to their own trail with it. To that of
    an employee belongs what concerned the person, whatever it was about. Days are those of `zone`,
    the time zone in which the list shows its times.
    """

    q = search_field("Cari orang", "Nama, nama pengguna, atau NIP", method="by_person")
    act = django_filters.ChoiceFilter(
        label="Perbuatan",
        choices=sorted(ACTS.items(), key=lambda act: act[1]),
        empty_label="Semua perbuatan",
    )
    object_type = django_filters.ChoiceFilter(
        label="Objek", choices=list(OBJECT_TYPES.items()), empty_label="Semua objek"
    )
    since = django_filters.DateFilter(label="Dari tanggal", widget=DAY, method="from_day")
    until = django_filters.DateFilter(label="Sampai tanggal", widget=DAY, method="to_day")
    object = django_filters.UUIDFilter(widget=forms.HiddenInput, method="about")

    class Meta:
        form = DaysForm

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)

    def by_person(self, events, name, value):
        return events.by_or_about(value, User.objects.visible_to(self.request.user))

    def about(self, events, name, value):
        return events.filter(Q(object_id=str(value)) | Q(employee__uuid=value))

    def from_day(self, events, name, value):
        return events.filter(at__gte=self._midnight(value))

    def to_day(self, events, name, value):
        return events.filter(at__lt=self._midnight(value + timedelta(days=1)))

    def _midnight(self, day):
        return datetime.combine(day, time(), self.zone)
