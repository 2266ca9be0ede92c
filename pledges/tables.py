"""The lists of the pledge, as tables."""

import django_tables2 as tables
from django.urls import reverse

from agencies.tables.cells import with_note
from netralitas.lib import numbers

from .models import Participant


class ParticipantTable(tables.Table):
    """The participants of one ceremony."""

    name = tables.Column(
        verbose_name="Nama",
        order_by=("bare_name", "id"),
        linkify=lambda record: reverse(
            "participant-detail", args=[record.ceremony.uuid, record.uuid]
        ),
    )
    number = tables.Column(verbose_name="Nomor", attrs={"td": {"class": "text-nowrap"}})
    agency_name = tables.Column(verbose_name="Unit kerja")
    state = tables.TemplateColumn(
        "{% load ui %}{% state record.state record.get_state_display %}", verbose_name="Status"
    )

    noun = "peserta"

    class Meta:
        model = Participant
        fields = ["name", "number", "agency_name", "state"]
        order_by = "name"
        empty_text = "Tidak ada peserta yang cocok."

    def render_number(self, value, record):
        printed = numbers.printed(value, record.number_kind)
        return with_note(printed, record.get_number_kind_display())

    def render_agency_name(self, value, record):
        return with_note(value, record.opd_name)
