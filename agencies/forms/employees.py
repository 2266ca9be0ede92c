"""The forms with which HR keeps an employee by hand."""

import re

from crispy_forms.layout import Layout
from django import forms

from netralitas.lib.forms import form_helper, section, side_by_side

from ..choices import EmployeeKind, RoleName
from ..models import Agency, Employee
from ..querysets import below, paths_of
from ..roster import values
from ..services.employees import DETAILS, number_fault
from .fields import ECHELON_CHOICES, GRADE_CHOICES, AgencyField

BETWEEN_DIGITS = re.compile(r"[\s.\-'’]")
NONE = [("", "Tidak ada")]
CLEANED_AS_IMPORTED = ("name", "title_prefix", "title_suffix", "position", "phone")


def workplaces(user):
    """The agencies in use to which `user`, as HR, may add and move employees."""
    return Agency.objects.in_use().filter(below(paths_of(user, RoleName.HR)))


class DetailsForm(forms.ModelForm):
    """Who somebody is and what they do; text is cleaned as the roster import cleans it.

    Every field of a known employee also sends what it held when the page was made, so that
    `changes` leaves alone what somebody else has changed meanwhile.
    """

    number = forms.CharField(
        label="NIP / NI PPPK / NIK",
        max_length=40,
        help_text="NIP dan NI PPPK 18 angka; NIK bagi Non-ASN 16 angka.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    grade = forms.ChoiceField(label="Golongan", required=False)
    echelon = forms.ChoiceField(label="Eselon", required=False)

    class Meta:
        model = Employee
        fields = DETAILS

    def __init__(self, *args, employee=None, initial=None, **kwargs):
        held = forms.model_to_dict(employee, DETAILS) if employee else {}
        super().__init__(*args, initial={**held, **(initial or {})}, **kwargs)
        self.fields["kind"].choices = [("", "Pilih jenis pegawai"), *EmployeeKind.choices]
        self.fields["grade"].choices = offered(GRADE_CHOICES, held.get("grade"))
        self.fields["echelon"].choices = offered(ECHELON_CHOICES, held.get("echelon"))
        for field in self.fields.values():
            field.show_hidden_initial = employee is not None
        self.helper = form_helper(self.layout())

    def layout(self):
        """The fields in groups."""
        return Layout(
            section(
                "Identitas",
                side_by_side("kind", "number"),
                "name",
                side_by_side("title_prefix", "title_suffix"),
            ),
            section("Jabatan", *self.work(), side_by_side("grade", "echelon")),
            section("Kontak", side_by_side("email", "phone")),
        )

    def work(self):
        """What stands first in the group about the work."""
        return ["position"]

    def clean_number(self):
        """Digits only, as many as the kind of employment asks for."""
        number = BETWEEN_DIGITS.sub("", self.cleaned_data["number"])
        kind = self.cleaned_data.get("kind")
        fault = number_fault(kind, number) if kind else ""
        if fault:
            raise forms.ValidationError(fault)
        return number

    def clean(self):
        """Texts on one line, without characters that cannot be seen."""
        cleaned = super().clean()
        for name in CLEANED_AS_IMPORTED:
            if name in cleaned:
                cleaned[name] = values.text(cleaned[name])
        return cleaned

    @property
    def changes(self):
        """{name: value} of what was changed on the page; call it after `is_valid()`."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class NewEmployeeForm(DetailsForm):
    """The same for somebody new, with the agency in which they begin."""

    agency = AgencyField(Agency.objects.none(), label="Unit kerja")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = workplaces(user)

    def work(self):
        return ["agency", "position"]


class MoveForm(forms.Form):
    """To which agency an employee moves."""

    agency = AgencyField(Agency.objects.none(), label="Unit kerja baru")

    def __init__(self, *args, employee, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        field.queryset = Agency.objects.in_use().under(employee.government)
        field.help_text = (
            f"Sekarang di {employee.agency.name}. Yang sudah ditandatangani tetap tercatat pada "
            "unit tempat bekerja pada hari itu."
        )
        self.helper = form_helper(Layout("agency"), submit="Pindahkan")


def offered(choices, held):
    """The usual choices after that of none; and what is held now, if an import brought another."""
    usual = forms.ChoiceField(choices=NONE + choices)
    odd = [] if usual.valid_value(held or "") else [(held, held)]
    return NONE + odd + choices
