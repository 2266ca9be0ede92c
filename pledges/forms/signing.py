"""What an employee fills in to sign: the number and PIN at the entrance, and the pledge itself."""

import re

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from netralitas.lib import strokes as drawing

from ..choices import SigningMethod
from ..errors import BrokenPage
from ..services.invitations import PIN_DIGITS
from ..services.signing import STROKES_REFUSALS, Submission

NUMBER_LENGTHS = {16, 18}
NOT_A_DIGIT = re.compile(r"[\s.\-]")
BROKEN_PAGE = BrokenPage.SENTENCE


class PageForm(forms.Form):
    """Refuses what the page of the form does not send: another field, or a field twice.

    `BESIDE` names what the page sends and the form does not read.
    """

    BESIDE = ()

    def clean(self):
        known = {*self.fields, *self.BESIDE}
        fields = self.fields.items()
        many = {name for name, field in fields if isinstance(field, forms.MultipleChoiceField)}
        for name, values in self.data.lists():
            if name not in known or (len(values) > 1 and name not in many):
                raise forms.ValidationError(BROKEN_PAGE)
        return super().clean()


class EntranceForm(PageForm):
    """The number (NIP, NI PPPK or NIK) and the PIN of the printed slip, spaces not counting."""

    number = forms.CharField(
        max_length=40, error_messages={"required": "Isi NIP, NI PPPK, atau NIK Anda."}
    )
    pin = forms.CharField(max_length=40, error_messages={"required": "Isi PIN dari slip Anda."})

    def clean_number(self):
        """Digits only; a number of another length than any kind of number has is a typing error."""
        number = digits(self.cleaned_data["number"])
        if len(number) not in NUMBER_LENGTHS:
            raise forms.ValidationError(
                "NIP dan NI PPPK terdiri atas 18 angka, NIK 16 angka. Periksa kembali."
            )
        return number

    def clean_pin(self):
        """Digits only, as many as a slip shows."""
        pin = digits(self.cleaned_data["pin"])
        if len(pin) != PIN_DIGITS:
            raise forms.ValidationError(f"PIN pada slip terdiri atas {PIN_DIGITS} angka.")
        return pin


class TicketForm(PageForm):
    """The ticket of a page, and nothing else."""

    ticket = forms.CharField()


class SigningForm(PageForm):
    """The pledge as ticked and signed. Reads the shape; what counts is the signing service's word.

    `submission()` gives what could be read, also of a form with errors, so that the service can
    name everything else that is missing at the same time.
    """

    BESIDE = ("ticket",)

    key = forms.UUIDField(
        error_messages={"required": BROKEN_PAGE, "invalid": BROKEN_PAGE},
    )
    text_digest = forms.CharField(required=False)
    points = forms.TypedMultipleChoiceField(
        coerce=int, required=False, error_messages={"invalid_choice": BROKEN_PAGE}
    )
    method = forms.ChoiceField(
        choices=SigningMethod.choices,
        error_messages={"required": "Pilih cara menandatangani.", "invalid_choice": BROKEN_PAGE},
    )
    strokes = forms.CharField(required=False)
    typed_name = forms.CharField(
        max_length=370,
        required=False,
        error_messages={"max_length": "Nama yang diketik terlalu panjang."},
    )
    consent = forms.BooleanField(required=False)
    device_time = forms.CharField(required=False)

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["points"].choices = [(n, n) for n in range(1, points + 1)]

    def clean_strokes(self):
        """The drawing as polylines; not looked at when the name is typed."""
        if self.cleaned_data.get("method") != SigningMethod.DRAWN:
            return []
        if not self.cleaned_data["strokes"]:
            return []
        try:
            return drawing.parse(self.cleaned_data["strokes"])
        except drawing.StrokesError as error:
            raise forms.ValidationError(STROKES_REFUSALS[error.code]) from error

    def clean_device_time(self):
        """The device's claim of the time; None if it cannot be read."""
        return moment(self.cleaned_data["device_time"])

    def submission(self, begun_at):
        """What was sent, as the service takes it, on a page made at `begun_at`; call it after
        `is_valid()`.
        """
        given = self.cleaned_data
        return Submission(
            key=given.get("key"),
            text_digest=given.get("text_digest", ""),
            points=frozenset(given.get("points", ())),
            consent=given.get("consent", False),
            method=given.get("method", SigningMethod.DRAWN),
            strokes=given.get("strokes", []),
            typed_name=given.get("typed_name", ""),
            device_time=given.get("device_time"),
            begun_at=begun_at,
        )


def digits(typed):
    """What was typed without the spaces, dots and dashes of a printed number; "" if not digits."""
    plain = NOT_A_DIGIT.sub("", typed)
    return plain if plain.isascii() and plain.isdigit() else ""


def moment(text):
    """A time of this century with its zone, from ISO 8601; None for anything else."""
    try:
        parsed = parse_datetime(text)
    except ValueError:
        return None
    plausible = parsed and timezone.is_aware(parsed) and 2000 <= parsed.year < 2100
    return parsed if plausible else None
