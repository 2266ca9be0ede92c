"""The form of a public page's address."""

from crispy_forms.layout import Layout
from django import forms

from netralitas.lib.forms import fields_helper

from ..models import PublicPage


class PublicPageForm(forms.Form):
    """The last part of the address, chosen once."""

    slug = forms.SlugField(
        label="Alamat halaman",
        max_length=PublicPage._meta.get_field("slug").max_length,
        help_text="Huruf kecil, angka, dan tanda hubung. Tidak dapat diubah setelah ditampilkan.",
        error_messages={"invalid": "Gunakan huruf, angka, dan tanda hubung saja."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = fields_helper(Layout("slug"))

    def clean_slug(self):
        """Addresses are told by voice, too: no capitals."""
        return self.cleaned_data["slug"].lower()
