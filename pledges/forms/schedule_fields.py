"""What several forms ask of a schedule: the day, the moment, and who leads and reads.

A form takes in `MomentFields` or `SpeakerFields` as a further parent; where it is a model form,
that comes first.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from crispy_forms.layout import Column, Row
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from netralitas.lib.forms import DateInput, TimeInput, section, side_by_side

from ..choices import OfficialRole

FIRST_YEAR, LAST_YEAR = 2000, 2100
OUT_OF_RANGE = f"Isi tanggal dengan tahun {FIRST_YEAR} sampai {LAST_YEAR}."


class DayField(forms.DateField):
    """A day of a year that can be meant; at the ends of the calendar no zone can be told."""

    widget = DateInput
    default_validators = [
        MinValueValidator(date(FIRST_YEAR, 1, 1), OUT_OF_RANGE),
        MaxValueValidator(date(LAST_YEAR, 12, 31), OUT_OF_RANGE),
    ]


class MomentFields(forms.Form):
    """Day and clock, on the wall of the zone that the form asks for as `time_zone`."""

    day = DayField(label="Tanggal")
    clock = forms.TimeField(label="Pukul", widget=TimeInput)

    def moment(self):
        """The moment meant, or None while something of it is missing or wrong."""
        data = self.cleaned_data
        if not {"day", "clock", "time_zone"} <= data.keys():
            return None
        return datetime.combine(data["day"], data["clock"], ZoneInfo(data["time_zone"]))


def shown_moment(at, zone):
    """What the fields of a moment show first."""
    local = at.astimezone(ZoneInfo(zone))
    return {"day": local.date(), "clock": local.time(), "time_zone": zone}


def moment_row():
    """Day, clock and zone beside each other."""
    return Row(
        Column("day", css_class="col-md-4"),
        Column("clock", css_class="col-6 col-md-4"),
        Column("time_zone", css_class="col-6 col-md-4"),
    )


def when_section():
    """Place and moment under one heading."""
    return section("Tempat dan waktu", "place", moment_row())


class SpeakerFields(forms.Form):
    """Who leads and who reads; without a reader the leader reads."""

    leader_name = forms.CharField(label="Pemimpin acara", max_length=160)
    leader_position = forms.CharField(label="Jabatan pemimpin", max_length=160, required=False)
    reader_name = forms.CharField(
        label="Pembaca ikrar",
        max_length=160,
        required=False,
        help_text="Kosongkan bila pemimpin sendiri yang membaca.",
    )
    reader_position = forms.CharField(label="Jabatan pembaca", max_length=160, required=False)

    def clean_reader_position(self):
        """The position is somebody's."""
        position = self.cleaned_data["reader_position"]
        if position and not self.cleaned_data.get("reader_name"):
            self.add_error("reader_name", "Isi nama pembaca, atau kosongkan jabatannya.")
        return position

    def speakers(self):
        """Leader and reader as the services take them. Call it after `is_valid()`."""
        data = self.cleaned_data
        leader = {"name": data["leader_name"], "position": data["leader_position"]}
        reader = {"name": data["reader_name"], "position": data["reader_position"]}
        return [
            {"role": OfficialRole.LEADER, **leader},
            {"role": OfficialRole.READER, **(reader if reader["name"] else leader)},
        ]


def shown_speakers(ceremony):
    """What the fields of leader and reader show first."""
    shown = {}
    for official in ceremony.officials.exclude(role=OfficialRole.WITNESS):
        who = official.role.lower()
        shown |= {f"{who}_name": official.name, f"{who}_position": official.position}
    return shown


def speakers_section():
    """Leader and reader under one heading."""
    return section(
        "Pemimpin dan pembaca ikrar",
        side_by_side("leader_name", "leader_position"),
        side_by_side("reader_name", "reader_position"),
    )
