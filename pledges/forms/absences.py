"""Why somebody does not sign."""

from crispy_forms.layout import Layout
from django import forms

from netralitas.lib.forms import fields_helper

from ..choices import AbsenceReason
from .roster_changes import LONGEST_REASON


class ExcuseForm(forms.Form):
    """One of the usual reasons; any other in words."""

    kind = forms.ChoiceField(
        label="Alasan", choices=AbsenceReason.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="Keterangan",
        max_length=LONGEST_REASON - 30,
        required=False,
        help_text="Wajib bila memilih Lainnya. Jangan tuliskan rincian kesehatan.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = fields_helper(Layout("kind", "note"))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == AbsenceReason.OTHER and not cleaned.get("note"):
            self.add_error("note", "Tuliskan alasannya.")
        return cleaned

    @property
    def reason(self):
        """The sentence that is kept."""
        kind, note = self.cleaned_data["kind"], self.cleaned_data["note"]
        label = AbsenceReason(kind).label
        if kind == AbsenceReason.OTHER:
            return note
        return f"{label}: {note}" if note else label


class RefusalForm(forms.Form):
    """What was said by whoever refuses."""

    reason_given = forms.CharField(
        label="Alasan menolak",
        max_length=LONGEST_REASON,
        help_text="Seperti yang disampaikan oleh yang bersangkutan.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = fields_helper(Layout("reason_given"))

    @property
    def reason(self):
        """The sentence that is kept."""
        return self.cleaned_data["reason_given"]
