"""The forms of a ceremony's time and place, and of why it is cancelled."""

from datetime import datetime
from zoneinfo import ZoneInfo

from crispy_forms.layout import Column, Layout, Row
from django import forms

from agencies.choices import TimeZone
from netralitas.lib.forms import DateInput, TimeInput, fields_helper, section, side_by_side

from ..choices import OfficialRole
from ..models import Ceremony

LONGEST_REASON = Ceremony._meta.get_field("reason").max_length
READ_BY_ALL = "Terbaca oleh peserta. Jangan tuliskan data pribadi."


def reason_field(label):
    """Why, in words that participants read."""
    return forms.CharField(label=label, max_length=LONGEST_REASON, help_text=READ_BY_ALL)


class WhenForm(forms.Form):
    """When and where: date and time are the wall clock of the chosen zone."""

    day = forms.DateField(label="Tanggal", widget=DateInput)
    clock = forms.TimeField(label="Pukul", widget=TimeInput)
    time_zone = forms.ChoiceField(label="Zona waktu", choices=TimeZone.choices)
    place = forms.CharField(label="Tempat", max_length=Ceremony._meta.get_field("place").max_length)

    def __init__(self, *args, ceremony, **kwargs):
        local = ceremony.starts_at.astimezone(ZoneInfo(ceremony.time_zone))
        shown = {
            "day": local.date(),
            "clock": local.time(),
            "time_zone": ceremony.time_zone,
            "place": ceremony.place,
        }
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
        moment = datetime.combine(data["day"], data["clock"])
        return {
            "starts_at": moment.replace(tzinfo=ZoneInfo(data["time_zone"])),
            "time_zone": data["time_zone"],
            "place": data["place"],
        }


def when_section():
    """Place, date, time and zone under one heading."""
    return section(
        "Tempat dan waktu",
        "place",
        Row(
            Column("day", css_class="col-md-4"),
            Column("clock", css_class="col-6 col-md-4"),
            Column("time_zone", css_class="col-6 col-md-4"),
        ),
    )


class ScheduleForm(WhenForm):
    """What the OPD fills in of its own ceremony: time, place, leader and reader."""

    leader_name = forms.CharField(label="Pemimpin acara", max_length=160)
    leader_position = forms.CharField(label="Jabatan pemimpin", max_length=160, required=False)
    reader_name = forms.CharField(
        label="Pembaca ikrar",
        max_length=160,
        required=False,
        help_text="Kosongkan bila pemimpin sendiri yang membaca.",
    )
    reader_position = forms.CharField(label="Jabatan pembaca", max_length=160, required=False)

    def shown_of(self, ceremony):
        return shown_officials(ceremony)

    def layout(self):
        return Layout(
            when_section(),
            section(
                "Pemimpin dan pembaca ikrar",
                side_by_side("leader_name", "leader_position"),
                side_by_side("reader_name", "reader_position"),
            ),
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reader_position") and not cleaned.get("reader_name"):
            self.add_error("reader_name", "Isi nama pembaca, atau kosongkan jabatannya.")
        return cleaned

    def values(self):
        """Everything as the service takes it."""
        return {**self.when(), "officials": officials_from(self.cleaned_data)}


def shown_officials(ceremony):
    """What the fields of leader and reader show first."""
    shown = {}
    for official in ceremony.officials.exclude(role=OfficialRole.WITNESS):
        who = official.role.lower()
        shown |= {f"{who}_name": official.name, f"{who}_position": official.position}
    return shown


def officials_from(data):
    """Leader and reader as the services take them; without a reader the leader reads."""
    leader = {"name": data["leader_name"], "position": data["leader_position"]}
    reader = {"name": data["reader_name"], "position": data["reader_position"]}
    return [
        {"role": OfficialRole.LEADER, **leader},
        {"role": OfficialRole.READER, **(reader if reader["name"] else leader)},
    ]


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
