"""The forms with which HR lets people in and keeps their accounts."""

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from netralitas.lib.forms import form_helper, section, side_by_side

from ..choices import ROLE_PURPOSES, RoleName
from ..models import Agency, Employee, User
from ..querysets import below
from .fields import AgencyField

UNKNOWN_NUMBER = "Tidak ada pegawai dengan nomor ini dalam daftar pegawai."
NAME_MISSING = "Isi nama, atau NIP pegawainya."
EMAIL_MISSING = "Isi alamat surel: undangan dikirim ke sana."
EMAIL_NEEDED = "Alamat surel tidak dapat dikosongkan: kata sandi disetel ulang melalui surel."


def agencies_of(governments):
    """The agencies on which roles may be given."""
    paths = [government.path for government in governments]
    return Agency.objects.in_use().filter(below(paths))


def role_choices():
    """Each role with a sentence on what it is for."""
    pattern = '<strong>{}</strong><span class="d-block form-text mb-2">{}</span>'
    return [(role, format_html(pattern, role.label, ROLE_PURPOSES[role])) for role in RoleName]


class EmployeeNumberField(forms.CharField):
    """An employee of one of `governments` by number, as typed or as printed in groups."""

    def __init__(self, *, governments=(), **kwargs):
        super().__init__(
            **{"label": "NIP, NI PPPK, atau NIK", "required": False, "max_length": 30, **kwargs}
        )
        self.governments = governments

    def clean(self, value):
        """The employee; None for an empty field."""
        number = "".join(super().clean(value).split())
        if not number:
            return None
        known = Employee.objects.filter(government__in=self.governments, number=number)
        employee = known.select_related("government").first()
        if employee is None:
            raise ValidationError(UNKNOWN_NUMBER)
        return employee


class RoleFields(forms.Form):
    """A role and the agency it is for."""

    role = forms.ChoiceField(label="Peran", widget=forms.RadioSelect)
    agency = AgencyField(
        Agency.objects.none(),
        label="Instansi",
        help_text="Peran berlaku pada instansi ini dan semua unit di bawahnya.",
    )

    def __init__(self, *args, governments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices()
        self.fields["agency"].queryset = agencies_of(governments)


class RoleForm(RoleFields):
    """One more role for `user`, sent to an address of its own."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, governments=[user.government], **kwargs)
        self.helper = form_helper(Layout(*self.fields), submit="Berikan peran")
        self.helper.form_action = reverse("role-grant", args=[user.uuid])


class UserForm(RoleFields):
    """Somebody new: who it is, where the invitation goes, and the first role."""

    employee = EmployeeNumberField(
        help_text="Bila orang ini ada dalam daftar pegawai. Nama dan surel yang dikosongkan "
        "diambil dari sana."
    )
    name = forms.CharField(label="Nama", max_length=150, required=False)
    email = forms.EmailField(label="Surel", required=False)
    username = forms.CharField(
        label="Nama pengguna",
        max_length=150,
        required=False,
        validators=[User.username_validator],
        help_text="Bila dikosongkan: nomor pegawai, atau bagian depan alamat surel.",
    )

    def __init__(self, *args, governments, **kwargs):
        super().__init__(*args, governments=governments, **kwargs)
        self.fields["employee"].governments = governments
        who = section("Orang yang diundang", "employee", side_by_side("name", "email"), "username")
        what = section("Peran pertamanya", "role", "agency")
        self.helper = form_helper(Layout(who, what), submit="Undang")

    def clean(self):
        """What is left empty comes from the list of employees."""
        cleaned = super().clean()
        employee = cleaned.get("employee")
        for field, sentence in (("name", NAME_MISSING), ("email", EMAIL_MISSING)):
            if cleaned.get(field) == "" and employee:
                cleaned[field] = {"name": employee.full_name, "email": employee.email}[field]
            if cleaned.get(field) == "" and "employee" not in self.errors:
                self.add_error(field, sentence)
        return cleaned


class AccountForm(forms.Form):
    """Whose account it is, and where mails about it go."""

    name = forms.CharField(label="Nama", max_length=150)
    email = forms.EmailField(
        label="Surel",
        required=False,
        help_text="Bila diganti, alamat yang lama diberi tahu.",
    )
    employee = EmployeeNumberField(
        help_text="Menghubungkan akun dengan pegawai, sehingga ia melihat undangan dan paktanya."
    )

    def __init__(self, *args, user, **kwargs):
        initial = {
            "name": user.first_name,
            "email": user.email,
            "employee": user.employee.number if user.employee else "",
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.had_email = bool(user.email)
        self.fields["employee"].governments = [user.government]
        self.helper = form_helper(Layout(*self.fields))

    def clean_email(self):
        """An address once there stays or is replaced."""
        if self.had_email and not self.cleaned_data["email"]:
            raise ValidationError(EMAIL_NEEDED)
        return self.cleaned_data["email"]
