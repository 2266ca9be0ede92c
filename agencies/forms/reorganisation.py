"""The forms of a reorganisation: where an agency goes, and who keeps a role after a merger."""

from crispy_forms.layout import Layout
from django import forms

from netralitas.lib.forms import form_helper

from ..choices import AgencyLevel, RoleName
from ..models import Agency
from ..querysets import below
from .fields import AgencyField


def places_for(user, agency):
    """Where HR may put `agency`: everything in use of its government but itself and what stands
    below it.
    """
    own = Agency.objects.filter(below(user.rights.paths(RoleName.HR)))
    there = own.in_use().filter(path__startswith=agency.government_path)
    return there.exclude(path__startswith=agency.path)


class MoveForm(forms.Form):
    """Below which agency another one shall stand."""

    target = AgencyField(Agency.objects.none(), label="Instansi atasan yang baru")

    def __init__(self, *args, user, agency, **kwargs):
        super().__init__(*args, **kwargs)
        places = places_for(user, agency)
        self.fields["target"].queryset = places.exclude(path=agency.path[: -agency.steplen])
        self.helper = form_helper(Layout("target"), submit="Pindahkan")


class MergeTargetForm(forms.Form):
    """Which agency takes another one over; asked for before it is shown what that does."""

    target = AgencyField(
        Agency.objects.none(),
        label="Instansi yang mengambil alih",
        help_text="Yang akan terjadi ditunjukkan dahulu; belum ada yang diubah.",
    )

    def __init__(self, *args, user, agency, **kwargs):
        super().__init__(*args, **kwargs)
        places = places_for(user, agency)
        self.fields["target"].queryset = places.exclude(level=AgencyLevel.GOVERNMENT)
        self.helper = form_helper(Layout("target"), submit="Lanjutkan")
        self.helper.form_method = "get"


class MergeForm(forms.Form):
    """Which of the roles held on the agency that goes are given on the one that stays."""

    roles = forms.MultipleChoiceField(
        label="Peran yang diberikan juga pada instansi tujuan",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Yang tidak dicentang hanya menjangkau berkas lama instansi yang digabung.",
    )

    def __init__(self, *args, merger, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_code = {f"{role.user.uuid} {role.role}": role for role in merger.roles}
        self.fields["roles"].choices = [
            (code, f"{role.user} — {role.get_role_display()}")
            for code, role in self.by_code.items()
        ]
        if not merger.roles:
            del self.fields["roles"]
        self.helper = form_helper(Layout(*self.fields), submit="Gabungkan")

    def chosen_roles(self):
        """The roles that were ticked."""
        return [self.by_code[code] for code in self.cleaned_data.get("roles", [])]
