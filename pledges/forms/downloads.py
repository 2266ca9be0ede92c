"""What can be asked of a download or of a sheet of slips."""

from django import forms

from ..choices import PackKind, SlipOrder, SlipScope


class OpdForm(forms.Form):
    """One OPD, or all of them."""

    opd = forms.UUIDField(required=False)


class SlipForm(forms.Form):
    """A sheet of slips: of one OPD or of all of them, for whom, in an order."""

    opd = forms.UUIDField(required=False)
    scope = forms.ChoiceField(choices=SlipScope.choices)
    order = forms.ChoiceField(choices=SlipOrder.choices)


class PackForm(forms.Form):
    """A pack: of one OPD or of all of them, for the archive or for printing."""

    opd = forms.UUIDField(required=False)
    kind = forms.ChoiceField(choices=PackKind.choices)
