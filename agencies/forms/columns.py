"""The form in which HR says what the columns of a file hold."""

from django import forms
from django.utils.html import escape

from ..choices import RosterFileKind
from ..roster import columns
from ..roster.questions import likely_field

NOT_READ = ("", "Tidak dibaca")
NOT_CHOSEN = ("", "Pilih kolom…")
ONE_IS_ENOUGH = "Salah satu sudah cukup."
OTHERS = (("Kolom lain yang belum dikenali", False), ("Kolom yang sudah dikenali", True))
# Names in the form: for which field a column is asked, of which column its meaning.
FOR, OF = "for_", "of_"
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
    """Which column holds each field that the file lacks; what its other columns hold.

    `meanings` is {heading: field, "" for none}; `samples` {heading: cells} of the columns of which
    somebody is asked. The others, which nobody reads, can only be chosen for what is lacking.
    """

    def __init__(self, *args, kind, meanings, samples, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.meanings, self.samples = kind, meanings, samples
        self.headings = list(meanings)
        for first, *rest in lacking_groups(kind, meanings):
            self._ask_for(first, label_of(kind, first), ONE_IS_ENOUGH if rest else "")
            for field in rest:
                # One is enough, so that one is suggested.
                suggested = bool(self.fields[FOR + first].initial)
                self._ask_for(field, f"atau {label_of(kind, field)}", suggests=not suggested)
        fields = [(field, label_of(kind, field)) for field in columns.COLUMNS[kind]]
        others = [(field, label) for field, label in fields if FOR + field not in self.fields]
        for heading in samples:
            self._ask_of(heading, others)

    def lacking_fields(self):
        """For each field that the file lacks the choice of its column."""
        return [self[name] for name in self.fields if name.startswith(FOR)]

    def other_columns(self):
        """(title, fields, whether one has an error) of columns not recognised, and recognised."""
        for title, known in OTHERS:
            headings = [
                heading for heading in self.samples if bool(self.meanings[heading]) == known
            ]
            fields = [self[self._name(heading)] for heading in headings]
            if fields:
                yield title, fields, any(field.errors for field in fields)

    def clean(self):
        """One column for each field, one field for each column, and all that has to be there."""
        cleaned = super().clean()
        self.chosen, names = {}, {}
        for name, heading, field in self._answers(cleaned):
            if field in names:
                self.add_error(name, f"Sudah dipilih untuk kolom {names[field][1]}.")
            elif heading in self.chosen:
                told = label_of(self.kind, self.chosen[heading])
                self.add_error(name, f"Kolom {heading} sudah dipilih untuk {told}.")
            else:
                names[field], self.chosen[heading] = (name, heading), field
        if "nik" in names and names.keys() & columns.ONLY_OF_ASN:
            self.add_error(names["nik"][0], "NIK tidak dibaca bila berkas memuat NIP.")
        for field in () if self.errors else columns.missing(names, self.kind):
            told = in_words(self.kind, field)
            self.add_error(self._asking_for(field), f"Pilih kolom yang berisi {told}.")
        return cleaned

    def fields_by_heading(self):
        """{heading: field, "" for one that is not read}, as the service takes it."""
        return dict.fromkeys(self.samples, "") | self.chosen

    def _ask_for(self, field, label, note="", suggests=True):
        """Add the choice of the column that holds `field`; the only likely one is chosen, unless
        something else stands for it.
        """
        unknown = [heading for heading in self.samples if not self.meanings[heading]]
        likely = [
            heading
            for heading in unknown
            if likely_field(heading, self.samples[heading], self.kind) == field
        ]
        groups = {
            "Disarankan": likely,
            "Belum dikenali": [heading for heading in unknown if heading not in likely],
            "Kolom lain": [h for h in self.headings if h not in self.samples],
        }
        self.fields[FOR + field] = forms.ChoiceField(
            label=label,
            choices=[
                NOT_CHOSEN,
                *(
                    (name, list(map(self._option, found)))
                    for name, found in groups.items()
                    if found
                ),
            ],
            required=False,
            initial=self._place(likely[0]) if suggests and len(likely) == 1 else "",
            help_text=note,
        )

    def _ask_of(self, heading, fields):
        """Add the choice of what a column holds."""
        told = ", ".join(self.samples[heading])
        self.fields[self._name(heading)] = forms.ChoiceField(
            label=heading,
            choices=[NOT_READ, *fields],
            required=False,
            initial=self.meanings[heading],
            help_text=escape(f"Contoh isi: {told}") if told else "",
        )

    def _option(self, heading):
        told = ", ".join(self.samples.get(heading, ()))
        return self._place(heading), f"{heading} ({told})" if told else heading

    def _answers(self, cleaned):
        """(form field, heading, field of the roster) for each that was answered."""
        for name in self.fields:
            answer = cleaned.get(name)
            if answer and name.startswith(FOR):
                yield name, self.headings[int(answer)], name.removeprefix(FOR)
            elif answer:
                yield name, self.headings[int(name.removeprefix(OF))], answer

    def _asking_for(self, field):
        """The form field that asks for `field`, or of the column that held it so far."""
        if FOR + field in self.fields:
            return FOR + field
        group = next(group for group in columns.REQUIRED[self.kind] if field in group)
        return next(self._name(h) for h in self.headings if self.meanings[h] in group)

    def _place(self, heading):
        return str(self.headings.index(heading))

    def _name(self, heading):
        return OF + self._place(heading)


def lacking_groups(kind, meanings):
    """Of each required group of which no column is known the fields that may be assigned."""
    known = dict.fromkeys(filter(None, meanings.values()))
    unread = {"nik"} if known.keys() & columns.ONLY_OF_ASN else set()
    missing = columns.missing(known, kind)
    groups = [group for group in columns.REQUIRED[kind] if group[0] in missing]
    return [[field for field in group if field not in unread] for group in groups]


def label_of(kind, field):
    """A field of `roster.columns` as people know it."""
    if kind == RosterFileKind.UNITS and field in UNIT_LABELS:
        return UNIT_LABELS[field]
    return LABELS[field]


def in_words(kind, missing):
    """A field that a file lacks, with what may stand for it."""
    group = next(group for group in columns.REQUIRED[kind] if missing in group)
    return " atau ".join(label_of(kind, field) for field in group)


def all_missing(file):
    """Each field that a file lacks, in words."""
    return [in_words(file.kind, field) for field in file.missing]
