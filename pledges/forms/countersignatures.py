"""What a head fills in to take note of a batch of pacts."""

from django import forms

from netralitas.lib import strokes as drawing

from ..choices import SigningMethod
from ..services.countersigning.acts import NOT_CONSENTED, Sitting
from ..services.countersigning.due import LONGEST_NAME
from ..services.signing import MISSING, STROKES_REFUSALS


class CountersignForm(forms.Form):
    """The list that was looked at, the drawing or the typed name, and the statement."""

    batch = forms.CharField(max_length=LONGEST_NAME, widget=forms.HiddenInput)
    method = forms.ChoiceField(choices=SigningMethod.choices, initial=SigningMethod.DRAWN)
    strokes = forms.CharField(label="Tanda tangan", required=False)
    typed_name = forms.CharField(label="Nama Anda", max_length=370, required=False)
    consent = forms.BooleanField(label="Pernyataan", error_messages={"required": NOT_CONSENTED})

    @property
    def is_typed(self):
        """Whether the name is typed; on a fresh page, so that it works without scripts."""
        return not self.is_bound or self.data.get("method") == SigningMethod.TYPED

    def clean(self):
        """The drawing as polylines, or the name; the other one is not looked at."""
        given = super().clean()
        if given.get("method") == SigningMethod.TYPED:
            given["strokes"] = []
            if not given.get("typed_name"):
                self.add_error("typed_name", MISSING["typed_name"])
            return given
        given["typed_name"] = ""
        try:
            given["strokes"] = drawing.parse(given.get("strokes") or "[]")
        except drawing.StrokesError as error:
            self.add_error("strokes", STROKES_REFUSALS[error.code])
        return given

    def sitting(self, confirmation, confirmed_at):
        """What was sent, as the service takes it; call it after `is_valid()`."""
        given = self.cleaned_data
        return Sitting(
            batch=given["batch"],
            confirmation=confirmation,
            confirmed_at=confirmed_at,
            consent=given["consent"],
            strokes=given["strokes"],
            typed_name=given["typed_name"],
        )
