"""The forms about who is on a roster: what was looked at, who is added, and why."""

from crispy_forms.layout import Layout
from django import forms

from netralitas.lib.forms import fields_helper

from ..models import Participant

LONGEST_REASON = Participant._meta.get_field("reason").max_length
HINT = "Tersimpan pada peserta dan terbaca oleh petugas. Jangan tuliskan rincian kesehatan."


class FreezeForm(forms.Form):
    """The mark of the roster that was looked at."""

    mark = forms.RegexField(r"^[0-9a-f]{64}$")


class SearchForm(forms.Form):
    """Who is to be added: a part of the name, or of the number."""

    q = forms.CharField(label="Cari nama atau NIP pegawai", max_length=100, required=False)


class ReasonForm(forms.Form):
    """Why the roster is changed."""

    reason = forms.CharField(label="Alasan", max_length=LONGEST_REASON, help_text=HINT)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = fields_helper(Layout("reason"))


class AddForm(ReasonForm):
    """One of the employees found, and why they are added."""

    employee = forms.ModelChoiceField(
        label="Pegawai", queryset=None, to_field_name="uuid", widget=forms.RadioSelect
    )

    def __init__(self, *args, employees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["employee"].queryset = employees
