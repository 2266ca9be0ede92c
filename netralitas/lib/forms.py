"""Small pieces that forms of every app share."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from .errors import Refusal


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


def form_helper(layout, submit="Simpan"):
    """A crispy helper with one primary button below the layout."""
    helper = FormHelper()
    helper.layout = layout
    helper.add_input(Submit("", submit))
    return helper


def carried_out(form, act):
    """Run `act`; a domain refusal becomes an error next to its field. Returns whether it worked."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True
