"""By which way a personal link is sent, and to which address."""

import re
from urllib.parse import quote

from crispy_forms.layout import Layout
from django import forms
from django.core.validators import validate_email

from netralitas.lib.forms import fields_helper

from ..choices import Channel

# A mobile number as people write it: 0812…, 62812…, +62 812…
MOBILE = re.compile(r"(?:62|0)(8\d{7,12})")
SEPARATORS = re.compile(r"[\s().+-]")
SUBJECT = "Penandatanganan pakta integritas netralitas"


class LinkForm(forms.Form):
    """E-mail or WhatsApp, and the address or number; both stay on the record."""

    channel = forms.ChoiceField(
        label="Dikirim melalui",
        choices=[(each.value, each.label) for each in (Channel.EMAIL, Channel.WHATSAPP)],
        widget=forms.RadioSelect,
    )
    sent_to = forms.CharField(
        label="Alamat surel atau nomor WhatsApp",
        max_length=254,
        help_text="Milik peserta sendiri: pemegang tautan dapat menandatangani atas namanya.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = fields_helper(Layout("channel", "sent_to"))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("channel") and cleaned.get("sent_to"):
            read = self._address if cleaned["channel"] == Channel.EMAIL else self._number
            cleaned["sent_to"] = read(cleaned["sent_to"].strip())
        return cleaned

    def _address(self, text):
        try:
            validate_email(text)
        except forms.ValidationError:
            self.add_error("sent_to", "Isikan alamat surel yang benar.")
        return text

    def _number(self, text):
        found = MOBILE.fullmatch(SEPARATORS.sub("", text))
        if found is None:
            self.add_error("sent_to", "Isikan nomor ponsel, misalnya 0812 3456 7890.")
            return text
        return f"+62{found[1]}"

    def address_with(self, text):
        """The address at which the officer's own programme has the message ready to be sent."""
        to = self.cleaned_data["sent_to"]
        if self.cleaned_data["channel"] == Channel.EMAIL:
            return f"mailto:{quote(to, safe='@')}?subject={quote(SUBJECT)}&body={quote(text)}"
        return f"https://wa.me/{to.removeprefix('+')}?text={quote(text)}"
