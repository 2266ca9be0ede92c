"""The forms with which HR adds an agency and keeps it."""

from crispy_forms.layout import Layout
from django import forms
from django.db.models import Q

from netralitas.lib.forms import form_helper

from ..choices import AgencyLevel
from ..models import Agency, Employee
from ..querysets import below

OVERWRITTEN = (
    "Unit ini berasal dari SIASN: impor berikutnya yang menyertakan hierarki unit menulis lagi "
    "nama yang tercatat di sana. Ubah namanya di SIASN juga."
)


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
    """Name, letterhead address and head; for a government its seat and time zone too.

    The SIASN ID can be given to an agency that has none, so that the next import finds it.
    """

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
        fields = ["name", "siasn_id", "address", "head", "seat", "time_zone"]
        help_texts = {
            "siasn_id": "Boleh dikosongkan. Dengan ID ini impor berikutnya mengenali unit yang "
            "ditambahkan dengan tangan.",
        }

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, initial={"head": instance.head}, **kwargs)
        self.fields["head"].queryset = possible_heads(instance)
        if instance.siasn_id:
            self.fields["name"].help_text = OVERWRITTEN
            del self.fields["siasn_id"]
        if instance.level != AgencyLevel.GOVERNMENT:
            del self.fields["time_zone"]
            del self.fields["seat"]
        self.helper = form_helper(Layout(*self.fields))


class NewAgencyForm(forms.ModelForm):
    """What a new agency is called and what its letterhead says."""

    class Meta:
        model = Agency
        fields = ["name", "address"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Layout(*self.fields), submit="Tambahkan")
