"""The forms of a ceremony: the event itself, and the witnesses."""

from datetime import datetime
from zoneinfo import ZoneInfo

from crispy_forms.layout import Column, Div, Layout, Row
from django import forms

from agencies.choices import AgencyLevel, RoleName
from agencies.models import Agency
from agencies.querysets import below
from netralitas.lib.forms import (
    DateInput,
    TimeInput,
    fields_helper,
    hint,
    section,
    side_by_side,
)

from ..choices import CeremonyKind, Echelon, OfficialRole, Scope
from ..models import Ceremony, CeremonyOfficial, Election, PledgeText
from .schedules import officials_from, shown_officials

MAX_WITNESSES = 20


class CeremonyForm(forms.ModelForm):
    """A draft: what, where, when, who leads and who takes part.

    Date and time are the wall clock of the chosen zone.
    """

    day = forms.DateField(label="Tanggal", widget=DateInput)
    clock = forms.TimeField(label="Pukul", widget=TimeInput)
    leader_name = forms.CharField(label="Pemimpin acara", max_length=160)
    leader_position = forms.CharField(label="Jabatan pemimpin", max_length=160, required=False)
    reader_name = forms.CharField(
        label="Pembaca ikrar",
        max_length=160,
        required=False,
        help_text="Kosongkan bila pemimpin sendiri yang membaca.",
    )
    reader_position = forms.CharField(label="Jabatan pembaca", max_length=160, required=False)
    official_echelons = forms.MultipleChoiceField(
        label="Eselon",
        choices=Echelon.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    official_positions = forms.CharField(
        label="Nama jabatan",
        required=False,
        max_length=500,
        help_text="Awal nama jabatan, dipisahkan koma. Misalnya: Kepala Dinas, Camat, Lurah.",
    )

    class Meta:
        model = Ceremony
        fields = [
            "title",
            "kind",
            "organizer",
            "election",
            "text",
            "place",
            "time_zone",
            "scope",
            "agencies",
            "official_echelons",
        ]
        labels = {"scope": "Yang ikut serta"}
        widgets = {"scope": forms.RadioSelect, "agencies": forms.CheckboxSelectMultiple}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self._limit_choices(user)
        if self.instance.pk:
            self._fill_from(self.instance)
        else:
            self._suggest()
        self.helper = fields_helper(_layout())

    def _limit_choices(self, user):
        paths = user.rights.paths(RoleName.HR)
        agencies = Agency.objects.in_use().filter(
            below(paths), level__in=[AgencyLevel.GOVERNMENT, AgencyLevel.OPD]
        )
        choices = {
            "organizer": agencies,
            "agencies": agencies.opds(),
            "election": Election.objects.visible_to(user),
            "text": PledgeText.objects.visible_to(user).published(),
        }
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset
        for name in ("organizer", "election", "text"):
            self.fields[name].empty_label = "Pilih…"
        self.fields["kind"].choices = [("", "Pilih…"), *CeremonyKind.choices]

    def _suggest(self):
        """Of one government HR mostly means that one, its zone and its newest election."""
        governments = self.fields["organizer"].queryset.governments()[:2]
        if len(governments) == 1:
            self.initial["organizer"] = governments[0]
            self.initial["time_zone"] = governments[0].time_zone
            self.initial["election"] = self.fields["election"].queryset.first()

    def _fill_from(self, ceremony):
        local = ceremony.starts_at.astimezone(ZoneInfo(ceremony.time_zone))
        self.initial.update(day=local.date(), clock=local.time())
        self.initial["official_positions"] = ", ".join(ceremony.official_positions)
        self.initial.update(shown_officials(ceremony))

    def clean_official_positions(self):
        """A list of beginnings of positions, upper and lower case alike."""
        typed = self.cleaned_data["official_positions"].split(",")
        return [" ".join(part.split()) for part in typed if part.strip()]

    def clean(self):
        cleaned = super().clean()
        if {"day", "clock", "time_zone"} <= cleaned.keys():
            moment = datetime.combine(cleaned["day"], cleaned["clock"])
            self.instance.starts_at = moment.replace(tzinfo=ZoneInfo(cleaned["time_zone"]))
        if cleaned.get("scope") != Scope.OFFICIALS:
            cleaned.update(official_echelons=[], official_positions=[])
        self.instance.official_positions = cleaned.get("official_positions", [])
        if cleaned.get("reader_position") and not cleaned.get("reader_name"):
            self.add_error("reader_name", "Isi nama pembaca, atau kosongkan jabatannya.")
        return cleaned

    def officials(self):
        """Leader and reader as the service takes them; without a reader the leader reads."""
        return officials_from(self.cleaned_data)


def _layout():
    return Layout(
        section("Acara", "title", side_by_side("kind", "election"), "organizer", "text"),
        section(
            "Tempat dan waktu",
            "place",
            Row(
                Column("day", css_class="col-md-4"),
                Column("clock", css_class="col-6 col-md-4"),
                Column("time_zone", css_class="col-6 col-md-4"),
            ),
        ),
        section(
            "Pemimpin dan pembaca ikrar",
            side_by_side("leader_name", "leader_position"),
            side_by_side("reader_name", "reader_position"),
        ),
        section("Peserta", "scope", _chosen_agencies(), _officials()),
    )


def _chosen_agencies():
    return Div("agencies", data_shown_when=f"scope={Scope.AGENCIES}", css_class="choice-columns")


def _officials():
    return Div(
        hint(
            "Pejabat pada eselon yang dicentang atau dengan nama jabatan yang disebut menjadi "
            "peserta. Isi salah satu atau keduanya."
        ),
        "official_echelons",
        "official_positions",
        data_shown_when=f"scope={Scope.OFFICIALS}",
    )


class WitnessForm(forms.ModelForm):
    """A witness from outside, such as KPU, Bawaslu or Forkopimda."""

    class Meta:
        model = CeremonyOfficial
        fields = ["name", "position", "institution"]
        labels = {"name": "Nama saksi"}


WitnessFormSet = forms.formset_factory(
    WitnessForm, extra=1, max_num=MAX_WITNESSES, validate_max=True, can_delete=True
)


def witnesses_of(ceremony):
    """What the witness rows show first when a draft is changed."""
    if not ceremony.pk:
        return []
    witnesses = ceremony.officials.filter(role=OfficialRole.WITNESS)
    return list(witnesses.values("name", "position", "institution"))


def witnesses_from(formset):
    """The filled rows that stay, as the service takes them."""
    kept = [form.cleaned_data for form in formset if form not in formset.deleted_forms]
    fields = WitnessForm.Meta.fields
    return [
        {"role": OfficialRole.WITNESS, **{field: row[field] for field in fields}}
        for row in kept
        if row.get("name")
    ]
