"""The forms of the work list: who sees to somebody, what is foreseen, what was said."""

from crispy_forms.layout import Layout
from django import forms

from netralitas.lib.forms import fields_helper

from ..models.follow_up import MOST_WORDS


class AssignForm(forms.Form):
    """Who sees to it, among those who may invite everybody it is about; or nobody."""

    assignee = forms.ModelChoiceField(
        label="Ditangani oleh",
        queryset=None,
        required=False,
        empty_label="Belum ada",
        to_field_name="uuid",
    )

    def __init__(self, *args, assignable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = assignable
        self.helper = fields_helper(Layout(*self.fields))


class FollowUpForm(AssignForm):
    """Everything that is kept of one participant."""

    signs_late = forms.BooleanField(label="Akan menandatangani susulan", required=False)
    note = forms.CharField(
        label="Catatan",
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hanya terbaca oleh BKPSDM, kepala, dan operator. Jangan tuliskan rincian "
        "kesehatan.",
    )
