"""The forms of a ceremony's time and place, and of why it is cancelled."""

from crispy_forms.layout import Layout
from django import forms

from agencies.choices import TimeZone
from netralitas.lib.forms import fields_helper, section

from ..models import Ceremony
from .schedule_fields import (
    MomentFields,
    SpeakerFields,
    shown_moment,
    shown_speakers,
    speakers_section,
    when_section,
)

LONGEST_REASON = Ceremony._meta.get_field("reason").max_length
READ_BY_ALL = "Terbaca oleh peserta. Jangan tuliskan data pribadi."


def reason_field(label):
    """Why, in words that participants read."""
    return forms.CharField(label=label, max_length=LONGEST_REASON, help_text=READ_BY_ALL)


class WhenForm(MomentFields):
    """When and where: date and time are the wall clock of the chosen zone."""

    time_zone = forms.ChoiceField(label="Zona waktu", choices=TimeZone.choices)
    place = forms.CharField(label="Tempat", max_length=Ceremony._meta.get_field("place").max_length)

    def __init__(self, *args, ceremony, **kwargs):
        shown = {**shown_moment(ceremony.starts_at, ceremony.time_zone), "place": ceremony.place}
        super().__init__(*args, initial={**shown, **self.shown_of(ceremony)}, **kwargs)
        self.helper = fields_helper(self.layout())

    def shown_of(self, ceremony):
        """What the fields of the form at hand show first."""
        return {}

    def layout(self):
        """The fields in their order."""
        return Layout(when_section())

    def when(self):
        """The fields of time and place as the services take them. Call it after `is_valid()`."""
        data = self.cleaned_data
        return {
            "starts_at": self.moment(),
            "time_zone": data["time_zone"],
            "place": data["place"],
        }


class ScheduleForm(WhenForm, SpeakerFields):
    """What the OPD fills in of its own ceremony: time, place, leader and reader."""

    def shown_of(self, ceremony):
        return shown_speakers(ceremony)

    def layout(self):
        return Layout(when_section(), speakers_section())

    def values(self):
        """Everything as the service takes it."""
        return {**self.when(), "officials": self.speakers()}


class RescheduleForm(WhenForm):
    """Another time or place of a frozen ceremony, and why."""

    reason = reason_field("Alasan perubahan")

    def layout(self):
        return Layout(when_section(), section("Alasan", "reason"))

    def values(self):
        """Everything as the service takes it."""
        return {**self.when(), "reason": self.cleaned_data["reason"]}


class CancelForm(forms.Form):
    """Why a ceremony is cancelled."""

    reason = reason_field("Alasan pembatalan")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = fields_helper(Layout("reason"))
