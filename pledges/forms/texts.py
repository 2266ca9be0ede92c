"""The form of a pledge text."""

import re

from crispy_forms.layout import Layout
from django import forms

from netralitas.lib.forms import fields_helper, section

from ..models import PledgeText
from .elections import offer_governments

MAX_POINTS = 12
MAX_POINT_LENGTH = 600
NUMBERING = re.compile(r"^\s*\d{1,2}[.)]\s+")


class PointsField(forms.CharField):
    """The points of the pledge, one on each line of a text area."""

    widget = forms.Textarea(attrs={"rows": 10})

    def prepare_value(self, value):
        """A stored list is shown as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        """A list of one to twelve points, without the numbers of a pasted list.

        Raises ValidationError otherwise.
        """
        lines = (NUMBERING.sub("", line).strip() for line in super().clean(value).splitlines())
        points = [line for line in lines if line]
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
        max_length=MAX_POINTS * (MAX_POINT_LENGTH + 2),
        help_text="Tulis satu butir pada setiap baris, tanpa nomor. Lazimnya empat butir.",
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
        labels = {"government": "Pemerintah daerah"}
        widgets = {
            name: forms.Textarea(attrs={"rows": rows})
            for name, rows in (
                ("heading", 2),
                ("opening", 3),
                ("closing", 5),
                ("sanction", 4),
                ("legal_basis", 6),
            )
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["government"].required = True
        offer_governments(self, user)
        self.helper = fields_helper(
            Layout(
                section("Naskah", "government", "title", "people_word"),
                section("Ikrar", "heading", "opening", "points", "closing"),
                section("Pakta integritas", "sanction", "legal_basis"),
            )
        )
