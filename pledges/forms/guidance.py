"""The forms of the guidance, and of the reports that were received."""

from crispy_forms.layout import Layout
from django import forms

from netralitas.lib.forms import DateInput, fields_helper, section, side_by_side

from ..choices import BreachLevel, Moment
from ..models import ReportCount
from ..models.guidance import MOST_REPORTS
from ..services import guidance

ROW_LIMITS = {"max_num": guidance.MOST_ROWS, "validate_max": True, "can_delete": True}


class SentencesField(forms.CharField):
    """Sentences, one on each line."""

    def __init__(self, *, label, **kwargs):
        longest = guidance.MOST_SENTENCES * (guidance.SENTENCE + 2)
        super().__init__(
            label=label,
            max_length=longest,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text="Satu kalimat pada setiap baris.",
            **kwargs,
        )

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        """A list of sentences. Raises ValidationError for too many or too long ones."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > guidance.MOST_SENTENCES:
            raise forms.ValidationError(f"Paling banyak {guidance.MOST_SENTENCES} kalimat.")
        if any(len(line) > guidance.SENTENCE for line in lines):
            raise forms.ValidationError(f"Satu kalimat paling panjang {guidance.SENTENCE} huruf.")
        return lines

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


def _area(label, longest, **kwargs):
    return forms.CharField(
        label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": 2}), **kwargs
    )


def _line(label, longest=guidance.SHORT, **kwargs):
    return forms.CharField(label=label, max_length=longest, **kwargs)


class ForbiddenForm(forms.Form):
    """One forbidden act."""

    act = _area("Perbuatan", guidance.SENTENCE)
    level = forms.ChoiceField(
        label="Tingkat",
        required=False,
        choices=[("", "Menurut hasil pemeriksaan"), *BreachLevel.choices],
    )
    source = _line("Dasar", required=False)


class CostForm(forms.Form):
    """What a breach leads to."""

    title = _line("Sanksi")
    text = _area("Isinya", guidance.SENTENCE)
    source = _line("Dasar", required=False)


class ContactForm(forms.Form):
    """Where a breach is reported."""

    name = _line("Lembaga")
    about = _area("Untuk apa", guidance.SENTENCE, required=False)
    address = forms.URLField(
        label="Alamat situs",
        required=False,
        max_length=guidance.ADDRESS,
        assume_scheme="https",
        validators=[guidance.https_only],
        error_messages={"invalid": guidance.NO_ADDRESS},
    )


ROWS = {
    "forbidden": (
        "Yang dilarang",
        "larangan",
        "Sebutkan dasar hukumnya, agar siapa pun dapat memeriksa.",
        ForbiddenForm,
    ),
    "costs": ("Akibatnya", "sanksi", "Apa yang mengikuti sebuah pelanggaran.", CostForm),
    "contacts": (
        "Tempat melapor",
        "tempat",
        "Nama lembaga dapat berubah; perbarui di sini.",
        ContactForm,
    ),
}


class GuidanceForm(forms.Form):
    """The whole content of the guidance, with a formset for each kind of row."""

    intro = _area("Pengantar", guidance.INTRO)
    duties = SentencesField(label="Yang diminta netralitas")
    laws = SentencesField(label="Dasar hukum")

    def __init__(self, data=None, *, content):
        super().__init__(data, initial={**content, **content["moments"]})
        self.fields["intro"].widget.attrs["rows"] = 4
        for moment in Moment:
            self.fields[moment.value] = SentencesField(label=moment.label)
        self.helper = fields_helper(
            Layout(
                section("Netralitas", "intro", "duties"),
                section("Yang diperhatikan pada setiap tahapan", *Moment.values),
                section("Dasar", "laws"),
            )
        )
        self.row_sets = [
            _formset(name, *parts, data, content[name]) for name, parts in ROWS.items()
        ]

    def is_valid(self):
        """Whether the fields and all rows are right."""
        answers = [super().is_valid(), *(rows.is_valid() for rows in self.row_sets)]
        return all(answers)

    @property
    def faulty(self):
        """The rows that are not right."""
        return [row for rows in self.row_sets for row in rows if self.is_bound and row.errors]

    def content(self):
        """What was filled in, as the service takes it. Call it after `is_valid()`."""
        told = dict(self.cleaned_data)
        told["moments"] = {moment: told.pop(moment) for moment in Moment.values}
        for rows in self.row_sets:
            kept = (row for row in rows if row.cleaned_data and row not in rows.deleted_forms)
            told[rows.prefix] = [
                {name: row.cleaned_data[name] for name in row.base_fields} for row in kept
            ]
        return told


def _formset(name, title, noun, hint, form, data, initial):
    kind = forms.formset_factory(form, extra=0 if initial else 1, **ROW_LIMITS)
    rows = kind(data, prefix=name, initial=initial)
    rows.title, rows.noun, rows.hint = title, noun, hint
    return rows


class ReportWatchForm(forms.Form):
    """Since when reports about an election are recorded."""

    since = forms.DateField(
        label="Dicatat sejak",
        widget=DateInput,
        help_text="Hari pertama laporan yang masuk dicatat di sini.",
    )

    helper = fields_helper(Layout("since"))


class ReportCountForm(forms.ModelForm):
    """How many reports of one kind came in on a day."""

    class Meta:
        model = ReportCount
        fields = ["received_on", "count", "kind", "forwarded_to"]
        widgets = {"received_on": DateInput, "count": forms.NumberInput(attrs={"min": 1})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kind", "forwarded_to"):
            self.fields[name].choices = [("", "Pilih…"), *self.fields[name].choices[1:]]
        self.helper = fields_helper(
            Layout(
                side_by_side("received_on", "count"),
                side_by_side("kind", "forwarded_to"),
            )
        )

    def clean_count(self):
        """Within what the database takes. Raises ValidationError."""
        count = self.cleaned_data["count"]
        if not 1 <= count <= MOST_REPORTS:
            raise forms.ValidationError("Jumlah laporan antara 1 dan 10.000.")
        return count
