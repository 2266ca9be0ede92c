"""What an operator types on a device that is handed around."""

from django import forms

from netralitas.lib.kiosk import PIN_DIGITS

from ..choices import IdentityCheck
from .signing import digits

LEAST = 3


class PinInput(forms.PasswordInput):
    """Hidden digits, with the keys for digits on a tablet."""

    def __init__(self):
        super().__init__(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 2 * PIN_DIGITS}
        )


class PinForm(forms.Form):
    """The PIN of the device."""

    pin = forms.CharField(label="PIN perangkat", widget=PinInput)

    def clean_pin(self):
        """Digits only; what is too short or long is a wrong PIN like any other."""
        return digits(self.cleaned_data["pin"])


class StartForm(forms.Form):
    """A new PIN for this device, twice."""

    pin = forms.CharField(
        label="PIN perangkat",
        widget=PinInput,
        help_text=f"{PIN_DIGITS} angka pilihan Anda. Jangan beri tahu peserta.",
    )
    again = forms.CharField(label="PIN perangkat, sekali lagi", widget=PinInput)

    def clean_pin(self):
        """As many digits as it takes, not all the same and not counting up or down."""
        pin = digits(self.cleaned_data["pin"])
        if len(pin) != PIN_DIGITS:
            raise forms.ValidationError(f"PIN terdiri atas {PIN_DIGITS} angka.")
        if len({(int(b) - int(a)) % 10 for a, b in zip(pin, pin[1:], strict=False)}) == 1:
            raise forms.ValidationError("PIN ini mudah ditebak. Pilih yang lain.")
        return pin

    def clean(self):
        cleaned = super().clean()
        pin = cleaned.get("pin")
        if pin and pin != digits(cleaned.get("again", "")):
            self.add_error("again", "Kedua PIN tidak sama.")
        return cleaned


class SearchForm(forms.Form):
    """A name or number, long enough to mean somebody."""

    q = forms.CharField(
        label="Cari nama atau NIP",
        min_length=LEAST,
        max_length=100,
        error_messages={"min_length": f"Ketik sekurang-kurangnya {LEAST} huruf atau angka."},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class IdentityForm(forms.Form):
    """How the operator made sure of who will sign."""

    identity_check = forms.ChoiceField(
        label="Bagaimana Anda memastikan identitasnya?",
        choices=IdentityCheck.choices,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": "Pilih cara Anda memastikan identitasnya."},
    )
