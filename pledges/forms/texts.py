"""The forms of a pledge text: its draft, a copy of a pattern, the library, two to compare."""

import re

from crispy_forms.layout import HTML, Layout
from django import forms

from netralitas.lib.forms import fields_helper, section, side_by_side

from ..choices import TextState
from ..models import Election, PledgeText
from .elections import offer_governments

MAX_POINTS = 12
MAX_POINT_LENGTH = 600
USUAL_ROWS = 4
NUMBERING = re.compile(r"^\s*\d{1,2}[.)]\s+")
NATIONAL, OWN = "nasional", "sendiri"
SKETCHED = ("title", "people_word", "heading", "opening", "closing", "sanction", "legal_basis")
PEOPLE_WORDS = ("Pegawai ASN", "ASN", "Pegawai", "ASN dan Non-ASN")


class PointsInput(forms.Widget):
    """A text area for each point, all of one name; a list pasted into one of them is taken too."""

    template_name = "texts/points_input.html"

    def get_context(self, name, value, attrs):
        """The points, and one row more: what is left empty does not count."""
        context = super().get_context(name, value, attrs)
        rows = [*(value or []), ""]
        context["widget"]["rows"] = rows + [""] * (USUAL_ROWS - len(rows))
        attributes = context["widget"]["attrs"]
        context["widget"] |= {
            "most": MAX_POINTS,
            "invalid": "aria-invalid" in attributes,
            "described": attributes.get("aria-describedby", ""),
        }
        return context

    def value_from_datadict(self, data, files, name):
        """The lines of all areas, in their order."""
        areas = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        areas = [areas] if isinstance(areas, str) else areas
        return [line for area in areas for line in area.splitlines()]


class PointsField(forms.Field):
    """The points of the pledge, one in each field."""

    widget = PointsInput

    def to_python(self, value):
        """A list of points, without the numbers of a pasted list."""
        lines = (NUMBERING.sub("", line).strip() for line in value or [])
        return [line for line in lines if line]

    def validate(self, value):
        """One to twelve points, none too long. Raises ValidationError."""
        super().validate(value)
        if len(value) > MAX_POINTS:
            raise forms.ValidationError(f"Paling banyak {MAX_POINTS} butir.")
        if any(len(point) > MAX_POINT_LENGTH for point in value):
            raise forms.ValidationError(f"Satu butir paling panjang {MAX_POINT_LENGTH} huruf.")


class PeopleWordInput(forms.TextInput):
    """The word for those who pledge, with the usual ones to choose from."""

    template_name = "texts/people_word_input.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["suggestions"] = PEOPLE_WORDS
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs']['id']}_pilihan"
        return context


def offer_elections(field, governments):
    """Only the elections of `governments`."""
    field.queryset = Election.objects.filter(government__in=governments)
    field.empty_label = "Pilih…"


class TextForm(forms.ModelForm):
    """A draft; everything but title and election is what people read and sign."""

    points = PointsField(
        label="Butir ikrar",
        help_text="Satu butir pada setiap kotak, tanpa nomor. Lazimnya empat butir.",
    )

    class Meta:
        model = PledgeText
        fields = [
            "government",
            "title",
            "election",
            "people_word",
            "heading",
            "opening",
            "points",
            "closing",
            "sanction",
            "legal_basis",
        ]
        labels = {"government": "Pemerintah daerah"}
        widgets = {"people_word": PeopleWordInput} | {
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
        offer_elections(self.fields["election"], self.fields["government"].queryset)
        self.fields["election"].empty_label = "Tanpa pemilu tertentu"
        self.helper = fields_helper(
            Layout(
                section("Naskah", "government", "title", side_by_side("election", "people_word")),
                section(
                    "Ikrar",
                    HTML("{% include 'texts/_placeholders.html' %}"),
                    *("heading", "opening", "points", "closing"),
                ),
                section("Pakta integritas", "sanction", "legal_basis"),
            )
        )

    def sketch(self):
        """The text as far as it is written, faulty or not: to be shown, never stored."""
        text = PledgeText(government=self.instance.government, election=self._election())
        for name in SKETCHED:
            setattr(text, name, self._typed(name))
        text.points = self.fields["points"].to_python(self["points"].value())
        return text

    def _election(self):
        if not self.is_bound:
            return self.instance.election
        try:
            return self.fields["election"].clean(self["election"].value())
        except forms.ValidationError:
            return None

    def _typed(self, name):
        return str(self[name].value() or "").strip()


class PatternForm(forms.Form):
    """What a pattern is filled with."""

    election = forms.ModelChoiceField(label="Untuk pemilu", queryset=Election.objects.none())
    people_word = forms.CharField(
        label="Sebutan bagi yang berikrar",
        max_length=60,
        widget=PeopleWordInput,
        help_text="Masih dapat diubah pada konsepnya.",
    )

    def __init__(self, *args, governments, **kwargs):
        super().__init__(*args, **kwargs)
        offer_elections(self.fields["election"], governments)
        self.helper = fields_helper(Layout("election", "people_word"))


class TextFilterForm(forms.Form):
    """What the library is narrowed to."""

    q = forms.CharField(
        label="Cari nama naskah",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Semua status"), *TextState.choices]
    )
    source = forms.ChoiceField(
        label="Asal",
        required=False,
        choices=[("", "Semua asal"), (NATIONAL, "Nasional"), (OWN, "Pemerintah daerah")],
    )

    def narrowed(self, texts):
        """Those asked for; what is no answer narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        if words := asked.get("q"):
            texts = texts.filter(title__icontains=words)
        if state := asked.get("state"):
            texts = texts.filter(state=state)
        if source := asked.get("source"):
            texts = texts.filter(government__isnull=source == NATIONAL)
        return texts


class CompareForm(forms.Form):
    """Two texts, the earlier first."""

    a = forms.ModelChoiceField(
        label="Naskah pertama", queryset=PledgeText.objects.none(), to_field_name="uuid"
    )
    b = forms.ModelChoiceField(
        label="Naskah kedua", queryset=PledgeText.objects.none(), to_field_name="uuid"
    )

    def __init__(self, *args, texts, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = texts
            field.empty_label = "Pilih…"
