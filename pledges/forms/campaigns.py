"""The forms of a campaign: what is pledged where, and which OPD hold a ceremony of their own."""

from crispy_forms.layout import Div, Layout
from django import forms

from agencies.choices import RoleName
from agencies.models import Agency
from agencies.querysets import below
from netralitas.lib.dates import date_time
from netralitas.lib.forms import fields_helper, hint, section, side_by_side

from ..choices import CeremonyKind
from ..models import Campaign, Ceremony, Election, PledgeText
from .schedule_fields import DayField, MomentFields, moment_row, shown_moment

ALL, CHOSEN = "ALL", "CHOSEN"
WHICH = [
    (ALL, "Semua OPD"),
    (CHOSEN, "OPD yang dipilih; yang lain dapat ditambahkan kemudian"),
]


class LeadField(forms.ModelChoiceField):
    """One ceremony, told by its title and its time."""

    def label_from_instance(self, obj):
        return f"{obj.title} ({date_time(obj.starts_at, obj.time_zone)})"


class CampaignForm(forms.ModelForm, MomentFields):
    """A campaign; a new one says which OPD hold a ceremony, for one that is there its page does.

    Date and time proposed are the wall clock of the chosen zone.
    """

    lead = LeadField(
        label="Acara induk",
        queryset=Ceremony.objects.none(),
        required=False,
        empty_label="Belum ada",
        help_text="Acara pemerintah daerah dengan pemilu dan naskah yang sama, tempat para kepala "
        "OPD menandatangani lebih dahulu. Pesertanya tidak menjadi peserta acara OPD lagi.",
    )
    day = DayField(label="Usulan tanggal")
    which = forms.ChoiceField(
        label="OPD yang mengadakan acara", choices=WHICH, widget=forms.RadioSelect, initial=ALL
    )
    opds = forms.ModelMultipleChoiceField(
        label="OPD",
        queryset=Agency.objects.none(),
        to_field_name="uuid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Campaign
        fields = ["name", "election", "text", "kind", "title", "time_zone", "deadline"]
        field_classes = {"deadline": DayField}
        help_texts = {
            "title": "Nama OPD ditambahkan di belakangnya, misalnya: Ikrar Netralitas Pegawai "
            "Dinas Kesehatan.",
        }

    def __init__(self, *args, user, lead=None, **kwargs):
        super().__init__(*args, **kwargs)
        self._limit_choices(user)
        self._show(lead or self.instance.lead)
        new = self.instance.pk is None
        if not new:
            del self.fields["which"], self.fields["opds"]
        self.helper = fields_helper(_layout(new))

    def _limit_choices(self, user):
        governments = user.rights.government_paths(RoleName.HR)
        if self.instance.pk:
            governments = [self.instance.government.path]
        held = Ceremony.objects.held().filter(below(governments, "organizer__path"))
        choices = {
            "election": Election.objects.filter(government__path__in=governments),
            "text": PledgeText.objects.visible_to(user).published(),
            "lead": held.filter(campaign=None) | held.filter(leads=self.instance.pk or 0),
            "opds": Agency.objects.opds().in_use().filter(below(governments)).order_by("name"),
        }
        for name, queryset in choices.items():
            self.fields[name].queryset = queryset
        for name in ("election", "text"):
            self.fields[name].empty_label = "Pilih…"
        self.fields["kind"].choices = [("", "Pilih…"), *CeremonyKind.choices]

    def _show(self, lead):
        """What the fields show first; HR mostly means the newest election, and its zone."""
        if self.instance.pk:
            self.initial.update(shown_moment(self.instance.proposed_at, self.instance.time_zone))
        elif lead is None:
            election = self.fields["election"].queryset.select_related("government").first()
            if election:
                zone = election.government.time_zone
                self.initial.update(election=election, time_zone=zone)
        else:
            same = ("election", "text", "kind", "time_zone")
            self.initial.update({name: getattr(lead, name) for name in same})
        self.initial["lead"] = lead

    def clean(self):
        cleaned = super().clean()
        self.instance.proposed_at = self.moment()
        if {"day", "deadline"} <= cleaned.keys() and cleaned["deadline"] < cleaned["day"]:
            self.add_error("deadline", "Target selesai tidak mendahului usulan tanggal acara.")
        return cleaned

    def opds_wanted(self):
        """Those that are to hold a ceremony. Call it after `is_valid()`."""
        data = self.cleaned_data
        if data.get("which") != ALL:
            return list(data.get("opds", []))
        path = data["election"].government.path
        return [opd for opd in self.fields["opds"].queryset if opd.government_path == path]


def _layout(new):
    parts = [
        section("Rangkaian", "name", side_by_side("election", "text"), "lead", "deadline"),
        section(
            "Acara OPD",
            "title",
            "kind",
            moment_row(),
            hint("Waktu ini baru usulan: operator setiap OPD menetapkan waktu dan tempatnya."),
        ),
    ]
    if new:
        chosen = Div("opds", data_shown_when=f"which={CHOSEN}", css_class="choice-columns")
        parts.append(section("OPD", "which", chosen))
    return Layout(*parts)


class MissingOpdsForm(forms.Form):
    """Which of the OPD without a ceremony get one now."""

    opds = forms.ModelMultipleChoiceField(
        label="OPD yang belum mempunyai acara",
        queryset=Agency.objects.none(),
        to_field_name="uuid",
        widget=forms.CheckboxSelectMultiple(attrs={"data-chosen": ""}),
        error_messages={"required": "Pilih sekurang-kurangnya satu OPD."},
    )

    def __init__(self, *args, campaign, missing, **kwargs):
        super().__init__(*args, **kwargs)
        # Whoever posts the page twice, or after somebody else, names OPD that have one by now.
        within = Agency.objects.opds().in_use().under(campaign.government).order_by("name")
        field = self.fields["opds"]
        field.queryset = within
        field.choices = [(opd.uuid, opd.name) for opd in missing]
        self.helper = fields_helper(Layout(Div("opds", css_class="choice-columns")))
