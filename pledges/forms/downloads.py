"""What can be asked of a download or of a sheet of slips."""

from django import forms


class OpdForm(forms.Form):
    """One OPD, or all of them."""

    opd = forms.UUIDField(required=False)


class SlipForm(forms.Form):
    """One part of an OPD's slips."""

    opd = forms.UUIDField()
    part = forms.IntegerField(min_value=1, max_value=1000)
