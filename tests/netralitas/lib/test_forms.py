"""What the forms of every app share."""

import pytest
from crispy_forms.layout import Layout
from django import forms

from netralitas.lib.errors import Refusal
from netralitas.lib.forms import DateInput, TimeInput, carried_out, fields_helper, form_helper


class Form(forms.Form):
    name = forms.CharField()


def refusing(field):
    def act():
        raise Refusal("Nama ini sudah dipakai.", field)

    return act


@pytest.mark.parametrize(("field", "beside"), [("name", "name"), ("", "__all__"), ("x", "__all__")])
def test_a_refusal_stands_next_to_its_field_or_above_the_form(field, beside):
    form = Form({"name": "Siti"})
    assert form.is_valid()
    assert carried_out(form, refusing(field)) is False
    assert form.errors == {beside: ["Nama ini sudah dipakai."]}


def test_an_act_without_refusal_is_carried_out_once():
    form, done = Form({"name": "Siti"}), []
    assert carried_out(form, lambda: done.append(1)) is True
    assert (done, form.errors) == ([1], {})


def test_any_other_error_is_not_hidden():
    def broken():
        raise ValueError("a fault of ours")

    with pytest.raises(ValueError, match="a fault of ours"):
        carried_out(Form({"name": "Siti"}), broken)


@pytest.mark.parametrize(
    ("widget", "value", "html"),
    [
        (DateInput(), "2024-02-14", '<input type="date" name="at" value="2024-02-14">'),
        (TimeInput(), "08:00", '<input type="time" name="at" value="08:00">'),
    ],
)
def test_dates_and_times_use_the_pickers_of_the_browser(widget, value, html):
    assert widget.render("at", value) == html


def test_a_form_has_one_button_and_fields_alone_have_none():
    with_button = form_helper(Layout("name"), submit="Simpan konsep")
    assert [button.value for button in with_button.inputs] == ["Simpan konsep"]
    alone = fields_helper(Layout("name"))
    assert (alone.inputs, alone.form_tag, alone.disable_csrf) == ([], False, True)
