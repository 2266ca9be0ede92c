"""The forms of a ceremony: the event itself, and the witnesses."""

from crispy_forms.layout import Div, Layout
from django import forms

from agencies.choices import AgencyLevel, RoleName
from agencies.models import Agency
from agencies.querysets import below
from netralitas.lib.forms import fields_helper, hint, section, side_by_side

from ..choices import CeremonyKind, Echelon, OfficialRole, Scope
from ..models import Ceremony, CeremonyOfficial, Election, PledgeText
from .schedule_fields import MomentFields, SpeakerFields, speakers_section, when_section

MAX_WITNESSES = 20


# Once the draft is there ScheduleForm asks for these: its OPD may fill them in meanwhile.
SCHEDULE = ("place", "time_zone", *MomentFields.base_fields, *SpeakerFields.base_fields)


class CeremonyForm(forms.ModelForm, SpeakerFields, MomentFields):
    """A draft: what is pledged and who takes part; of a new one also where, when and who leads."""

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
        self.new = self.instance.pk is None
        if self.new:
            self._suggest()
        else:
            self.initial["official_positions"] = ", ".join(self.instance.official_positions)
            for name in SCHEDULE:
                del self.fields[name]
        self.helper = fields_helper(_layout(self.new))

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
            if not self.initial.get("election"):
                self.initial["election"] = self.fields["election"].queryset.first()

    def clean_official_positions(self):
        """A list of beginnings of positions, upper and lower case alike."""
        typed = self.cleaned_data["official_positions"].split(",")
        return [" ".join(part.split()) for part in typed if part.strip()]

    def clean(self):
        cleaned = super().clean()
        if self.new:
            self.instance.starts_at = self.moment()
        if cleaned.get("scope") != Scope.OFFICIALS:
            cleaned.update(official_echelons=[], official_positions=[])
        self.instance.official_positions = cleaned.get("official_positions", [])
        return cleaned

    def officials(self):
        """Leader and reader of a new draft, as the service takes them."""
        return self.speakers() if self.new else []


def _layout(new):
    return Layout(
        section("Acara", "title", side_by_side("kind", "election"), "organizer", "text"),
        *([when_section(), speakers_section()] if new else []),
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
