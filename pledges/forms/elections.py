"""The form of an election with its phases."""

from crispy_forms.layout import HTML, Column, Fieldset, Layout, Row
from django import forms

from agencies.choices import RoleName
from agencies.models import Agency
from netralitas.lib.forms import DateInput, form_helper

from ..choices import PhaseKind
from ..models import Election


def governments_of_hr(user):
    """The governments for which `user` is HR."""
    return Agency.objects.governments().filter(path__in=user.rights.paths(RoleName.HR))


class ElectionForm(forms.ModelForm):
    """An election; each phase has a first and a last day, or neither."""

    class Meta:
        model = Election
        fields = ["government", "kind", "name", "year"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["government"].queryset = governments_of_hr(user)
        self.fields["government"].empty_label = None
        stored = {phase.kind: phase for phase in self._stored_phases()}
        for kind in PhaseKind:
            phase = stored.get(kind)
            self._add_day(f"{kind}_starts", "Mulai", phase and phase.starts)
            self._add_day(f"{kind}_ends", "Selesai", phase and phase.ends)
        self.helper = form_helper(self._layout())

    def _stored_phases(self):
        return self.instance.phases.all() if self.instance.pk else []

    def _add_day(self, name, label, initial):
        self.fields[name] = forms.DateField(
            label=label, required=False, widget=DateInput, initial=initial
        )

    def _layout(self):
        return Layout(
            "government",
            Row(Column("kind", css_class="col-md-6"), Column("year", css_class="col-md-6")),
            "name",
            HTML(
                '<p class="text-body-secondary">Tahapan boleh dikosongkan dan dilengkapi '
                "kemudian. Hari pertama dan terakhir ikut dihitung.</p>"
            ),
            *(
                Fieldset(
                    kind.label,
                    Row(
                        Column(f"{kind}_starts", css_class="col-6"),
                        Column(f"{kind}_ends", css_class="col-6"),
                    ),
                    css_class="phase",
                )
                for kind in PhaseKind
            ),
        )

    def clean(self):
        cleaned = super().clean()
        for kind in PhaseKind:
            starts, ends = cleaned.get(f"{kind}_starts"), cleaned.get(f"{kind}_ends")
            if bool(starts) != bool(ends):
                missing = f"{kind}_ends" if starts else f"{kind}_starts"
                self.add_error(missing, "Isi kedua tanggal, atau kosongkan keduanya.")
            elif starts and ends < starts:
                self.add_error(f"{kind}_ends", "Tidak boleh sebelum tanggal mulai.")
        return cleaned

    def phases(self):
        """The phases filled in, as the service takes them."""
        days = self.cleaned_data
        return {
            kind: (days[f"{kind}_starts"], days[f"{kind}_ends"])
            for kind in PhaseKind
            if days.get(f"{kind}_starts")
        }
