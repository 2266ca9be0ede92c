"""The form in which HR says what the columns of a file hold."""

from django import forms

from ..choices import RosterFileKind
from ..roster import columns

NOT_READ = ("", "Tidak dibaca")
# What the fields of roster.columns are called where somebody says which column holds them.
LABELS = {
    "siasn_id": "PNS ID (nomor pegawai di SIASN)",
    "number": "NIP / NI PPPK",
    "nik": "NIK (bagi Non-ASN)",
    "name": "Nama",
    "title_prefix": "Gelar depan",
    "title_suffix": "Gelar belakang",
    "email_gov": "Surel dinas",
    "email": "Surel pribadi",
    "phone": "Nomor ponsel",
    "employment": "Jenis pegawai",
    "legal_position": "Kedudukan hukum",
    "status": "Status CPNS atau PNS",
    "grade": "Golongan",
    "position": "Jabatan",
    "echelon": "Eselon",
    "unit_id": "ID unit kerja (UNOR ID)",
    "unit_name": "Nama unit kerja",
    "opd_name": "Nama OPD",
    "employer": "Instansi kerja",
    "birth_date": "Tanggal lahir",
    "id": "ID unit",
    "parent_id": "ID unit atasan",
}
UNIT_LABELS = {"name": "Nama unit"}


class ColumnsForm(forms.Form):
    """What each column of a file holds; what would be recognised is chosen already."""

    def __init__(self, *args, file, aliases, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = file.kind
        self.meanings = columns.meanings(file.headings, file.kind, aliases)
        self.headings = [heading for heading in self.meanings if heading.strip()]
        fields = [(field, marked(self.kind, field)) for field in columns.COLUMNS[self.kind]]
        for place, heading in enumerate(self.headings):
            self.fields[f"column{place}"] = forms.ChoiceField(
                label=heading,
                choices=[NOT_READ, *fields],
                required=False,
                initial=self.meanings[heading],
            )

    def bound_columns(self, *, known):
        """The fields of the columns that are recognised, or of those that are not."""
        return [
            self[f"column{place}"]
            for place, heading in enumerate(self.headings)
            if bool(self.meanings[heading]) == known
        ]

    def clean(self):
        """One column for each field, and all that the file cannot do without."""
        cleaned = super().clean()
        chosen = {}
        for name in self.fields:
            field = cleaned.get(name)
            if field and field in chosen:
                first = self.fields[chosen[field]].label
                self.add_error(name, f"Sudah dipilih untuk kolom {first}.")
            elif field:
                chosen[field] = name
        lacking = columns.missing(chosen, self.kind)
        if lacking and not self.errors:
            self.add_error(None, f"Belum ada kolom untuk: {in_words(self.kind, lacking)}.")
        return cleaned

    def fields_by_heading(self):
        """{heading: field, "" for one that is not read}, as the service takes it."""
        return {
            heading: self.cleaned_data[f"column{place}"]
            for place, heading in enumerate(self.headings)
        }


def label_of(kind, field):
    """A field of `roster.columns` as people know it."""
    if kind == RosterFileKind.UNITS and field in UNIT_LABELS:
        return UNIT_LABELS[field]
    return LABELS[field]


def marked(kind, field):
    """A field with an asterisk, if it or what may stand for it has to be there."""
    required = {one for group in columns.REQUIRED[kind] for one in group}
    return label_of(kind, field) + (" *" if field in required else "")


def in_words(kind, missing):
    """What a file lacks, or cannot do without: each of `missing` with what may stand for it."""
    groups = [group for group in columns.REQUIRED[kind] if group[0] in missing]
    return ", ".join(" atau ".join(label_of(kind, field) for field in group) for group in groups)


def all_required(kind):
    """All that a file of this kind cannot do without, in words."""
    return in_words(kind, [group[0] for group in columns.REQUIRED[kind]])
