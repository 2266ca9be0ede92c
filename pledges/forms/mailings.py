"""The form of a mailing, and of a list of links."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils import timezone

from agencies.models import Agency
from netralitas.lib.dates import zone_label
from netralitas.lib.forms import DateInput, TimeInput, fields_helper, section, side_by_side

from ..choices import MailingKind
from ..models import Mailing
from ..models.mailing import MOST_WORDS
from ..services.slip_work import participants_of

NOW, LATER = "now", "later"
WHEN = [(NOW, "Sekarang"), (LATER, "Pada waktu yang ditentukan")]
ALL = "Semua OPD yang dapat Anda undang"
PASSED = "Waktu kirim sudah lewat. Pilih waktu yang akan datang, atau kirim sekarang."
FORBIDDEN = (
    "Pesan tambahan tidak boleh memuat alamat web: tautan ke tempat lain mudah ditiru penipu."
)


def opds_for(ceremony, user):
    """The OPD in which the user may invite somebody to the ceremony."""
    mine = participants_of(ceremony, user)
    return Agency.objects.filter(pk__in=mine.order_by().values("opd")).order_by("name", "pk")


class OpdField(forms.ModelChoiceField):
    """One OPD, or all that the user may invite."""

    def __init__(self, ceremony, user):
        super().__init__(
            opds_for(ceremony, user),
            label="Peserta",
            required=False,
            empty_label=ALL,
            to_field_name="uuid",
        )


class MailingForm(forms.Form):
    """What is sent to whom, and when; the clock is that of the ceremony."""

    kind = forms.ChoiceField(label="Jenis", choices=MailingKind.choices)
    note = forms.CharField(
        label="Pesan tambahan",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tercantum dalam setiap surel. Jangan tuliskan data pribadi.",
    )
    when = forms.ChoiceField(label="Dikirim", choices=WHEN, initial=NOW, widget=forms.RadioSelect)
    day = forms.DateField(label="Tanggal", required=False, widget=DateInput)
    clock = forms.TimeField(label="Pukul", required=False, widget=TimeInput)
    earliest = forms.TimeField(label="Paling pagi", initial=time(7), widget=TimeInput)
    latest = forms.TimeField(
        label="Paling malam",
        initial=time(20),
        widget=TimeInput,
        help_text="Di luar jam ini tidak ada surel yang dikirim; sisanya menunggu pagi.",
    )

    def __init__(self, *args, ceremony, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.ceremony = ceremony
        self.fields["opd"] = OpdField(ceremony, user)
        zone = zone_label(ceremony.time_zone)
        self.fields["clock"].label = f"Pukul ({zone})"
        when = section("Waktu kirim", "when", Row(Column("day"), Column("clock")))
        hours = section("Jam pengiriman", side_by_side("earliest", "latest", width="col-6"))
        self.helper = fields_helper(Layout(side_by_side("kind", "opd"), "note", when, hours))

    def clean_note(self):
        note = self.cleaned_data["note"]
        if "://" in note or "www." in note.lower():
            raise forms.ValidationError(FORBIDDEN)
        return note

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("when") == LATER:
            self._clean_moment(cleaned)
        earliest, latest = cleaned.get("earliest"), cleaned.get("latest")
        if earliest and latest and earliest >= latest:
            self.add_error("latest", "Jam paling malam harus sesudah jam paling pagi.")
        return cleaned

    def _clean_moment(self, cleaned):
        for name in ("day", "clock"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, "Isi tanggal dan jam kirim.")
        if cleaned.get("day") and cleaned.get("clock") and self._moment() <= timezone.now():
            self.add_error("day", PASSED)

    def _moment(self):
        data = self.cleaned_data
        zone = ZoneInfo(self.ceremony.time_zone)
        return datetime.combine(data["day"], data["clock"]).replace(tzinfo=zone)

    def mailing(self):
        """The mailing that is asked for, not saved. Call it after `is_valid()`."""
        data = self.cleaned_data
        return Mailing(
            ceremony=self.ceremony,
            **{name: data[name] for name in ("kind", "opd", "note", "earliest", "latest")},
            send_at=self._moment() if data["when"] == LATER else timezone.now(),
        )


class LinkListForm(forms.Form):
    """Whose links a spreadsheet is to hold."""

    def __init__(self, *args, ceremony, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opd"] = OpdField(ceremony, user)
