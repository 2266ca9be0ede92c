"""The form with which HR keeps an agency."""

from crispy_forms.layout import Layout
from django import forms
from django.db.models import Q

from netralitas.lib.forms import form_helper

from ..choices import AgencyLevel
from ..models import Agency, Employee
from ..querysets import below


def possible_heads(agency):
    """Active employees who may head `agency`: its own, and the officials of the units below it.

    An acting head often is the secretary, whose unit stands below. The present head stays among
    them even after having left, so that saving the address does not remove anybody.
    """
    own_or_official = Q(agency=agency) | ~Q(echelon="")
    there = below([agency.path], "agency__path") & own_or_official & Q(active=True)
    return Employee.objects.filter(there | Q(pk=agency.head_id)).order_by("name", "pk")


class HeadField(forms.ModelChoiceField):
    """A choice of employees, told apart by their position."""

    def label_from_instance(self, employee):
        return " — ".join(filter(None, (employee.full_name, employee.position)))


class AgencyForm(forms.ModelForm):
    """Letterhead address and head; for a government its seat and time zone too."""

    head = HeadField(
        label="Kepala",
        queryset=Employee.objects.none(),
        to_field_name="uuid",
        required=False,
        empty_label="Belum ditentukan",
        help_text="Pegawai aktif di instansi ini dan pejabat struktural di unit di bawahnya.",
    )

    class Meta:
        model = Agency
        fields = ["address", "head", "seat", "time_zone"]

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, initial={"head": instance.head}, **kwargs)
        self.fields["head"].queryset = possible_heads(instance)
        if instance.level != AgencyLevel.GOVERNMENT:
            del self.fields["time_zone"]
            del self.fields["seat"]
        self.helper = form_helper(Layout(*self.fields))
