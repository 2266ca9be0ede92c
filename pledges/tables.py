"""The lists of the pledge, as tables."""

import django_tables2 as tables
from django.conf import settings
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html

from agencies.tables.cells import NUMERIC, with_note
from netralitas.lib import dates, numbers

from .models import Participant, TreeHead


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
        "{% load ui %}{% state record.state record.get_state_display %}"
        '{% if record.locked %} {% badge "PIN terkunci" "bad" %}{% endif %}',
        verbose_name="Status",
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


# On a phone the figures of one row stand beside each other.
FIGURE = {"th": NUMERIC["th"], "td": {"class": "num cell-short"}}


class RecapTable(tables.Table):
    """How far each OPD of `ceremony` has come, or without one each unit."""

    name = tables.Column(verbose_name="Perangkat daerah")
    invited = tables.Column(verbose_name="Peserta", attrs=FIGURE)
    signed = tables.Column(verbose_name="Sudah", attrs=FIGURE)
    excused = tables.Column(verbose_name="Berhalangan", attrs=FIGURE)
    refused = tables.Column(verbose_name="Menolak", attrs=FIGURE)
    pending = tables.Column(verbose_name="Belum", attrs=FIGURE)
    percent = tables.TemplateColumn(
        "{% load ui %}{% progress record.signed record.invited %}",
        verbose_name="Kemajuan",
        attrs={"td": {"class": "cell-bar"}},
    )

    class Meta:
        orderable = False

    def __init__(self, rows, *, ceremony):
        super().__init__(rows)
        self.ceremony = ceremony
        if ceremony is None:
            self.columns["name"].column.verbose_name = "Unit kerja"

    def render_name(self, value, record):
        if self.ceremony is None:
            return value
        address = reverse("recap", args=[self.ceremony.uuid])
        return format_html('<a href="{}?opd={}">{}</a>', address, record.uuid, value)

    def render_invited(self, value):
        return number_format(value, force_grouping=True)

    render_signed = render_excused = render_refused = render_pending = render_invited


class HeadTable(tables.Table):
    """The heads of the register, each as a file to keep."""

    size = tables.Column(verbose_name="Kepala")
    made_at = tables.Column(verbose_name="Dibuat")
    root = tables.TemplateColumn(
        template_name="verification/_head_root.html", verbose_name="Akar (SHA-256)"
    )
    file = tables.TemplateColumn(
        template_name="verification/_head_file.html", verbose_name="Berkas"
    )

    noun = "kepala"

    class Meta:
        model = TreeHead
        fields = ["size", "made_at", "root", "file"]
        orderable = False

    def render_size(self, value):
        return f"{number_format(value, force_grouping=True)} isi"

    def render_made_at(self, value):
        return dates.exact_date_time(value, settings.TIME_ZONE)
