"""The form with which HR uploads a logo."""

from crispy_forms.layout import Layout
from django import forms

from netralitas.lib.forms import form_helper
from netralitas.lib.pictures import MEDIA_TYPES


class LogoForm(forms.Form):
    """A picture file; what it holds is looked at by the service."""

    picture = forms.FileField(
        label="Berkas gambar",
        widget=forms.FileInput(attrs={"accept": MEDIA_TYPES}),
        help_text="PNG, JPEG, atau WebP, paling besar 3 MB. Latar tembus pandang (PNG atau WebP) "
        "paling baik untuk dicetak.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Layout("picture"), submit="Unggah")
