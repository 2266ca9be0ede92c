"""Why a signature should be annulled."""

from crispy_forms.layout import Layout
from django import forms

from netralitas.lib.forms import fields_helper

from ..choices import AnnulmentCause
from ..models.annulment import MOST_WORDS


class AnnulmentForm(forms.Form):
    """The cause, which anybody may read, and what the officers should know."""

    cause = forms.ChoiceField(
        label="Alasan",
        choices=AnnulmentCause.choices,
        widget=forms.RadioSelect,
        help_text="Alasan ini terbaca oleh siapa pun yang memeriksa pakta.",
    )
    explanation = forms.CharField(
        label="Penjelasan",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Apa yang terjadi, dan bagaimana diketahui. Hanya terbaca oleh BKPSDM dan "
        "Inspektorat. Setelah disetujui, penjelasan ini tidak dapat diubah atau dihapus.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = fields_helper(Layout("cause", "explanation"))
