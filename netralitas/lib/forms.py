"""Small pieces that forms of every app share."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Row, Submit
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


def fields_helper(layout):
    """A crispy helper for the fields alone; the page writes the form and its buttons."""
    helper = FormHelper()
    helper.layout = layout
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


def section(legend, *parts, **attributes):
    """A part of a long form under its own heading."""
    return Fieldset(legend, *parts, css_class="fieldset", **attributes)


def hint(sentence):
    """What belongs to several fields at once."""
    return HTML(f'<p class="form-text">{sentence}</p>')


def side_by_side(*names, width="col-md-6"):
    """Fields in one row, each of a `width` of Bootstrap's grid."""
    return Row(*(Column(name, css_class=width) for name in names))


def carried_out(form, act):
    """Run `act`; a domain refusal becomes an error next to its field. Returns whether it worked."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True
