"""The waves of a ceremony: rows for those whose turn comes first, and one for everybody else."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms

from netralitas.lib.forms import TimeInput

from ..choices import Echelon
from ..services.ceremonies import ONE_WAVE
from .schedule_fields import DayField

MAX_EARLIER = 8
TOGETHER, IN_WAVES = "TOGETHER", "WAVES"
TURNS = [
    (TOGETHER, "Semua peserta bersamaan, begitu penandatanganan dibuka"),
    (IN_WAVES, "Bergelombang, misalnya pimpinan lebih dahulu"),
]
EVERYBODY_ELSE = "Peserta lainnya"
NO_EARLIER = "Isi sekurang-kurangnya satu gelombang sebelum yang terakhir, atau pilih bersamaan."


class TurnForm(forms.Form):
    """A wave's name, and when its turn comes if nobody opens it before.

    Date and time are the wall clock of the ceremony's zone; without a date it is the day of the
    ceremony.
    """

    name = forms.CharField(label="Nama gelombang", max_length=80)
    day = DayField(
        label="Tanggal dibuka otomatis",
        required=False,
        help_text="Kosongkan bila pada hari acara.",
    )
    clock = forms.TimeField(
        label="Pukul dibuka otomatis",
        widget=TimeInput,
        required=False,
        help_text="Kosongkan bila dibuka dengan tombol.",
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("day") and not cleaned.get("clock") and "clock" not in self.errors:
            self.add_error("clock", "Isi jamnya, atau kosongkan harinya.")
        return cleaned

    def values(self, ceremony_day, zone):
        """The wave's fields as the service takes them."""
        data = self.cleaned_data
        opens_at = None
        if data["clock"]:
            moment = datetime.combine(data["day"] or ceremony_day, data["clock"])
            opens_at = moment.replace(tzinfo=zone)
        return {"name": data["name"], "opens_at": opens_at}


class WaveForm(TurnForm):
    """A wave before the last: whoever holds these offices."""

    echelons = forms.MultipleChoiceField(
        label="Eselon",
        choices=Echelon.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    positions = forms.CharField(
        label="Pemegang jabatan",
        required=False,
        max_length=500,
        help_text="Awal nama jabatan, dipisahkan koma. Misalnya: Kepala Dinas, Camat, Lurah.",
    )

    def clean_positions(self):
        """A list of beginnings of positions."""
        typed = self.cleaned_data["positions"].split(",")
        return [" ".join(part.split()) for part in typed if part.strip()]

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("echelons") or cleaned.get("positions") or self.errors):
            self.add_error("echelons", "Centang eselon atau sebutkan jabatan gelombang ini.")
        return cleaned

    def values(self, ceremony_day, zone):
        data = self.cleaned_data
        offices = {"echelons": data["echelons"], "positions": data["positions"]}
        return {**super().values(ceremony_day, zone), **offices}


class EarlierWaves(forms.BaseFormSet):
    """The waves before the last, in their order; rows left empty or taken away do not count."""

    def kept(self):
        """The filled rows that stay. Call it after `is_valid()`."""
        return [row for row in self if row.cleaned_data and row not in self.deleted_forms]


EarlierWavesFormSet = forms.formset_factory(
    WaveForm,
    formset=EarlierWaves,
    max_num=MAX_EARLIER,
    validate_max=True,
    can_delete=True,
)


class WavesForm(forms.Form):
    """Whether people sign in waves, and in which. A draft has one wave unless HR says otherwise."""

    turns = forms.ChoiceField(
        label="Giliran menandatangani", choices=TURNS, required=False, widget=forms.RadioSelect
    )

    def __init__(self, data=None, *, ceremony):
        stored = stored_waves(ceremony)
        several = len(stored) > 1
        super().__init__(data, initial={"turns": IN_WAVES if several else TOGETHER})
        self.earlier = EarlierWavesFormSet(data, prefix="gelombang", initial=stored[:-1])
        self.earlier.extra = 0 if several else 1
        last = stored[-1] if several else {"name": EVERYBODY_ELSE}
        self.last = TurnForm(data, prefix="terakhir", initial=last)

    @property
    def in_waves(self):
        """Whether rows were asked for."""
        return self.is_bound and self.data.get("turns") == IN_WAVES

    def is_valid(self):
        """The rows count only where they were asked for."""
        if not self.in_waves:
            return super().is_valid()
        answers = [part.is_valid() for part in (self.earlier, self.last)]
        valid = all(answers)
        if valid and not self.earlier.kept():
            self.add_error("turns", NO_EARLIER)
        return super().is_valid() and valid

    @property
    def faulty(self):
        """The parts that are not right, of those that were asked for."""
        rows = [*self.earlier, self.last] if self.in_waves else []
        return [part for part in (self, *rows) if part.errors]

    def rows(self, ceremony):
        """The waves as the service takes them. Call it after `is_valid()`."""
        if not self.in_waves:
            return ONE_WAVE
        zone = ZoneInfo(ceremony.time_zone)
        day = ceremony.starts_at.astimezone(zone).date()
        return [row.values(day, zone) for row in (*self.earlier.kept(), self.last)]


def stored_waves(ceremony):
    """What the rows show first when a draft is changed."""
    if not ceremony.pk:
        return []
    return [_shown(wave, ZoneInfo(ceremony.time_zone)) for wave in ceremony.waves.all()]


def _shown(wave, zone):
    local = wave.opens_at.astimezone(zone) if wave.opens_at else None
    return {
        "name": wave.name,
        "echelons": wave.echelons,
        "positions": ", ".join(wave.positions),
        "day": local.date() if local else None,
        "clock": local.time() if local else None,
    }
