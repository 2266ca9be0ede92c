"""The form of an election with its phases."""

from crispy_forms.layout import Layout
from django import forms

from agencies.choices import RoleName
from agencies.models import Agency
from netralitas.lib.dates import date_only
from netralitas.lib.forms import DateInput, fields_helper, hint, section, side_by_side

from ..choices import ElectionKind, PhaseKind
from ..models import Election

NAME_TAKEN = "Pemilu dengan nama ini sudah ada."


def offer_governments(form, user):
    """Let `user` choose among their governments; an only one is neither asked for nor shown.

    What exists already never moves to another government.
    """
    field = form.fields["government"]
    field.queryset = Agency.objects.governments_held(user, RoleName.HR)
    field.empty_label = None
    field.disabled = form.instance.pk is not None
    if field.queryset.count() < 2:
        field.widget = field.hidden_widget()


class ElectionForm(forms.ModelForm):
    """An election; each phase has a first and a last day, or neither."""

    class Meta:
        model = Election
        fields = ["government", "kind", "name", "year"]
        error_messages = {"year": {"invalid": "Tulis tahun dengan angka, misalnya 2029."}}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        offer_governments(self, user)
        self.fields["kind"].choices = [("", "Pilih…"), *ElectionKind.choices]
        stored = {phase.kind: phase for phase in self._stored_phases()}
        for kind in PhaseKind:
            phase = stored.get(kind)
            what = kind.label.lower()
            self._add_day(f"{kind}_starts", f"Mulai {what}", phase and phase.starts)
            self._add_day(f"{kind}_ends", f"Selesai {what}", phase and phase.ends)
        self.helper = fields_helper(_layout())

    def _stored_phases(self):
        return self.instance.phases.all() if self.instance.pk else []

    def _add_day(self, name, label, initial):
        self.fields[name] = forms.DateField(
            label=label, required=False, widget=DateInput, initial=initial
        )

    def clean(self):
        cleaned = super().clean()
        self._check_name(cleaned)
        for kind in PhaseKind:
            starts, ends = cleaned.get(f"{kind}_starts"), cleaned.get(f"{kind}_ends")
            if starts and not ends and f"{kind}_ends" in cleaned:
                cleaned[f"{kind}_ends"] = starts
            elif ends and not starts and f"{kind}_starts" in cleaned:
                self.add_error(f"{kind}_starts", "Isi tanggal mulai, atau kosongkan keduanya.")
            elif starts and ends and ends < starts:
                self.add_error(f"{kind}_ends", "Tidak boleh sebelum tanggal mulai.")
        self._check_order(cleaned)
        return cleaned

    def _check_order(self, cleaned):
        """Phases follow each other in the order of `PhaseKind`, none overlapping the one before."""
        last = None
        for kind in PhaseKind:
            starts, ends = cleaned.get(f"{kind}_starts"), cleaned.get(f"{kind}_ends")
            if starts and ends and last and starts <= last:
                message = f"Harus sesudah tahapan sebelumnya, yang selesai {date_only(last)}."
                self.add_error(f"{kind}_starts", message)
            last = max(filter(None, (last, ends)), default=None)

    def _check_name(self, cleaned):
        same = Election.objects.exclude(pk=self.instance.pk).filter(
            government=cleaned.get("government"), name=cleaned.get("name")
        )
        if same.exists():
            self.add_error("name", NAME_TAKEN)

    def phases(self):
        """The phases filled in, as the service takes them."""
        days = self.cleaned_data
        return {
            kind: (days[f"{kind}_starts"], days[f"{kind}_ends"])
            for kind in PhaseKind
            if days.get(f"{kind}_starts")
        }


def _layout():
    return Layout(
        section("Pemilu", "government", side_by_side("kind", "year"), "name"),
        section(
            "Tahapan",
            hint(
                "Boleh dilengkapi kemudian. Hari pertama dan hari terakhir ikut dihitung. "
                "Tanggal selesai yang kosong berarti hari yang sama."
            ),
            *(side_by_side(f"{kind}_starts", f"{kind}_ends") for kind in PhaseKind),
        ),
    )
