"""The forms of a roster import: the upload, the meaning of columns, the approval."""

from crispy_forms.layout import Layout
from django import forms
from django.utils.formats import number_format
from django.utils.html import format_html

from netralitas.lib.forms import fields_helper, section
from netralitas.lib.uploads import FilesField

from ..choices import RoleName, RosterFileKind
from ..models import Agency

ENDINGS = (".csv", ".xlsx", ".txt")
COMPLETE, PARTIAL = "lengkap", "sebagian"
DEACTIVATE, KEEP = "nonaktifkan", "biarkan"


def file_input(widget, **attrs):
    """A file picker that says at once what would be refused: see static/js/upload-check.js."""
    return widget(attrs={"accept": ",".join(ENDINGS), "data-upload": "", **attrs})


def choice(title, note):
    """The label of a choice that needs a sentence."""
    return format_html('{}<span class="form-text d-block">{}</span>', title, note)


class ImportForm(forms.Form):
    """What is uploaded, for which government, and whether it claims to be everybody.

    The government is asked for only of HR of several.
    """

    government = forms.ModelChoiceField(
        label="Pemerintah daerah", queryset=None, to_field_name="uuid", empty_label="Pilih…"
    )
    files = FilesField(
        label="Berkas daftar pegawai",
        widget=file_input(FilesField.widget),
        help_text="CSV atau XLSX. Beberapa berkas dapat dipilih sekaligus, misalnya PNS, PPPK, "
        "PPPK Paruh Waktu, dan Non-ASN.",
    )
    units = forms.FileField(
        label="Berkas hierarki unit (HierarkiUnor)",
        widget=file_input(forms.FileInput),
        required=False,
        help_text="Boleh dikosongkan bila susunan unit tidak berubah sejak impor terakhir.",
    )
    extent = forms.ChoiceField(
        label="Apa yang dimuat berkas-berkas ini?",
        widget=forms.RadioSelect,
        choices=[
            (
                COMPLETE,
                choice(
                    "Berkas memuat seluruh pegawai",
                    "Siapa pun yang tidak tercantum dianggap sudah keluar. Daftarnya ditunjukkan "
                    "dahulu, dan Anda yang memutuskan apakah mereka dinonaktifkan.",
                ),
            ),
            (
                PARTIAL,
                choice(
                    "Hanya sebagian",
                    "Yang tidak tercantum dibiarkan seperti semula. Pilih ini untuk baris yang "
                    "sudah diperbaiki atau untuk satu OPD saja.",
                ),
            ),
        ],
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.governments = Agency.objects.governments_held(user, RoleName.HR)
        self.fields["government"].queryset = self.governments
        if len(self.governments) == 1:
            del self.fields["government"]
        asked = [name for name in self.fields if name != "extent"]
        self.helper = fields_helper(Layout(section("Berkas", *asked), section("Cakupan", "extent")))

    def clean_files(self):
        files = self.cleaned_data["files"]
        for file in files:
            _check_ending(file)
        return files

    def clean_units(self):
        file = self.cleaned_data["units"]
        if file:
            _check_ending(file)
        return file

    def chosen_government(self):
        """Whose employees the files hold."""
        return self.cleaned_data.get("government") or self.governments[0]

    def sources(self):
        """The files with what they hold, as the service takes them."""
        units = self.cleaned_data["units"]
        found = [(RosterFileKind.ROSTER, file) for file in self.cleaned_data["files"]]
        return [*found, (RosterFileKind.UNITS, units)] if units else found

    def is_partial(self):
        """Whether the files claim no more than to hold some of the employees."""
        return self.cleaned_data["extent"] == PARTIAL


def _check_ending(file):
    if not file.name.lower().endswith(ENDINGS):
        raise forms.ValidationError(
            "Berkas %(name)s bukan CSV atau XLSX. Unduh dari SIASN dalam salah satu bentuk itu.",
            params={"name": file.name},
        )


class ApprovalForm(forms.Form):
    """Yes to a preview; where people would be deactivated, only with a choice about them.

    `plan` says which preview was looked at: it may have been made anew meanwhile.
    """

    plan = forms.CharField(max_length=64, widget=forms.HiddenInput)
    leavers = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args, left, **kwargs):
        super().__init__(*args, **kwargs)
        if not left:
            del self.fields["leavers"]
            return
        count = number_format(left, force_grouping=True)
        field = self.fields["leavers"]
        field.label = f"{count} pegawai aktif tidak tercantum dalam berkas"
        field.choices = [
            (
                DEACTIVATE,
                choice(
                    f"Nonaktifkan {count} pegawai",
                    "Mereka tidak diikutkan dalam acara baru. Data, tanda tangan, dan paktanya "
                    "tetap tersimpan.",
                ),
            ),
            (KEEP, choice("Biarkan aktif", "Tidak ada yang berubah pada mereka.")),
        ]
        self.helper = fields_helper(Layout("leavers"))

    def deactivates(self):
        """Whether those who are in no file are to be deactivated; None where there is nobody."""
        chosen = self.cleaned_data.get("leavers")
        return None if chosen is None else chosen == DEACTIVATE
