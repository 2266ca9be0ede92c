"""Fields that more than one form has."""

from itertools import groupby

from django import forms
from django.forms.models import ModelChoiceIterator
from django.forms.widgets import Script

from ..models import Agency
from ..roster.values import ECHELONS, ROMAN

PNS_GRADES = [
    f"{level}/{step}"
    for level, steps in (("I", "abcd"), ("II", "abcd"), ("III", "abcd"), ("IV", "abcde"))
    for step in steps
]
GRADE_CHOICES = [
    ("PNS dan CPNS", [(grade, grade) for grade in PNS_GRADES]),
    ("PPPK", [(grade, grade) for grade in ROMAN]),
]
ECHELON_CHOICES = [(echelon, echelon) for echelon in ECHELONS]


class SearchableSelect(forms.Select):
    """A drop-down list of many choices, which a search field in the same frame narrows.

    Script makes one control of both: without it the list is a plain one, grouped by OPD.
    """

    class Media:
        js = [Script("js/search-choices.js", type="module")]

    def __init__(self, attrs=None, choices=()):
        super().__init__(
            {"data-search-choices": "Cari nama unit atau OPD", **(attrs or {})}, choices
        )


class GroupedByOpd(ModelChoiceIterator):
    """The choices in the order of the tree, each OPD a group with its units; one query.

    Units of one name are common, and a closed list shows no group: each says what it is part of.
    """

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        names = {}
        agencies = self.queryset.order_by("path")
        for path, group in groupby(agencies, key=lambda agency: agency.opd_path):
            choices = []
            for agency in group:
                names[agency.path] = agency.name
                choices.append(self._choice(agency, names))
            if len(path) == Agency.steplen:
                yield from choices
            else:
                yield names.get(path, choices[0][1]), choices

    def _choice(self, agency, names):
        parent = agency.path[: -agency.steplen] if agency.depth > 3 else ""
        opd = agency.opd_path if agency.depth > 2 else ""
        label = " — ".join(filter(None, (agency.name, names.get(parent), names.get(opd))))
        return self.field.prepare_value(agency), label


class AgencyField(forms.ModelChoiceField):
    """A choice among many agencies by public identifier: searchable, and usable without script.

    `queryset` says which: `Agency.objects.in_use().under(government)`, say.
    """

    widget = SearchableSelect
    iterator = GroupedByOpd

    def __init__(self, queryset, **kwargs):
        options = {"to_field_name": "uuid", "empty_label": "Pilih unit kerja", **kwargs}
        super().__init__(queryset, **options)
