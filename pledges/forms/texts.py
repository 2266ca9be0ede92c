"""The form of a pledge text."""

from crispy_forms.layout import Fieldset, Layout
from django import forms

from netralitas.lib.forms import form_helper

from ..models import PledgeText
from .elections import governments_of_hr

MAX_POINTS = 12
MAX_POINT_LENGTH = 600


class PointsField(forms.CharField):
    """The points of the pledge, one on each line of a text area."""

    widget = forms.Textarea(attrs={"rows": 10})

    def prepare_value(self, value):
        """A stored list is shown as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        """A list of one to twelve points. Raises ValidationError otherwise."""
        points = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if not points:
            raise forms.ValidationError("Isi sekurang-kurangnya satu butir.")
        if len(points) > MAX_POINTS:
            raise forms.ValidationError(f"Paling banyak {MAX_POINTS} butir.")
        if any(len(point) > MAX_POINT_LENGTH for point in points):
            raise forms.ValidationError(f"Satu butir paling panjang {MAX_POINT_LENGTH} huruf.")
        return points

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class TextForm(forms.ModelForm):
    """A draft; everything but the title is what people read and sign."""

    points = PointsField(
        label="Butir ikrar",
        max_length=MAX_POINTS * MAX_POINT_LENGTH,
        help_text="Satu butir setiap baris. Empat butir adalah kelaziman; nomor dicetak sendiri.",
    )

    class Meta:
        model = PledgeText
        fields = [
            "government",
            "title",
            "people_word",
            "heading",
            "opening",
            "points",
            "closing",
            "sanction",
            "legal_basis",
        ]
        widgets = {
            name: forms.Textarea(attrs={"rows": rows})
            for name, rows in (
                ("heading", 2),
                ("opening", 2),
                ("closing", 4),
                ("sanction", 3),
                ("legal_basis", 3),
            )
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["government"].queryset = governments_of_hr(user)
        self.fields["government"].required = True
        self.fields["government"].empty_label = None
        self.helper = form_helper(
            Layout(
                "government",
                "title",
                Fieldset("Ikrar", "people_word", "heading", "opening", "points", "closing"),
                Fieldset("Pakta integritas", "sanction", "legal_basis"),
            ),
            submit="Simpan konsep",
        )
