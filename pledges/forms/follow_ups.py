"""The forms of the work list: who sees to somebody, what is foreseen, what was said."""

from crispy_forms.layout import Layout
from django import forms

from netralitas.lib.forms import fields_helper

from ..models.follow_up import MOST_WORDS

NOBODY = "nobody"
CHOOSE, UNASSIGNED = ("", "Pilih…"), (NOBODY, "Tidak ditugaskan")


class AssignForm(forms.Form):
    """Who sees to it, among those who may invite everybody it is about; or, if so said, nobody."""

    first = (CHOOSE, UNASSIGNED)

    assignee = forms.ChoiceField(label="Ditangani oleh")

    def __init__(self, *args, assignable, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(user.uuid): user for user in assignable}
        named = ((key, str(user)) for key, user in self.people.items())
        self.fields["assignee"].choices = [*self.first, *named]
        self.helper = fields_helper(Layout(*self.fields))

    def clean_assignee(self):
        """The account; None for nobody."""
        return self.people.get(self.cleaned_data["assignee"])


class FollowUpForm(AssignForm):
    """Everything that is `kept` of one participant; who sees to it stays among the choices, also
    when that account has ended.
    """

    first = (UNASSIGNED,)

    signs_late = forms.BooleanField(label="Akan menandatangani susulan", required=False)
    note = forms.CharField(
        label="Catatan",
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hanya terbaca oleh BKPSDM, kepala, dan operator. Jangan tuliskan rincian "
        "kesehatan.",
    )

    def __init__(self, *args, assignable, kept, **kwargs):
        now = kept.assignee
        shown = {"signs_late": kept.signs_late, "note": kept.note}
        shown["assignee"] = str(now.uuid) if now else NOBODY
        people = dict.fromkeys([*assignable, *([now] if now else [])])
        super().__init__(*args, assignable=people, initial=shown, **kwargs)
